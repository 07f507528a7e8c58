import tomllib

import openpyxl
import pytest

from custlib import schema, sources, words
from custlib.reading import draft
from custlib.refusals import Refused

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,金额"


def drafted(folder, files):
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return draft.draft(folder).read_text(encoding="utf-8")


def test_files_with_the_same_header_share_an_entry_with_a_question_at_each_doubt(tmp_path):
    text = drafted(tmp_path, {f"sales_{month}.csv": SALES + f"\nA{month}\n" for month in (1, 2)})
    assert tomllib.loads(text)["source"] == [{"files": "sales_*.csv", "table": "sales"}]
    assert '# ? units.net_amount = "元"' in text
    assert '# ? tax = "excluded"' in text


def test_whether_payments_are_with_tax_is_asked(tmp_path):
    text = drafted(tmp_path, {"p.csv": "回款单号,回款日期,客户编码,回款金额\nA,2025-01-01,C1,5\n"})
    assert text.count('# ? tax = "included"') == 1


RETAIL = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def test_an_amount_that_is_not_there_is_computed_of_quantity_and_price(tmp_path):
    text = drafted(tmp_path, {"retail.csv": RETAIL + "A1,P1,Cup,2,2010-12-01,2.55,17850,United Kingdom\n"})
    entry = tomllib.loads(text)["source"][0]
    assert entry["table"] == "sales"
    assert entry["columns"]["UnitPrice"] == "unit_price"
    assert entry["computed"] == {"net_amount": "quantity * unit_price"}
    assert entry["key"] == []
    assert '# ? currency = "…"' in text and "units" not in text


def test_a_file_of_no_known_table_is_a_question_and_shown(tmp_path):
    text = drafted(tmp_path, {"x.csv": "foo,bar\nA,2\n", "sales.csv": SALES + "\n"})
    assert {"files": "x.csv"} in tomllib.loads(text)["source"]
    assert "# ? ignore = true" in text and "foo, bar" in text


def test_no_line_of_data_is_copied_where_there_is_no_header(tmp_path):
    text = drafted(tmp_path, {"people.csv": "张三,13800000000,上海\n李四,13900000000,北京\n"})
    assert not any(secret in text for secret in ("张三", "13800000000", "上海", "李四"))
    assert "# ? ignore = true" in text


def test_an_odd_file_does_not_stop_the_draft_of_the_others(tmp_path):
    text = drafted(tmp_path, {"a.csv": "", "b.xlsx": b"PK\x03\x04 cut short", "sales.csv": SALES + "\n"})
    told = tomllib.loads(text)["source"]
    assert [entry.get("table") for entry in told] == [None, None, "sales"]
    assert "a.csv is empty (0 bytes)" in text and "b.xlsx" in text


def test_encodings_that_the_bytes_do_not_tell_apart_are_asked_about(tmp_path):
    header = "Order ID,Order Date,Customer ID,Product,Sales,Quantity\nA1,2025-10-01,C1,Café,10,1\n"
    text = drafted(tmp_path, {"a.csv": header.encode("cp1252"), "b.csv": "客户号,甲,乙\n1,2,3\n".encode("gb18030")})
    assert '# ? encoding = "cp1252"' in text and '# ? encoding = "gb18030"' in text
    assert "Caf" not in text


def test_every_sheet_of_a_workbook_has_an_entry(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "订单"
    book.active.append(SALES.split(","))
    book.active.append(["A1", 1, "2025-10-01", "K1", "P1", 2, 30.5])
    for cells in (["客户编码", "客户名称"], ["K1", "东明"]):
        (book["客户"] if "客户" in book.sheetnames else book.create_sheet("客户")).append(cells)
    book.save(tmp_path / "book.xlsx")
    told = tomllib.loads(draft.draft(tmp_path).read_text(encoding="utf-8"))["source"]
    assert [(entry["sheet"], entry["table"]) for entry in told] == [("订单", "sales"), ("客户", "customers")]


def test_heads_and_lines_in_two_files_are_known_by_what_each_lacks(tmp_path):
    files = {
        "orders.csv": "订单编号,下单日期,客户ID\nA1,2025-01-02,K1\n",
        "lines.csv": "订单编号,产品ID,数量,销售额\nA1,P1,2,30.00\n",
    }
    told = {entry["files"]: entry for entry in tomllib.loads(drafted(tmp_path, files))["source"]}
    assert (told["lines.csv"]["table"], told["lines.csv"]["headed"]) == ("sales", True)
    assert told["orders.csv"]["table"] == "sales_heads" and "headed" not in told["orders.csv"]


def test_the_list_of_receipts_of_an_erp_is_payments(tmp_path):
    files = {"收款单列表.csv": "单据编号,单据日期,往来单位,收款金额\nSK1,2025-01-02,东明贸易,30.00\n"}
    entry = tomllib.loads(drafted(tmp_path, files))["source"][0]
    assert entry["table"] == "payments"
    assert entry["columns"] == {"往来单位": "customer_id", "单据日期": "date"}


def test_what_a_person_chose_goes_before_what_is_likely(tmp_path):
    (tmp_path / "a.csv").write_text(
        "订单编号,下单日期,客户ID,产品ID,数量,销售额,备用\nA,2025-01-02,K1,P1,2,30.00,31.00\n"
    )
    (entry,) = draft.entries(tmp_path)
    text = draft.text([draft.changed(entry, "sales", {"备用": "net_amount", "销售额": ""})])
    columns = tomllib.loads(text)["source"][0]["columns"]
    assert columns["备用"] == "net_amount" and "销售额" not in columns
    known = draft.changed(entry, "sales", {"数量": ""})
    assert tomllib.loads(draft.text([known]))["source"][0]["columns"]["数量"] == "数量"
    assert 'table = "customers"' in draft.text([draft.changed(entry, "customers", {})])


def test_first_and_last_day_are_one_answer(tmp_path):
    text = drafted(tmp_path, {"a.csv": SALES + "\nA1,1,2025-10-03,K1,P1,1,30.00\n"})
    assert "data_from = 2025-10-01" in text and "data_until = 2025-10-31" in text
    assert draft.questions(text) == 3  # period, unit, tax


@pytest.mark.parametrize("name", ["a,b.csv", 'a"b.csv', "a[1].csv", "全角　名.csv"])
def test_the_draft_is_a_declaration_that_can_be_loaded(tmp_path, name):
    drafted(tmp_path, {name: SALES + "\n"})
    assert sources.load(tmp_path).of(name).table == "sales"


def test_a_declaration_that_is_there_is_never_overwritten(tmp_path):
    (tmp_path / "sources.toml").write_text("# mine")
    with pytest.raises(Refused, match="is there already"):
        draft.draft(tmp_path)
    assert (tmp_path / "sources.toml").read_text() == "# mine"


def test_names_that_no_pattern_tells_apart_have_an_entry_each(tmp_path):
    files = {"a.csv": SALES + "\nA1\n", "aa.csv": SALES + "\nA2\n", "ab.csv": "foo,bar\n1,2\n"}
    told = tomllib.loads(drafted(tmp_path, files))["source"]
    assert {entry["files"]: entry.get("table") for entry in told} == {
        "a.csv": "sales",
        "aa.csv": "sales",
        "ab.csv": None,
    }


def test_every_question_of_a_draft_can_be_uncommented(tmp_path):
    header = "单据编号,行号,单据日期,客户编码,存货编码,数量,金额,成本\n"
    (tmp_path / "a.csv").write_text(header + "S1,1,2025-10-01,K1,P1,2,30,20\n", encoding="utf-8")
    text = draft.draft(tmp_path).read_text(encoding="utf-8").replace("# ? ", "")
    told = tomllib.loads(text)["source"][0]
    assert told["units"] == {"net_amount": "元", "cost": "元"} and told["tax"] == "excluded"


def test_the_questions_are_asked_in_the_language_asked_for_and_the_answers_are_the_same(tmp_path):
    (tmp_path / "a.csv").write_text(SALES + "\n", encoding="utf-8")
    text = draft.draft(tmp_path, "zh").read_text(encoding="utf-8")
    assert '# ? tax = "excluded"   # 金额不含税吗？' in text and 'table = "sales"   # 一行销售单据' in text
    assert tomllib.loads(text)["source"] == [{"files": "a.csv", "table": "sales"}]


def test_every_table_is_told_what_its_rows_are():
    assert {f"row_{name}" for name in schema.TABLES} <= set(words.table("draft"))


def test_an_old_declaration_is_kept_beside_the_new_one(tmp_path):
    assert draft.write(tmp_path, "one = 1\n")[1] is None
    assert draft.difference(tmp_path, "one = 2\n").splitlines()[-2:] == ["-one = 1", "+one = 2"]
    for number in (1, 2):
        path, kept = draft.write(tmp_path, f"one = {number + 1}\n")
        assert kept.name == f"sources.toml.old-{number}" and kept.read_text() == f"one = {number}\n"
    assert path.read_text() == "one = 3\n"


def test_answered_is_what_the_questions_propose():
    text = '# ? tax = "excluded"   # why\n# ? table = "…"\n# ? ignore = true\nfiles = "a"'
    assert draft.answered(text).splitlines() == ['tax = "excluded"   # why', *text.splitlines()[1:]]


def test_files_are_counted_with_what_is_open(tmp_path):
    (tmp_path / "a.csv").write_text(SALES + "\nA1,1,2025-10-03,K1,P1,1,30.00\n")
    (tmp_path / "x.csv").write_text("foo,bar\nA,1\n")
    a, x = draft.overview(draft.entries(tmp_path))
    assert a == {"file": "a.csv", "sheet": "", "table": "sales", "known": 7, "open": 2}
    assert (x["table"], x["open"]) == ("", 1)


def test_a_sheet_a_month_is_one_entry(tmp_path):
    book = openpyxl.Workbook()
    for month in ("1月", "2月"):
        sheet = book.create_sheet(month)
        sheet.append(SALES.split(","))
        sheet.append(["A" + month, 1, "2025-10-01", "K1", "P1", 2, 30.5])
    book.save(tmp_path / "book.xlsx")
    told = tomllib.loads(draft.draft(tmp_path).read_text(encoding="utf-8"))["source"]
    assert len(told) == 1 and "sheet" not in told[0] and told[0]["table"] == "sales"


def test_a_file_of_another_kind_is_named_and_asked_about(tmp_path):
    text = drafted(tmp_path, {"a.csv": SALES + "\n", "plan.et": b"x"})
    assert 'files = "plan.et"' in text and "# ? ignore = true" in text
