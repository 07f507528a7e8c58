"""The data behind a figure: a fold with the first rows of its tables, and links to all of them."""

import pandas as pd

from custlib import blocks, codebook, glossary
from custlib.escaping import escape
from custlib.report.pages import workbook

WORDS = {"en": "The data behind it", "zh": "图中数据"}
ROWS, COLUMNS = 20, 12  # a longer table shows its first rows, a wider one is only linked
FORMATS = {"money": ",.0f", "share": ",.3f", "exact": ",.2f", "whole": ",.0f"}


def links(names, folder, lang):
    """Links to the CSV files of result tables, as HTML."""
    return " · ".join(
        f'<a href="{escape(folder + name)}.csv">{escape(glossary.term(name, lang))}</a>' for name in names
    )


def details(names, sources, lang):
    """A fold with the first rows of the tables (of a `bodies.Sources`) that are narrow enough, and links to all; "" without any."""
    if not names:
        return ""
    shown = [_table(name, sources.load(name), lang) for name in names]
    return (
        f'<details class="data"><summary>{escape(WORDS[lang])}</summary>{"".join(shown)}'
        f'<p class="tables">CSV: {links(names, sources.folder, lang)}</p></details>'
    )


def _table(name, frame, lang):
    kinds = {line["column"]: line for line in codebook.lines() if line["table"] == name}
    if len(kinds) > COLUMNS:
        return ""
    head = frame.head(ROWS)
    cells = {column: _cells(head[column], line["kind"], lang) for column, line in kinds.items()}
    formats = {column: _format(line) for column, line in kinds.items() if line["kind"] in FORMATS}
    headers = glossary.terms(kinds, lang)
    caption = glossary.term(name, lang)
    return blocks.table(
        pd.DataFrame(cells), lang=lang, caption=caption, columns=headers, formats=formats, limit=ROWS
    ).html


def _cells(values, kind, lang):
    return values.astype("float64") if kind in FORMATS else pd.Series(workbook.in_words(values, kind, lang))


def _format(line):
    return ".1%" if line["unit"] in workbook.PER_ONE else FORMATS[line["kind"]]
