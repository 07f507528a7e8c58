from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import expressions

VALUES = {"quantity": (6, 2), "unit_price": (1999, 100), "discount": (3, 20), "products.list_price": (7, 1)}


def value(text):
    return Fraction(*expressions.value(expressions.parse(text), VALUES))


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("quantity * unit_price * (1 - discount)", "50.9745"),
        ("quantity*products.list_price", "21"),
        ("113 / 1.13", "100"),
        ("10 - 4 - 3", "3"),
        ("100 / 10 / 2 * 3", "15"),
        ("1 + 2 * 3", "7"),
        ("-quantity + 1", "-2"),
        ("-(quantity)", "-3"),
        ("（quantity ＋ 1） × 2 ÷ 4", "2"),
        ("((((2))))", "2"),
    ],
)
def test_an_expression_by_hand(text, worth):
    assert value(text) == Fraction(worth)


WRONG = ["", " ", "1 +", "* 2", "quantity unit_price", "(1", "1)", "()", "a.b.c", "quantity ** 2", "f(x)", "1e5", "a %"]
WRONG += ["__import__('os')", "a if b else c", "1; 2", "(" * 150, "1 +" * 100 + "1", "2 * -quantity"]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_expression_is_refused(text):
    with pytest.raises(ValueError):
        expressions.parse(text)


def test_names_are_told_once_in_their_order():
    assert expressions.names(expressions.parse("单价 * b + 单价 * products.list_price - 1")) == [
        "单价",
        "b",
        "products.list_price",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("net_amount - profit", "profit"),
        ("profit + net_amount", "profit"),
        ("quantity * net_amount * (1 - discount)", None),
        ("net_amount - net_amount * discount", None),
        ("net_amount - 5", None),
        ("quantity - returned", None),
        ("2 * (net_amount - fee * quantity)", "fee"),
    ],
)
def test_what_has_no_unit_is_not_added_to_money(text, name):
    assert expressions.unlike(expressions.parse(text), {"net_amount"}) == name


NUMBERS = st.decimals(-999, 999, places=3).map(lambda number: (f"({number:f})", Fraction(number)))
SUMS = st.recursive(
    NUMBERS,
    lambda part: st.tuples(part, st.sampled_from("+-*"), part).map(
        lambda tree: (
            f"({tree[0][0]} {tree[1]} {tree[2][0]})",
            {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__}[tree[1]](tree[0][1], tree[2][1]),
        )
    ),
    max_leaves=6,
)


@given(SUMS)
def test_what_is_written_out_with_brackets_is_read_back_exactly(written):
    assert value(written[0]) == written[1]


def test_a_division_by_zero_has_no_value():
    with pytest.raises(ZeroDivisionError):
        value("quantity / (discount - 0.15)")
