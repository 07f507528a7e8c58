"""What the command line says of the runs that lie in the reports folder."""

from custlib import words

UNITS = ("B", "kB", "MB", "GB")


def verified(found, lang):
    """Lines about what `shelf.verify` found."""
    return [line for quarter, differences in found.items() for line in _verified(quarter, differences, lang)]


def _verified(quarter, differences, lang):
    if not differences:
        return [_say("verified_whole", lang, quarter=quarter)]
    told = [_say(f"verified_{one.what}", lang, quarter=quarter, file=one.file) for one in differences]
    *by, name = quarter.split("/")
    asked = f"{name} --by {by[0].removeprefix('by-')}" if by else name
    return [*told, _say("verified_mend", lang, quarter=asked)]


def removed(found, lang):
    """Lines about what `shelf.clean` removed."""
    if not found:
        return [_say("clean_nothing", lang)]
    told = [_say("clean_removed", lang, name=one.name, size=_size(one.size)) for one in found]
    return [*told, _say("clean_sum", lang, count=len(found), size=_size(sum(one.size for one in found)))]


def _size(count):
    power = min((len(str(count)) - 1) // 3, len(UNITS) - 1)
    return f"{count / 1000**power:.{bool(power):d}f} {UNITS[power]}"


def runs(found, lang):
    """The runs of `shelf.kept` as a table for the terminal."""
    columns = [_say(f"runs_{name}", lang) for name in ("quarter", "run", "made", "language", "published")]
    yes = {True: _say("runs_yes", lang), False: ""}
    rows = [(one.quarter, one.run, one.ended[:16].replace("T", " "), one.lang, yes[one.published]) for one in found]
    return table(columns, rows)


def table(columns, rows):
    """A table of texts that a terminal shows in line, Chinese too."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    return drawn


def _say(key, lang, **facts):
    return words.say("progress", key, lang, **facts)
