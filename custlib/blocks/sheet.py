"""The blocks' style sheet and script."""

from importlib import resources

from custlib import palette
from custlib.blocks.block import Block

# In a notebook, the figures' font is the reader's own Chinese one under our name; pages embed the font itself.
CHINESE_FONTS = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
)


def css():
    """The style sheet, with the palette as its variables."""
    colours = {name.lower(): value for name, value in vars(palette).items() if str(value).startswith("#")}
    colours |= {f"class-{letter}": colour for letter, colour in palette.CLASSES.items()}
    colours |= {f"on-class-{letter}": colour for letter, colour in palette.ON_CLASSES.items()}
    variables = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return f":root{{{variables}}}\n{_file('blocks.css')}"


def script():
    """Sorting and searching of tables, for pages."""
    return _file("blocks.js")


def style():
    """The style sheet as a block, shown once in a notebook; pages leave it out, they have it already."""
    own = ",".join(f"local('{name}')" for name in CHINESE_FONTS)
    return Block(f'<style class="cl-style">@font-face{{font-family:"Custlib Sans SC";src:{own}}}\n{css()}</style>', "")


def _file(name):
    return (resources.files("custlib") / "blocks" / name).read_text(encoding="utf-8")
