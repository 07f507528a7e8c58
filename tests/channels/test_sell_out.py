import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import abc_classes, channels, facts

NAN = float("nan")


def customers(**classes):
    return pd.DataFrame({"size_class": pd.Series(classes, dtype="str")}).rename_axis("customer_id")


def bought(**rows):
    """customer → (sell_out_at_list, sell_in_at_list, quarters)"""
    return pd.DataFrame.from_dict(
        rows, "index", columns=["sell_out_at_list", "sell_in_at_list", "quarters"], dtype="float64"
    )


def lying(**rows):
    """customer → (stock_at_list, age_days, old_share)"""
    return pd.DataFrame.from_dict(rows, "index", columns=["stock_at_list", "age_days", "old_share"], dtype="float64")


def judged(out, stock, classes=None):
    found = channels.stuffed(customers(**(classes or dict.fromkeys(out, "A"))), bought(**out), lying(**stock))
    return found["stuffed"].to_dict()


USUAL = {f"N{number}": (100, 1000, 4) for number in range(5)}
FRESH = {name: (100, 30, 0.0) for name in USUAL}


def test_cover_is_in_quarters_of_sell_in_and_sell_through_beside_the_median():
    out = USUAL | {"X": (30, 1200, 4), "NEW": (10, 50, 1)}
    found = channels.stuffed(
        customers(**dict.fromkeys(out, "B")), bought(**out), lying(X=(600, 200, 0.6), NEW=(50, 9, 0))
    )
    assert found.loc["X", ["cover", "sell_through", "age_days", "old_share", "stuffed"]].tolist() == [
        2,
        0.25,
        200,
        0.6,
        "stuffed",
    ]
    assert found.loc["NEW", ["cover", "sell_through"]].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("cover", "old_share", "sell_out", "expected"),
    [
        (1.0, 0.5, 100, "stuffed"),
        (1.0, 0.0, 49, "stuffed"),
        (0.3, 0.5, 49, "stuffed"),
        (1.0, 0.49, 50, "sold"),
        (0.99, 0.5, 50, "sold"),
        (0.99, 0.49, 0, "sold"),
        (1.0, 0.5, NAN, "stuffed"),
        (1.0, 0.0, NAN, "not_known"),
        (0.3, 0.0, NAN, "sold"),
        (NAN, NAN, 0, "not_known"),
        (NAN, NAN, 100, "not_known"),
    ],
)
def test_two_of_three_signs_make_the_question(cover, old_share, sell_out, expected):
    out, stock = USUAL | {"X": (sell_out, 1000, 4)}, FRESH | {"X": (cover * 250, 9, old_share)}
    assert judged(out, stock)["X"] == expected


def test_a_customer_is_held_against_those_of_its_own_class():
    small = {f"S{number}": (900, 1000, 4) for number in range(5)}
    out, classes = USUAL | small | {"X": (60, 1000, 4)}, dict.fromkeys(USUAL, "A") | dict.fromkeys(small, "C")
    stock = FRESH | {"X": (300, 9, 0)}
    assert judged(out, stock, classes | {"X": "A"})["X"] == "sold"
    assert judged(out, stock, dict.fromkeys(out, "B") | {"N1": "A"})["X"] == "stuffed"


def test_c_customers_are_not_asked_and_questions_stand_first():
    out, stock = USUAL | {"X": (0, 1000, 4)}, FRESH | {"X": (500, 300, 1.0)}
    assert list(judged(out, stock))[0] == "X"
    assert "X" not in judged(out, stock, dict.fromkeys(USUAL, "B") | {"X": "C"})


def test_without_any_trade_table_nothing_is_known():
    found = channels.stuffed(customers(K="A"), bought(), lying())
    assert found["stuffed"].tolist() == ["not_known"] and found["cover"].isna().all()


@given(st.floats(0.5, 100), st.permutations(range(6)))
def test_neither_currency_nor_order_makes_a_question(factor, order):
    out, stock = USUAL | {"X": (30, 1000, 4)}, FRESH | {"X": (400, 200, 0.6)}
    names = [list(out)[at] for at in order]
    scaled = {name: (out[name][0] * factor, out[name][1] * factor, 4) for name in names}
    scaled_stock = {name: (stock[name][0] * factor, *stock[name][1:]) for name in names}
    assert judged(scaled, scaled_stock) == judged(out, stock)


def test_the_planted_dealers_are_found_and_hardly_another(sample_clean, truth):
    found = facts.indicators(sample_clean, "2025Q4")
    classes = found.table.join(abc_classes.joint(found.table).add_suffix("_class"))
    rows = channels.stuffed(classes, facts.sell_out(sample_clean, "2025Q4"), facts.stock(sample_clean, "2025Q4"))
    stuffed = rows.index[rows["stuffed"] == "stuffed"]
    assert set(truth.stuffed) <= set(stuffed) and len(stuffed) <= 5
