"""Amounts are shown in a unit that is easy to read."""

import pytest

from custlib.figures.money import MoneyUnit, money_unit


@pytest.mark.parametrize(
    "greatest, lang, currency, scale, label",
    [
        (36_000_000, "zh", "CNY", 1e4, "万元"),
        (900_000_000, "zh", "CNY", 1e8, "亿元"),
        (9_000, "zh", "CNY", 1, "元"),
        (36_000_000, "en", "CNY", 1e6, "¥ million"),
        (36_000, "en", "GBP", 1e3, "£ thousand"),
        (36_000, "zh", "GBP", 1e4, "万英镑"),
        (36_000, "zh", "CHF", 1e4, "万 CHF"),
        (36_000, "en", "CHF", 1e3, "CHF thousand"),
        (900, "zh", "CHF", 1, "CHF"),
    ],
)
def test_unit_follows_the_greatest_amount(greatest, lang, currency, scale, label):
    unit = money_unit([12.5, greatest], lang, currency)
    assert (unit.scale, unit.label) == (scale, label)


def test_a_loss_counts_by_its_size():
    assert money_unit([-5_000_000, 10], "en").label == "¥ million"


def test_missing_amounts_do_not_matter():
    assert money_unit([float("nan"), 3_000], "en").label == "¥ thousand"


def test_no_amounts_at_all():
    assert money_unit([], "zh").label == "元"


@pytest.mark.parametrize(
    "value, step, lang, currency, words",
    [
        (1.254, " million", "en", "CNY", "¥1.25 million"),
        (-12.34, " thousand", "en", "CNY", "−¥12.3 thousand"),
        (123.4, "", "en", "CNY", "¥123"),
        (-2, " million", "en", "CHF", "−CHF 2.00 million"),
        (-234.4, "万", "zh", "CNY", "−234 万元"),
        (0, "万", "zh", "CNY", "0 万元"),
        (-0.001, "亿", "zh", "CNY", "0.00 亿元"),
    ],
)
def test_an_amount_is_told_with_its_unit(value, step, lang, currency, words):
    assert MoneyUnit(1, step, lang, currency).amount(value) == words


def test_a_small_amount_beside_large_ones_is_told_in_a_unit_of_its_own():
    unit = money_unit([8e6, 12_345], "en")
    assert unit.amount(0.012345) == "¥0.01 million" and unit.alone(0.012345) == "¥12.3 thousand"
    assert unit.alone(-8) == "−¥8.00 million" and unit.alone(0) == "¥0"
