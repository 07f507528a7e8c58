"""Amounts that are computed of other columns, worked by hand."""

from decimal import Decimal

import pytest

from custlib import expressions
from custlib.cleaning import computed
from custlib.reading import large
from custlib.refusals import Refused


def rows(clean, name, *columns):
    return [tuple(row[column] for column in columns) for row in clean.table(name).to_pyarrow().to_pylist()]


@pytest.mark.parametrize(
    ("text", "values", "exact"),
    [
        ("a / b", ["1", "3"], "0.333333333333333333"),
        ("a / b", ["-2", "3"], "-0.666666666666666666"),
        ("a / b", ["1", "0"], None),
        ("a * b", ["999999999999", "2"], None),
        ("a * b", ["0.000001", "0.000001"], "0.000000000001"),
        ("a * b / a", ["3", "0.1"], "0.1"),
    ],
)
def test_digits_beyond_eighteen_decimals_are_cut_off_and_nothing_else(text, values, exact):
    found = computed.worth(expressions.parse(text), [Decimal(value) for value in values])
    assert found == (exact and Decimal(exact))


SHOP = """日期,单据编号,客户编码,存货编码,数量,金额,利润
2025-01-05,D1,K1,P1,2,200,60.5
2025-03-09,D2,K1,P2,-1,-25,-8
2025-03-09,D3,K1,P2,1,25,
"""
ONE = """[[source]]
files = "*"
table = "sales"
tax = "excluded"
columns = {"利润" = "profit"}
units = {net_amount = "元", profit = "元"}
computed = {cost = "net_amount - profit"}
"""


@pytest.mark.parametrize("engine_from", [large.ENGINE_FROM, 1])
def test_a_profit_column_gives_the_cost_and_where_it_is_blank_none(cleaned, monkeypatch, engine_from):
    monkeypatch.setattr(large, "ENGINE_FROM", engine_from)
    clean = cleaned({"订单.csv": SHOP}, ONE)
    assert rows(clean, "sales", "cost") == [(Decimal("139.50"),), (Decimal(-17),), (None,)]


TAXED = "日期,单据编号,客户编码,存货编码,数量,金额\n2025-01-05,D1,K1,P1,1,113\n2025-01-05,D2,K1,P1,1,100\n2025-01-05,D3,K1,P1,0,5\n"


@pytest.mark.parametrize(
    ("formula", "unit", "amounts"),
    [
        ("金额 / 1.13", "元", ["100", "88.50", "4.42"]),
        ("金额 / 1.13", "万元", ["1000000", "884955.75", "44247.79"]),
        ("（金额 - 1） × quantity", "元", ["112", "99", "0"]),
    ],
)
def test_what_is_called_an_amount_may_be_computed_into_one(cleaned, formula, unit, amounts):
    said = f'[[source]]\nfiles = "*"\ntable = "sales"\ntax = "excluded"\ncomputed.net_amount = "{formula}"\nunits.net_amount = "{unit}"\n'
    clean = cleaned({"销售.csv": TAXED}, said)
    assert [amount for (amount,) in rows(clean, "sales", "net_amount")] == [Decimal(amount) for amount in amounts]


def test_a_division_by_zero_is_set_aside(cleaned, reasons):
    said = ONE.split("columns")[0] + 'computed.net_amount = "金额 / quantity"\nunits.net_amount = "元"\n'
    assert reasons(cleaned({"销售.csv": TAXED}, said)) == [("销售.csv", 4, "not_an_amount")]


def test_money_is_not_mixed_with_what_has_no_unit(cleaned):
    with pytest.raises(Refused) as refused:
        cleaned({"订单.csv": SHOP}, ONE.replace(', profit = "元"', ""))
    assert (refused.value.code, refused.value.facts["column"]) == ("unknown_unit", "profit")


def test_each_operand_counts_in_its_own_unit(cleaned):
    clean = cleaned(
        {"订单.csv": SHOP.replace("利润", "利润(万元)").replace("60.5\n", "0.006\n")},
        ONE.replace('"利润"', '"利润(万元)"').replace(', profit = "元"', ""),
    )
    assert rows(clean, "sales", "cost")[0] == (Decimal(140),)
