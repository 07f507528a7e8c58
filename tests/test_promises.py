"""P1 to P6 and P9 to P12 of bad-inputs.md, each in a way that a wrong program would fail. What counts lines, cells and money
here shares no code with the reader (see conftest.py)."""

import csv
import io
import re
import string
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from custlib import cleaning, schema, words
from custlib.refusals import Refused
from tests.test_people import custlib

ROOT = Path(__file__).parents[1]
HEADER = ["单据编号", "行号", "日期", "客户编码", "存货编码", "数量", "无税金额(元)", "成本(元)"]
SALES = ",".join(HEADER) + "\n"


def line(n, customer="C1", amount="10"):
    return f"A{n},1,2025-01-02,{customer},P1,1,{amount},5\n"


# P1, P2, P3: every line, every change, all money, in workbooks too (text: tests/cleaning/test_cleaning.py)

ROW = st.tuples(
    st.sampled_from(["2025-01-02", "2025/1/3", "2025年2月3日", "去年", "2025-02-30"]),
    st.sampled_from(["C1", " C1", "Ｃ２", "", None, "#REF!"]),
    st.sampled_from([1, -2.5, "1,000", "x", None]),
    st.sampled_from([10, 0.005, "1,234.50", "(5.25)", "3.5万", "约3万", "#DIV/0!", None, -7.25]),
)
BOOK = st.tuples(st.lists(ROW, max_size=10), st.integers(0, 4), st.sets(st.integers(3, 9), max_size=2), st.booleans())


def workbook_of(number, rows, merged, hidden, title):
    book = openpyxl.Workbook()
    sheet = book.active
    above = [[f"华锦 {number}"], []] if title else [[f"华锦 {number}"]]
    for cells in [*above, HEADER, *([f"A{number}-{n}", n, d, c, "P1", q, a, 5] for n, (d, c, q, a) in enumerate(rows))]:
        sheet.append(cells)
    first = len(above) + 2
    if merged > 1 and len(rows) >= merged:
        sheet.merge_cells(start_row=first, end_row=first + merged - 1, start_column=4, end_column=4)
    for at in hidden:
        sheet.row_dimensions[first + at].hidden = at < len(rows)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@settings(
    derandomize=True,
    deadline=None,
    max_examples=3,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(BOOK, min_size=8, max_size=8))
def test_p1_p2_p3_no_row_cell_or_fen_of_a_workbook_is_lost(promises, cleaned, workbook, books):
    ways = ("include", "exclude")
    files = {f"{number}-{ways[number % 2]}.xlsx": workbook_of(number, *book) for number, book in enumerate(books)}
    declared = (f'[[source]]\nfiles = "*-{how}.xlsx"\nhidden_rows = "{how}"\n' for how in ways)
    clean, folder = cleaned(files, "".join(declared)), workbook / "data" / "raw"
    promises.lines(folder, clean)
    promises.raw_cells(folder, clean)
    promises.money(folder, clean, {(name, column): 1 for name in files for column in ("net_amount", "cost")})


@pytest.mark.parametrize("name", ["lines", "changes", "controls"])
def test_p1_p2_p3_the_checks_see_a_ledger_that_lacks_its_first_row(promises, cleaned, workbook, name):
    clean = cleaned({"a.csv": SALES + line(1, amount="1.5万") + line(2)})
    folder = workbook / "data" / "raw"
    units = {("a.csv", "net_amount"): 1}
    promises.lines(folder, clean), promises.raw_cells(folder, clean), promises.money(folder, clean, units)
    path = clean.folder / f"{name}.parquet"
    rows = pq.read_table(path)
    worst = next(at for at, row in enumerate(rows.to_pylist()) if row.get("column") in (None, "net_amount"))
    pq.write_table(rows.slice(worst + 1), path)
    with pytest.raises((AssertionError, KeyError)):
        promises.lines(folder, clean)
        promises.raw_cells(folder, clean)
        promises.money(folder, clean, units)


# P4: no guess

BOTH_READINGS = {
    "an encoding": ("客戶編碼,客戶名稱\nK1,華盛貿易\n".encode("big5"), "unknown_encoding", ["客戶編碼", "獢"]),
    "day or month": (
        SALES + line(1).replace("2025-01-02", "03/04/2025"),
        "ambiguous_dates",
        ["day/month", "month/day"],
    ),
    "a unit": (SALES.replace("(元)", "") + line(1), "unknown_unit", ["元", "万元"]),
    "a decimal comma": (SALES + line(1, amount='"1.234,50"'), "decimal_commas", ["1.234", "thousand or one"]),
    "a header": (
        "客户编码,客户名称,大区,流失日期,流失原因\nC1,华盛,华东,2025-01-01,搬迁\n",
        "ambiguous_header",
        ["customers", "lost_customers"],
    ),
}


@pytest.mark.parametrize("doubt", BOTH_READINGS)
def test_p4_a_doubt_is_a_refusal_that_shows_both_readings(cleaned, doubt):
    content, code, readings = BOTH_READINGS[doubt]
    with pytest.raises(Refused) as refusal:
        cleaned({"a.csv": content})
    assert code in [each.code for each in getattr(refusal.value, "refusals", [refusal.value])]
    said = str(refusal.value)
    assert all(reading in said for reading in readings[: 1 if code == "unknown_encoding" else 2]), said


# P5: no silent merge

PLACES, FORMS = (
    ["", "上海", "（上海）", "北京"],
    ["有限公司", "有限责任公司", "股份有限公司", "商行", "商贸", "贸易", "", " "],
)


def test_p5_customers_with_names_alike_stay_as_many_as_they_are(cleaned, rows_of):
    names = [
        f"{place}{stem}{form}"
        for place in PLACES
        for stem in ("华盛", "华晟", "ＡＢＣ", "ABC", "abc")
        for form in FORMS
    ]
    lines = [f"K{n},{name},华东\n" for n, name in enumerate(names)]
    sales = SALES + "".join(line(n, customer=f"K{n}") for n in range(len(names)))
    clean = cleaned({"k.csv": "客户编码,客户名称,大区\n" + "".join(lines), "a.csv": sales})
    ids = [f"K{n}" for n in range(len(names))]
    assert [row["customer_id"] for row in rows_of(clean, "customers")] == ids
    assert [row["customer_id"] for row in rows_of(clean, "sales")] == ids


# P6: not over-careful


def test_p6_clean_public_data_passes_with_nothing_set_aside(promises):
    folder = ROOT / "tests" / "data" / "online_retail"
    clean = cleaning.open_tables(folder)
    promises.lines(folder, clean)
    assert clean.counts["sales"] == 273
    assert clean.table("quarantine").count().execute() == 0


def test_p6_no_contract_stops_clean_public_data():
    from custlib import contracts

    folder = ROOT / "tests" / "data" / "online_retail"
    contracts.check(cleaning.open_tables(folder), folder)


# P9, P10: one run of the real notebooks over a company whose every text would act if it could, and with a customer whose
# telephone number and address must not leave

NASTY = [
    '=HYPERLINK("http://x","y")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}{% raw %}",
    r"A$\frac$B $x_1$",
    "](javascript:alert(1))",
    "张\u202e三",
    "**粗** `code` # 标题",
    "'; DROP TABLE sales; --",
    "𠮷野　家",
]
CANARIES = ["13912345678", "桃花源路99号", "U-CANARY", "q-canary-金丝雀"]


ONE_ID = {("customer_id",), ("product_id",)}


COMPARED = {
    "parent_id": "customer_profit",
    "factor_a": "value_for_money",
    "factor_b": "marketing",
}  # others are refused


# Texts that name something that a reference table lists; others are refused.
LISTED = {"need": "服务", "question_kind": "概况", "feasible": "是", "plan_kind": "月度"}
STEPS = {"plans": "signed", "demand_plan": "released"}


def cell_of(table, column, n):
    """A value that the column takes, as text: nasty where it takes any text."""
    if table.name == "pairwise" and column.name in COMPARED:
        return COMPARED[column.name]
    if column.name == "consumer_id" or (column.personal and column.kind == "name"):
        return f"U-CANARY-{n}"
    if column.name == "status":
        return STEPS[table.name]
    if column.name in LISTED:
        return LISTED[column.name]
    if column.kind in ("text", "name"):
        return NASTY[(n + len(column.name)) % len(NASTY)]
    if column.name == "customer_id":
        return ["=K0", *(f"K{m}" for m in range(1, 12))][n % 12]
    if column.kind == "id":
        return f"{'P' if column.name == 'product_id' else table.name}{n % 12 if column.name == 'product_id' else n}"
    of_kind = {
        "date": f"2025-{7 + n % 6:02d}-{1 + n % 28:02d}",
        "quarter": f"2025Q{3 + n % 2}",
        "period": f"2025-{1 + n % 12:02d}",
        "amount": f"{1000 + 37 * n}.50",
        "price": "19.90",
        "number": "0.5" if column.name == "discount_share" else str(1 + n % 9),
        "ratio": str(1 + n % 9),
        "whole": str({"birth_year": 1980, "year": 2025}.get(column.name, 1 + n % 5)),
    }
    return of_kind[column.kind]


def write_company(folder):
    """All tables of the schema, with nasty texts, extra columns of canaries, and a line of sales to be set aside that holds one."""
    folder.mkdir()
    told = ['company = "<b>华锦</b> {{1}}"', "data_from = 2025-07-01", "data_until = 2025-12-31"]
    for table in schema.TABLES.values():
        names = [column.name for column in table.columns]
        many = 36 if table.name == "sales" else 12
        rows = [[*(cell_of(table, column, n) for column in table.columns), *CANARIES[:2]] for n in range(many)]
        if table.name == "sales":
            rows.append([*rows[0], CANARIES[3]])
        with open(folder / f"{table.name}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([[*names, "电话", "地址"], *rows])
        money = [column.name for column in table.columns if column.kind in ("amount", "price")]
        told += ["[[source]]", f'files = "{table.name}.csv"', f'table = "{table.name}"', 'tax = "excluded"']
        told += [f'units.{name} = "元"' for name in money] + ["key = []"] * (table.key not in ONE_ID)
    (folder / "sources.toml").write_text("\n".join(told), encoding="utf-8")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The reports folder of a run over that company."""
    home = tmp_path_factory.mktemp("company")
    write_company(home / "raw")
    ended = custlib("run", "2025Q4", "--data", str(home / "raw"), "--reports", str(home / "reports"))
    assert ended.returncode == 0, ended.stderr
    return home / "reports"


def published_files(reports, *endings):
    found = [path for path in sorted(reports.rglob("*")) if path.is_file() and path.suffix in endings]
    assert found
    return found


def test_p9_no_page_holds_markup_from_a_name(published):
    for path in published_files(published, ".html"):
        text = path.read_text(encoding="utf-8")
        page = BeautifulSoup(text, "html.parser")
        assert "\u202e" not in text
        assert [script for script in page.find_all("script", type=None) if "alert(" in script.get_text()] == []
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert not page.find_all("img", src="x") and not page.select('[href^="javascript"]')
        assert not [link for link in page.find_all("a") if "://" in link.get("href", "")]


def test_p9_the_names_are_shown_as_they_are(published):
    shown = "".join(path.read_text(encoding="utf-8") for path in published_files(published, ".html"))
    words = BeautifulSoup(shown, "html.parser").get_text()
    assert (
        "<script>alert(1)</script>" in words
        and "{{7*7}}{% raw %}" in words
        and "张[U+202E]三" in words
        or "张三" in words
    )


def test_p9_no_cell_of_a_table_is_a_formula(published):
    for path in published_files(published, ".csv"):
        with open(path, encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        acting = [
            cell for cell in cells if re.match(r"[=+\-@\t\r＝＋－＠]", cell) and not re.fullmatch(r"-[\d.]+", cell)
        ]
        assert acting == [], path
    for path in published_files(published, ".xlsx"):
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.rows for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f" or (cell.hyperlink and cell.hyperlink.target)], path
        assert {NASTY[0], NASTY[3], NASTY[6], "张[U+202E]三"} & {cell.value for cell in cells}
        with zipfile.ZipFile(path) as parts:
            assert not [name for name in parts.namelist() if re.search(rb"<f[ >]|\xe2\x80\xae", parts.read(name))]


def contents(path):
    """All that a file holds, unpacked where it is packed."""
    if path.suffix == ".parquet":
        return str(pq.read_table(path).to_pydict()).encode()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            return b"".join(parts.read(name) for name in parts.namelist())
    data = path.read_bytes()
    return (
        data + data.decode("unicode_escape", "ignore").encode("utf-8", "ignore")
        if path.suffix in (".ipynb", ".json")
        else data
    )


def test_p10_no_canary_leaves(published):
    files = [path for path in published.rglob("*") if path.is_file()]
    assert {".html", ".parquet", ".csv", ".ipynb", ".json"} <= {path.suffix for path in files}
    for path in files:
        held = contents(path)
        assert [canary for canary in CANARIES if canary.encode() in held] == [], path


def test_p10_the_canaries_are_in_the_private_area(published):
    clean = cleaning.open_tables(published.parent / "raw")
    assert clean.table("customers").to_pyarrow().to_pylist()[0]["电话"] == CANARIES[0]
    assert any(CANARIES[3] in row["raw"] for row in clean.table("broken").to_pyarrow().to_pylist())


# P11: bounded

BOUNDED = """
import re, resource, sys, time
from pathlib import Path
from custlib import reading, sources
from custlib.refusals import Refused
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
start, folder = time.process_time(), Path(sys.argv[1])
try:
    found = reading.read(folder, "a.csv", sources.load(folder), folder / "cells.parquet")
    print("read", found.total)
except Refused as refusal:
    print("refused", refusal.code)
# Not ru_maxrss: of a process just started it remembers the one that started it.
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(own // 1024, round(time.process_time() - start, 1))
"""
HEAVY = {
    "one line without end": lambda: SALES + "x" * 20_000_000,
    "a header of a million cells": lambda: "," * 1_000_000 + "\n" + line(1),
    "a line of quotation marks": lambda: SALES + '"' * 3_000_001,
    "a quotation mark in each line": lambda: SALES + 'A,1,2025-01-02,"C,P1,1,10,5\n' * 100_000,
    "a quotation mark astray in each line": lambda: SALES + 'A,1,2025-01-02,C"x,P1,1,10,5\n' * 100_000,
    "a record over all lines": lambda: SALES + 'A1,1,2025-01-02,"' + "\n" * 500_000 + '",P1,1,10,5\n',
    "a million blank lines": lambda: SALES + "\n" * 1_000_000,
    "rows as wide as they are many": lambda: SALES + ("," * 3_000 + "\n") * 3_000,
    "nothing but zero bytes": lambda: "\0" * 20_000_000,
    "a long name": lambda: SALES + line(1, customer="客" * 5_000_000),
}


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("kind", HEAVY)
def test_p11_a_small_nasty_file_is_answered_in_bounded_time_and_memory(tmp_path, kind):
    (tmp_path / "a.csv").write_text(HEAVY[kind](), encoding="utf-8")
    command = [sys.executable, "-c", BOUNDED, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert ended.returncode == 0, ended.stderr[-500:]
    answer, used = ended.stdout.splitlines()
    megabytes, seconds = map(float, used.split())
    assert answer.split()[0] in ("read", "refused")
    assert megabytes < 1024 and seconds < 15


# P12: loud

WRONG = {
    "empty_file": {"a.csv": b""},
    "unknown_header": {"a.csv": "foo,bar\n1,2\n"},
    "unknown_encoding": {"a.csv": "客戶編碼,客戶名稱\nK1,華盛貿易\n".encode("big5")},
    "open_quote": {"a.csv": SALES + line(1, customer='"C')},
    "footer_mismatch": {"a.csv": SALES + line(1) + "合计,,,,,1,11,5\n"},
    "ambiguous_dates": {"a.csv": SALES + line(1).replace("2025-01-02", "03/04/2025")},
    "same_file_twice": {"a.csv": SALES + line(1), "b.csv": SALES + line(1)},
    "not_an_xlsx": {"a.xlsx": b"<html></html>"},
    "declaration": {"a.csv": SALES + line(1), "sources.toml": 'currancy = "CNY"\n'},
    "quarter_outside_data": {"a.csv": SALES + line(1)},
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("code", WRONG)
def test_p12_the_command_line_says_in_one_line_what_is_wrong_and_where(
    tmp_path, called, in_the_project, unchanged, code, lang
):
    for name, content in WRONG[code].items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    arguments = ["run", "2025Q4", "--data", str(tmp_path), "--reports", str(tmp_path / "reports"), "--lang", lang]
    ended, out, err = called(*arguments)
    assert ended == int(words.table("refusals")[code]["exit"]) == 3
    said = err.splitlines()[-1]
    template = words.table("refusals")[code][lang]
    assert re.fullmatch(
        re.sub(r"\\\{\w+\\\}", ".+", re.escape(template)).replace(r"\{\{", r"\{").replace(r"\}\}", r"\}"), said
    )
    assert out == "" and "Traceback" not in err
    assert any(name in said for name in [*WRONG[code], "2025Q4"])
    assert not list((tmp_path / "reports").glob("2025Q4/*"))


def test_p12_every_refusal_says_more_than_what_is_wrong():
    """A first sentence for what is wrong and where, more for what to do next; a declaration's problem and a range say both."""
    for code, line in words.table("refusals").items():
        facts = {name for _, name, _, _ in string.Formatter().parse(line["en"]) if name}
        filled = {lang: line[lang].format(**dict.fromkeys(facts, "x")) for lang in ("en", "zh")}
        assert facts or code == "code_changed", code
        if code not in ("declaration", "sample_size"):
            assert len(re.findall(r"[.?:;](?: |$)", filled["en"])) >= 2, filled["en"]
            assert len(re.findall(r"[。？：；，]", filled["zh"])) >= 2, filled["zh"]
