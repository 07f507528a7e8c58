"""Both engines give the same rows: one small, nasty folder of exports, cleaned by DuckDB and by Spark in local mode."""

import dataclasses
import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from custlib import accounting, cleaning, contracts, facts, spark, warehouse
from custlib.cleaning import parsers
from custlib.reading import large
from custlib.refusals import Refused

ROOT = Path(__file__).parents[1]
LOCAL = "pyspark://local[2]"
# A short life: compile little, plan once.
BRIEF = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
}
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
    + "".join(f'N{n},1,2025-02-01,"{text}",P,1,10,{n},"{text}","甲\n乙""{text}"\n' for n, text in enumerate(NAMES))
    + "R,1,2025-03-31,C1,P,-1,-99.99,-60,return,\nB,1,2025-01-01,C1,P,1,10,5,,\nK,2,2025-01-01,C1,P,1,10,5,,\n",
    "销售 b.csv": SALES.replace(",a.b `c`", ",MEMO")
    + "B,1,2025/1/1,C1,P,1.0,10.00,5,,\nK,2,2025-01-01,C1,P,1,11,5,,\n"
    + "short,1\n小计,,,,,2,21,10,,\nE,,2025-06-30,C1,P,1,1,1,合,\n,1,2025-04-01,C1,P,1,1,1,,\n总计,,,,,3,22,11,,\n",
    "定价.csv": PRICED
    + "A,1,2/1/2025,C9,P,0.123456,10\nA,1,2/1/2025,C9,P,0.123456,10\nA,1,3/1/2025,C9,P,0.654321,0.123456\n"
    + f"A,1,31/3/2025,,P,{NINES},{NINES}\nA,1,13/13/2025,C9,P,999999.999999,999999.999999\nA,1,1/2/2025,,P,x,-1\n",
    "回款.csv": "截至 2025-06-30\n回款单号,日期,客户编码,回款金额（万元）\nH1,2025-01-20,C1,1.23456789\n"
    + "H2,2025-04-20,C3,3万\nH2,2025-04-20,C3,30000元\nH3,2025-04-21,C3,.5\nH4,2025-05-01,C1,-0.5\n合计,,,7.23\n",
    "利润.csv": PROFIT
    + "2025年第一季度,C1,1.5,20000\n2025Q2,C1,2,-5\n2025Q5,C1,1,1\n2025-q2,C2,-,7\n2025Q1,C1,1.5,20000\n",
    "产品.csv": "存货编码,存货名称,品类,标价(元),上市日期\nP,锅,锅 具.a`b,10,2024-06-01\nQ,杯,水杯,20.5,\n",
    "用户.csv": "用户编号,客户编码,建档日期\nY1,C1,2024-02-29\nY2,C2,2025-01-01\n",
    "购买.csv": "小票号,购买日期,用户编号,商品编码,数量,实付金额(元),优惠金额(元)\n1,2025-01-05,Y1,P,2,18.01,1.99\n"
    + "2,2025-02-05,Y1,Q,1,20.5,\n3,2025-03-31,Y1,P,-1,-9,0\n4,2025-06-30,Y2,Q,3,40,21.5\n5,2025-06-01,Y9,R,1,7,7\n",
    "库存.csv": "盘点日期,客户编码,存货编码,库存数量,入库日期\n2025-06-30,C1,P,3,2025-06-01\n2025-06-30,C1,P,2,2024-06-30\n"
    + "2025-06-30,C1,Q,1,2025-01-01\n2025-06-30,C1,X,1,2025-01-01\n2025-04-01,C2,Q,2,2024-12-31\n2025-06-30,C2,P,-1,2025-06-01\n",
    "评分.csv": "季度,客户编码,因素编码,评分\n2025Q2,C1,price,4\n2025Q2,C2,price,5\n2025Q2,C1,files,2\n2025Q1,C1,price,1\n",
    "客户.csv": "客户编码,客户名称,业态,大区,建档日期\n001,（上海）华盛 ,百货店,华东,2024-02-29\nC1,??公司,,,2023-02-29\nC2,\u3000,,,\n",
}
# Ends, white space and digits that regular expressions of two engines might see differently.
STRANGE = (
    "1\n",
    "a\r",
    "2025-01-02\n",
    "\x0b1",
    "a\x85",
    "1\u2028",
    "a\u2029b",
    "\u0663",
    "İ",
    "e\u0301",
    "x\\y",
    "a'b",
    "$5",
)
STRANGE += ("0", "-0", "0.000001", "999999999999.995", "-0.015", "😀１", "½", "NaN", " ", "\u3000", "\t", "(3万元)")
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
def running():
    """A Spark that runs in this process, as in a session of pyspark."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config(map=spark.LOCAL | BRIEF).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def patch():
    with pytest.MonkeyPatch.context() as own:
        yield own


@pytest.fixture(scope="module")
def company(running, tmp_path_factory, patch):
    """The clean tables of the folder twice: made and read by DuckDB, made and read by Spark."""
    root, here = tmp_path_factory.mktemp("company"), os.getcwd()
    (root / "notebooks").mkdir()
    (root / "data" / "raw").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(ROOT / "data" / "reference", root / "data" / "reference", dirs_exist_ok=True)
    for name, text in FILES.items():
        code = "gb18030" if name == "回款.csv" else "utf-8"
        (root / "data" / "raw" / name).write_text(text, encoding=code, newline="")
    (root / "data" / "raw" / "sources.toml").write_text(DECLARED, encoding="utf-8")
    os.chdir(root)
    # One file is large enough for the engine to read its plain lines.
    patch.setattr(large, "ENGINE_FROM", len(FILES["销售 b.csv"].encode()))
    duck = cleaning.open_tables("data/raw")
    duck.folder.rename(root / "duck")
    yield dataclasses.replace(duck, folder=root / "duck"), cleaning.open_tables("data/raw", engine=LOCAL)
    os.chdir(here)


def rows(clean, name):
    return pq.read_table(clean.folder / f"{name}.parquet").to_pylist()


@needs_spark
def test_both_engines_write_the_same_tables_row_by_row(company):
    duck, other = (clean.folder for clean in company)
    names = sorted(path.name for path in duck.glob("*.parquet"))
    assert names == sorted(path.name for path in other.glob("*.parquet"))
    for name in names:
        own, from_spark = pq.read_table(duck / name), pq.read_table(other / name)
        # Whether a column is said to hold no null is a matter of the writer's statistics, not of the rows.
        assert (own.schema.names, own.schema.types) == (from_spark.schema.names, from_spark.schema.types), name
        assert own.to_pylist() == from_spark.to_pylist(), name
    assert company[0].counts == company[1].counts


@needs_spark
def test_the_folder_holds_what_engines_might_read_differently(company):
    reasons = {row["reason"] for row in rows(company[0], "quarantine")}
    assert reasons >= {"duplicate_of", "conflict", "mojibake", "excel_error", "not_an_amount", "decimal_comma"}
    assert reasons >= {
        "impossible_date",
        "partial_date",
        "out_of_period",
        "missing_key",
        "not_a_quarter",
        "excel_damage",
    }
    rules = {row["rule"] for row in rows(company[0], "changes")}
    assert rules >= {"full_width", "wan", "rounded", "sign_form", "thousands", "missing_token", "invisible_character"}
    assert rules >= {"trimmed", "date_form", "time_dropped", "quarter_form", "currency_sign", "number_form"}
    assert {row["repeated"] for row in rows(company[0], "sales")} == {True, False}
    assert {row["class"] for row in rows(company[0], "lines")} >= {
        "clean",
        "quarantined",
        "footer",
        "header",
        "preamble",
    }


def months(clean):
    return facts.customer_months(clean, "2025Q2")


def documents(clean):
    return facts.documents(clean, "2025Q1")


def features(clean):
    return facts.consumer_features(clean, "2025Q2")


def stock_age(clean):
    return facts.stock_age(clean, "2025Q2")


def factor_scores(clean):
    return facts.factor_scores(clean, "2025Q2")


def practice(clean):
    return facts.practice(clean, "2025Q2")


def consumer_quarters(clean):
    return facts.consumer_quarters(clean, "2025Q2")


def breaches(clean):
    return contracts.breaches(clean, "data/raw")


@needs_spark
@pytest.mark.parametrize(
    "table",
    [
        features,
        consumer_quarters,
        stock_age,
        factor_scores,
        practice,
        breaches,
        facts.customer_quarters,
        months,
        documents,
        facts.totals,
        facts.customers,
        accounting.line_accounts,
        accounting.quarantine_reasons,
        accounting.change_rules,
        accounting.control_totals,
        accounting.tables_present,
    ],
    ids=lambda table: table.__name__,
)
def test_both_engines_give_the_same_figures(company, table):
    pd.testing.assert_frame_equal(*(table(clean) for clean in company), check_exact=True)


@needs_spark
def test_both_engines_read_every_form_alike(running):
    spec = importlib.util.spec_from_file_location("forms", ROOT / "tests" / "cleaning" / "test_parsers.py")
    known = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(known)
    forms = dict.fromkeys(k if isinstance(k, parsers.Form) else parsers.Form(k) for k, *_ in known.CASES)
    texts = pa.table({"text": pa.array([*(text for _, text, *_ in known.CASES), *STRANGE, None], pa.string())})
    found = []
    for connection in (warehouse.connect(), warehouse.connect(LOCAL)):
        raw = warehouse.keep(connection, "texts", texts)
        parsed = [parsers.parse(raw.select("text", x__raw=raw.text), {"x": form}) for form in forms]
        found.append([connection.to_pyarrow(own.order_by("text")).to_pylist() for own in parsed])
    for form, own, from_spark in zip(forms, *found, strict=True):
        assert own == from_spark, form


def test_what_follows_the_scheme_is_the_master_of_spark():
    assert spark.master("pyspark://local[2]") == "local[2]"
    assert spark.master("pyspark://spark://host:7077") == "spark://host:7077"
    assert spark.master("pyspark://") == ""


@pytest.mark.parametrize("engine", ["spark://host", "duckdb://", "local[2]"])
def test_another_engine_is_refused_before_anything_starts(engine):
    with pytest.raises(Refused) as refusal:
        warehouse.check(engine)
    assert (refusal.value.code, refusal.value.exit_code) == ("engine", 2)


def test_without_pyspark_a_run_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(Refused) as refusal:
        spark.session(LOCAL)
    assert (refusal.value.code, refusal.value.exit_code) == ("no_spark", 4)
    assert "requirements-extras.lock" in refusal.value.line("zh")
