from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest

from custlib import accounting, restated, results, warehouse

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"
FILES = {
    "a.csv": "导出\n\n"
    + HEADER
    + 'A,1,2025-01-01,C,P,1,10.005\nA,1,2025-01-01,C,P,1,10.005\nB,1,2025/2/1,C,P,1,"1,000"\nx\n合计,,,,,,\n',
    "b.csv": HEADER + "D,1,2025-03-01,C,P,1,约3万\nE,1,2025-03-01,C,P,1,￥7\n",
    "p.csv": "收款单号,到账日期,客户编码,收款金额(元)\n",
}


@pytest.fixture
def clean(cleaned_once):
    return cleaned_once(FILES, 'company = "华锦"\n')


def test_every_table_of_the_ledger_on_one_small_company(clean):
    accounts = accounting.line_accounts(clean)
    assert accounts.columns.tolist() == [
        "table",
        "file",
        "sheet",
        "lines",
        *accounting.CLASSES,
        "first_month",
        "last_month",
    ]
    assert accounts.drop(columns="sheet").values.tolist() == [
        ["payments", "p.csv", 1, 0, 0, 1, 0, 0, 0, "", ""],
        ["sales", "a.csv", 8, 2, 2, 1, 1, 1, 1, "2025-01", "2025-02"],
        ["sales", "b.csv", 3, 1, 1, 1, 0, 0, 0, "2025-03", "2025-03"],
    ]
    assert accounting.quarantine_reasons(clean).values.tolist() == [
        ["sales", "duplicate_of", "", 1, "a.csv:5", "a.csv:5"],
        ["sales", "not_an_amount", "net_amount", 1, "b.csv:2", "b.csv:2"],
        ["sales", "width", "", 1, "a.csv:7", "a.csv:7"],
    ]
    assert accounting.change_rules(clean).values.tolist() == [
        ["sales", "date", "date_form", 1],
        ["sales", "net_amount", "currency_sign", 1],
        ["sales", "net_amount", "rounded", 1],
        ["sales", "net_amount", "thousands", 1],
    ]
    money = accounting.control_totals(clean).drop(columns=["table", "column"])
    assert money.values.tolist() == [
        ["a.csv", "2025-01", Decimal("20.01"), Decimal("10.01"), Decimal("10.005"), Decimal("0.005"), 0],
        ["a.csv", "2025-02", 1000, 1000, 0, 0, 0],
        ["b.csv", "2025-03", 7, 7, 0, 0, 0],
    ]
    present = accounting.tables_present(clean).set_index("table")
    assert present.loc["sales"].tolist() == [3, "2025-01-01", "2025-03-01"]
    assert present.loc["payments"].tolist() == present.loc["visits"].tolist() == [0, "", ""]
    told = accounting.data_facts(clean, "2025Q1").iloc[0]
    assert (told["company"], str(told["data_until"]), told["compared_with"]) == ("华锦", "2025-03-01", "")
    earlier = restated.Published("2024Q4", "华锦", "CNY", None, None)
    assert accounting.data_facts(clean, "2025Q1", earlier).iloc[0]["compared_with"] == "2024Q4"


def test_small_tables_are_made_of_the_large_ones(clean):
    fates = accounting.fates(accounting.line_accounts(clean))
    assert fates.groupby("table")["lines"].sum().to_dict() == {"payments": 1, "sales": 11}
    assert fates[fates["class"] == "quarantined"]["lines"].tolist() == [0, 2, 1]
    reasons = pd.DataFrame({"reason": ["b", "a", "b", "c"], "lines": [1, 3, 4, 3]})
    assert accounting.by_reason(reasons).values.tolist() == [["b", 5], ["a", 3], ["c", 3]]
    sums = accounting.control_sums(accounting.control_totals(clean)).iloc[0]
    assert (sums["amount_in"], sums["amount_clean"]) == (Decimal("1027.01"), Decimal("1017.01"))


def test_money_adds_up_to_the_eighteenth_decimal_of_a_large_sum(cleaned_once):
    # 12345678901.123456789012345678 has 29 digits, one more than Python's decimals keep by themselves
    large = cleaned_once({"a.csv": HEADER + "A,1,2025-01-01,C,P,1,12345678901.123456789012345678\n"})
    row = accounting.control_totals(large).iloc[0]
    assert row["amount_in"] == Decimal("12345678901.123456789012345678")
    assert row["amount_clean"] == Decimal("12345678901.12")
    assert (row["rounding"], row["difference"]) == (Decimal("-0.003456789012345678"), 0)


def test_an_amount_that_excel_computed_is_published(cleaned_once, tmp_path):
    clean = cleaned_once({"a.csv": HEADER + "A,1,2025-01-01,C,P,11,22439.933999999997\n"})
    shown = results.save(accounting.control_totals(clean), "control_totals", tmp_path / "out")
    assert shown[["amount_in", "amount_clean", "rounding", "difference"]].values.tolist() == [
        [Decimal("22439.933999999997"), Decimal("22439.93"), Decimal("-0.003999999997"), 0]
    ]
    assert accounting.change_rules(clean)["rule"].tolist() == ["rounded"]


def test_at_most_three_places_stand_as_examples_in_the_order_of_files_and_lines(cleaned_once):
    wrong = "".join(f"W{number},1,2025-03-01,C,P,1,约3万\n" for number in range(12))
    found = accounting.quarantine_reasons(
        cleaned_once({"b.csv": HEADER + wrong, "a.csv": HEADER.replace("元", "万元") + wrong[:-1]})
    )
    assert found.drop(columns=["table", "reason"]).values.tolist() == [
        ["net_amount", 24, "a.csv:2", "a.csv:2, a.csv:3, a.csv:4"]
    ]


def test_ledgers_that_this_folder_does_not_have_are_without_rows(clean):
    assert accounting.notes(clean).columns.tolist() == ["file", "sheet", "note", "count"]
    assert accounting.sheets(clean).columns.tolist() == accounting.SHEETS
    assert len(accounting.notes(clean)) == len(accounting.sheets(clean)) == 0
    assert accounting.to_sign(clean) == {"pairs": 0, "cut": 0, "in_rows": 0}


def test_notes_and_sheets_and_doubles_to_sign_are_read_from_the_clean_folder(cleaned):
    clean = cleaned(FILES)
    notes = pa.table(
        {"file": ["b.csv", "a.csv"], "sheet": ["", ""], "note": ["trailing_delimiter"] * 2, "count": [3, 120]}
    )
    warehouse.write_arrow(notes, clean.folder / "notes.parquet")
    (clean.folder / accounting.TO_SIGN).write_text("a,b\nC1,C2\nC3,C4\n")
    (clean.folder / accounting.NOT_LISTED).write_text('{"cut": 3, "in_rows": 9}')
    assert accounting.notes(clean)[["file", "count"]].values.tolist() == [["a.csv", 120], ["b.csv", 3]]
    assert accounting.to_sign(clean) == {"pairs": 2, "cut": 3, "in_rows": 9}


def test_sales_without_invoice_numbers_are_counted(cleaned_once):
    lines = {"a.csv": HEADER.replace("单据编号,行号,", "") + "2025-01-01,C,P,1,10\n2025-01-02,C,P,1,10\n"}
    assert accounting.unnumbered(cleaned_once(lines)).to_dict() == {"lines": 2, "unnumbered": 2}
    assert accounting.unnumbered(cleaned_once(FILES)).to_dict() == {"lines": 3, "unnumbered": 0}
