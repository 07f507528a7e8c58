from datetime import date

import pandas as pd
import pytest

from custlib import profile

DAY = date(2025, 12, 31)
LAUNCHED = pd.to_datetime(
    pd.Series(
        {"new": "2025-06-01", "old": "2024-12-31", "first_day": "2025-01-01", "later": "2026-01-01", "unknown": None}
    )
).rename_axis("product_id")


def bought(*rows):
    columns = ["customer_id", "product_id", "first_bought", "pieces", "net_sales", "quarter_sales"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(first_bought=pd.to_datetime(frame["first_bought"])).set_index(columns[:2])


ROWS = bought(
    ("k1", "new", "2025-07-01", 10, 100, 60),
    ("k1", "old", "2023-10-01", 30, 300, 40),
    ("k2", "new", "2025-08-01", 0, 0, 0),  # all of it came back
    ("k2", "unknown", "2025-08-01", 5, 50, 0),
)


def test_a_model_is_new_for_twelve_months_and_never_without_a_launch_day():
    new = profile.new_models(LAUNCHED, DAY)
    assert list(new.index[new]) == ["new", "first_day"]


def test_new_models_carried_of_those_offered_and_their_share_of_the_quarter():
    found = profile.penetration(ROWS, LAUNCHED, DAY)
    assert found[["carried", "offered", "penetration"]].loc["k1"].tolist() == [1, 2, 0.5]
    assert found.at["k1", "share_of_sales"] == 0.6
    assert found.at["k2", "carried"] == 0 and pd.isna(found.at["k2", "share_of_sales"])
    assert found.loc["k1", ["low", "high"]].tolist() == pytest.approx([0.0945, 0.9055], abs=1e-4)  # Wilson, 1 of 2


def test_without_a_new_model_there_is_no_share():
    found = profile.penetration(ROWS, LAUNCHED[["old"]], DAY)
    assert (found["offered"] == 0).all() and found[["penetration", "low", "high"]].isna().all(axis=None)


def test_nobody_bought_anything():
    assert profile.penetration(ROWS[:0], LAUNCHED, DAY).empty
    assert profile.models(ROWS[:0], LAUNCHED, DAY, date(2023, 10, 1)).empty


def test_every_model_with_its_first_purchase_and_share_the_most_sold_first():
    rows = profile.models(ROWS, LAUNCHED, DAY, date(2025, 1, 1))
    assert rows["product_id"].tolist() == ["old", "new", "unknown", "new"]
    own = rows[rows["customer_id"] == "k1"].set_index("product_id")
    assert own["share"].to_dict() == {"old": 0.75, "new": 0.25}
    assert own.at["new", "days_to_first"] == 30 and own["is_new"].to_dict() == {"old": False, "new": True}


def test_a_first_purchase_that_may_lie_before_the_sales_begin_has_no_days():
    rows = profile.models(ROWS, LAUNCHED, DAY, date(2025, 6, 2)).set_index("product_id")
    assert rows["days_to_first"].isna().all()
