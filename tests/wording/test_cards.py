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


def figures(lang="en", **options):
    return wording.key_figures(TOTALS, SUMMARY, "2025Q4", lang=lang, size_is="net_sales", **options)


def test_a_figure_that_the_data_do_not_hold_has_no_card():
    assert [card["label"] for card in figures()] == ["Net sales", "Gross profit", "Customers", "Brought by class A"]


def test_a_card_compares_with_the_last_quarter_and_the_last_year():
    sales = figures()[0]
    assert (sales["value"], sales["unit"], sales["direction"]) == ("¥1.5", "million", "up")
    assert sales["change"].replace("\N{NO-BREAK SPACE}", " ") == "+50 % on last quarter, −25 % on last year"
    assert sales["trend"] == (2_000_000.0, 1_000_000.0, 1_500_000.0)


def test_the_same_in_chinese():
    sales, *_, customers, _ = figures("zh")
    assert (sales["value"], sales["unit"], sales["change"]) == ("150", "万元", "环比 +50%，同比 −25%")
    assert (customers["value"], customers["unit"], customers["direction"]) == ("9", "家", "down")


def test_the_number_of_another_currency_keeps_its_code():
    sales = figures(currency="GBP")[0]
    assert (sales["value"], sales["unit"]) == ("GBP 1.5", "million")


def test_a_figure_that_only_other_quarters_have_shows_no_card_and_no_arrow():
    gone = TOTALS.assign(gross_profit=[1.0, 2.0, float("nan")])
    cards = wording.key_figures(gone, SUMMARY, "2025Q4", lang="en", size_is="net_sales")
    assert "Gross profit" not in [card["label"] for card in cards]
    new = TOTALS.assign(gross_profit=[float("nan"), float("nan"), 400_000.0])
    cards = wording.key_figures(new, SUMMARY, "2025Q4", lang="en", size_is="net_sales")
    assert [card["direction"] for card in cards if card["label"] == "Gross profit"] == [""]


def test_an_unchanged_figure_says_so():
    profit = figures()[1]
    assert profit["direction"] == "same" and profit["change"].startswith("+0")


def test_class_a_says_what_it_brings():
    assert figures()[3]["value"].replace("\N{NO-BREAK SPACE}", " ") == "60 %"
    assert figures()[3]["change"] == "2 customers"


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        figures("fr")
