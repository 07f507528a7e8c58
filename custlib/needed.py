"""Lines of the glossary and the codebook that custlib's own code and notebooks need, listed in `needed.txt`: a line
that got lost is missed before a run, not in the middle of it.

The list is written by `python -m custlib.needed > custlib/needed.txt`.
"""

from pathlib import Path

from custlib import codebook, glossary
from custlib.refusals import Refused

_LIST = Path(__file__).with_suffix(".txt")
_NAMED = 5  # how many missing columns a refusal names


def check() -> None:
    """Raises Refused (`term_missing`, `column_missing`) unless both tables hold what is listed."""
    listed = [line.split(" ", 1) for line in _LIST.read_text(encoding="utf-8").splitlines()]
    glossary.check([name for table, name in listed if table == "glossary"])
    held = set(_columns())
    if missing := [name for table, name in listed if table == "codebook" and name not in held]:
        raise Refused("column_missing", file="codebook.csv", columns=", ".join(missing[:_NAMED]))


def _columns():
    return [f"{line['table']}.{line['column']}" for line in codebook.lines()]


def _as_list():
    """The text of `needed.txt`: everything that the two tables hold."""
    return "".join(f"glossary {key}\n" for key in glossary.keys()) + "".join(
        f"codebook {name}\n" for name in _columns()
    )


if __name__ == "__main__":
    print(_as_list(), end="")
