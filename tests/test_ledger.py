from decimal import Decimal

import pytest

from custlib import ledger

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"
FILES = {
    "a.csv": "导出\n\n"
    + HEADER
    + 'A,1,2025-01-01,C,P,1,10.005\nA,1,2025-01-01,C,P,1,10.005\nB,1,2025/2/1,C,P,1,"1,000"\nx\n合计,,,,,,\n',
    "b.csv": HEADER + "D,1,2025-03-01,C,P,1,约3万\nE,1,2025-03-01,C,P,1,￥7\n",
    "p.csv": "收款单号,到账日期,客户编码,收款金额(元)\n",
}


@pytest.fixture
def clean(cleaned):
    return cleaned(FILES, 'company = "华锦"\n')


def test_every_table_of_the_ledger_on_one_small_company(clean):
    accounts = ledger.line_accounts(clean)
    assert accounts.columns.tolist() == ["table", "file", "sheet", "lines", *ledger.CLASSES]
    assert accounts.drop(columns="sheet").values.tolist() == [
        ["payments", "p.csv", 1, 0, 0, 1, 0, 0, 0],
        ["sales", "a.csv", 8, 2, 2, 1, 1, 1, 1],
        ["sales", "b.csv", 3, 1, 1, 1, 0, 0, 0],
    ]
    assert ledger.quarantine_reasons(clean).values.tolist() == [
        ["sales", "duplicate_of", 1, "a.csv:5"],
        ["sales", "not_an_amount", 1, "b.csv:2"],
        ["sales", "width", 1, "a.csv:7"],
    ]
    assert ledger.change_rules(clean).values.tolist() == [
        ["sales", "date", "date_form", 1],
        ["sales", "net_amount", "currency_sign", 1],
        ["sales", "net_amount", "rounded", 1],
        ["sales", "net_amount", "thousands", 1],
    ]
    money = ledger.control_totals(clean).drop(columns=["table", "column"])
    assert money.values.tolist() == [
        ["a.csv", "2025-01", Decimal("20.01"), Decimal("10.01"), Decimal("10.005"), Decimal("0.005"), 0],
        ["a.csv", "2025-02", 1000, 1000, 0, 0, 0],
        ["b.csv", "2025-03", 7, 7, 0, 0, 0],
    ]
    present = ledger.tables_present(clean).set_index("table")
    assert present.loc["sales"].tolist() == [3, "2025-01-01", "2025-03-01"]
    assert present.loc["payments"].tolist() == present.loc["visits"].tolist() == [0, "", ""]
    told = ledger.data_facts(clean).iloc[0]
    assert (told["company"], str(told["data_until"])) == ("华锦", "2025-03-01")
