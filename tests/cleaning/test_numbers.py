from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.cleaning.parsers import Form

# Form or kind, text, what it becomes (a reason if it is a text in brackets), the rule of the change.
WAN = Form("amount", 10_000)
COMMA = Form("amount", decimal=",")
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
    ("amount", "−1", Decimal(-1), "sign_form"),
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
    ("amount", "¥ 1,234.50", Decimal("1234.50"), "currency_sign"),
    ("amount", "1,234.50 元", Decimal("1234.50"), "currency_sign"),
    ("amount", "RMB 5", Decimal(5), "currency_sign"),
    ("amount", "¥(1,234.00)", Decimal(-1234), "sign_form"),
    ("amount", "-¥5", Decimal(-5), "currency_sign"),
    ("amount", "－５", Decimal(-5), "sign_form"),
    ("amount", "红字1,234.00", Decimal(-1234), "sign_form"),
    ("amount", "1234(红字)", Decimal(-1234), "sign_form"),
    ("amount", "1234（红字）", Decimal(-1234), "sign_form"),
    ("amount", "红字¥3.5万", Decimal(-35000), "sign_form"),
    ("amount", "红字-1234", "[not_an_amount]", None),
    ("amount", "红字红字1234", "[not_an_amount]", None),
    ("amount", "(1234)红字", "[not_an_amount]", None),
    ("number", "红字3", Decimal(-3), "sign_form"),
    ("amount", "-0", Decimal(0), "number_form"),
    ("amount", ".5", Decimal("0.50"), "number_form"),
    ("amount", "１２．５万", Decimal(125000), "wan"),
    ("amount", "1.234567万", Decimal("12345.67"), "wan"),
    ("amount", "1.2345678万", Decimal("12345.68"), "rounded"),
    ("amount", "0.30000000000000004", Decimal("0.30"), "rounded"),
    ("amount", "0.004999999999999999999999", Decimal("0.00"), "rounded"),
    ("amount", "99999999.99万", Decimal("999999999900"), "wan"),
    ("amount", "100000000万", "[not_an_amount]", None),
    (Form("price", 10_000), "1.2345678", Decimal("12345.678"), "wan"),
    ("number", "0.1234567", Decimal("0.123457"), "rounded"),
    (COMMA, "1.234,50", Decimal("1234.50"), "thousands"),
    (COMMA, "1 234,50", Decimal("1234.50"), "thousands"),
    (COMMA, "1\u202f234,50", Decimal("1234.50"), "thousands"),
    (COMMA, "1,234", Decimal("1.23"), "rounded"),
    (COMMA, "1.234", Decimal(1234), "thousands"),
    (COMMA, "-0,5", Decimal("-0.50"), "number_form"),
    (COMMA, "1,234.50", "[not_an_amount]", None),
    (COMMA, "12.5", "[not_an_amount]", None),
    (COMMA, "1.234 567,50", "[not_an_amount]", None),
    (Form("whole", decimal=","), "3,0", 3, "number_form"),
    (Form("amount", currency="CHF"), "CHF 5", Decimal(5), "currency_sign"),
    (Form("amount", currency="A("), "5", Decimal(5), "number_form"),
    *[
        ("amount", text, "[not_an_amount]", None)
        for text in (
            *(
                "12,34,567",
                "1e3",
                "0x10",
                "--5",
                "+-5",
                "-(5)",
                "(−5)",
                "¥-¥5",
                "3.5万万",
                "3.5千",
                "5.",
                "1,234,5",
                "1 234",
            ),
            *(
                "٣",
                "1\u200b2",
                "\u202e12",
                "1\x002",
                "1\n2",
                "5%",
                "3.5万-4万",
                "1.2.3",
                "一百",
                "¥",
                "万",
                "-",
                ".",
                "()",
                "5台",
            ),
        )
    ],
    ("amount", "1,23", "[decimal_comma]", None),
    ("amount", "\u200e12\u200b", Decimal(12), "number_form"),
    ("amount", "12\n", Decimal(12), "number_form"),
    *[("whole", text, "[not_a_number]", None) for text in ("1e3", "1,234", "3.", "٣")],
]


@pytest.mark.parametrize("n", range(len(CASES)), ids=lambda n: repr(CASES[n][1]))
def test_a_text_becomes_its_value_or_is_refused_with_its_reason(answers, n):
    *_, value, rule = CASES[n]
    assert answers[n][0] == value
    assert rule in (None, answers[n][1])


def test_amounts_are_exact_before_they_are_rounded(parsed):
    assert parsed(WAN, ["1.23456789"])[0][2] == Decimal("12345.6789")
    assert parsed("amount", ["0.30000000000000004"])[0][2] == Decimal("0.30000000000000004")


SIZES = st.decimals(0, 99_999_999, allow_nan=False, allow_infinity=False, places=6)
NEGATIVE = ("-{}", "({})", "{}-", "（{}）", "−{}", "¥-{}", "-¥{}", "红字{}", "(红字){}", "{}(红字)", "{}红字")
POSITIVE = ("{}", "+{}", "￥{}", "¥ {}", "RMB{}", "{}元", " {} ", "\u3000{}")
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
properties = settings(derandomize=True, deadline=None, max_examples=4)


@properties
@given(
    st.lists(
        st.tuples(SIZES, st.sampled_from(NEGATIVE + POSITIVE), st.sampled_from("{:f} {:,f} wide".split())), min_size=20
    )
)
def test_an_amount_written_in_any_form_comes_back_exactly(parsed, written):
    texts = [
        form.format(f"{size:,f}".translate(WIDE) if how == "wide" else how.format(size)) for size, form, how in written
    ]
    exact = [-size if form in NEGATIVE else size for size, form, _ in written]
    for factor, form, suffix in ((1, Form("amount"), ""), (10_000, WAN, ""), (10_000, Form("amount"), "万")):
        known = [
            (text, value) for text, value in zip(texts, exact, strict=True) if not suffix or text[-1] in "0123456789"
        ]
        known = [(text + suffix, value * (1 if "元" in text else factor)) for text, value in known]
        found = parsed(form, [text for text, _ in known])
        assert [one[2] for one in found] == [value for _, value in known]
        assert [one[0] for one in found] == [v.quantize(Decimal("0.01"), ROUND_HALF_UP) for _, v in known]


@properties
@given(st.lists(SIZES, min_size=80), st.sampled_from([".", " ", "\u00a0", ""]))
def test_an_amount_with_a_declared_decimal_comma_comes_back_exactly(parsed, sizes, mark):
    texts = [f"{size:,f}".replace(",", "x").replace(".", ",").replace("x", mark) for size in sizes]
    assert [exact for *_, exact in parsed(COMMA, texts)] == sizes


@properties
@given(st.lists(st.decimals(-999_999, 999_999, allow_nan=False, places=6), min_size=80))
def test_numbers_and_prices_come_back_exactly(parsed, values):
    for kind in ("number", "price"):
        assert [value for value, *_ in parsed(kind, [f"{value:,f}" for value in values])] == values


@properties
@given(st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=80), st.sampled_from(["", ".0", ".000"]))
def test_whole_numbers_come_back(parsed, values, tail):
    assert [value for value, *_ in parsed("whole", [f"{value}{tail}" for value in values])] == values


def test_a_ratio_may_be_written_as_two_numbers(parsed):
    texts = ["1/3", "1：9", "3/1", "0.3333", "9", "1/0", "1/3/5", "-1/3"]
    found = [(value if isinstance(value, str) else float(value), rule) for value, rule, _ in parsed("ratio", texts)]
    assert found[:3] == [(0.333333, "ratio_form"), (0.111111, "ratio_form"), (3.0, "ratio_form")]
    assert [value for value, _ in found[3:]] == [0.3333, 9.0, *["[not_a_number]"] * 3]
    assert parsed("number", ["1/3"])[0][0] == "[not_a_number]"
