"""Which table an export is and which header is which column, by its words and by the values below it."""

import re
from collections import Counter
from typing import NamedTuple

from custlib import glossary, schema
from custlib.reading import headers
from custlib.reading.looks import DATE, Look, is_number
from custlib.sources import Source

# The tables that a header is taken for; heads of documents are found beside their lines (`draft`).
TABLES = tuple(table.name for table in schema.TABLES.values() if not table.declared)
# Share of the values of a column that must read as its kind, and rows below which that says nothing.
FITS = 0.8
_LONGEST_ID = 200  # a name that stands for an id may be long
_HINTS = {
    "payments": "收款|回款|到账|payment|receipt",
    "sales": "销售|订单|出库|发货|开票|销货|invoice|order|sales|transaction",
    "customers": "客户|经销商|往来单位|门店档案|customer|dealer|client",
    "products": "商品|存货|物料|产品|product|item|goods",
    "inventory": "库存|盘点|inventory|stock",
    "consumers": "会员|用户|consumer|member",
    "purchases": "零售|小票|购买|purchase",
}
_PARTY = (
    "客户|顾客|经销商|往来单位|购货单位|购买方|门店|店铺|会员|买家|患者|"
    "customer|client|dealer|account|buyer|shop|store|member"
)
_GOODS = "商品|产品|存货|物料|货品|品名|型号|宝贝|药品|菜品|product|item|goods|sku|stock"
_CODE = "(id|no|num|number|code|key|编码|编号|代码|号)"
_CURRENCY_LAST = re.compile("(price|cost|amount|sales|profit|revenue)[ _]?(usd|eur|gbp|cny|rmb|jpy|hkd)$")
_IS_CODE = re.compile(f"{_CODE}$")
# Column → patterns of a header's comparable form, the surest first: one that a single header matches decides.
_LIKELY = {
    "invoice_id": (f"^(订单|单据|发票|销售单|出库单|交易|流水|单)({_CODE}|单号)?$|(单号|单据号|流水号)$",
                   f"^(sales?|invoice|order|bill|transaction|document|receipt)[ _]?{_CODE}"),
    "payment_id": ("(单号|单据编号|流水号)$", f"^(payment|receipt)[ _]?{_CODE}"),
    "line_no": ("^(行号|序号|分录号)$", "line[ _]?(no|number|item)"),
    "date": ("^(订单)?(下单|订单|单据|销售|开票|交易|成交|付款|出库|收款|购买|购药|消费)(日期|时间)$",
             "(order|invoice|sale|transaction|document)s?[ _]?date",
             "^(日期|date|时间|day)$", "日期$|时间$|date"),
    "customer_id": (f"^(客户|顾客|经销商|customer|client|dealer)[ _]?{_CODE}$", f"^({_PARTY})[ _]?{_CODE}$",
                    f"^({_PARTY})$", f"^({_PARTY})(会员)?(名称|名|姓名|昵称|[ _]?name)$", "卡号$"),
    "product_id": (f"^({_GOODS})[ _]?{_CODE}$|^[货款]号$", f"^({_GOODS})$",
                   f"^({_GOODS})(名称|名|标题|[ _]?name|[ _]?description)$"),
    "quantity": ("^(数量|销量|件数|qty|quantity)$", "数量|销量|qty|quantity|^units$|units?[ _]?sold"),
    "net_amount": ("^(无税|不含税|net)[ _]?(金额|销售额|amount|sales|revenue)", "^(销售额|销售金额|金额|sales|amount|revenue)$",
                   "销售收入|销售额|成交金额|实付|实收|实际支付|^总[价额]$|amount|revenue|net[ _]?sales|line[ _]?total", "金额|^total"),
    "cost": ("^(成本|销售成本|cost|cogs)$", "成本金额|总成本|total[ _]?cost|cogs"),
    "amount": ("^(收款|回款|到账|实收|本次收款)?(金额|总额|合计)$", "^(amount|paid|payment)$", "金额$|amount"),
    "customers.name": (f"^({_PARTY}|公司|单位|company)(名称|名|姓名|[ _]?name)$", "^(名称|单位名称|name)$", f"^({_PARTY})$"),
    "products.name": (f"^({_GOODS})(名称|名|标题|[ _]?name)$", "^(名称|name|description)$", f"^({_GOODS})$"),
    "region": ("^(大区|区域|地区|销售区域|region)$", "^(省|省份|省/自治区|country|state|province)$"),
    "account_manager": ("^(业务员|销售员|销售人员|客户经理|sales[ _]?(person|rep|manager)|account[ _]?manager)$",),
    "category": ("^(品类|类别|种类|产品类别|商品分类|category|product[ _]?line)$", "类别|种类|category"),
    "list_price": (f"^({_GOODS})?[ _]?(标价|零售价|销售价|单价|售价|价格|list[ _]?price|unit[ _]?price|price|msrp)$",),
    "unit_price": ("^(不含税|无税)?(单价|成交单价|销售单价|商品单价|产品单价|价格|售价)$", "^(unit[ _]?price|price([ _]?each)?$)"),
    "discount": ("^(折扣|折扣率|折扣点|discount([ _]?(rate|applied))?)$",),
    "profit": ("^(利润|毛利|毛利额|profit|gross[ _]?profit)$",),
}  # fmt: skip
_PATTERNS = {column: [re.compile(one) for one in patterns] for column, patterns in _LIKELY.items()}
# Columns that only computed amounts need.
FACTORS = {"unit_price": "price", "discount": "number", "profit": "amount"}
# What a table of sales may hold besides: columns from which a lacking one is computed, those of the two lists.
_BESIDE = {
    "sales": [
        schema.Column(name, kind, required=False)
        for name, kind in (*FACTORS.items(), *((name, column.kind) for name, column in schema.carried("sales").items()))
    ]
}


class Fit(NamedTuple):
    """A table and what its columns are.

    columns: column → position of its header; reasons: column → "known", "likely" (its words and its values fit) or
    "chosen"; asked: column that is lacking → positions that may be it, the likeliest first; left: headers that are
    known words for a column and, as a person says, are none.
    """

    table: str
    columns: dict
    reasons: dict
    asked: dict
    left: tuple = ()

    def has(self, *names: str) -> bool:
        """Whether each of these columns has a header."""
        return all(name in self.columns for name in names)


def best(look: Look) -> Fit | None:
    """The table that fits best, or None where none is likely."""
    rated = [(_score(fit, look), -place, fit) for place, fit in enumerate(of(look, name) for name in TABLES)]
    score, _, fit = max(rated, key=lambda one: one[:2])
    return fit if score >= 2 else None


def of(look: Look, name: str, chosen: dict | None = None) -> Fit:
    """How a Look fits the table of that name; chosen: header → column or "", as a person says it."""
    table, chosen = schema.TABLES[name], chosen or {}
    names = headers.names_of(look.texts, table, Source())
    own = {column.name for column in table.columns}
    columns = {column: look.texts.index(text) for text, column in chosen.items() if column and text in look.texts}
    reasons, asked = dict.fromkeys(columns, "chosen"), {}
    given = {at for at, text in enumerate(look.texts) if text in chosen}
    known = _surest(look, [(at, column) for at, column in enumerate(names) if at not in given and column in own])
    for column, at in known.items():
        if column not in columns:
            # Of two headers that are the same column one must be declared.
            columns[column], reasons[column] = at, "known" if names.count(column) < 2 else "likely"
    for column in (*table.columns, *_BESIDE.get(name, ())):
        if column.name in columns or (column.name == "customers.name" and _is_named(look, columns)):
            continue
        free = [at for at, text in enumerate(look.texts) if text and at not in {*columns.values(), *given}]
        sure, possible = _likely(look, column, free, name)
        if column.name in names and names.index(column.name) in free:
            columns[column.name], reasons[column.name] = names.index(column.name), "known"
        elif sure is not None:
            columns[column.name], reasons[column.name] = sure, "likely"
        elif column.required:
            asked[column.name] = possible
    left = tuple(t for t, n in zip(look.texts, names, strict=True) if chosen.get(t) == "" and n in own - columns.keys())
    return Fit(name, columns, reasons, asked, left)


def columns(name: str) -> list[str]:
    """The columns that a header of a table may be."""
    return [column.name for column in (*schema.TABLES[name].columns, *_BESIDE.get(name, ()))]


def term(column: str, lang: str) -> str:
    """A column in words; of a table no two are the same."""
    key = "gross_profit" if column == "profit" else column
    return glossary.term(key if glossary.known(key) else key.rpartition(".")[2], lang)


def by_words(table: str, column: str, header: str) -> bool:
    """Whether the words of a header speak for a column, whatever stands below it."""
    return any(pattern.search(_plain(header)) for pattern in _patterns(table, column))


def share(kind: str, values: list[str]) -> float:
    """The share of values that read as a kind of column, 0 to 1; 1 where there are none to judge by."""
    return sum(_READS.get(kind, bool)(value) for value in values) / len(values) if values else 1.0


def _is_named(look, columns):
    """Whether customers are told by their names, so that another name is somebody else's."""
    return "customer_id" in columns and bool(re.search("名|name", _plain(look.texts[columns["customer_id"]])))


def _surest(look, pairs):
    """Column → position; where two headers are the same column by their words, the one whose values differ most."""
    surest: dict = {}
    for at, column in pairs:
        other = surest.get(column)
        if other is None or len(set(look.column(at))) > len(set(look.column(other))):
            surest[column] = at
    return surest


def _likely(look, column, free, table):
    """(position or None, positions that may be it): by the first pattern that matches headers whose values fit."""
    fitting = [at for at in free if share(column.kind, look.column(at)) >= FITS]
    for pattern in _patterns(table, column.name):
        found = [at for at in fitting if pattern.search(_plain(look.texts[at]))]
        if found:
            return (found[0] if len(found) == 1 else None), found
    if column.kind in ("amount", "price"):
        fitting = [at for at in fitting if not _IS_CODE.search(_plain(look.texts[at]))]
    return None, sorted(fitting, key=lambda at: -_telling(column.kind, look.column(at)))


def _plain(header):
    """A header's comparable form, in which Customer.ID and _CUSTOMER-ID are customer_id, without a currency."""
    form = re.sub("[.-]", "_", schema.without_unit(header)).strip("_# ")
    return _CURRENCY_LAST.sub(r"\1", form)


def _patterns(table, column):
    return _PATTERNS.get(f"{table}.{column}") or _PATTERNS.get(column) or _PATTERNS.get(column.partition(".")[2], ())


def _telling(kind, values):
    """How much values look like a kind rather than another: ids and names differ, amounts have decimals."""
    distinct = len(set(values)) / len(values) if values else 0
    if kind in ("amount", "price"):
        return sum("." in value for value in values) / len(values) if values else 0
    return distinct


def _score(fit, look):
    """What is there of a table, less what is lacking, and what the names of file, sheet and title say."""
    table = schema.TABLES[fit.table]
    needed = [column for column in table.columns if column.required]
    said = " ".join([look.file, look.sheet, *look.above]).casefold()
    hint = 1.5 * bool(re.search(_HINTS.get(fit.table, "(?!)"), said))
    known = Counter(fit.reasons.values())["known"]
    lacking = len([column for column in needed if column.name not in fit.columns]) - _made(fit)
    there = len(needed) - lacking
    enough = there >= 2 and lacking <= (2 if len(needed) > 4 else 1 if hint or len(needed) > 2 else 0)
    return (there - 1.5 * lacking + hint + 0.25 * known) if enough else -lacking


def _made(fit):
    """How many lacking columns can be computed."""
    return int(fit.table == "sales" and not fit.has("net_amount") and fit.has("quantity", "unit_price"))


def _is_id(text):
    return len(text) <= _LONGEST_ID and not DATE.fullmatch(text) and not re.fullmatch(r"-?[\d,]*\.\d*[1-9]\d*", text)


def _is_name(text):
    return not is_number(text) and not DATE.fullmatch(text) and any(map(str.isalpha, text))


_READS = {
    "date": lambda text: bool(DATE.fullmatch(text)),
    "quarter": lambda text: bool(re.fullmatch(r"(19|20)\d{2}[-/ 年]?([Qq][1-4]|第?[1-4一二三四]季度?)", text)),
    "period": lambda text: bool(re.fullmatch(r"(19|20)\d{2}(年|[-/.]\d{1,2}月?)?", text)),
    "amount": is_number,
    "price": is_number,
    "number": is_number,
    "whole": lambda text: bool(re.fullmatch(r"-?[\d,]+(\.0+)?", text)),
    "id": _is_id,
    "name": _is_name,
}
