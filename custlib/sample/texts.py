"""The words, headers and figures of the invented company, as text files in `data/`."""

import csv
import tomllib
from functools import cache
from importlib import resources

_FOLDER = resources.files("custlib.sample") / "data"


@cache
def text(name: str) -> str:
    """A whole file as it stands."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def lines(name: str) -> list[dict[str, str]]:
    """The lines of a CSV file, each a dict of its cells by column."""
    return list(csv.DictReader(text(name).splitlines()))


@cache
def tree(name: str) -> dict:
    """A TOML file."""
    return tomllib.loads(text(name))


def company() -> dict:
    """The words that the invented company is made of."""
    return tree("company.toml")
