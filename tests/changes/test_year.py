"""The quarter against last year, worked by hand."""

import pandas as pd
import pytest

from custlib import changes

TOTALS = pd.DataFrame(
    {
        "quarter": ["2023Q3", "2023Q4", "2024Q3", "2024Q4", "2025Q3", "2025Q4"],
        "net_sales": [100.0, 120, 100, 130, 110, 143],
    }
)


def test_the_headline_without_the_season():
    # 143 ÷ 130 = +10 %; Q3 → Q4 usually × √(1.2 · 1.3) = 1.249, now × 1.3: +4.08 %
    facts = changes.headline(TOTALS, "2025Q4", "net_sales")
    assert facts["on_year"] == pytest.approx(0.1)
    assert facts["on_quarter"] == pytest.approx(1.3 / (1.2 * 1.3) ** 0.5 - 1)
    assert facts["with_season"] is None and facts["now"] == 143


def test_without_an_earlier_year_the_step_stands_as_it_is():
    facts = changes.headline(TOTALS.tail(2), "2025Q4", "net_sales")
    assert facts["on_year"] is None and facts["on_quarter"] is None
    assert facts["with_season"] == pytest.approx(0.3)


def test_the_first_quarter_has_nothing_to_compare_with():
    facts = changes.headline(TOTALS.tail(1), "2025Q4", "net_sales")
    assert facts == {"now": 143.0, "on_year": None, "on_quarter": None, "with_season": None}


def bridge(customers):
    rows = pd.DataFrame(customers, columns=["customer_id", "net_sales_before", "net_sales"]).set_index("customer_id")
    apart = pd.DataFrame({"net_sales_before": [10.0], "net_sales": [12.0]}, ["fees"])
    return changes.year_bridge(rows, apart, rows.sum() + apart.sum())


def test_the_bridge_names_who_made_the_change_and_adds_up():
    customers = [(f"k{number}", 100.0, 100.0 + number) for number in range(8)] + [
        ("gone", 50.0, 0.0),
        ("new", 0.0, 30.5),
    ]
    rows = bridge(customers)
    assert rows.loc[rows["part"] == "gained", "customer_id"].to_list() == ["new", "k7", "k6", "k5"]
    assert rows.loc[rows["part"] == "lost", "customer_id"].to_list() == ["gone"]
    # k0 to k4: 0 + 1 + 2 + 3 + 4
    assert rows.loc[rows["part"] == "others", ["customers", "change"]].to_numpy().tolist() == [[5, 10.0]]
    assert rows.set_index("part")["change"][["fees", "total", "unexplained"]].to_list() == [2.0, 10.5, 0.0]


def test_a_bridge_of_nobody_is_empty_but_for_its_ends():
    rows = bridge([])
    assert rows["part"].to_list() == ["others", "fees", "total", "unexplained"]
