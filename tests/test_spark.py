"""Both engines give the same rows: one small, nasty folder of exports, cleaned by DuckDB and by Spark in local mode."""

import importlib.util
import os
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from custlib import cleaning, facts, ledger, spark, warehouse
from custlib.refusals import Refused

ROOT = Path(__file__).parents[1]
LOCAL = "pyspark://local[2]"
LACKS = [
    lack
    for lack, there in (
        ("pyspark, which requirements-extras.lock installs", importlib.util.find_spec("pyspark")),
        ("Java", os.environ.get("JAVA_HOME") or shutil.which("java")),
    )
    if not there
]
needs_spark = pytest.mark.skipif(bool(LACKS), reason="there is no " + " and no ".join(LACKS))

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元),备注,a.b `c`\n"
PRICED = "单据编号,行号,日期,客户编码,存货编码,数量,单价\n"
PROFIT = "季度,客户编码,本品牌利润,总利润(元)\n"
AMOUNTS = (
    "1,234.50",
    "(5.25)",
    "￥7",
    "−3",
    "3.5万",
    "１２",
    "0.005",
    "-0.005",
    "1.23456",
    "约3万",
    "1.234,50",
    "8-",
    "0",
)
DAYS = (
    "2025/1/3",
    "2025年2月3日",
    "20250203",
    "２０２５－１－２",
    "2025-01-02T23:59:59",
    "2025-02-30",
    "2025-02",
    "去年",
    "2024-12-31",
)
NAMES = (
    "",
    " C1",
    "Ｃ２　",
    "C\u200b1",
    "锟斤拷",
    "#REF!",
    "1E5",
    "无",
    "C\\1",
    "$1",
    "C'1",
    "𠮷",
    "C\x0b1\x85",
    "None",
    "ß",
)
NINES = "9" * 12
FILES = {
    "销售 a.csv": SALES
    + "".join(f'M{n},1,2025-01-05,C{n},P,1,"{text}",5,,\n' for n, text in enumerate(AMOUNTS))
    + "".join(f"D{n},1,{text},C1,P,-2,10.5,,x,\n" for n, text in enumerate(DAYS))
    + "".join(f'N{n},1,2025-02-01,"{text}",P,1e2,10,{n},"{text}","甲\n乙""{text}"\n' for n, text in enumerate(NAMES))
    + "R,1,2025-03-31,C1,P,-1,-99.99,-60,return,\nB,1,2025-01-01,C1,P,1,10,5,,\nK,2,2025-01-01,C1,P,1,10,5,,\n",
    "销售 b.csv": SALES.replace(",a.b `c`", ",MEMO")
    + "B,1,2025/1/1,C1,P,1.0,10.00,5,,\nK,2,2025-01-01,C1,P,1,11,5,,\n"
    + "short,1\n小计,,,,,2,21,10,,\nE,,2025-06-30,C1,P,1,1,1,合,\n,1,2025-04-01,C1,P,1,1,1,,\n总计,,,,,3,22,11,,\n",
    "定价.csv": PRICED
    + "A,1,2/1/2025,C9,P,0.123456,10\nA,1,2/1/2025,C9,P,0.123456,10\nA,1,3/1/2025,C9,P,3,0.335\n"
    + f"A,1,31/3/2025,,P,{NINES},{NINES}\nA,1,13/13/2025,C9,P,999999.999999,999999.999999\nA,1,1/2/2025,,P,x,-1\n",
    "回款.csv": "截至 2025-06-30\n回款单号,日期,客户编码,回款金额（万元）\nH1,2025-01-20,C1,1.23456789\n"
    + "H2,2025-04-20,C3,3万\nH2,2025-04-20,C3,30000元\nH3,2025-04-21,C3,.5\nH4,2025-05-01,C1,-0.5\n合计,,,6.73\n",
    "利润.csv": PROFIT
    + "2025年第一季度,C1,1.5,20000\n2025Q2,C1,2,-5\n2025Q5,C1,1,1\n2025-q2,C2,-,7\n2025Q1,C1,1.5,20000\n",
    "客户.csv": "客户编码,客户名称,业态,大区,建档日期\n001,（上海）华盛 ,百货店,华东,2024-02-29\nC1,??公司,,,2023-02-29\nC2,\u3000,,,\n",
}
DECLARED = """data_from = 2025-01-01
data_until = 2025-06-30
[[source]]
files = "定价.csv"
table = "sales"
key = []
date_order = "dmy"
tax = "excluded"
columns = {"单价" = "unit_price"}
computed = {net_amount = "quantity * unit_price"}
units = {net_amount = "元"}
[[source]]
files = "利润.csv"
table = "dealer_profit"
units = {brand_profit = "万元"}
missing = {brand_profit = ["-"]}
[[source]]
files = "销售*.csv"
missing = {customer_id = ["无"], cost = ["-"]}
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """The clean tables of the folder: by DuckDB, by Spark, the latter read by Spark too."""
    root, here = tmp_path_factory.mktemp("company"), os.getcwd()
    (root / "notebooks").mkdir()
    (root / "data" / "raw").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", root)
    for name, text in FILES.items():
        (root / "data" / "raw" / name).write_text(
            text, encoding="gb18030" if name == "回款.csv" else "utf-8", newline=""
        )
    (root / "data" / "raw" / "sources.toml").write_text(DECLARED, encoding="utf-8")
    os.chdir(root)
    # A connection that closes does not end a Spark that it did not start.
    session = spark.session(LOCAL)
    duck = cleaning.open_tables("data/raw")
    duck.folder.rename(root / "duck")
    on_spark = cleaning.open_tables("data/raw", engine=LOCAL)
    yield cleaning.Clean(**(vars(duck) | {"folder": root / "duck"})), on_spark
    os.chdir(here)
    session.stop()


@needs_spark
def test_both_engines_write_the_same_tables_row_by_row(company):
    duck, other = (clean.folder for clean in company)
    names = sorted(path.name for path in duck.glob("*.parquet"))
    assert names == sorted(path.name for path in other.glob("*.parquet"))
    assert {"sales.parquet", "quarantine.parquet", "changes.parquet", "controls.parquet", "lines.parquet"} <= set(names)
    for name in names:
        own, spark_s = pq.read_table(duck / name), pq.read_table(other / name)
        assert own.schema.equals(spark_s.schema), name
        assert own.to_pylist() == spark_s.to_pylist(), name
    assert company[0].counts == company[1].counts


@needs_spark
def test_the_folder_is_as_nasty_as_it_should_be(company):
    reasons = {row["reason"] for row in pq.read_table(company[0].folder / "lines.parquet").to_pylist()}
    rules = {row["rule"] for row in pq.read_table(company[0].folder / "changes.parquet").to_pylist()}
    print(reasons, rules, company[0].counts)


@needs_spark
@pytest.mark.parametrize(
    "table",
    [
        facts.customer_quarters,
        facts.totals,
        facts.customers,
        ledger.line_accounts,
        ledger.quarantine_reasons,
        ledger.change_rules,
        ledger.control_totals,
        ledger.tables_present,
    ],
    ids=lambda table: table.__name__,
)
def test_both_engines_give_the_same_figures(company, table):
    pd.testing.assert_frame_equal(*(table(clean) for clean in company), check_exact=True)
