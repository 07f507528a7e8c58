"""All that stands in the way of a folder is told in one go, with file, line and what to write."""

import pytest

from custlib import contracts
from custlib.facts import check_quarter
from custlib.refusals import Refused

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"


def test_a_header_an_empty_file_and_dates_in_doubt_are_told_together(cleaned):
    files = {
        "a.csv": "foo,bar\nA,2\n",
        "b.csv": "",
        "c.csv": HEADER + "".join(f"A{n},1,0{n}/04/2025,K,P,1,3.00\n" for n in range(1, 5)),
        "d.csv": HEADER.replace("(元)", "") + "B,1,2025-01-02,K,P,1,3.00\n",
    }
    with pytest.raises(Refused) as caught:
        cleaned(files)
    told = caught.value.line().splitlines()[1:]
    assert caught.value.exit_code == 3 and len(told) == 4
    for part in ("a.csv, line 1", "b.csv is empty", "c.csv, line 2", "units"):
        assert sum(part in line for line in told) == 1
    assert any("date_order" in line for line in told)


def test_unit_tax_and_currency_of_each_file_are_told_together(cleaned):
    header = HEADER.replace("无税金额(元)", "金额,成本(千元)")
    line = "A,1,2025-01-02,K,P,1,3.00,2.00\n"
    with pytest.raises(Refused) as caught:
        cleaned({"a.csv": header + line, "b.csv": HEADER.replace("无税金额(元)", "金额($)") + line})
    codes = sorted((refusal.facts["file"], refusal.code) for refusal in caught.value.refusals)
    assert codes == [
        *(("a.csv", code) for code in ("unknown_scale", "unknown_tax", "unknown_unit")),
        *(("b.csv", code) for code in ("currency_conflict", "unknown_tax")),
    ]


def test_no_clean_row_names_the_reason_and_the_first_lines(cleaned):
    clean = cleaned({"a.csv": HEADER + "".join(f"A{n},1,2025-01-02,K,P,1,约3\n" for n in range(5))})
    with pytest.raises(Refused) as caught:
        check_quarter(clean, "2025Q1")
    assert caught.value.code == "no_rows"
    assert "a.csv:2, a.csv:3, a.csv:4" in str(caught.value) and "5" in str(caught.value)
    assert "不是金额" in caught.value.line("zh")


def test_too_many_lines_set_aside_name_the_reason_and_the_first_lines(cleaned):
    rows = [f"A{n},1,2025-01-02,K,P,1,{'约3' if n in (3, 7) else 3}\n" for n in range(10)]
    with pytest.raises(Refused) as caught:
        contracts.check(cleaned({"a.csv": HEADER + "".join(rows)}))
    assert "quarantined_share (sales, 2/10, a.csv:5)" in str(caught.value)
    assert "a.csv:5, a.csv:9" in str(caught.value) and "不是金额" in caught.value.line("zh")
