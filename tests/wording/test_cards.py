import pandas as pd
import pytest

from custlib import wording

TOTALS = pd.DataFrame(
    {
        "quarter": ["2024Q4", "2025Q3", "2025Q4"],
        "net_sales": [2_000_000.0, 1_000_000.0, 1_500_000.0],
        "payments": [float("nan")] * 3,
        "gross_profit": [500_000.0, 400_000.0, 400_000.0],
        "customers": [10, 12, 9],
        "without_customer_share": [0.0] * 3,
    }
)
SUMMARY = pd.DataFrame(
    {"indicator": ["joint", "joint"], "class": ["A", "B"], "customers": [2, 7], "value": [900_000.0, 500_000.0]}
)


def figures(totals=TOTALS):
    return wording.key_figures(totals, SUMMARY, "2025Q4", size_is="net_sales")


@pytest.fixture
def card(said):
    """The label, value, unit and change of a card."""

    def shown(facts, lang="en", **context):
        parts = [said(f"cards.key_figures_{part}", facts, lang, **context) for part in ("label", "value", "unit")]
        return (*parts, said("cards.key_figures_change", facts, lang).replace("\N{NO-BREAK SPACE}", " "))

    return shown


def test_a_figure_that_the_data_do_not_hold_has_no_card():
    assert [facts["name"] for facts in figures()] == ["net_sales", "gross_profit", "customers", "share_of_a"]


def test_a_card_compares_with_the_last_year_or_else_with_the_quarter_before(card):
    sales = figures()[0]
    assert sales["change"] == {"since": "last_year", "grew": False, "by": 0.25}
    assert (sales["direction"], sales["trend"]) == ("down", [2_000_000.0, 1_000_000.0, 1_500_000.0])
    assert card(sales) == ("Net sales", "¥1.5", "million", "−25 % on last year")
    assert card(sales, "zh") == ("销售净额", "150", "万元", "同比 −25%")
    young = figures(TOTALS[1:])[0]
    assert young["direction"] == "up" and card(young)[3] == "+50 % on last quarter"
    first = figures(TOTALS[2:])[0]
    assert first["direction"] == "" and card(first)[3] == ""


def test_customers_are_counted(card):
    customers = figures()[2]
    assert customers["direction"] == "down"
    assert card(customers)[:3] == ("Customers", "9", "") and card(customers, "zh")[:3] == ("客户", "9", "家")


@pytest.mark.parametrize(
    "currency, lang, value, unit",
    [("GBP", "en", "GBP 1.5", "million"), ("CHF", "zh", "150 万", "CHF")],
)
def test_the_number_of_another_currency_keeps_its_code(card, currency, lang, value, unit):
    assert card(figures()[0], lang, currency=currency)[1:3] == (value, unit)


def test_a_figure_that_only_other_quarters_have_shows_no_card_and_no_arrow():
    gone = figures(TOTALS.assign(gross_profit=[1.0, 2.0, float("nan")]))
    assert "gross_profit" not in [facts["name"] for facts in gone]
    new = figures(TOTALS.assign(gross_profit=[float("nan"), float("nan"), 400_000.0]))
    assert [facts["direction"] for facts in new if facts["name"] == "gross_profit"] == [""]


def test_an_unchanged_figure_says_so(card):
    profit = figures(TOTALS.assign(gross_profit=[401_000.0, 1.0, 400_000.0]))[1]
    assert profit["direction"] == "same" and card(profit)[3] == "level with last year"
    assert card(profit, "zh")[3] == "同比持平"


def test_class_a_says_what_it_brings(card):
    assert figures()[3]["value"] == 0.6
    assert card(figures()[3]) == ("Brought by class A", "60\N{NO-BREAK SPACE}%", "", "2 customers")
    assert card(figures(TOTALS.assign(net_sales=0.0))[3], "zh")[1:] == ("–", "", "2 家客户")
