import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.wording.forms import (
    count,
    first_customers,
    listed,
    money,
    number_and_unit,
    percent,
    plain,
    rounded,
    with_currency,
)

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "yuan, en, zh",
    [
        (12_345_678, "¥12.3 million", "1,235 万元"),
        (456_000, "¥456,000", "45.6 万元"),
        (100_500, "¥101,000", "10.1 万元"),
        (123_000_000, "¥123 million", "1.23 亿元"),
        (20_000_000_000, "¥20 billion", "200 亿元"),
        (999_999, "¥1 million", "100 万元"),
        (9_999.6, "¥10,000", "1 万元"),
        (999.5, "¥1,000", "1,000 元"),
        (2_300.01, "¥2,300", "2,300 元"),
        (12.5, "¥12.50", "12.50 元"),
        (7, "¥7", "7 元"),
        (0, "¥0", "0 元"),
        (-1_234_567, "−¥1.23 million", "−123 万元"),
        (-0.004, "¥0", "0 元"),
    ],
)
def test_money_takes_the_step_that_reads_best(yuan, en, zh):
    assert money(yuan, lang="en") == en and money(yuan, lang="zh") == zh


@pytest.mark.parametrize(
    "number, en, zh",
    [
        (1_306_422, "1.31 million", "131 万"),
        (87_717, "87,700", "8.77 万"),
        (1_234, "1,230", "1,230 "),
        (20, "20", "20 "),
        (-343_990, "−344,000", "−34.4 万"),
    ],
)
def test_a_large_number_is_said_to_three_figures(number, en, zh):
    assert rounded(number, lang="en") == en and rounded(number, lang="zh") == zh


@pytest.mark.parametrize(
    "amount, parts",
    [
        ("¥1.5 million", ("¥1.5", "million")),
        ("120 万 CHF", ("120 万", "CHF")),
        ("GBP 456", ("GBP 456", "")),
        ("¥7", ("¥7", "")),
    ],
)
def test_an_amount_is_taken_apart_into_number_and_unit(amount, parts):
    assert number_and_unit(amount) == parts


def test_other_currencies_go_by_their_code_and_in_chinese_by_their_name():
    assert money(1_200_000, "en", "GBP") == "GBP 1.2 million"
    assert money(1_200_000, "zh", "GBP") == "120 万英镑" and money(5, "zh", "GBP") == "5 英镑"
    assert money(1_200_000, "zh", "CHF") == "120 万 CHF" and money(5, "zh", "CHF") == "5 CHF"


@given(st.integers(-(10**12), 10**12))
@settings(deadline=None, derandomize=True)
def test_money_is_true_to_three_figures(yuan):
    number, _, step = money(yuan, "en").replace("−", "-").replace("¥", "").replace(",", "").partition(" ")
    scale = {"": 1, "thousand": 1e3, "million": 1e6, "billion": 1e9}[step]
    assert float(number) * scale == pytest.approx(yuan, rel=0.0051)


@pytest.mark.parametrize(
    "share, en",
    [
        (0.71, "71"),
        (0, "0"),
        (1, "100"),
        (0.125, "13"),
        (0.285, "29"),
        (0.005, "1"),
        (0.9949, "99"),
        (-0.05, "−5"),
        (1.2, "120"),
    ],
)
def test_percent_is_whole(share, en):
    assert percent(share, lang="en") == f"{en}{SPACE}%" and percent(share, lang="zh") == f"{en}%"


def test_nearly_nothing_is_not_0_percent_and_nearly_all_is_not_100():
    assert (percent(0.004, "en"), percent(0.999, "en")) == (f"less than 1{SPACE}%", f"more than 99{SPACE}%")
    assert (percent(0.004, "zh"), percent(0.999, "zh")) == ("<1%", ">99%")


def test_counts_are_singular_for_one_only():
    assert [count(number, "customer", "en") for number in (0, 1, 1204)] == [
        "0 customers",
        "1 customer",
        "1,204 customers",
    ]
    assert count(1204, "customer", "zh") == "1,204 家客户"


def test_lists_are_joined_as_each_language_does():
    assert [listed(list(names), "en") for names in ("a", "ab", "abc")] == ["a", "a and b", "a, b and c"]
    assert [listed(list(names), "zh") for names in ("甲", "甲乙", "甲乙丙")] == ["甲", "甲和乙", "甲、乙和丙"]
    assert [listed(parts, "zh") for parts in (["甲 5%", "B 类"], ["a（1）", "c"])] == ["甲 5% 和 B 类", "a（1）和 c"]


@pytest.mark.parametrize(
    "name, shown",
    [
        ("华金（上海）商贸", "华金（上海）商贸"),
        ("<script>x</script>", r"\<script\>x\<\/script\>"),
        ("A_b_ *c* [d](javascript:e)", r"A\_b\_ \*c\* \[d\]\(javascript\:e\)"),
        (r"A$\frac$B", r"A\$\\frac\$B"),
        ("# one\n\n- two", r"\# one \- two"),
        ("&lt; `q` |", r"\&lt\; \`q\` \|"),
    ],
)
def test_a_name_is_never_markdown_html_or_a_formula(name, shown):
    assert plain(name) == shown


def test_a_name_that_turns_the_line_around_shows_that_it_does():
    assert "\u202e" not in plain("abc\u202etxt") and "U\\+202E" in plain("abc\u202etxt")


@pytest.mark.parametrize(
    "call", [lambda lang: money(1, lang), lambda lang: percent(0.5, lang), lambda lang: count(1, "line", lang)]
)
def test_another_language_is_refused(call):
    with pytest.raises(ValueError, match="fr"):
        call("fr")


def test_a_table_says_in_which_unit_its_amounts_are():
    assert with_currency("Totals", lang="en") == "Totals (amounts in yuan)"
    assert with_currency("合计", lang="zh") == "合计（金额单位：元）"
    assert with_currency("Totals", lang="en", currency="GBP") == "Totals (amounts in GBP)"
    assert with_currency("合计", lang="zh", currency="GBP") == "合计（金额单位：英镑）"


def test_customers_go_by_name_or_else_by_id():
    rows = pd.DataFrame({"customer_id": ["K1", "K2", "K3"], "name": ["A*B", None, ""]})
    assert first_customers(rows)["names"] == ["A*B", "K2", "K3"]
