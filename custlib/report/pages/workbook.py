"""The report's result tables as one Excel workbook, a sheet each; no cell is a formula or leads out of the book."""

import datetime
import textwrap
import unicodedata
from bisect import bisect_right
from decimal import Decimal
from io import BytesIO

from custlib import codebook, words
from custlib.escaping import visible

FORMATS = {
    "money": "#,##0.00",
    "share": "#,##0.000",
    "exact": "#,##0.00########",
    "whole": "#,##0",
    "date": "yyyy-mm-dd",
}
PERCENT = "0.0%"
HEAD = 3  # lines above a table's rows: its name, the units, the names of the columns
MOST_ROWS, LONGEST_TEXT, WIDEST, LONGEST_NAME = 1_048_576 - HEAD, 32_767, 60, 31
MOST_CELLS = 1_000_000  # of a book: with more it takes a minute to write and to open
MEASURED = 1_000  # rows by which a column's width is chosen
_MADE_ON = datetime.datetime(2000, 1, 1)  # the same report is the same file


def render(shapes, load, *, lang, title, period, context, about):
    """The workbook as bytes; the same tables give the same bytes.

    shapes: name of a result table → its rows and columns, one sheet each, in this order; load: name → the table, each
    asked for once, so that they need not be held together. period: a line below the title on
    the cover; context: the report's `sentences.Context`; about: (what, its value) lines of the last sheet.
    """
    import xlsxwriter

    data, say = BytesIO(), words.all_of("report", lang)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"title": visible(title), "created": _MADE_ON})
        captions = {name: f"{at} {codebook.caption(name, lang)}" for at, name in enumerate(shapes, 1)}
        sheets = {name: _sheet_name(caption) for name, caption in captions.items()}
        _cover(book, title, period, [(sheets[name], captions[name], shape[0]) for name, shape in shapes.items()], say)
        rows, most = [], most_rows(shapes.values())
        for name, shape in shapes.items():
            columns = _columns(name, load(name).head(most), lang, context)
            _table(book, sheets[name], name, columns, lang, shown=min(most, shape[0]), of=shape[0])
            rows += [(sheets[name], column["header"], column["unit"], column["meaning"]) for column in columns]
        _plain(book, say["codebook"], [say[key] for key in ("table", "column", "unit", "meaning")], rows, lang)
        _plain(book, say["about"], [], about, lang)
    return data.getvalue()


def most_rows(shapes) -> int:
    """How many rows a sheet holds at most, so that all tables together fit into a book. shapes: (rows, columns) of
    each."""
    return bisect_right(
        range(1, MOST_ROWS + 1), MOST_CELLS, key=lambda most: sum(min(rows, most) * columns for rows, columns in shapes)
    )


def provenance(run, made_of, lang):
    """What a run was made of, as (what, its value) lines.

    made_of: what `manifest.key` gives: the run's and the notebooks' parameters, inputs, words, code and versions.
    """

    def say(key, **facts):
        return words.say("report", key, lang, **facts)

    own = made_of["parameters"]
    given = {"": own["run"]} | own["notebooks"]
    files = made_of["inputs"] | made_of.get("words", {})
    return [
        (say("run"), run),
        *((f"{stem} {name}".strip(), str(value)) for stem, values in given.items() for name, value in values.items()),
        *((say("input_hash", name=name), digest) for name, digest in files.items()),
        (say("code_hash"), made_of["code"]),
        *((say("version", name=name), version) for name, version in made_of["versions"].items()),
    ]


def _sheet_name(caption):
    """The caption of a table without what Excel allows in no such name, cut between words where there are any."""
    name = "".join(char for char in caption if char not in "[]:*?/\\'")
    return name if len(name) <= LONGEST_NAME else textwrap.wrap(name, LONGEST_NAME, max_lines=1, placeholder="")[0]


def _columns(name, frame, lang, context):
    """What the codebook says of a table's columns, in the reader's words, with the cells of each."""
    from custlib.page import outputs  # it loads matplotlib

    return [
        {
            "kind": line["kind"],
            "header": codebook.header(line, lang),
            "unit": codebook.unit(line, lang, context.currency),
            "meaning": line[f"meaning_{lang}"],
            "cells": outputs.cells(frame, line, lang, context),
        }
        for line in codebook.shown(name, lang).values()
    ]


def _cover(book, title, period, lines, say):
    sheet = book.add_worksheet(say["contents"])
    bold, large = book.add_format({"bold": True}), book.add_format({"bold": True, "font_size": 18})
    sheet.write_string(0, 0, visible(title), large)
    sheet.set_row(0, 26)
    sheet.write_string(1, 0, visible(period))
    sheet.write_row(3, 0, [say["sheet"], say["rows"]], bold)
    lines = [*lines, *((say[name], say[name], None) for name in ("codebook", "about"))]
    for line, (name, text, rows) in enumerate(lines, 4):
        sheet.write_url(line, 0, f"internal:'{name}'!A1", string=text)
        if rows is not None:
            sheet.write_number(line, 1, rows)
    sheet.set_column(0, 0, max(width(text) for _, text, _ in lines) + 2)
    sheet.hide_gridlines(2)
    _on_paper(sheet)


def _on_paper(sheet, head=None):
    """A4 across, as wide as the page, with its head (the last of these rows) and number on each page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    if head is not None:
        sheet.repeat_rows(0, head)


def _table(book, sheet_name, name, columns, lang, shown, of):
    """A sheet of the first rows of so many."""
    sheet = book.add_worksheet(sheet_name)
    bold = book.add_format({"bold": True, "bottom": 1})
    grey = book.add_format({"font_color": "#666666", "italic": True})
    _back(sheet, codebook.caption(name, lang), lang)
    if shown < of:
        sheet.write_string(0, 1, words.say("report", "cut", lang, shown=shown, rows=of, name=name), grey)
    for at, column in enumerate(columns):
        sheet.write_string(1, at, column["unit"], grey)
        sheet.write_string(2, at, column["header"], bold)
        look = book.add_format({"num_format": _format(column)} if column["kind"] in FORMATS else {"indent": 1})
        _write(sheet, at, column["cells"], column["kind"], look)
        head = column["header"] + "   "  # room for the filter's arrow
        _fit(sheet, at, [head, column["unit"], *_longest(column["cells"][:MEASURED], column["kind"])], 2.5)
    sheet.autofilter(HEAD - 1, 0, HEAD - 1 + shown, len(columns) - 1)
    sheet.freeze_panes(HEAD, 1)
    _on_paper(sheet, HEAD - 1)


def _back(sheet, text, lang):
    contents = words.say("report", "contents", lang)
    sheet.write_url(0, 0, f"internal:'{contents}'!A1", string=f"← {text}")


def _format(column):
    return PERCENT if column["unit"] == "%" else FORMATS[column["kind"]]


def _write(sheet, at, cells, kind, look):
    numbers = kind in FORMATS and kind != "date"
    write = sheet.write_datetime if kind == "date" else sheet.write_number if numbers else sheet.write_string
    for line, value in enumerate(cells, HEAD):
        if value is not None and value != "":
            if numbers:
                value = float(value)
            elif kind != "date":
                value = visible(value)[:LONGEST_TEXT]
            write(line, at, value, look)


def _plain(book, name, head, rows, lang):
    """A sheet of texts."""
    sheet = book.add_worksheet(name)
    _back(sheet, name, lang)
    for at, text in enumerate(head):
        sheet.write_string(1, at, text, book.add_format({"bold": True, "bottom": 1}))
    for line, row in enumerate(rows, 2):
        for at, text in enumerate(row):
            sheet.write_string(line, at, visible(text)[:LONGEST_TEXT])
    for at, texts in enumerate(zip(*rows, strict=True)):
        _fit(sheet, at, map(str, texts), 2)
    sheet.freeze_panes(2, 0)
    _on_paper(sheet, 1)


def _fit(sheet, at, texts, room):
    sheet.set_column(at, at, min(max(map(width, texts)) + room, WIDEST))


def _longest(cells, kind):
    """The cells as seen; of numbers those that may be the longest."""
    known = [value for value in cells if value is not None]
    known = {min(known), max(known)} if known and kind in FORMATS else known
    return [f"{value:,.2f}" if isinstance(value, float | Decimal) else str(value) for value in known]


def width(text):
    """How wide a text is in Excel, in digits: a Chinese character takes two and a little."""
    if text.isascii():
        return len(text)
    return sum(2.1 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
