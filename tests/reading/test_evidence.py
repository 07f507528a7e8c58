from datetime import date, timedelta

import pytest

from custlib.reading import evidence, fits
from custlib.reading.looks import Look

SALES = "单据编号,单据日期,客户编码,存货编码,数量,金额"


def look(header, *rows, above=(), days=None, lists=None):
    cells = tuple(tuple(row.split("|")) for row in rows)
    return Look(
        "a.csv", line=1, texts=tuple(header.split(",")), rows=cells, above=above, days=days or {}, lists=lists or {}
    )


def said(seen, table="sales", currency="CNY"):
    return {one.key: (one.value, one.asked) for one in evidence.of_entry([seen], fits.of(seen, table), currency)}


@pytest.mark.parametrize(
    "days, order",
    [
        ({"2025-01-02"}, "ymd"),
        ({"03/04/2025", "13/04/2025"}, "dmy"),
        ({"03/04/2025", "3/14/2025"}, "mdy"),
        ({"03/04/2025"}, None),
        ({"13/04/2025", "04/13/2025"}, None),
    ],
)
def test_the_order_of_a_date_is_taken_from_days_above_twelve(days, order):
    assert evidence.date_order(days)[0] == order


def test_unit_and_period_are_read_above_the_header():
    seen = look(SALES, "A|2025-01-02|K|P|1|3", above=("单位：万元", "期间：2025年1月 至 2025年12月"))
    assert said(seen)["units.net_amount"] == ("万元", False)
    assert [one.value for one in evidence.period([seen], [])] == [date(2025, 1, 1), date(2025, 12, 31)]


def test_unit_and_tax_are_asked_where_nothing_says_them():
    assert said(look(SALES, "A|2025-01-02|K|P|1|3")) == {"units.net_amount": ("元", True), "tax": ("excluded", True)}


def test_an_amount_that_with_its_tax_adds_up_to_the_total_is_without_tax():
    seen = look(
        SALES + ",税额,价税合计", "A|2025-01-02|K|P|1|100.00|13.00|113.00", "B|2025-01-02|K|P|1|50.00|6.50|56.50"
    )
    assert said(seen)["tax"] == ("excluded", False)
    wrong = look(SALES + ",税额,价税合计", "A|2025-01-02|K|P|1|113.00|13.00|113.00")
    assert said(wrong)["tax"] == ("excluded", True)


def test_amount_and_cost_are_computed_of_what_is_there():
    discounted = "订单号,日期,客户ID,产品ID,数量,单价,折扣,利润"
    found = said(look(discounted, "A|2025-01-02|K|P|1|3.50|0.2|1.1", "B|2025-01-02|K|P|1|3.50|0|1.1"))
    assert found["computed.net_amount"] == ("quantity * unit_price * (1 - discount)", False)
    assert found["computed.cost"] == ("net_amount - profit", False)
    amounts = look("订单号,日期,客户ID,产品ID,数量,单价,折扣", "A|2025-01-02|K|P|1|3.50|2.00")
    assert said(amounts)["computed.net_amount"] == ("quantity * unit_price", False)


def test_a_discount_that_is_never_nothing_may_be_what_is_paid_and_is_asked_about():
    header = "订单号,日期,客户ID,产品ID,数量,单价,折扣"
    assert said(look(header, "A|2025-01-02|K|P|1|3.50|0.9"))["computed.net_amount"][1]
    assert not said(look(header, "A|2025-01-02|K|P|1|3.50|0.1", "A|2025-01-02|K|P|1|3.50|0"))["computed.net_amount"][1]


def test_prices_that_multiply_to_the_amount_tell_its_unit():
    header = "订单号,日期,客户ID,产品ID,数量,单价,金额"
    assert said(look(header, "A|2025-01-02|K|P|3|2.333|7.00"))["units.net_amount"] == ("元", False)
    assert said(look(header, "A|2025-01-02|K|P|3|2.333|0.0007"))["units.net_amount"] == ("元", True)
    assert "units.net_amount" not in said(look("订单号,日期,客户ID,产品ID,数量,单价", "A|2025-01-02|K|P|3|2.333"))


@pytest.mark.parametrize(
    "first, last, step, asked",
    [
        (date(2025, 1, 1), date(2025, 6, 30), 1, False),
        (date(2025, 1, 2), date(2025, 6, 30), 1, True),  # a day without sales where no other is
        (date(2025, 1, 3), date(2025, 6, 28), 2, True),  # two days at the end, one between sales
        (date(2025, 1, 2), date(2025, 6, 29), 2, False),
        (date(2025, 6, 1), date(2025, 6, 30), 1, True),  # too few to know what is usual
    ],
)
def test_the_period_is_seen_where_its_ends_are_like_what_is_between(first, last, step, asked):
    days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    found = evidence.period([look(SALES)], days)
    assert [(one.value.day, one.asked) for one in found] == [(1, asked), (30, asked)]


def test_only_an_amount_with_tax_is_divided_and_the_rate_asked():
    found = said(look("订单号,日期,客户ID,产品ID,数量,价税合计", "A|2025-01-02|K|P|1|113.00"))
    assert found['columns."价税合计"'] == ("gross", False) and found["computed.net_amount"] == ("gross / 1.13", True)


@pytest.mark.parametrize(
    "seen, value, asked",
    [
        (look(SALES + ",币种", lists={6: {"USD"}}), "USD", False),
        (look(SALES + ",币种", lists={6: {"USD", "人民币"}}), "…", True),
        (look("Order,Amount (EUR)"), "EUR", False),
        (look("Order,Amount (EUR),Currency", lists={2: {"USD", "GBP"}}), "EUR", False),
        (look("Order,Amount (EUR),Amount (USD)"), "…", True),
        (look("Order,Amount", "A|$1.00"), "USD", False),
        (look(SALES, above=("币种：美元",)), "USD", False),
        (look(SALES), "CNY", False),
        (look("Order,Amount", "A|1.00"), "…", True),
    ],
)
def test_the_currency_is_seen_or_asked(seen, value, asked):
    found = evidence.currency([seen])
    assert (found.value, found.asked) == (value, asked)


def test_a_decimal_comma_is_seen_in_the_numbers():
    assert said(look(SALES, "A|2025-01-02|K|P|1|1.234,50"))["decimal"] == (",", False)
    assert "decimal" not in said(look(SALES, "A|2025-01-02|K|P|1|1,234.50"))
