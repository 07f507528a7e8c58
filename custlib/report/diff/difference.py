"""What changed between two reports: a page by the report's own template, and a summary for the terminal."""

import math
from typing import NamedTuple

import pandas as pd

from custlib import blocks, codebook, glossary, results
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import manifest, messages, publishing
from custlib.report.diff import changes
from custlib.report.notebook import executed, nbformat

PAGE, SHOWN = "diff.html", 100
FORMATS = {"money": ",.0f", "exact": ",.2f", "whole": ",.0f", "share": ".4g"}
WORDS = {
    "en": {
        "title": "What changed: {before} → {now}",
        "rule": "Figures that differ by more than {tolerance:.0%} of their value before, and every class that is another one.",
        "summary": "Result tables",
        "columns": ("table", "rows", "gone", "new", "figures", "classes", "largest change"),
        "cells": ("row", "column", "before", "now", "change"),
        "same": "Alike in both: {tables}.",
        "apart": "Not compared, because only one of the reports has it: {tables}.",
        "unnamed": "Not compared, because no column tells the rows apart: {tables}.",
        "more": "The {shown} largest of {count} changes.",
        "page": "All changes: {page}",
        "nothing": "Nothing has changed beyond {tolerance:.0%}.",
    },
    "zh": {
        "title": "变化：{before} → {now}",
        "rule": "列出相对之前变化超过 {tolerance:.0%} 的数字，以及所有不同的分类。",
        "summary": "结果表",
        "columns": ("表", "行数", "消失", "新增", "数字", "分类", "最大变化"),
        "cells": ("行", "列", "之前", "现在", "变化"),
        "same": "两者一致：{tables}。",
        "apart": "未比较，仅一份报告中有：{tables}。",
        "unnamed": "未比较，没有能区分各行的列：{tables}。",
        "more": "共 {count} 处变化，此处为最大的 {shown} 处。",
        "page": "全部变化：{page}",
        "nothing": "没有超过 {tolerance:.0%} 的变化。",
    },
}


class Compared(NamedTuple):
    """Two reports beside each other: table → (changed cells, counts of rows), and the tables that were not compared."""

    names: tuple
    tolerance: float
    changed: dict
    same: list
    apart: list
    unnamed: list


def compare(before, now, tolerance):
    """Two runs (`shelf.Kept`) as `Compared`. Raises Refused (`run_not_whole`)."""
    for one in (before, now):
        if not manifest.read(one.folder):
            raise Refused("run_not_whole", run=one.run, quarter=one.quarter)
    names = (before.quarter, now.quarter) if before.quarter != now.quarter else (before.run, now.run)
    found = Compared(names, tolerance, {}, [], [], [])
    for table, kinds in _codebook().items():
        both = [_load(table, one.folder) for one in (before, now)]
        if any(frame is None for frame in both):
            found.apart.extend([table] if any(frame is not None for frame in both) else [])
            continue
        change = changes.between(*both, kinds, (before.quarter, now.quarter), tolerance)
        if change is None:
            found.unnamed.append(table)
        elif len(change[0]) or any(change[1][1:]):
            found.changed[table] = change
        else:
            found.same.append(table)
    return found


def _codebook():
    kinds = {}
    for row in codebook.lines():
        kinds.setdefault(row["table"], {})[row["column"]] = row["kind"]
    return kinds


def _load(table, folder):
    try:
        return results.load(table, folder)
    except Refused:
        return None


def write(compared, reports, lang, render):
    """Writes the page beside the drafts, in place of an earlier one of the same two; returns its path."""
    page = reports / publishing.DRAFT / "-".join(compared.names) / PAGE
    files.make_folder(page.parent)
    title = WORDS[lang]["title"].format(before=compared.names[0], now=compared.names[1])
    files.write(page, render(_node(compared, title, lang), lang=lang, title=title, links=[], footer=""))
    return page


def _node(compared, title, lang):
    """The page as a notebook, which is what the report's template takes."""
    words = WORDS[lang]
    rows = [_summary(table, cells, counts, lang) for table, (cells, counts) in compared.changed.items()]
    summary = pd.DataFrame(rows, columns=list(words["columns"]))
    parts = [f"# {title}", words["rule"].format(tolerance=compared.tolerance), *_not_shown(compared, lang)]
    cells = [nbformat.v4.new_markdown_cell("\n\n".join(parts)), _shown(blocks.style())]
    cells += [_shown(blocks.table(summary, lang=lang, caption=words["summary"], limit=100))]
    for table, (changed, _) in compared.changed.items():
        if len(changed):
            cells += _section(table, changed, lang)
    return executed.publishable(nbformat.v4.new_notebook(cells=cells), {})


def _section(table, changed, lang):
    words, caption = WORDS[lang], _term(table, lang)
    frame = _told(changed.head(SHOWN), lang)
    more = words["more"].format(shown=SHOWN, count=len(changed)) if len(changed) > SHOWN else ""
    heading = nbformat.v4.new_markdown_cell("\n\n".join(filter(None, [f"## {caption}", more])))
    return [heading, _shown(blocks.table(frame, lang=lang, caption=caption, formats={words["cells"][-1]: "+.0%"}))]


def _shown(block):
    return nbformat.v4.new_code_cell(
        "", outputs=[nbformat.v4.new_output("display_data", {"text/html": block._repr_html_()})]
    )


def _told(changed, lang):
    rows = [
        (
            _row(one.row, lang),
            _term(one.column, lang),
            _value(one.before, one.kind, lang),
            _value(one.now, one.kind, lang),
        )
        for one in changed.itertuples()
    ]
    change = changed["change"].astype(float).where(lambda change: change.abs() != math.inf)
    frame = pd.DataFrame(rows, columns=list(WORDS[lang]["cells"][:4]))
    return frame.assign(**{WORDS[lang]["cells"][4]: change.to_numpy()})


def _row(name, lang):
    return " · ".join(_term(part, lang) for part in name.split(" · "))


def _value(value, kind, lang):
    if value is None or value == "" or value != value:
        return blocks.tables.MISSING
    if kind == "yes_no":
        return glossary.term("yes" if value else "no", lang)
    return format(value, FORMATS[kind]) if kind in FORMATS else str(value)


def _term(key, lang):
    """The term for a key; a name or an id, which is in no glossary, as it is."""
    return glossary.term(key, lang) if glossary.known(key) else key


def _summary(table, cells, counts, lang):
    numbers = cells["kind"].isin(FORMATS)
    largest = ""
    if len(cells[numbers]):
        row, column, before, now, _ = _told(cells[numbers].head(1), lang).iloc[0]
        largest = f"{row} {column}: {before} → {now}".strip()
    return (_term(table, lang), *counts, int(numbers.sum()), int((~numbers).sum()), largest)


def _not_shown(compared, lang):
    found = {kind: getattr(compared, kind) for kind in ("same", "apart", "unnamed")}
    joint = "、" if lang == "zh" else ", "
    return [
        WORDS[lang][kind].format(tables=joint.join(_term(name, lang) for name in names))
        for kind, names in found.items()
        if names
    ]


def told(compared, page, lang):
    """What the terminal shows: a table with a line for each result table that differs (or a sentence), and where the page lies."""
    words = WORDS[lang]
    rows = [_summary(table, cells, counts, lang) for table, (cells, counts) in compared.changed.items()]
    rows = [tuple(map(str, row)) for row in rows]
    first = messages.table(words["columns"], rows) if rows else words["nothing"].format(tolerance=compared.tolerance)
    return [first, words["page"].format(page=page)]
