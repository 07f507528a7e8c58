import math

import pandas as pd

from custlib import accounts

MEASURES = ("net_sales", "payments", "target", "sold_through", "stock_at_list", "slow_share", "brand_profit")
MEASURES += ("total_profit", "rebates", "price_compensation", "dso_days")
NAMES = pd.Series({"K1": "甲", "K9": "新"})


def table(**values):
    index = pd.Index(["K1", "K2"], name="customer_id")
    return pd.DataFrame({name: values.get(name, math.nan) for name in MEASURES}, index)


def test_a_row_for_each_measure_that_is_known_of_a_customer_asked_for():
    now = table(net_sales=120.0, slow_share=0.3, dso_days=60.0)
    rows = accounts.account_state(NAMES, now, table(net_sales=90.0), table(net_sales=100.0, slow_share=0.1, target=5.0))
    assert rows["customer_id"].tolist() == ["K1"] * 4 and set(rows["name"]) == {"甲"}
    told = rows.set_index("measure")
    assert told.loc["net_sales", ["unit", "now", "before", "year_ago", "edition"]].tolist() == [
        *("amount", 120, 90, 100, "customer")
    ]
    assert told["change_share"].round(6).fillna(-9).to_dict() == {
        "net_sales": 0.2,
        "target": -9,
        "slow_share": 0.2,  # a share: the difference
        "dso_days": -9,
    }
    assert set(told[told["edition"] == "internal"].index) == {"target", "slow_share", "dso_days"}
