"""What changed between two reports: a page by the report's own template, and a summary for the terminal."""

import math
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from custlib import blocks, codebook, glossary, results, words
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive, manifest, messages, publishing
from custlib.report.diff import changes
from custlib.report.notebook import executed, nbformat

PAGE, SHOWN = "diff.html", 100
SUMMARY = ("table", "rows", "gone", "new", "figures", "classes", "largest")
CELLS = ("row", "column", "before", "now", "change")


class Compared(NamedTuple):
    """Two reports beside each other.

    changed: table → (changed cells, counts of rows); same: tables without a change; apart: those of one report only;
    unnamed: those whose rows have no names to compare by.
    """

    names: tuple
    tolerance: float
    changed: dict
    same: list
    apart: list
    unnamed: list


def compare(before: archive.Run, now: archive.Run, tolerance: float) -> Compared:
    """What changed from one run to another. Raises Refused (`run_not_whole`)."""
    for run in (before, now):
        if not manifest.verified(run.folder):
            raise Refused("run_not_whole", run=run.run, quarter=run.quarter)
    names = (before.quarter, now.quarter) if before.quarter != now.quarter else (before.run, now.run)
    compared = Compared(names, tolerance, {}, [], [], [])
    for table in dict.fromkeys(line["table"] for line in codebook.lines()):
        both = [frame for run in (before, now) if (frame := _load(table, run.folder)) is not None]
        if len(both) < 2:
            compared.apart.extend([table] * len(both))
            continue
        kinds = {name: line["kind"] for name, line in codebook.stored(table).items()}
        change = changes.between(*both, kinds, (before.quarter, now.quarter), tolerance)
        if change is None:
            compared.unnamed.append(table)
        elif len(change[0]) or any(change[1][1:]):
            compared.changed[table] = change
        else:
            compared.same.append(table)
    return compared


def _load(table, folder):
    try:
        return results.load(table, folder)
    except Refused:
        return None


def write(compared: Compared, reports: Path, lang: str, render) -> Path:
    """Writes the page beside the drafts, in place of an earlier one of the same two; returns its path."""
    page = reports / publishing.DRAFT / "-".join(compared.names) / PAGE
    files.make_folder(page.parent)
    title = _say("title", lang, before=compared.names[0], now=compared.names[1])
    files.write(page, render(_node(compared, title, lang), lang=lang, title=title))
    return page


def _node(compared, title, lang):
    """The page as a notebook, which is what the report's template takes."""
    summary = pd.DataFrame(_summaries(compared, lang), columns=_columns(SUMMARY, "column", lang))
    parts = [f"# {title}", _say("rule", lang, tolerance=compared.tolerance), *_not_compared(compared, lang)]
    cells = [nbformat.v4.new_markdown_cell("\n\n".join(parts)), _shown(blocks.style())]
    cells += [_shown(blocks.table(summary, lang=lang, caption=_say("summary", lang), limit=100))]
    for table, (changed, _) in compared.changed.items():
        if len(changed):
            cells += _section(table, changed, lang)
    return executed.publishable(nbformat.v4.new_notebook(cells=cells), {})


def _section(table, changed, lang):
    caption, frame = codebook.caption(table, lang), _in_words(table, changed.head(SHOWN), lang)
    more = _say("more", lang, shown=SHOWN, count=len(changed)) if len(changed) > SHOWN else ""
    heading = nbformat.v4.new_markdown_cell("\n\n".join(filter(None, [f"## {caption}", more])))
    return [heading, _shown(blocks.table(frame, lang=lang, caption=caption, formats={frame.columns[-1]: "+.0%"}))]


def _shown(block):
    data = {"text/html": block._repr_html_()}
    return nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", data)])


def _in_words(table, changed, lang):
    """Changed cells as a reader sees them: where, what it was, what it is now, and by how much it changed."""
    rows = []
    for cell in changed.itertuples():
        line = codebook.columns(table)[cell.column]
        place = " · ".join(_term(part, lang) for part in cell.row.split(" · "))
        change = math.nan if math.isinf(cell.change) else cell.change
        values = [_value(value, line, lang) for value in (cell.before, cell.now)]
        rows.append((place, codebook.header(line, lang), *values, change))
    return pd.DataFrame(rows, columns=_columns(CELLS, "cell", lang))


def _value(value, line, lang):
    if value is None or value == "" or value != value:
        return blocks.tables.MISSING
    if line["kind"] in codebook.NUMBERS:
        return format(value, ".4g" if line["kind"] == "share" else codebook.NUMBERS[line["kind"]])
    return str(codebook.in_words(pd.Series([value], dtype="object"), line, lang)[0])


def _term(key, lang):
    """The term for a key; a name or an id, which is in no glossary, as it is."""
    return glossary.term(key, lang) if glossary.known(key) else key


def _summaries(compared, lang):
    """A line for each table that differs, of `SUMMARY`."""
    rows, colon = [], words.table("languages")[lang]["colon"]
    for table, (cells, counts) in compared.changed.items():
        numbers, largest = cells["kind"].isin(codebook.NUMBERS), ""
        if len(cells[numbers]):
            row, column, before, now, _ = _in_words(table, cells[numbers].head(1), lang).iloc[0]
            largest = f"{row} {column}{colon}{before} → {now}".strip()
        rows.append((codebook.caption(table, lang), *counts, int(numbers.sum()), int((~numbers).sum()), largest))
    return rows


def _not_compared(compared, lang):
    joint, kinds = words.table("languages")[lang]["pause"], ("same", "apart", "unnamed")
    captions = {kind: [codebook.caption(name, lang) for name in getattr(compared, kind)] for kind in kinds}
    return [_say(kind, lang, tables=joint.join(names)) for kind, names in captions.items() if names]


def summary(compared: Compared, page: str, lang: str) -> list:
    """What the terminal shows: a line for each result table that differs (or a sentence), and where the page lies."""
    rows = [tuple(map(str, row)) for row in _summaries(compared, lang)]
    first = messages.table(_columns(SUMMARY, "column", lang), rows) if rows else ""
    return [first or _say("nothing", lang, tolerance=compared.tolerance), _say("page", lang, page=page)]


def _columns(names, of, lang):
    return [_say(f"{of}_{name}", lang) for name in names]


def _say(key, lang, **facts):
    return words.say("report", f"diff_{key}", lang, **facts)
