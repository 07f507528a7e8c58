from datetime import date

import numpy as np
import pandas as pd

from custlib import demand

NAMES = [str(month) for month in pd.period_range("2024-11", "2025-12", freq="M")]
MONTHS = pd.DataFrame([np.arange(14.0)], ["P"], NAMES)


def counts(months):
    rows = [(pd.Period(month, "M").start_time.date(), pd.Period(month, "M").end_time.date()) for month in months]
    table = pd.DataFrame(rows, columns=["from", "to"])
    table["from"] = [day - pd.Timedelta(days=1) for day in table["from"]]
    return table.assign(product_id="P", sold_through=np.arange(len(table)) * -2.0)


def test_sold_through_stands_where_each_of_the_last_twelve_months_is_counted():
    found, what = demand.basis(MONTHS, counts(NAMES[2:]), "sold_through")
    assert what == "sold_through" and found.loc["P", NAMES[:2]].isna().all()
    assert found.loc["P", NAMES[2:]].tolist() == [-2.0 * at for at in range(12)]  # below 0 stays: it is in doubt


def test_else_what_was_sold_in_stands():
    quarterly = pd.DataFrame([(date(2025, 9, 30), date(2025, 12, 31), "P", 5.0)])
    quarterly.columns = ["from", "to", "product_id", "sold_through"]
    for flow in (counts(NAMES[3:]), quarterly, counts(NAMES)[:0]):
        found, what = demand.basis(MONTHS, flow, "sold_through")
        assert what == "sold_in" and found is MONTHS
    assert demand.basis(MONTHS, counts(NAMES), "sold_in")[1] == "sold_in"


def test_festivals_are_of_what_customers_stock_up_with():
    days = pd.date_range("2025-01-01", "2025-12-31")
    daily = pd.Series(np.where(days.month == 1, 5.0, 1.0), days)
    known = {"2025-12": demand.calendar(daily, demand.windows())}
    even = demand.without_festivals(known)["2025-12"].factors["factor"]
    assert (even == 1).all() and not (known["2025-12"].factors["factor"] == 1).all()
