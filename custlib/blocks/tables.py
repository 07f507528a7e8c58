"""Tables of a report: numbers in line, classes as chips, sortable and searchable on a page."""

import re
from datetime import date
from numbers import Integral

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from custlib import palette, words
from custlib.blocks.block import Block
from custlib.escaping import escape

MISSING = "–"


def table(frame, *, lang, caption, columns=None, formats=None, limit=12, name="", customers=(), sums=()):
    """A frame as an HTML table; the index is not shown.

    columns: which columns, in which order: a list, or a mapping from column to header; default: all of them. formats:
    column → format of its numbers, such as ",.2f" or ".0%", or a list with one for each row; default: whole numbers
    ",d", others ",.1f". limit: rows
    that a page shows at first; the rest are a click away. Without a script all rows show. name: of the table, in the
    addresses of its views. customers: the id of each row's customer, by which a page filters. sums: columns that add
    up. A column that holds only A, B and C is shown as chips; one that holds nothing in any row is left out. A frame
    without rows is a line that says so.
    """
    if frame.empty:
        none = words.say("blocks", "none", lang, caption=caption)
        return Block(f"<p>{escape(none)}</p>", none)
    headers = columns if isinstance(columns, dict) else {name: name for name in (columns or frame.columns)}
    headers = {name: header for name, header in headers.items() if not _is_void(frame[name])}
    cells = [_column(frame[name], (formats or {}).get(name)) for name in headers]
    heads = "".join(
        f'<th scope="col"{_right(frame[column])}{" data-sum" if column in sums else ""}>{escape(header)}</th>'
        for column, header in headers.items()
    )
    marks = [f' data-key="{escape(customer)}"' for customer in customers] or [""] * len(frame)
    rows = "".join(f"<tr{mark}>{''.join(row)}</tr>" for mark, *row in zip(marks, *cells, strict=True))
    return Block(
        f'<div class="cl-table" role="region" tabindex="0" aria-label="{escape(caption)}"><table lang="{escape(lang)}"'
        f' data-limit="{limit:d}"{_named(name)}><caption>{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>",
        f"{caption}\n{frame[list(headers)].head(limit).rename(columns=headers).to_string(index=False)}",
    )


def plain_table(rows, headers, formats, *, caption):
    """A small table that only shows: no sorting, no search.

    rows: lists of values; headers: of the columns; formats: of their numbers, None for a column of texts.
    """
    heads = "".join(
        f'<th scope="col"{" class=cl-number" if how else ""}>{escape(header)}</th>'
        for header, how in zip(headers, formats, strict=True)
    )
    lines = "".join(
        f"<tr>{''.join(_cell(value, how) for value, how in zip(row, formats, strict=True))}</tr>" for row in rows
    )
    return Block(
        f'<div class="cl-table" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>",
        caption,
    )


def _cell(value, number_format):
    if number_format:
        nothing = value is not None and not re.search("[1-9]", format(value, number_format))
        return _number(abs(value) if nothing else value, number_format)  # −0.3 is no "−0"
    return _chip(value) if value in palette.CLASSES else _text(value)


def _named(name):
    return f' data-name="{escape(name)}"' if name else ""


def _is_void(column):
    return column.isna().all() or (column == "").all()


def _is_number(column):
    return is_numeric_dtype(column) and not is_bool_dtype(column)


def _right(column):
    return ' class="cl-number"' if _is_number(column) else ""


def _column(column, number_format):
    if _is_number(column):
        of_rows = number_format if isinstance(number_format, list) else [number_format] * len(column)
        return [_number(value, form) for value, form in zip(column, of_rows, strict=True)]
    if set(column.dropna()) and set(column.dropna()) <= set(palette.CLASSES):
        return [_chip(value) for value in column]
    return [_text(value) for value in column]


def _text(value):
    if pd.isna(value):
        return f"<td>{MISSING}</td>"
    look = ' class="cl-day"' if isinstance(value, date) else ""  # a day stays on one line
    return f"<td{look}>{escape(value)}</td>"


def _number(value, number_format):
    if pd.isna(value):
        return f'<td class="cl-number" data-v="">{MISSING}</td>'
    shown = format(value, number_format or (",d" if isinstance(value, Integral) else ",.1f"))
    shown = shown.lstrip("+-") if not re.search("[1-9a-z]", shown) else shown  # nothing is neither more nor less
    return f'<td class="cl-number" data-v="{float(value)!r}">{escape(shown.replace("-", "−"))}</td>'


def _chip(value):
    if pd.isna(value):
        return f"<td>{MISSING}</td>"
    return f'<td><span class="cl-chip cl-class-{value}">{value}</span></td>'
