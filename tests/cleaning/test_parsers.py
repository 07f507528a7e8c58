from datetime import date
from decimal import Decimal

import ibis
import pytest

from custlib import warehouse
from custlib.cleaning import parsers
from custlib.cleaning.parsers import Form

# Each line: kind or Form, raw text, what it becomes (a reason if it is a text in brackets), the rule of the change.
WAN = Form("amount", 10_000)
CASES = [
    ("amount", "1234.5", Decimal("1234.50"), "number_form"),
    ("amount", "1,234.50", Decimal("1234.50"), "thousands"),
    ("amount", "１，２３４．５０", Decimal("1234.50"), "full_width"),
    ("amount", "￥1,234.50", Decimal("1234.50"), "currency_sign"),
    ("amount", "¥1234.50元", Decimal("1234.50"), "currency_sign"),
    ("amount", "(1,234.00)", Decimal(-1234), "sign_form"),
    ("amount", "（1,234.00）", Decimal(-1234), "sign_form"),
    ("amount", "-1,234", Decimal(-1234), "thousands"),
    ("amount", "1,234-", Decimal(-1234), "sign_form"),
    ("amount", "−1", Decimal(-1), "number_form"),
    ("amount", "¥-5", Decimal(-5), "sign_form"),
    ("amount", "3.5万", Decimal(35000), "wan"),
    ("amount", "3.5万元", Decimal(35000), "wan"),
    ("amount", "0.005", Decimal("0.01"), "rounded"),
    ("amount", " 7 ", Decimal(7), "number_form"),
    (WAN, "1.23456789", Decimal("12345.68"), "rounded"),
    (WAN, "3.5万", Decimal(35000), "wan"),
    (WAN, "35000元", Decimal(35000), "currency_sign"),
    (Form("amount", currency="GBP"), "£1,234.50", Decimal("1234.50"), "currency_sign"),
    ("amount", "999999999999.99", Decimal("999999999999.99"), "number_form"),
    ("amount", "1000000000000", "[not_an_amount]", None),
    ("amount", "约3万", "[not_an_amount]", None),
    ("amount", "红字", "[not_an_amount]", None),
    ("amount", "12,34", "[decimal_comma]", None),
    ("amount", "1 234,50", "[decimal_comma]", None),
    ("amount", "1.234,50", "[decimal_comma]", None),
    ("amount", "1,23,456", "[not_an_amount]", None),
    ("amount", "1E5", "[not_an_amount]", None),
    ("amount", "£5", "[not_an_amount]", None),
    ("amount", "(-5)", "[not_an_amount]", None),
    ("amount", "#DIV/0!", "[excel_error]", None),
    ("amount", "#REF!", "[excel_error]", None),
    ("amount", "", None, None),
    (Form("amount", missing=("-", "N/A")), "-", None, "missing_token"),
    (Form("amount", missing=("－",)), "－", None, "missing_token"),
    ("amount", "-", "[not_an_amount]", None),
    ("price", "￥12.3456", Decimal("12.3456"), "currency_sign"),
    (Form("price", 10_000), "1.25", Decimal(12500), "wan"),
    ("number", "1,234.5", Decimal("1234.5"), "thousands"),
    ("number", "3台", "[not_a_number]", None),
    ("whole", "3.0", 3, "number_form"),
    ("whole", "3.5", "[not_a_number]", None),
    ("date", "2025年3月1日", date(2025, 3, 1), "date_form"),
    ("date", "2025.3.1", date(2025, 3, 1), "date_form"),
    ("date", "20250301", date(2025, 3, 1), "date_form"),
    ("date", "２０２５年３月１日", date(2025, 3, 1), "date_form"),
    ("date", "2025/3/1 0:00", date(2025, 3, 1), "time_dropped"),
    ("date", "2025-03-01T23:59:59", date(2025, 3, 1), "time_dropped"),
    ("date", "2024-02-29", date(2024, 2, 29), "date_form"),
    ("date", "03/04/2025", "[ambiguous_date]", None),
    (Form("date", date_order="dmy"), "03/04/2025", date(2025, 4, 3), "date_form"),
    (Form("date", date_order="mdy"), "03/04/2025", date(2025, 3, 4), "date_form"),
    ("date", "2025-02-29", "[impossible_date]", None),
    ("date", "2025-02-30", "[impossible_date]", None),
    ("date", "1900/1/0", "[impossible_date]", None),
    ("date", "0000-00-00", "[impossible_date]", None),
    ("date", "20251301", "[impossible_date]", None),
    ("date", "9999-12-31", "[impossible_date]", None),
    ("date", "3.1", "[partial_date]", None),
    ("date", "11月08日", "[partial_date]", None),
    ("date", "2025-03", "[partial_date]", None),
    ("date", "2025Q1", "[partial_date]", None),
    ("date", "去年", "[not_a_date]", None),
    ("date", "2025-03-01T00:00:00Z", "[not_a_date]", None),
    ("date", "25-3-1", "[two_digit_year]", None),
    ("quarter", "2025年第四季度", "2025Q4", "quarter_form"),
    ("quarter", "2025-q4", "2025Q4", "quarter_form"),
    ("quarter", "2025Q4", "2025Q4", "quarter_form"),
    ("quarter", "20254", "[not_a_quarter]", None),
    ("quarter", "2025年4", "[not_a_quarter]", None),
    ("quarter", "2025Q5", "[not_a_quarter]", None),
    ("id", "00123", "00123", "trimmed"),
    ("id", " ＡＢＣ１　", "ABC1", "full_width"),
    ("id", "C\u200b1\u202e", "C1", "invisible_character"),
    ("id", "C\x001\x1a", "C1", "invisible_character"),
    ("id", "1E5", "[excel_damage]", None),
    ("id", "2.77414E+11", "[excel_damage]", None),
    ("id", "1.23E+19", "[excel_damage]", None),
    ("id", "1.234567890123457e+19", "[over_15_digits]", None),
    ("id", "#N/A", "[excel_error]", None),
    (Form("id", missing=("#N/A",)), "#N/A", None, "missing_token"),
    *[
        ("name", name, name, "trimmed")
        for name in ("NA", "NULL", "None", "TRUE", "1月", "MARCH1", "𠮷", "䶮", "㛃", "=HYPERLINK(1)")
    ],
    ("name", "（上海）华盛", "(上海)华盛", "full_width"),
    ("name", "(上海)华盛 ", "(上海)华盛", "trimmed"),
    ("name", "锟斤拷锟斤拷", "[mojibake]", None),
    ("name", "CafÃ©", "[mojibake]", None),
    ("name", "??公司", "[mojibake]", None),
    ("name", "谁?", "谁?", "trimmed"),
    ("text", "（上海）", "（上海）", "trimmed"),
]


@pytest.fixture(scope="module")
def answers():
    """Every case parsed at once: index → (value or [reason], rule)."""
    forms = [kind if isinstance(kind, Form) else Form(kind) for kind, *_ in CASES]
    connection, found = warehouse.connect(), {}
    for form in dict.fromkeys(forms):
        cases = [(n, CASES[n][1]) for n, own in enumerate(forms) if own == form]
        table = ibis.memtable([{"n": n, "x__raw": raw} for n, raw in cases])
        for row in connection.to_pyarrow(parsers.parse(table, {"x": form})).to_pylist():
            value = f"[{row['x__reason']}]" if row["x__reason"] else row["x"]
            assert not (row["x__reason"] and row["x"] is not None)
            found[row["n"]] = (value, row["x__rule"])
    return found


@pytest.mark.parametrize("n", range(len(CASES)), ids=lambda n: f"{CASES[n][0]}-{CASES[n][1]!r}")
def test_a_text_becomes_its_value_or_is_refused_with_its_reason(answers, n):
    _, _, expected, rule = CASES[n]
    assert answers[n][0] == expected
    assert rule in (None, answers[n][1])


def test_amounts_are_exact_before_they_are_rounded():
    table = ibis.memtable([{"x__raw": "1.23456789"}])
    row = warehouse.connect().to_pyarrow(parsers.parse(table, {"x": WAN})).to_pylist()[0]
    assert row["x__exact"] == Decimal("12345.6789")


@pytest.mark.parametrize(("value", "text"), [("1.500000", "1.5"), ("100.000000", "100"), ("0.000000", "0")])
def test_a_number_s_own_form_has_no_zeros_to_spare(value, text):
    literal = ibis.literal(Decimal(value), "decimal(18,6)")
    assert warehouse.connect().to_pyarrow(parsers.text("number", literal)).as_py() == text
