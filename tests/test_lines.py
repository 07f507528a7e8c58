import pytest

from custlib import lines
from custlib.reading import large

HEADER = "单据编号,日期,客户编码,存货编码,数量,无税金额(元),备注\n"
A = HEADER + "A,2025-01-01,C,P,1,约3万,甲\nB,2025-01-01,C,P,1,5\nC,2025-01-01,C,P,1,约4万,\n"
B = HEADER.replace(",备注", "") + "D,2025-01-01,C,P,1,约5万\n"


@pytest.fixture
def clean(cleaned_once):
    return cleaned_once(
        {"a.csv": A, "b.csv": B, "p.csv": "收款单号,到账日期,客户编码,收款金额(元)\nP,2025-01-01,C,约6万\n"}
    )


def test_lines_set_aside_come_page_by_page_in_the_order_of_files_and_lines(clean):
    first, second = (lines.set_aside(clean, "sales", "not_an_amount", start, 2) for start in (0, 2))
    assert first.values.tolist() == [["a.csv", 2, "net_amount"], ["a.csv", 4, "net_amount"]]
    assert second.values.tolist() == [["b.csv", 2, "net_amount"]]
    assert lines.set_aside(clean, "sales", "not_an_amount", 3, 2).empty
    assert lines.set_aside(clean, "payments", "not_an_amount", 0, 9).values.tolist() == [["p.csv", 2, "amount"]]


def test_raw_cells_of_files_with_other_columns_stand_under_each_other(clean):
    found = lines.with_cells(clean, lines.set_aside(clean, "sales", "not_an_amount", 0, 9))
    assert found[["place", "net_amount", "备注"]].values.tolist() == [
        ["a.csv:2", "约3万", "甲"],
        ["a.csv:4", "约4万", ""],
        ["b.csv:2", "约5万", ""],
    ]


def test_a_line_that_could_not_be_taken_apart_stands_whole(clean):
    found = lines.with_cells(clean, lines.set_aside(clean, "sales", "width", 0, 9))
    assert found.to_dict("records") == [{"place": "a.csv:3", "column": "", "line_text": "B,2025-01-01,C,P,1,5"}]


def test_a_line_that_is_no_row_has_no_cells(clean):
    assert lines.raw_cells(clean, "a.csv", 1) == {} and lines.record(clean, "a.csv", 1) is None
    assert lines.in_ledger(clean, "a.csv", 1)["class"] == "header"


def test_each_physical_line_of_a_record_leads_to_the_whole_record(cleaned_once):
    clean = cleaned_once({"a.csv": HEADER + 'A,2025-01-01,C,P,1,5,"两\n行"\nB,2025-01-01,C,P,1,6,\n'})
    found = [lines.record(clean, "a.csv", line) for line in (2, 3, 4)]
    assert [(row["line"], row["lines"], row["invoice_id"]) for row in found] == [(2, 2, "A"), (2, 2, "A"), (4, 1, "B")]


@pytest.mark.parametrize("engine_from", [1, 1 << 40])
def test_plain_lines_that_the_engine_read_have_their_raw_cells_too(cleaned, monkeypatch, engine_from):
    monkeypatch.setattr(large, "ENGINE_FROM", engine_from)
    rows = ["A1,1,2025-01-02,C1,P1,3,30.5", "A1,1,2025-01-02,C1,P1,3,30.5", "A2,1,2025/1/2,C1,P1,3.0,30"]
    clean = cleaned({"a.csv": "\n".join(["单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)", *rows])})
    assert [list(lines.raw_cells(clean, "a.csv", line).values()) for line in (2, 3, 4)] == [
        row.split(",") for row in rows
    ]
