"""What every table promises: its columns, their kinds, its key, and the headers under which exports bring them.

Kinds: `id` and `name` (text that names something), `text`, `date`, `quarter` (2025Q4), `period` (a year or a month:
2025, 2025-06), `amount` (money in yuan, two decimals, needs a declared unit), `price` (money a piece, four decimals),
`number` (six decimals), `ratio` (a number that may be written 1/3), `whole` (a whole number).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from custlib import currencies


class Column(NamedTuple):
    """One column: name, kind, whether each row needs a value, whether the header must be there, whether it is personal.

    possible: lowest and highest value that can be (None: no bound); a row outside is set aside as `out_of_range`.
    usual: the same for what is only odd: such a row stays and is counted by `contracts`.
    """

    name: str
    kind: str
    headers: tuple = ()
    filled: bool = True
    required: bool = True
    personal: bool = False
    possible: tuple = (None, None)
    usual: tuple = (None, None)


class Table(NamedTuple):
    """One table: its name, its columns, its key, and the column that places a row in time (None: none does).

    spared: columns of the key that a file may lack; the others are its key then. Without any other column of the key
    nothing tells its rows apart. declared: no header is taken for this table unless `sources.toml` says so.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple
    time: str | None = None
    spared: tuple = ()
    declared: bool = False

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        return {column.name: column for column in self.columns}[name]

    def key_among(self, present: Iterable[str]) -> tuple:
        """The key of a file that has these columns; empty where it has no key."""
        present = set(present)
        own = tuple(name for name in self.key if name in present or name not in self.spared)
        return own if present.issuperset(own) else ()


def _c(name, kind, headers="", **promises):
    return Column(name, kind, tuple(headers.split()), **promises)


def _optional(name, kind, headers="", **promises):
    return _c(name, kind, headers, filled=False, required=False, **promises)


_CUSTOMER = "客户编码 客户编号 客户代码 购货单位代码 经销商编码 客户号 客户ID customerid"
_PRODUCT = "存货编码 产品代码 物料编码 产品编码 商品编码 型号 型号编码 产品ID 商品ID 物料代码 商品编号 productid"
_INVOICE = "单据编号 单据号 发票号 发票号码 invoice invoiceno 订单编号 订单号 订单ID orderid order_id"
_DATE = "日期 单据日期 开票日期 销售日期 业务日期 订单日期 下单日期 orderdate order_date"
_QUARTER = "季度 期间 考核季度 所属季度"
_MANAGER = "客户经理 业务员 负责人 客户经理姓名"

_ALL = (
    Table(
        "customers",
        (
            _c("customer_id", "id", _CUSTOMER),
            _c("name", "name", "客户名称 购货单位 往来单位 经销商名称 单位名称 customer_name"),
            _optional("store_format", "text", "业态 店铺业态 门店类型 渠道类型 format"),
            _optional("area_type", "text", "城市/农村 区域类型 城乡 市场类型"),
            _optional("region", "text", "大区 区域 地区 销售大区 country"),
            _optional("floor_area_m2", "number", "营业面积 营业面积(平方米) 营业面积(㎡) 面积", usual=(1, 1_000_000)),
            _optional("opened_on", "date", "开户日期 建档日期 合作日期 开业日期"),
            _optional("account_manager", "name", _MANAGER),
        ),
        ("customer_id",),
    ),
    Table(
        "sales",
        (
            _c("invoice_id", "id", _INVOICE, required=False),  # without any, a document is customer × day
            _optional("line_no", "whole", "行号 序号 明细行号 line"),
            _c("date", "date", _DATE + " invoicedate invoice_date"),
            _c("customer_id", "id", _CUSTOMER + " customerid", filled=False),
            _c("product_id", "id", _PRODUCT + " stockcode product"),
            _c("quantity", "number", "数量 实发数量 销售数量 发货数量 qty"),
            _c("net_amount", "amount", "金额 无税金额 不含税金额 销售金额 销售额 amount sales"),
            _optional("cost", "amount", "成本 成本金额 销售成本"),
        ),
        ("invoice_id", "line_no"),
        "date",
    ),
    Table(
        "sales_heads",
        (
            _c("invoice_id", "id", _INVOICE),
            _optional("date", "date", _DATE + " invoicedate invoice_date"),
            _optional("customer_id", "id", _CUSTOMER + " customerid"),
        ),
        ("invoice_id",),
        declared=True,
    ),
    Table(
        "payments",
        (
            _c("payment_id", "id", "回款单号 收款单号 回款编号 单据编号 单据号"),
            _c("date", "date", "回款日期 收款日期 到账日期 日期"),
            _c("customer_id", "id", _CUSTOMER),
            _c("amount", "amount", "回款金额 收款金额 到账金额 回款额"),
        ),
        ("payment_id",),
        "date",
    ),
    Table(
        "dealer_profit",
        (
            _c("quarter", "quarter", _QUARTER),
            _c("customer_id", "id", _CUSTOMER),
            _c("brand_profit", "amount", "本品牌利润 我品牌利润 品牌利润"),
            _c("total_profit", "amount", "总利润 利润总额 经营利润"),
            _optional("rebates", "amount", "返利 返利金额"),
            _optional("price_compensation", "amount", "调差 调差金额 价差补偿"),
            _optional("expenses", "amount", "费用 费用合计 经营费用"),
            _optional("stock_value", "amount", "库存金额 库存价值 存货金额"),
            _optional("receivables", "amount", "应收账款 应收款 应收余额"),
        ),
        ("quarter", "customer_id"),
        "quarter",
    ),
    Table(
        "inventory",
        (
            _c("snapshot_date", "date", "盘点日期 库存日期 截止日期"),
            _c("customer_id", "id", _CUSTOMER),
            _c("product_id", "id", _PRODUCT),
            _c("quantity", "number", "库存数量 数量 结存数量", usual=(0, None)),
            _c("received_on", "date", "入库日期 进货日期 到货日期"),
        ),
        ("snapshot_date", "customer_id", "product_id", "received_on"),
        "snapshot_date",
    ),
    Table(
        "products",
        (
            _c("product_id", "id", _PRODUCT),
            _c("name", "name", "存货名称 产品名称 商品名称 物料名称 product_name description"),
            _c("category", "text", "品类 产品类别 类别 大类"),
            _c("list_price", "price", "标价 零售价 指导价 目录价", usual=(0.01, None)),
            _optional("launched_on", "date", "上市日期 上市时间"),
        ),
        ("product_id",),
    ),
    Table(
        "consumers",
        (
            _c("consumer_id", "id", "用户编号 会员编号 用户编码 会员号", personal=True),
            _c("customer_id", "id", _CUSTOMER + " 购买门店编码"),
            _optional("birth_year", "whole", "出生年份 出生年", personal=True, usual=(1900, None)),
            _optional("household_size", "whole", "家庭人口 家庭人数", personal=True, usual=(1, 20)),
            _c("registered_on", "date", "建档日期 注册日期 登记日期"),
        ),
        ("consumer_id",),
    ),
    Table(
        "purchases",
        (
            _c("purchase_id", "id", "购买单号 小票号 零售单号"),
            _c("date", "date", "购买日期 " + _DATE),
            _c("consumer_id", "id", "用户编号 会员编号 用户编码 会员号", personal=True),
            _c("product_id", "id", _PRODUCT),
            _c("quantity", "number", "数量 购买数量"),
            _c("paid_amount", "amount", "实付金额 实收金额 成交金额"),
            _optional("discount_amount", "amount", "优惠金额 折扣金额"),
        ),
        ("purchase_id",),
        "date",
    ),
    Table(
        "factor_scores",
        (
            _c("quarter", "quarter", _QUARTER),
            _c("customer_id", "id", _CUSTOMER),
            _c("factor_id", "id", "因素编码 因素代码 因素"),
            _c("score", "whole", "评分 得分 分数", possible=(1, 5)),
        ),
        ("quarter", "customer_id", "factor_id"),
        "quarter",
    ),
    Table(
        "pairwise",
        (
            _c("expert", "name", "专家 专家姓名 评委"),
            _c("parent_id", "id", "上级因素 上级编码 所属主骨"),
            _c("factor_a", "id", "因素A 因素甲"),
            _c("factor_b", "id", "因素B 因素乙"),
            _c("ratio", "ratio", "比值 判断值 重要性比值", possible=(0.11, 9)),  # 1/9, however it is rounded
        ),
        ("expert", "parent_id", "factor_a", "factor_b"),
    ),
    Table(
        "plans",
        (
            _c("year", "whole", "年度 年份", usual=(1990, 2100)),
            _c("customer_id", "id", _CUSTOMER),
            _c("item", "text", "计划项目 项目"),
            _c("metric", "text", "衡量指标 指标"),
            _c("target", "number", "目标值 目标"),
            _c("unit", "text", "计量单位 单位"),
            _c("owner", "name", "责任人 负责人"),
            _c("due_on", "date", "完成日期 截止日期"),
            _optional("status", "text", "计划状态 状态"),
            _optional("status_on", "date", "状态日期"),
            _optional("origin", "text", "计划来源 来源"),  # lesson: a target of lesson 8, followed by `lesson_targets`
        ),
        # a target of a lesson may stand beside the plan's own of the same metric
        ("year", "customer_id", "item", "metric", "origin"),
        spared=("origin",),
    ),
    Table(
        "plan_checks",
        (
            _c("quarter", "quarter", _QUARTER),
            _c("customer_id", "id", _CUSTOMER),
            _c("item", "text", "计划项目 项目"),
            _c("metric", "text", "衡量指标 指标"),
            _c("actual", "number", "实际值 完成值"),
            _c("checked_on", "date", "检查日期"),
            _optional("checked_by", "name", "检查人"),
            _optional("evidence", "text", "依据 凭据"),
        ),
        ("quarter", "customer_id", "item", "metric"),
        "quarter",
    ),
    Table(
        "promotions",
        (
            _c("promotion_id", "id", "活动编号 促销编号"),
            _c("customer_id", "id", _CUSTOMER, filled=False),  # blank: all customers
            _optional("product_id", "id", _PRODUCT),
            _optional("category", "text", "品类 产品类别 类别"),
            _c("kind", "text", "活动类型 促销类型"),
            _c("starts_on", "date", "开始日期 活动开始"),
            _c("ends_on", "date", "结束日期 活动结束"),
            _optional("discount_share", "number", "折扣率 让利比例", possible=(0, 1)),
            _optional("cost", "amount", "费用金额 活动费用 费用"),
            _optional("planned_uplift", "number", "预计增量 预计提升", usual=(-1, 10)),
        ),
        ("promotion_id", "customer_id"),
    ),
    Table(
        "targets",
        (
            _c("quarter", "quarter", _QUARTER),
            _c("customer_id", "id", _CUSTOMER),
            _c("measure", "text", "目标口径 口径"),
            _c("amount", "amount", "目标金额 目标额"),
        ),
        ("quarter", "customer_id", "measure"),
    ),
    Table(
        "needs",
        (
            _c("quarter", "quarter", _QUARTER),
            _c("customer_id", "id", _CUSTOMER),
            _c("need", "text", "需求 需求项"),
            _c("importance", "whole", "重要性 重要程度", possible=(1, 5)),
            _c("ideal", "number", "理想值 理想", possible=(1, 10)),
            _c("actual", "number", "现实值 现状", possible=(1, 10)),
            _c("question_kind", "text", "提问类型 问题类型"),
            _optional("said", "text", "客户原话 原话"),
            _optional("respondent", "text", "受访岗位 受访人岗位"),  # a role, no name
            _optional("feasible", "text", "是否可行 可行"),  # 是 or 否
            _optional("cost", "amount", "所需费用 费用金额 费用"),
            _optional("by_when", "date", "完成期限 承诺日期"),
        ),
        ("quarter", "customer_id", "need"),
        "quarter",
    ),
    Table(
        "visits",
        (
            _c("date", "date", "拜访日期 日期"),
            _c("customer_id", "id", _CUSTOMER),
            _c("account_manager", "name", _MANAGER),
            _c("kind", "text", "拜访方式 类型 拜访类型"),
            _c("subject", "text", "主题 事由"),
            _optional("outcome", "text", "结果 拜访结果"),
        ),
        ("date", "customer_id", "account_manager", "kind", "subject"),
        "date",
    ),
    Table(
        "lost_customers",
        (
            _c("customer_id", "id", _CUSTOMER),
            _c("lost_on", "date", "流失日期 终止日期"),
            _c("reason", "text", "流失原因 原因"),
        ),
        ("customer_id",),
        "lost_on",
    ),
    Table(
        "presales_kpi",
        (
            _c("quarter", "quarter", _QUARTER),
            _c("person", "name", "姓名 员工姓名", personal=True),
            _c("kpi", "text", "考核指标 指标"),
            _c("source", "text", "评价来源 数据来源"),
            _optional("rater", "name", "评价人 评分人", personal=True),
            _optional("month", "whole", "月份 月", possible=(1, 12)),
            _c("value", "number", "考核值 数值 得分", possible=(0, 100)),
            _optional("cases", "whole", "机会数 商机数", possible=(0, None)),
            _optional("hits", "whole", "成交数 成功数", possible=(0, None)),
        ),
        ("quarter", "person", "kpi", "source", "rater", "month"),
        "quarter",
        spared=("rater", "month"),
    ),
    Table(
        "demand_plan",
        (
            _c("plan_kind", "text", "计划类型 计划类别"),
            _c("period", "period", "计划期间 期间"),
            _c("product_id", "id", _PRODUCT),
            _c("quantity", "number", "计划数量 需求数量 数量", possible=(0, None)),
            _c("status", "text", "状态 审批状态"),
            _optional("issued_on", "date", "编制日期 提交日期"),
            _optional("owner", "name", "编制人 责任人"),
            _optional("reason", "text", "差异原因 原因说明"),
        ),
        ("plan_kind", "period", "product_id", "status", "issued_on"),
        spared=("issued_on",),
    ),
)

TABLES = {table.name: table for table in _ALL}

# Column that names something → the table that lists all such things; other tables refer to it.
HOMES = {"customer_id": "customers", "product_id": "products", "consumer_id": "consumers"}

# Lists whose columns a file of sales may carry, and the tables that may carry them.
LISTS, CARRIERS = {"customers": "customer_id", "products": "product_id"}, ("sales", "sales_heads")

UNITS = {"元": 1, "万元": 10_000}
_UNIT_IN_HEADER = re.compile(r"[(/\[](?:单位:)?([^()/\[\]]+)[)\]]?$")
_TAX_FREE = re.compile("无税|不含税")
_TAXED = re.compile("(?<!不)含税|价税")


@lru_cache(maxsize=4096)
def plain_header(text: str) -> str:
    """A header in its comparable form: without full-width forms, case, spaces, BOM and a note such as （必填）."""
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    folded = re.sub(r"[\s\ufeff\u200b*]", "", folded)
    return re.sub(r"\((必填|选填|required)\)$", "", folded)


def header_unit(text: str) -> str | None:
    """The unit that a header names behind its name, such as "元" or "万元" (of whatever currency), or None."""
    match = _UNIT_IN_HEADER.search(plain_header(text))
    return currencies.money(match[1])[0] if match else None


def says_tax_free(text: str) -> bool:
    """Whether a header says that its amount is without tax."""
    return bool(_TAX_FREE.search(plain_header(text)))


def says_taxed(text: str) -> bool:
    """Whether a header says that its amount is with tax."""
    return bool(_TAXED.search(plain_header(text)))


def without_unit(text: str) -> str:
    """A header's comparable form without its unit: `金额（万元）` → `金额`."""
    return _UNIT_IN_HEADER.sub("", plain_header(text)) if header_unit(text) else plain_header(text)


def carried(table: str | None) -> dict[str, Column]:
    """The columns of lists that a table may carry, such as `customers.name`; none but those of sales may."""
    if table not in CARRIERS:
        return {}
    return {f"{name}.{c.name}": c for name, key in LISTS.items() for c in TABLES[name].columns if c.name != key}


def is_carried(name: str) -> bool:
    """Whether a name is written like that of a column of a list, whether there is one or not."""
    return "." in name and name.partition(".")[0] in LISTS


def synonyms(table: Table) -> dict[str, str]:
    """Comparable header → column name, for one Table; its own columns come before those that it carries."""
    columns = {**carried(table.name), **{column.name: column for column in table.columns}}
    return {plain_header(header): name for name, column in columns.items() for header in (name, *column.headers)}
