from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import profile, quarters

NAMES = ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
ENDS = {name: quarters.parse(name).last_day for name in NAMES}


def counts(**pieces):
    """customer → pieces at the end of each quarter; None: not counted"""
    rows = [
        (who, name, ENDS[name], float(count))
        for who, own in pieces.items()
        for name, count in zip(NAMES, own, strict=False)
        if count is not None
    ]
    return pd.DataFrame(rows, columns=["customer_id", "quarter", "counted_on", "pieces"])


def came(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "date", "pieces"])


IN = came(("K", date(2025, 3, 31), 999.0), ("K", date(2025, 4, 1), 250.0), ("K", date(2025, 6, 30), 50.0))


def test_what_was_sold_through_between_two_counts():
    row = profile.flow(counts(K=[120, 90]), IN, "2025Q2").iloc[0]
    assert row[["opening", "sold_in", "sold_through", "closing"]].tolist() == [120, 300, 330, 90]
    assert (row["from"], row["to"], row["doubt"]) == (date(2025, 3, 31), date(2025, 6, 30), False)
    assert row["cover_days"] == pytest.approx(90 / 330 * 91)


def test_less_than_nothing_sold_through_is_a_doubt():
    row = profile.flow(counts(K=[120, 450]), IN, "2025Q2").iloc[0]
    assert row["sold_through"] == -30 and row["doubt"] is True and pd.isna(row["cover_days"])


def test_a_missing_count_leaves_both_its_intervals_without_sold_through():
    rows = profile.flow(counts(K=[100, None, 80, 60]), IN, "2025Q4")
    assert rows["to"].tolist() == [ENDS[name] for name in NAMES[1:]]
    assert rows["sold_through"].isna().tolist() == [True, True, False] == rows["doubt"].isna().tolist()
    assert rows["sold_in"].tolist() == [300, 0, 0] and rows["sold_through"].iloc[2] == 20


def test_a_customer_begins_with_its_first_count_and_ends_with_the_quarter_asked_for():
    rows = profile.flow(counts(OLD=[10, 5], NEW=[None, 7, 3]), IN, "2025Q3")
    assert rows.groupby("customer_id")["to"].agg(list).to_dict() == {
        "NEW": [ENDS["2025Q3"]],
        "OLD": [ENDS["2025Q2"], ENDS["2025Q3"]],
    }
    assert profile.flow(counts(), came(), "2025Q3").empty


@settings(max_examples=30)
@given(
    st.lists(st.integers(0, 500), min_size=2, max_size=4),
    st.lists(st.tuples(st.integers(1, 365), st.integers(-50, 300)), max_size=8),
)
def test_pieces_add_up_over_all_intervals(stock, lines):
    rows = came(*(("K", date.fromordinal(date(2024, 12, 31).toordinal() + day), float(n)) for day, n in lines))
    found = profile.flow(counts(K=stock), rows, NAMES[len(stock) - 1])
    assert (found["opening"] + found["sold_in"] - found["sold_through"] - found["closing"] == 0).all()
    within = rows[(rows["date"] > ENDS["2025Q1"]) & (rows["date"] <= ENDS[NAMES[len(stock) - 1]])]
    assert found["sold_in"].sum() == within["pieces"].sum()
