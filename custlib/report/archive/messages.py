"""What the command line says of the runs that lie in the reports folder."""

from custlib import escaping, words
from custlib.report import files
from custlib.report.archive.archive import Difference, Removed, Run


def verified(differences: dict[str, list[Difference]], lang: str) -> list[str]:
    """Lines about what `archive.verify` found."""
    return [line for quarter, own in differences.items() for line in _verified(quarter, own, lang)]


def _verified(quarter, differences, lang):
    if not differences:
        return [_say("verified_whole", lang, quarter=quarter)]
    lines = [_say(f"verified_{what}", lang, quarter=quarter, file=file) for file, what in differences]
    *by, name = quarter.split("/")
    asked = f"{name} --by {by[0].removeprefix('by-')}" if by else name
    return [*lines, _say("verified_mend", lang, quarter=asked)]


def removed(folders: list[Removed], lang: str) -> list[str]:
    """Lines about what `archive.clean` removed."""
    if not folders:
        return [_say("clean_nothing", lang)]
    lines = [_say("clean_removed", lang, name=name, size=files.in_bytes(size)) for name, size in folders]
    return [*lines, _say("clean_sum", lang, count=len(folders), size=files.in_bytes(sum(size for _, size in folders)))]


def runs(kept: list[Run], lang: str):
    """Runs as a table for the terminal."""
    columns = [_say(f"runs_{name}", lang) for name in ("quarter", "run", "made", "language", "published")]
    yes = {True: _say("runs_yes", lang), False: ""}
    rows = [(run.quarter, run.run, run.ended[:16].replace("T", " "), run.lang, yes[run.published]) for run in kept]
    return table(columns, rows)


def table(columns, rows):
    """A table of texts that a terminal shows in line, Chinese too."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for row in rows:
        drawn.add_row(*(Text(escaping.terminal(cell)) for cell in row))
    return drawn


def _say(key, lang, **facts):
    return words.say("progress", key, lang, **facts)
