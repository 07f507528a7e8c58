"""A column that says the currency of each line: amounts of another one than is declared must not be added up."""

import ibis

from custlib import currencies, schema
from custlib.cleaning.judging import REASON
from custlib.reading import Reading
from custlib.refusals import Refused

_HEADERS = set(
    "币种 币别 货币 货币类型 货币代码 货币名称 货币种类 币种名称 币种代码 交易币种 结算币种 原币 原币币种 订单币种 "
    "currency currencycode curr transactioncurrency ordercurrency".split()
)


def check(connection, rows: ibis.Table, exports: list[Reading], declared: str):
    """Refuse a file whose lines are in another currency than is declared, by a column such as 币种.

    rows: judged rows of one table; exports: the files of that table; declared: an ISO code. Lines that are set aside
    and lines that name none decide nothing; a column of amounts whose own header says that they are in the company's
    currency (本位币金额, 人民币金额) is in it. Raises Refused: `currency_conflict` where all lines are in one other
    currency, else `mixed_currencies`.
    """
    for export in exports:
        column = column_of(export)
        amounts = column and _amounts(export)
        if amounts:
            own = rows.filter((rows.file == export.file) & rows[REASON].isnull() & (rows[column].strip() != ""))
            told = own.group_by(text=own[column]).agg(n=own.count(), line=own.line.min()).order_by("line")
            _check(export, column, amounts, connection.to_pyarrow(told).to_pylist(), declared)


def column_of(export: Reading) -> str | None:
    """The column of a file that says the currency of each line, or None."""
    own = {column.name for column in schema.TABLES[export.header.table].columns}
    return next((name for name in export.header.names if name not in own and _plain(name) in _HEADERS), None)


def _plain(name):
    return schema.plain_header(name).replace("_", "").replace("-", "")


def _amounts(export):
    """The amounts that such a column speaks of, as a text; "" where there are none."""
    header = export.header
    shown = dict(zip(header.names, header.texts, strict=True))
    names = [name for name in header.units if not _is_told(shown.get(name, ""))]
    return ", ".join(shown.get(name) or name for name in names)


def _is_told(text):
    return currencies.is_own(text) or len(currencies.named(text)) == 1


def _check(export, column, amounts, told, declared):
    counts, foreign = {}, []
    for row in told:
        codes = currencies.money(row["text"])[1] or currencies.named(row["text"]) or frozenset([row["text"].strip()])
        code = declared if declared.upper() in codes else currencies.shown(codes)
        counts[code] = counts.get(code, 0) + row["n"]
        foreign += [row] if code != declared else []
    if not foreign:
        return
    place = {"file": export.file, "line": foreign[0]["line"], "column": column, "said": declared}
    if len(counts) == 1:
        raise Refused("currency_conflict", **place, seen=next(iter(counts)))
    found = ", ".join(f"{code}: {n:,}" for code, n in counts.items())
    raise Refused("mixed_currencies", **place, text=foreign[0]["text"], amounts=amounts, found=found)
