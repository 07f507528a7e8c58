"""The report's result tables as one Excel workbook: a sheet for each, no cell of which is a formula or leads out of the book."""

import datetime
import textwrap
import unicodedata
from decimal import Decimal
from io import BytesIO

import pandas as pd

from custlib import codebook, glossary
from custlib.escaping import visible

NAME = "report.xlsx"
WORDS = {
    "en": {
        "contents": "Contents",
        "sheet": "Sheet",
        "rows": "Rows",
        "codebook": "Columns",
        "table": "Table",
        "column": "Column",
        "meaning": "Meaning",
        "unit": "Unit",
        "about": "About",
        "run": "run",
        "code": "custlib, SHA-256",
        "input": "input {name}, SHA-256",
        "version": "version of {name}",
        "cut": "The first {shown} of {rows} rows; all of them are in tables/{name}.csv.",
        True: "yes",
        False: "no",
    },
    "zh": {
        "contents": "目录",
        "sheet": "工作表",
        "rows": "行数",
        "codebook": "各列说明",
        "table": "表",
        "column": "列",
        "meaning": "含义",
        "unit": "单位",
        "about": "关于本报告",
        "run": "运行编号",
        "code": "custlib 的 SHA-256",
        "input": "输入文件 {name} 的 SHA-256",
        "version": "{name} 的版本",
        "cut": "共 {rows} 行，此处为前 {shown} 行；全部见 tables/{name}.csv。",
        True: "是",
        False: "否",
    },
}
FORMATS = {
    "money": "#,##0.00",
    "share": "#,##0.000",
    "exact": "#,##0.00########",
    "whole": "#,##0",
    "date": "yyyy-mm-dd",
}
PERCENT, PER_ONE = "0.0%", ("0 to 1", "−1 to 1")
AMOUNT = "yuan or declared currency"
HEAD = 3  # lines above a table's rows: its name, the units, the names of the columns
MOST_ROWS, LONGEST_TEXT, WIDEST, LONGEST_NAME = 1_048_576 - HEAD, 32_767, 60, 31
_MADE_ON = datetime.datetime(2000, 1, 1)  # the same report is the same file


def render(tables, *, lang, title, period, currency, about):
    """The workbook as bytes; the same tables give the same bytes.

    tables: name (as in the codebook) → result table, one sheet each, in this order; a text column that holds nothing but keys of the
    glossary is shown in words. period: a line below the title on the cover; currency: unit of all amounts; about: (what, its value)
    lines of the last sheet.
    """
    import xlsxwriter

    data, words = BytesIO(), WORDS[lang]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"title": visible(title), "created": _MADE_ON})
        sheets = _sheet_names(tables, lang)
        columns = {name: _columns(name, lang, currency) for name in tables}
        _cover(book, title, period, tables, sheets, words, lang)
        for name, frame in tables.items():
            _table(book, sheets[name], name, frame, columns[name], lang)
        _codebook(book, columns, sheets, words)
        _plain(book, words["about"], [], about, words)
    return data.getvalue()


def provenance(run, made_of, lang):
    """What a run was made of, as (what, its value) lines.

    made_of: what `manifest.key` gives: the run's and the notebooks' parameters, inputs, code and versions.
    """
    words, own = WORDS[lang], made_of["parameters"]
    given = {"": own["run"]} | own["notebooks"]
    return [
        (words["run"], run),
        *((f"{stem} {name}".strip(), str(value)) for stem, values in given.items() for name, value in values.items()),
        *((words["input"].format(name=name), digest) for name, digest in made_of["inputs"].items()),
        (words["code"], made_of["code"]),
        *((words["version"].format(name=name), version) for name, version in made_of["versions"].items()),
    ]


def _sheet_names(tables, lang):
    """Table → name of its sheet: its term without what Excel allows in no such name, numbered, short enough, no two alike."""
    terms = {name: "".join(char for char in glossary.term(name, lang) if char not in "[]:*?/\\'") for name in tables}
    return {name: _short(f"{place} {term}") for place, (name, term) in enumerate(terms.items(), 1)}


def _short(name):
    """At most as long as Excel allows, cut between words where there are any."""
    return name if len(name) <= LONGEST_NAME else textwrap.wrap(name, LONGEST_NAME, max_lines=1, placeholder="")[0]


def _columns(name, lang, currency):
    """The codebook's lines of one table, in the reader's words: column, kind, term, unit, meaning."""
    return [
        {
            "column": line["column"],
            "kind": line["kind"],
            "term": glossary.term(line["column"], lang),
            "unit": _unit(line["unit"], lang, currency),
            "meaning": line[f"meaning_{lang}"],
        }
        for line in codebook.lines()
        if line["table"] == name
    ]


def _unit(unit, lang, currency):
    if unit == AMOUNT:
        return currency
    return "%" if unit in PER_ONE else glossary.term(f"unit: {unit}", lang) if unit else ""


def _cover(book, title, period, tables, sheets, words, lang):
    sheet = book.add_worksheet(words["contents"])
    bold, large = book.add_format({"bold": True}), book.add_format({"bold": True, "font_size": 18})
    sheet.write_string(0, 0, visible(title), large)
    sheet.set_row(0, 26)
    sheet.write_string(1, 0, visible(period))
    sheet.write_row(3, 0, [words["sheet"], words["rows"]], bold)
    lines = [
        (sheets[name], f"{at} {glossary.term(name, lang)}", len(frame))
        for at, (name, frame) in enumerate(tables.items(), 1)
    ]
    lines += [(words[name], words[name], None) for name in ("codebook", "about")]
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


def _table(book, sheet_name, name, frame, columns, lang):
    sheet, words = book.add_worksheet(sheet_name), WORDS[lang]
    shown = frame.head(MOST_ROWS)
    bold, grey = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"font_color": "#666666", "italic": True}),
    )
    sheet.write_url(0, 0, f"internal:'{words['contents']}'!A1", string=f"← {glossary.term(name, lang)}")
    if len(shown) < len(frame):
        sheet.write_string(0, 1, words["cut"].format(shown=len(shown), rows=len(frame), name=name), grey)
    for at, column in enumerate(columns):
        values = in_words(shown[column["column"]], column["kind"], lang)
        sheet.write_string(1, at, column["unit"], grey)
        sheet.write_string(2, at, column["term"], bold)
        look = book.add_format({"num_format": _format(column)} if column["kind"] in FORMATS else {"indent": 1})
        for line, value in enumerate(values, HEAD):
            _write(sheet, line, at, value, column["kind"], look)
        texts = [column["term"] + "   ", column["unit"], *map(_as_seen, values)]  # room for the filter's arrow
        sheet.set_column(at, at, min(max(map(width, texts)) + 2.5, WIDEST))
    sheet.autofilter(HEAD - 1, 0, HEAD - 1 + len(shown), len(columns) - 1)
    sheet.freeze_panes(HEAD, 1)
    _on_paper(sheet, HEAD - 1)


def _format(column):
    return PERCENT if column["unit"] == "%" else FORMATS[column["kind"]]


def in_words(values, kind, lang):
    """The cells of a column: None where nothing is known, yes and no in words, keys of the glossary as their terms."""
    cells = [None if pd.isna(value) else value for value in values.astype("object")]
    known = {value for value in cells if value is not None}
    if kind == "yes_no":
        return [None if value is None else WORDS[lang][bool(value)] for value in cells]
    if kind != "text" or not known - {""} or not all(map(glossary.known, known - {""})):
        return cells
    terms = {"": ""} | glossary.terms(known - {""}, lang)
    return [None if value is None else terms[value] for value in cells]


def _write(sheet, line, at, value, kind, look):
    if value is None or value == "":
        return
    if kind == "date":
        sheet.write_datetime(line, at, value, look)
    elif kind in FORMATS:
        sheet.write_number(line, at, float(value), look)
    else:
        sheet.write_string(line, at, visible(value)[:LONGEST_TEXT], look)


def _codebook(book, columns, sheets, words):
    rows = [(sheets[name], line["term"], line["unit"], line["meaning"]) for name in columns for line in columns[name]]
    _plain(book, words["codebook"], [words[key] for key in ("table", "column", "unit", "meaning")], rows, words)


def _plain(book, name, head, rows, words):
    """A sheet of texts."""
    sheet = book.add_worksheet(name)
    sheet.write_url(0, 0, f"internal:'{words['contents']}'!A1", string=f"← {name}")
    for at, text in enumerate(head):
        sheet.write_string(1, at, text, book.add_format({"bold": True, "bottom": 1}))
    for line, row in enumerate(rows, 2):
        for at, text in enumerate(row):
            sheet.write_string(line, at, visible(text)[:LONGEST_TEXT])
    for at, texts in enumerate(zip(*rows, strict=True)):
        sheet.set_column(at, at, min(max(map(width, map(str, texts))) + 2, WIDEST))
    sheet.freeze_panes(2, 0)
    _on_paper(sheet, 1)


def _as_seen(value):
    if isinstance(value, Decimal):
        return f"{value:,.10f}"  # as many places as Excel is told to show
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "" if value is None else str(value)


def width(text):
    """How wide a text is in Excel, in digits: a Chinese character takes two and a little."""
    return sum(2.1 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
