"""The blocks' style sheet and script, for pages and for JupyterLab."""

import json
from importlib import resources

from custlib import glossary, palette, words
from custlib.blocks.block import Block
from custlib.escaping import escape

# In a notebook, the figures' font is the reader's own Chinese one under our name; pages embed the font itself.
CHINESE_FONTS = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
)


def css() -> str:
    """The style sheet, with the palette as its variables."""
    colours = {name.lower(): value for name, value in vars(palette).items() if str(value).startswith("#")}
    colours |= {f"class-{letter}": colour for letter, colour in palette.CLASSES.items()}
    colours |= {f"on-class-{letter}": colour for letter, colour in palette.ON_CLASSES.items()}
    variables = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return f":root{{{variables}}}\n{_file('blocks.css')}"


def script() -> str:
    """Sorting and searching of tables, with its words in every language; what the marks of figures say."""
    texts = {lang: words.all_of("blocks", lang) for lang in glossary.LANGUAGES}
    return f"const WORDS = {json.dumps(texts, ensure_ascii=False)};\n{_file('blocks.js')}{_file('marks.js')}"


def style(lang: str = "") -> Block:
    """Style sheet and script as a block, shown once in a notebook; pages leave it out, they have them already.

    lang: the notebook's language; in JupyterLab prose in another one folds to a line until its cell is chosen ("": all
    prose stays).
    """
    own = ",".join(f"local('{name}')" for name in CHINESE_FONTS)
    sheet = f'@font-face{{font-family:"Custlib Sans SC";src:{own}}}\n{css()}{_file("lab.css")}'
    names = {key: line["name"] for key, line in words.table("languages").items()}
    code = f"const NAMES = {json.dumps(names, ensure_ascii=False)};\n{script()}{_file('lab.js')}"
    return Block(
        f'<style class="cl-style">{sheet}</style><script data-lang="{escape(lang)}">(() => {{\n{code}}})()</script>', ""
    )


def _file(name):
    return (resources.files("custlib") / "blocks" / name).read_text(encoding="utf-8")
