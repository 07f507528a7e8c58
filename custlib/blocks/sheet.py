"""The blocks' style sheet and script."""

from importlib import resources

from custlib import palette
from custlib.blocks.block import Block


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
    return Block(f'<style class="cl-style">{css()}</style>', "")


def _file(name):
    return (resources.files("custlib") / "blocks" / name).read_text(encoding="utf-8")
