"""What the invented company says of its exports: its `sources.toml`."""

_TOP = """\
# The sample company, invented: every name and every figure in this folder.
company = "华锦家居用品有限公司 Huajin Household Goods (invented)"
currency = "CNY"
data_from = {data_from}
data_until = {data_until}
"""

_SOURCES = """
[[source]]
files = "客户档案.xlsx"
table = "customers"
sheet = "客户档案"
missing = {floor_area_m2 = ["-"]}

[[source]]
files = "产品目录.csv"
table = "products"
units = {list_price = "元"}

[[source]]
files = "销售明细_*.csv"
table = "sales"
key = ["invoice_id", "line_no"]
date_order = "ymd"
tax = "excluded"
units = {net_amount = "元", cost = "元"}

[[source]]
files = "回款_*.xlsx"
table = "payments"
sheet = "回款"
header_rows = 2
key = ["payment_id"]
columns = {"回款/金额(万元)" = "amount"}
units = {amount = "万元"}

[[source]]
files = "回款_*.csv"
table = "payments"
key = ["payment_id"]
units = {amount = "元"}

[[source]]
files = "经销商利润_*.xlsx"
table = "dealer_profit"
sheet = "经销商利润"
missing = {price_compensation = ["-"]}

[source.units]
brand_profit = "万元"
total_profit = "万元"
rebates = "万元"
price_compensation = "万元"
expenses = "万元"
stock_value = "万元"
receivables = "万元"

[[source]]
files = "库存快照.csv"
table = "inventory"

[[source]]
files = "用户档案.csv"
table = "consumers"
missing = {birth_year = ["-"]}

[[source]]
files = "购买记录.csv"
table = "purchases"
tax = "included"
units = {paid_amount = "元", discount_amount = "元"}

[[source]]
files = "因素评分_*.csv"
table = "factor_scores"

[[source]]
files = "两两比较.xlsx"
table = "pairwise"
sheet = "两两比较"

[[source]]
files = "拜访记录.csv"
table = "visits"
missing = {outcome = ["无"]}

[[source]]
files = "需求访谈.csv"
table = "needs"

[[source]]
files = "年度计划_*.xlsx"
table = "plans"
sheet = "年度计划"

[[source]]
files = "流失客户.csv"
table = "lost_customers"

[[source]]
files = "售前考核.csv"
table = "presales_kpi"

[[source]]
files = "需求计划.xlsx"
table = "demand_plan"
sheet = "需求计划"
"""


def text(quarters):
    """The whole of `sources.toml` for these exported quarters."""
    return _TOP.format(data_from=quarters[0].first_day, data_until=quarters[-1].last_day) + _SOURCES
