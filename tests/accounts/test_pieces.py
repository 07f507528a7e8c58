import pandas as pd
import pytest

from custlib import accounts

MONTHS = ["2025-01", "2025-02", "2025-03"]


def table(rows, *names):
    return pd.DataFrame(rows, columns=["customer_id", "category", "month", *names])


LINES = table(
    [("K1", "pan", "2025-01", 2, 100.0), ("K1", "pan", "2025-03", 1, 80.0), ("K2", "pan", "2025-02", 3, 60.0)]
    + [("K2", "", "2025-01", 9, 9.0)],
    "pieces",
    "at_list",
)


def test_pieces_of_the_mean_list_price_and_nothing_before_a_customers_first_purchase():
    found = accounts.sold(LINES, table([], "at_list"), MONTHS, [])
    # six pieces at 240: a pan of 80 is two of 40
    assert found.bought["pan"].loc["K1"].tolist() == [2.5, 0, 2]
    assert found.bought["pan"].loc["K2"].tolist() == pytest.approx([float("nan"), 1.5, 0], nan_ok=True)
    assert found.through["pan"].isna().all(axis=None) and found.size.loc["K1"].tolist() == [100, 0, 80]


def test_a_month_that_the_exports_lack_is_not_known():
    assert accounts.sold(LINES, table([], "at_list"), MONTHS, ["2025-02"]).bought["pan"]["2025-02"].isna().all()


def test_sold_through_is_what_came_less_what_more_lies_there():
    counted = table(
        [("K1", "pan", "2025-01", 120.0), ("K1", "cup", "2025-02", 5.0), ("K1", "pan", "2025-03", 40.0)], "at_list"
    )
    found = accounts.sold(LINES, counted, MONTHS, []).through["pan"]
    assert found.loc["K1"].tolist() == pytest.approx([float("nan"), 3, 1], nan_ok=True)  # no pan left in February
    assert found.loc["K2"].isna().all()
