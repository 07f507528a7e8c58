"""Columns that can be read in two ways: one stray cell is set aside, a column in doubt throughout is refused.

A doubt is one of column and file, never of a cell alone: what some cells prove, other cells of that column may have got
wrong without a sign.
"""

from typing import NamedTuple

import ibis

from custlib import refusals, schema
from custlib.cleaning import parsers
from custlib.refusals import Refused

# A column mostly written so is no slip of the pen: then its other cells are in doubt too.
MOST = 0.5
# More cells than this that contradict the declared order, and it is the declaration that is wrong.
FEW = 0.1

_OVER, _MONTH = "(?:1[3-9]|2[0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_YEAR_BEHIND = r"[-/.][0-9]{4}(?:[^0-9]|\z)"
_WRITTEN = {
    "turned": rf"^\s*[0-9]{{1,2}}[-/.][0-9]{{1,2}}{_YEAR_BEHIND}",
    "dmy": rf"^\s*{_OVER}[-/.]{_MONTH}{_YEAR_BEHIND}",
    "mdy": rf"^\s*{_MONTH}[-/.]{_OVER}{_YEAR_BEHIND}",
    "real": r"^\s*[0-9]{4}[^0-9]|^\s*[0-9]{5}(?:[^0-9]|\z)",
}
_LAST_DAY_THAT_IS_A_MONTH = 12
# Cells whose size hangs on what the separator means; cells in which the point must be decimal.
_EITHER_SIZE = r"^\s*-?[0-9]{1,3}(?:,[0-9]{3}|\.[0-9]{3})\s*\z"
_POINT = r",[0-9]{3}\.[0-9]|^[^.,]*\.(?:[0-9]{1,2}|[0-9]{4,})\s*\z"


def check(connection, rows: ibis.Table, odd: ibis.Table, table: schema.Table):
    """Refuse a file with a column that has two readings.

    rows: judged rows of one `schema.Table`; odd: those of them that are not plain throughout. Raises Refused with the
    first cell in doubt: `ambiguous_dates` (most cells are so and nothing decides), `undeclared_date_order` (most are so
    and some show the order), `disproved_date_order` (not the one declared), `half_converted_dates` (a program has read
    some in its own order), `decimal_commas`.
    """
    columns = [column for column in table.columns if column.kind in _DOUBTS]
    found: list = []
    for file, counts in _counted(connection, odd, {column.name: _doubtful(odd, column) for column in columns}):
        for column in columns:
            if any(counts[column.name].values()):
                cells = _Cells(connection, rows.filter(rows.file == file), file, column.name)
                with refusals.collecting(found):
                    _DOUBTS[column.kind](cells)
    refusals.raise_all(found)


class _Cells(NamedTuple):
    """The cells of one column in one file."""

    connection: object
    rows: ibis.Table
    file: str
    column: str

    @property
    def text(self):
        """What stands in a cell; of one that is its value's own form, the value tells."""
        value = self.rows[self.column]
        own = value.cast("string") if value.type().is_date() else parsers.text("number", value)
        return self.rows[f"{self.column}__raw"].coalesce(own)

    @property
    def reason(self):
        return self.rows[f"{self.column}__reason"]

    def counts(self, conditions):
        """Name → number of cells for which its condition holds."""
        return dict(_counted(self.connection, self.rows, {self.column: conditions}))[self.file][self.column]

    def first(self, condition):
        """The first cell for which a condition holds: line, text, value."""
        rows = self.rows.filter(condition).order_by("line").limit(1)
        rows = rows.select("line", text=self.text, value=self.rows[self.column])
        return self.connection.to_pyarrow(rows).to_pylist()[0]

    def refusal(self, code, condition, **facts):
        """The refusal that names the first cell for which a condition holds."""
        cell = self.first(condition)
        place = {"file": self.file, "line": cell["line"], "column": self.column, "text": cell["text"]}
        return Refused(code, **place, **facts)


def _doubtful(rows, column):
    """What makes a column worth a second look; nearly none is."""
    if column.kind == "date":
        return {"turned": rows[f"{column.name}__raw"].re_search(_WRITTEN["turned"])}
    return {"commas": rows[f"{column.name}__reason"] == "decimal_comma"}


def _counted(connection, rows, wanted):
    """(file, {column: {name: number of rows}}) for conditions wanted: {column: {name: condition}}."""
    if not wanted:
        return
    sums = {f"{column}__{name}": c.sum() for column, named in wanted.items() for name, c in named.items()}
    for row in connection.to_pyarrow(rows.group_by("file").agg(**sums).order_by("file")).to_pylist():
        yield row["file"], {c: {n: row[f"{c}__{n}"] or 0 for n in named} for c, named in wanted.items()}


def _dates(cells):
    written = {name: cells.text.re_search(form) for name, form in _WRITTEN.items()}
    value, real = cells.rows[cells.column], written["real"] & cells.reason.isnull()
    shows_order = written["dmy"] | written["mdy"]
    conditions = written | {
        "real": real,
        "real_over": real & (value.day() > _LAST_DAY_THAT_IS_A_MONTH),
        "filled": cells.text != "",
        "ambiguous": cells.reason == "ambiguous_date",
        "disproved": (cells.reason == "impossible_date") & shows_order,
    }
    count = cells.counts(conditions)
    deciding = count["dmy"] + count["mdy"]
    if deciding == count["turned"] and count["real"] and not count["real_over"]:
        raise _half_converted(cells, real, shows_order)
    if count["disproved"] > FEW * deciding:
        facts = {"rows": count["disproved"], "of_rows": deciding}
        raise cells.refusal("disproved_date_order", conditions["disproved"], **facts)
    if count["ambiguous"] > MOST * count["filled"]:
        if bool(count["dmy"]) != bool(count["mdy"]):
            order = "dmy" if count["dmy"] else "mdy"
            raise cells.refusal("undeclared_date_order", conditions[order], order=order, rows=count[order])
        raise cells.refusal("ambiguous_dates", conditions["ambiguous"])


def _half_converted(cells, real, shows_order):
    """Every turned cell shows the order, and no real date has a day that could not be a month."""
    cell = cells.first(real)
    day = cell["value"]
    return cells.refusal(
        "half_converted_dates",
        shows_order,
        other=cell["text"],
        other_line=cell["line"],
        read=day.isoformat(),
        swapped=day.replace(month=day.day, day=day.month).isoformat(),
    )


def _commas(cells):
    commas = cells.reason == "decimal_comma"
    conditions = {
        "filled": cells.text != "",
        "commas": commas,
        "either": cells.text.re_search(_EITHER_SIZE),
        "point": cells.text.re_search(_POINT) & cells.reason.isnull(),
    }
    count = cells.counts(conditions)
    most = count["commas"] > MOST * count["filled"]
    # 1.234 or 1,234 beside 12,5: nothing in the cell itself shows that it was read a thousandfold.
    if most or (count["either"] and count["commas"] >= count["point"]):
        raise cells.refusal("decimal_commas", commas)


_DOUBTS = {"date": _dates, "amount": _commas, "price": _commas, "number": _commas, "ratio": _commas}
