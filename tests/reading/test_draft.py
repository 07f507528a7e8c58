import tomllib

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


def test_an_amount_that_is_not_there_is_asked_for_as_quantity_times_price(tmp_path):
    header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    entry = tomllib.loads(drafted(tmp_path, {"retail.csv": header}))["source"][0]
    assert entry["table"] == "sales"
    assert entry["columns"] == {"UnitPrice": "unit_price"}
    assert entry["computed"] == {"net_amount": "quantity * unit_price"}
    assert entry["key"] == []


def test_a_file_of_no_known_table_is_left_out_and_shown(tmp_path):
    text = drafted(tmp_path, {"x.csv": "foo,bar\n1,2\n", "sales.csv": SALES + "\n"})
    assert {"files": "x.csv", "ignore": True} in tomllib.loads(text)["source"]
    assert "foo, bar" in text


def test_an_encoding_that_cannot_be_seen_is_a_marked_guess(tmp_path):
    entry = tomllib.loads(drafted(tmp_path, {"a.csv": "客户号,甲,乙\n1,2,3\n".encode("gb18030")}))["source"][0]
    assert entry["encoding"] == "gb18030"


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
