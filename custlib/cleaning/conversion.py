"""Amounts in another currency than the company's: converted by the signed rate of their month, or refused."""

from collections import defaultdict
from decimal import Decimal

import ibis
import pyarrow as pa

from custlib import currencies, reference, refusals, schema, warehouse
from custlib.cleaning import computed, fast_path, parsers
from custlib.cleaning.judging import FAULT, REASON, Layout
from custlib.reading import Reading
from custlib.reading.headers import LIST_PRICE
from custlib.refusals import Refused

_HEADERS = set(
    "币种 币别 货币 货币类型 货币代码 货币名称 货币种类 币种名称 币种代码 交易币种 结算币种 原币 原币币种 订单币种 "
    "currency currencycode curr transactioncurrency ordercurrency".split()
)
_SHOWN = 12  # how many lines to write a refusal shows


def convert(connection, rows: ibis.Table, layout: Layout, exports: list[Reading], currency: str, rates: dict):
    """Judged rows of one table with all money in the company's currency.

    exports: the files of the table; currency: the company's, an ISO code; rates: as `reference.rates` gives them. A
    line is in the currency that a column such as 币种 names for it, else in that of its file; an amount whose own
    header names one (本位币金额, 人民币金额) is in that. The rate is that of the line's month, or quarter where lines have
    one. The product is exact and rounded once, half a cent away from zero; the change has the rule `converted`.
    Raises Refused: `no_rate` where all lines of a file are in one currency without a rate, `mixed_currencies` where
    they are in several, `currency_conflict` where lines have no month. Lines that are set aside need no rate; without
    one they are in no control total.
    """
    found: list = []
    entries: list[dict] = []
    for export in exports:
        with refusals.collecting(found):
            entries += _entries(connection, rows, layout, export, currency, rates)
    refusals.raise_all(found)
    if not entries:
        return rows
    rows = _with_rates(connection, rows, layout, exports, entries)
    for name in _money(layout.table):
        if any(name in entry["foreign"] for entry in entries):
            rows = _converted(connection, rows, layout.table, name)
    return rows.select(*(name for name in rows.columns if not name.startswith(("row__rate_", "row__foreign_"))))


def column_of(export: Reading) -> str | None:
    """The column of a file that says the currency of each line, or None."""
    own = {column.name for column in schema.TABLES[export.header.table].columns}
    return next((name for name in export.header.names if name not in own and _plain(name) in _HEADERS), None)


def _plain(name):
    return schema.plain_header(name).replace("_", "").replace("-", "")


def _money(table):
    return [column.name for column in table.columns if column.kind in ("amount", "price")]


def _entries(connection, rows, layout, export, currency, rates):
    """A dict for each text of the currency column and each month in which a file has foreign amounts: file, text,
    month, and foreign (column → rate, None where there is none)."""
    amounts = [name for name in _money(layout.table) if name in export.header.units]
    foreign = {code for code in export.header.currencies.values() if code != currency}
    if not amounts or not (foreign or column_of(export)):
        return []
    told = _told(connection, rows, layout, export)
    for row in told:
        codes = {name: _code(export, name, row["text"], currency) for name in amounts}
        row["codes"] = {name: code for name, code in codes.items() if code != currency}
        row["foreign"] = {name: rates.get((code, row["month"])) for name, code in row["codes"].items()}
    told = [row for row in told if row["codes"] or row["sound"]]
    _refuse(layout, export, told, currency)
    return [{"file": export.file} | row for row in told if row["codes"]]


def _told(connection, rows, layout, export):
    """What the lines of a file say: text (of the currency column), month, sound (or set aside), n, line (the first)."""
    own = rows.filter(rows.file == export.file)
    sound = own[REASON].isnull()
    told = own.group_by(
        text=_text(own, {column_of(export): [export.file]}), month=_month(own, layout.table), sound=sound
    )
    return connection.to_pyarrow(told.agg(n=own.count(), line=own.line.min()).order_by("line", "text")).to_pylist()


def _text(rows, files_by_column):
    said = [(rows.file.isin(files), rows[name].coalesce("")) for name, files in files_by_column.items() if name]
    return ibis.cases(*said, else_="") if said else ibis.literal("")


def _month(rows, table):
    if not table.time:
        return ibis.literal("")
    return rows[table.time].cast("string").substr(0, 7).coalesce("")


def _code(export, name, text, currency):
    """The currency of an amount in a line whose currency column holds `text`; “CAD/USD” where that may be several."""
    shown = dict(zip(export.header.names, export.header.texts, strict=True)).get(name, "")
    if currencies.is_own(shown) or LIST_PRICE in export.source.computed.get(name, ""):
        return currency
    own = export.header.currencies.get(name, currency)
    if not text.strip() or len(currencies.named(shown)) == 1:
        return own
    codes = currencies.money(text)[1] or currencies.named(text) or frozenset([text.strip()])
    return next((code for code in (own, currency) if code.upper() in codes), currencies.shown(codes))


def _refuse(layout, export, told, currency):
    told = [row for row in told if row["sound"]]
    priced = [name for name, column in schema.carried(layout.table.name).items() if column.kind == "price"]
    bare = [row for row in told if None in row["foreign"].values()]
    for row in told if any(name in export.header.names for name in priced) or not layout.table.time else ():
        if row["codes"]:
            column, code = next(iter(row["codes"].items()))
            column = next((name for name in priced if name in export.header.names), column)
            place = {"file": export.file, "line": row["line"], "column": column}
            raise Refused("currency_conflict", **place, seen=code, said=currency)
    if bare:
        _refuse_bare(export, told, bare, currency)


def _refuse_bare(export, told, bare, currency):
    column = next(name for name, rate in bare[0]["foreign"].items() if rate is None)
    lacking = {(row["codes"][name], row["month"]) for row in bare for name, rate in row["foreign"].items() if not rate}
    counts: dict = defaultdict(int)
    for row in told:
        if row["text"].strip() or not column_of(export):
            counts[row["codes"].get(column, currency)] += row["n"]
    texts = dict(zip(export.header.names, export.header.texts, strict=True))
    shown, said = texts.get(column) or column, texts.get(column_of(export))
    facts = {"file": export.file, "line": bare[0]["line"], "column": said or shown, "said": currency}
    facts["write"] = _lines_to_write(sorted(lacking))
    if len(counts) == 1:
        raise Refused("no_rate", **facts, seen=bare[0]["codes"][column])
    found = ", ".join(f"{code}: {n:,}" for code, n in counts.items())
    raise Refused("mixed_currencies", **facts, text=bare[0]["text"], amounts=shown, found=found)


def _lines_to_write(lacking):
    """The lines that `rates.csv` lacks, with its header; of many the first of each currency, and how many there are."""
    firsts = list({code: (code, month) for code, month in reversed(lacking)}.values())[::-1]
    shown = lacking if len(lacking) <= _SHOWN else firsts[:_SHOWN]
    lines = [",".join(reference.COLUMNS["rates.csv"]), *(f"{code},{month},…,…,…," for code, month in shown)]
    months = sorted({month for _, month in lacking})
    more = f"; … ({len(lacking)}: {months[0]} … {months[-1]})" if len(shown) < len(lacking) else ""
    return "; ".join(lines) + more


def _with_rates(connection, rows, layout, exports, entries):
    """Rows with `row__rate_x` (null: none) and `row__foreign_x` for each column of money."""
    names, files = _money(layout.table), defaultdict(list)
    for export in exports:
        files[column_of(export)].append(export.file)
    told = {tuple(entry[part] for part in ("file", "text", "month")): entry["foreign"] for entry in entries}
    exact = pa.decimal128(38, 18)
    columns = {
        f"row__{part}": pa.array(values)
        for part, values in zip(("file", "text", "month"), zip(*told, strict=True), strict=True)
    }
    for name in names:
        known = [foreign.get(name) for foreign in told.values()]
        columns[f"row__rate_{name}"] = pa.array([rate and rate.quantize(Decimal("1e-18")) for rate in known], exact)
        columns[f"row__foreign_{name}"] = pa.array([name in foreign for foreign in told.values()])
    kept = warehouse.keep(connection, f"{layout.table.name}_rates", pa.table(columns))
    alike = [
        rows.file == kept.row__file,
        _text(rows, files) == kept.row__text,
        _month(rows, layout.table) == kept.row__month,
    ]
    return rows.left_join(kept, alike).drop("row__file", "row__text", "row__month")


def _converted(connection, rows, table, name):
    kind, label = table.column(name).kind, f"{table.name}_{name}_converted"
    tree = ("*", ("name", name), ("name", f"row__rate_{name}"))
    rows = computed.with_worth(connection, rows, tree, 1, label)
    was, worth, raw = rows.row__known.coalesce(False), rows[computed.WORTH], rows[f"{name}__raw"]
    lost = was & worth.isnull()
    value = worth.round(computed.DECIMALS[kind]).cast(fast_path.type_of(kind))
    columns = {
        name: was.ifelse(value, rows[name]),
        f"{name}__raw": was.ifelse(raw.coalesce(parsers.text(kind, rows[name])), raw),
        f"{name}__rule": was.ifelse("converted", rows[f"{name}__rule"]),
        REASON: lost.ifelse(rows[REASON].coalesce("not_an_amount"), rows[REASON]),
        FAULT: lost.ifelse(rows[FAULT].coalesce(name), rows[FAULT]),
    }
    if kind == "amount":
        unknown = rows[f"row__foreign_{name}"].coalesce(False) & ~was
        exact = rows[f"{name}__exact"]
        columns[f"{name}__exact"] = was.ifelse(worth, unknown.ifelse(ibis.null(exact.type()), exact))
    return rows.mutate(**columns).drop(computed.WORTH, "row__known")
