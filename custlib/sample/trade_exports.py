"""The exports about dealers and goods: which columns, under which headers, in which format, and with which dirt."""

import numpy as np

from custlib.sample.columns import Coded, Money, length, part, thousands
from custlib.sample.days import EXPORTED_AT, of_quarter, stream
from custlib.sample.dirt import Wish, plant
from custlib.sample.files import Export
from custlib.sample.products import CATEGORIES

COMPANY = "华锦家居用品有限公司"
EXCEL_ROWS = 1_000_000
PREAMBLE = (f"导出时间：{EXPORTED_AT}", "")
DATES = [Wish(kind, "date", 2) for kind in ("date_slash", "date_chinese", "date_compact", "date_dot", "date_time")]

# Quarter → what is beyond saving in its sales file. A file in which an amount cannot be read has no totals row.
_SALES_LOSSES = {
    "2024Q1": (Wish("open_quote", "customer_id"),),
    "2024Q3": (Wish("width", "customer_id"),),
    "2025Q1": (Wish("impossible_date", "date"),),
    "2025Q2": (Wish("conflict", "net_amount"),),
    "2025Q3": (Wish("excel_damage", "invoice_id"),),
    "2025Q4": (Wish("out_of_period", "date"), Wish("partial_date", "date")),
}
_SALES_HEADERS = {
    False: "单据编号 行号 日期 客户编码 存货编码 数量 金额 成本",
    True: "单据编号 行号 开票日期 客户编码 存货编码 数量 不含税金额(元) 成本(元)",
}
_SALES_WITHOUT_TOTALS = ("2024Q1", "2024Q3")
_SALES_WITH_SUBTOTAL = "2024Q2"


def amounts(column, values):
    """Two amounts in each of three other ways of writing."""
    grouped = [Wish("thousands", column, 2, thousands(values))]
    return grouped + [Wish(kind, column, 2) for kind in ("full_width", "currency_sign")]


def sales(seed, quarter, lines, dealers, products):
    """One quarter of sales in GB18030; from 2025 on the header says that the amount is without tax and in yuan."""
    columns = {
        "invoice_id": lines["invoice_id"],
        "line_no": lines["line_no"],
        "date": lines["date"],
        "customer_id": Coded(lines["dealer"], dealers.ids),
        "product_id": Coded(lines["product"], products.ids),
        "quantity": lines["quantity"],
        "net_amount": Money(lines["net_fen"]),
        "cost": Money(lines["cost_fen"]),
    }
    late = quarter.year >= 2025
    file = f"销售明细_{quarter}.csv"
    return Export(
        file,
        "sales",
        columns,
        dict(zip(columns, _SALES_HEADERS[late].split(), strict=True)),
        plant(stream(seed, "dirt", file), columns, _sales_wishes(quarter, columns)),
        before=PREAMBLE if late else (),
        encoding="gb18030",
        summed=() if str(quarter) in _SALES_WITHOUT_TOTALS else ("quantity", "net_amount", "cost"),
        subtotal=len(lines["date"]) // 2 if str(quarter) == _SALES_WITH_SUBTOTAL else None,
    )


def _sales_wishes(quarter, columns):
    negative = columns["net_amount"].units < 0
    signs = ("parentheses_negative", "trailing_minus", "minus_sign")
    return [
        *_SALES_LOSSES.get(str(quarter), ()),
        *amounts("net_amount", columns["net_amount"]),
        *(Wish(kind, "net_amount", 1, negative) for kind in signs),
        *DATES,
        Wish("trailing_space", "customer_id", 2),
        Wish("duplicate_of", count=2),
    ]


def payments(seed, paid, dealers, harmless):
    """Payments by year: workbooks in 万元 under a merged header up to 2024, CSV in yuan from 2025.

    harmless: rows whose loss changes no dealer's class; only they lose their amount.
    """
    years = paid["date"].astype("datetime64[Y]").astype(int) + 1970
    exports = []
    for year in np.unique(years).tolist():
        rows = np.flatnonzero(years == year)
        ids = np.array([f"SK{year}{number:06d}" for number in range(1, len(rows) + 1)], object)
        columns = {
            "payment_id": ids,
            "date": paid["date"][rows],
            "customer_id": Coded(paid["dealer"][rows], dealers.ids),
            "amount": Money(paid["fen"][rows]),
            "method": np.where(paid["dealer"][rows] % 7 == 0, "承兑汇票", "电汇").astype(object),
        }
        make = _payments_csv if year >= 2025 else _payments_excel
        exports += make(seed, year, columns, harmless[rows])
    return exports


def _payments_csv(seed, year, columns, harmless):
    headers = dict(zip(columns, "收款单号 到账日期 客户编号 收款金额(元) 结算方式".split(), strict=True))
    wishes = [
        Wish("not_an_amount", "amount", 1, harmless),
        *amounts("amount", columns["amount"]),
        Wish("wan", "amount", 3),
        *DATES,
        Wish("duplicate_of", count=2),
    ]
    file = f"回款_{year}.csv"
    return [
        Export(file, "payments", columns, headers, plant(stream(seed, "dirt", file), columns, wishes), before=PREAMBLE)
    ]


def _payments_excel(seed, year, columns, harmless):
    headers = dict(zip(columns, "回款单号 回款日期 客户编码 回款/金额(万元) 回款/方式".split(), strict=True))
    columns = columns | {"amount": Money(columns["amount"].units // 100, 4, 10_000)}
    wishes = [
        Wish("full_width", "amount", 2),
        Wish("currency_sign", "amount", 2),
        *(wish for wish in DATES if wish.kind in ("date_chinese", "date_dot")),
        Wish("duplicate_of", count=2),
    ]
    exports = []
    for number, piece in enumerate(_pieces(columns), 1):
        file = f"回款_{year}.xlsx" if number == 1 else f"回款_{year}_{number}.xlsx"
        spots = plant(stream(seed, "dirt", file), piece, wishes)
        title = (f"{COMPANY} {year}年回款明细",)
        exports.append(Export(file, "payments", piece, headers, spots, before=title, header_rows=2, summed=("amount",)))
    return exports


def _pieces(columns):
    """The same columns in pieces that fit on an Excel sheet."""
    starts = range(0, length(columns["amount"]), EXCEL_ROWS)
    return [{name: part(column, start, start + EXCEL_ROWS) for name, column in columns.items()} for start in starts]


def customers(seed, dealers):
    """The customer list: a workbook with a title line; a floor area that nobody knows is a hyphen."""
    columns = {
        "customer_id": dealers.ids,
        "name": dealers.names,
        "store_format": dealers.format,
        "area_type": np.where(dealers.rural, "农村", "城市").astype(object),
        "region": dealers.region,
        "floor_area_m2": dealers.floor_m2,
        "opened_on": dealers.opened,
        "account_manager": dealers.manager,
    }
    headers = dict(
        zip(columns, "客户编码 客户名称 业态 城市/农村 大区 营业面积(㎡) 开户日期 客户经理".split(), strict=True)
    )
    latin = np.array([name[0].isascii() for name in dealers.names])
    wishes = [
        Wish("full_width", "name", 1, latin),
        Wish("missing_token", "floor_area_m2", 6),
        Wish("trailing_space", "name", 3),
        Wish("date_chinese", "opened_on", 3),
        Wish("date_dot", "opened_on", 2),
        Wish("duplicate_of"),
    ]
    file = "客户档案.xlsx"
    spots = plant(stream(seed, "dirt", file), columns, wishes)
    return Export(file, "customers", columns, headers, spots, before=(f"{COMPANY} 客户档案",))


def products(seed, goods):
    """The list of models."""
    columns = {
        "product_id": goods.ids,
        "name": goods.names,
        "category": Coded(goods.category, np.array(CATEGORIES, object)),
        "list_price": Money(goods.list_fen),
        "launched_on": goods.launched,
    }
    headers = dict(zip(columns, "存货编码 存货名称 品类 零售价 上市日期".split(), strict=True))
    wishes = [
        Wish("currency_sign", "list_price", 2),
        Wish("date_slash", "launched_on", 2),
        Wish("date_chinese", "launched_on", 1),
    ]
    file = "产品目录.csv"
    return Export(file, "products", columns, headers, plant(stream(seed, "dirt", file), columns, wishes))


def dealer_profit(seed, statements, dealers):
    """The dealers' profit statements by year, in 万元; where nothing was compensated stands a hyphen here and there."""
    quarters = dealers.quarters[1:]
    years = np.array([quarter.year for quarter in quarters])[statements["quarter"]]
    names = "季度 客户编码 本品牌利润 利润总额 返利 调差 经营费用 库存金额 应收账款".split()
    exports = []
    for year in np.unique(years).tolist():
        rows = np.flatnonzero(years == year)
        columns = {
            "quarter": Coded(statements["quarter"][rows], np.array([str(quarter) for quarter in quarters], object)),
            "customer_id": Coded(statements["dealer"][rows], dealers.ids),
        }
        columns |= {name: Money(statements[name][rows], 4, 10_000) for name in list(statements)[2:]}
        wishes = [
            Wish("parentheses_negative", "total_profit", 2, statements["total_profit"][rows] < 0),
            Wish("missing_token", "price_compensation", 4, statements["price_compensation"][rows] == 0),
            Wish("full_width", "brand_profit", 2),
            Wish("duplicate_of"),
        ]
        file = f"经销商利润_{year}.xlsx"
        spots = plant(stream(seed, "dirt", file), columns, wishes)
        title = (f"{year}年经销商经营利润表（单位：万元）",)
        exports.append(
            Export(file, "dealer_profit", columns, dict(zip(columns, names, strict=True)), spots, before=title)
        )
    return exports


def inventory(seed, stock, dealers, goods):
    """Stock at the dealers at the end of each quarter."""
    ends = np.array([of_quarter(quarter)[-1] for quarter in dealers.quarters[1:]])
    columns = {
        "snapshot_date": ends[stock["quarter"]],
        "customer_id": Coded(stock["dealer"], dealers.ids),
        "product_id": Coded(stock["product"], goods.ids),
        "quantity": stock["quantity"],
        "received_on": stock["received"],
    }
    headers = dict(zip(columns, "盘点日期 客户编码 存货编码 库存数量 入库日期".split(), strict=True))
    wishes = [
        *(Wish(kind, "received_on", 3) for kind in ("date_slash", "date_chinese", "date_compact")),
        Wish("full_width", "quantity", 3),
        Wish("duplicate_of", count=2),
    ]
    file = "库存快照.csv"
    return Export(file, "inventory", columns, headers, plant(stream(seed, "dirt", file), columns, wishes))
