"""Bands are as wide as what moved, and say its direction without colour."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from custlib import figures

FLOW = pd.DataFrame(
    [
        ("A", "A", 6, 6e6, 7e6),
        ("A", "B", 2, 2e6, 1e6),
        ("B", "A", 1, 1e6, 3e6),
        ("B", "lost", 3, 2e6, 0),
        ("new", "B", 4, 0, 1e6),
        ("returned", "A", 0, 0, 0),
    ],
    columns=["from_class", "to_class", "customers", "size_before", "size"],
)


def drawn(table=FLOW, lang="en", phone=False, **options):
    ax = figures.migration_flow(table, Figure().subplots(), lang, phone, **options)
    return ax.figure.axes[1:]


def texts(panel):
    return [text.get_text() for text in panel.texts]


def ends(band):
    """The height of a band at its left and at its right end."""
    points = band.get_paths()[0].vertices
    return tuple(
        float(round(points[points[:, 0] == x, 1].max() - points[points[:, 0] == x, 1].min(), 6)) for x in (0, 1)
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
def test_it_returns_its_axes_and_leaves_the_table_alone(lang, phone):
    before, ax = FLOW.copy(deep=True), Figure().subplots()
    assert figures.migration_flow(FLOW, ax, lang, phone) is ax
    pd.testing.assert_frame_equal(FLOW, before)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_character_has_a_glyph(lang):
    figures.picture(figures.migration_flow, FLOW, lang=lang, alt="flow")


def test_a_band_is_as_wide_as_its_customers_are_many():
    heads, _ = drawn()
    assert [ends(band) for band in heads.collections] == [(6, 6), (2, 2), (1, 1), (3, 3), (4, 4)]


def test_a_band_of_payments_grows_or_shrinks_with_them():
    _, payments = drawn()
    assert [ends(band) for band in payments.collections] == [(6, 7), (2, 1), (1, 3), (2, 0), (0, 1)]


@pytest.mark.parametrize("table", [FLOW, FLOW[::-1]])
def test_bands_fill_their_node_in_the_order_of_classes_whatever_the_order_of_rows(table):
    heads, _ = drawn(table)
    to_a = {}
    for band in heads.collections:
        points = band.get_paths()[0].vertices
        low, high = points[points[:, 0] == 1, 1].min(), points[points[:, 0] == 1, 1].max()
        if high <= 7:  # the node of A, of seven customers, stands at the top
            to_a[float(high - low)] = (float(low), float(high))
    assert to_a == {6: (0, 6), 1: (6, 7)}  # those from A above the one from B


def test_falls_are_hatched_and_rises_are_not():
    heads, _ = drawn()
    assert [bool(band.get_hatch()) for band in heads.collections] == [False, True, False, True, False]


def test_nodes_say_how_many_and_how_much():
    heads, payments = drawn(lang="zh", quarters=("2025Q3", "2025Q4"))
    assert {"A  8", "B  4", "新增  4", "A  7", "B  6", "流失  3", "2025Q3：12", "2025Q4：13", "客户数（家）"} <= set(
        texts(heads)
    )
    # what the new bring, and what the lost had brought: not 0
    assert {"A  800", "新增  +100", "A  1,000", "B  200", "流失  −200", "2025Q3：1,100", "回款额（万元）"} <= set(
        texts(payments)
    )
    assert not any("回归" in text for text in texts(heads))  # nobody returned


def test_the_key_counts_who_stayed_rose_and_fell():
    figure = figures.migration_flow(FLOW, Figure().subplots(), "en").figure
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        "stayed: 6",
        "rose or came: 5",
        "fell or left: 5",
    ]


def test_money_is_in_the_currency_and_is_what_size_is():
    assert "Payments received, £ million" in texts(drawn(currency="GBP")[1])
    assert "销售净额（万元）" in texts(drawn(lang="zh", size_is="net_sales")[1])


def test_who_is_not_judged_has_no_band():
    more = pd.concat([FLOW, pd.DataFrame([("unjudged", "A", 5, 1e6, 1e6)], columns=FLOW.columns)], ignore_index=True)
    assert [len(panel.collections) for panel in drawn(more)] == [5, 5]
    look = figures.migration_flow.look
    assert look.is_something(more) and not look.is_something(more[more["from_class"].isin(["new", "unjudged"])])


def test_on_phones_money_stands_below_the_customers():
    heads, payments = drawn(phone=True)
    assert heads.get_position().y0 > payments.get_position().y1


def test_a_negative_balance_has_no_band_but_is_told():
    refunded = pd.DataFrame([("A", "C", 1, 3e6, -1e6)], columns=FLOW.columns)
    _, payments = drawn(refunded)
    assert ends(payments.collections[0]) == (3, 0) and "C  -1.0" in texts(payments)
