import pytest

from custlib.refusals import Refused

ROWS = ["A,1,2025-01-01,C,P,1,10.05,5", "B,1,2025-01-01,C,P,2,20,5"]


def refused(cleaned, files, declared=""):
    with pytest.raises(Refused) as refusal:
        cleaned(files, declared)
    assert refusal.value.code == "footer_mismatch"
    return refusal.value.facts


def test_totals_that_agree_are_footers_whatever_they_are_written_like(cleaned, sales, reasons):
    files = {
        "a.csv": sales(*ROWS, '合计,,,,,3,"￥30.05",10'),
        "b.csv": sales("D,1,2025-01-01,C,P,1,0.5,5", "总计,,,,,,5000元,").replace("(元)", "(万元)"),
        "c.csv": sales("小计,,,,,0,0,0"),
    }
    assert reasons(cleaned(files)) == []


def test_a_total_that_does_not_agree_is_refused_with_both_figures(cleaned, sales):
    facts = refused(cleaned, {"a.csv": sales(*ROWS, "合计,,,,,3,30.06,10")})
    assert (facts["file"], facts["line"], facts["column"]) == ("a.csv", 4, "net_amount")
    assert (float(facts["stated"]), float(facts["found"])) == (30.06, 30.05)


def test_a_subtotal_counts_since_the_last_one_and_a_total_from_the_start(cleaned, sales):
    first, second, total = "小计,,,,,1,10.05,5", "小计,,,,,2,20,5", "合计,,,,,3,30.05,10"
    cleaned({"a.csv": sales(ROWS[0], first, ROWS[1], second, total)})
    assert refused(cleaned, {"a.csv": sales(ROWS[0], first, ROWS[1], total.replace("合计", "小计"))})["line"] == 5


def test_lines_set_aside_but_readable_count_for_the_total(cleaned, sales, reasons):
    clean = cleaned({"a.csv": sales(ROWS[0], ROWS[0], "合计,,,,,2,20.10,10")})
    assert reasons(clean) == [("a.csv", 3, "duplicate_of")]


def test_a_total_over_lines_that_cannot_be_read_decides_nothing(cleaned, sales, reasons):
    files = {
        "a.csv": sales(*ROWS, "D,1,2025-01-01,C,P,1,约3万,5", "合计,,,,,4,30030.05,15"),
        "b.csv": sales("E,1,2025-01-01", "F,1,2025-01-01,C,P,1,7,5", "合计,,,,,9,99,99"),
    }
    assert reasons(cleaned(files)) == [("a.csv", 4, "not_an_amount"), ("b.csv", 2, "width")]


def test_a_total_in_another_currency_is_read_too(cleaned, sales):
    refused(
        cleaned,
        {"a.csv": sales(*ROWS, "合计,,,,,,£31,").replace("(元)", "")},
        'currency = "GBP"\n[[source]]\ntax = "excluded"\n',
    )
