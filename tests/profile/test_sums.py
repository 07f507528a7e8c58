from datetime import date

import numpy as np
import pandas as pd

from custlib import profile

DAY = date(2025, 12, 31)
WHO = pd.DataFrame(
    [("East", "Li", "A", False), ("East", "Wu", "C", True), ("", "Wu", "", True), ("West", "Xu", "", False)],
    columns=["region", "account_manager", "decided_class", "lost"],
    index=pd.Index(["k1", "k2", "k3", "k4"], name="customer_id"),
)


def money(**columns):
    rows = pd.DataFrame(columns, index=["k1", "k2"]).rename_axis("customer_id")
    return rows.reindex(columns=[*profile.MONEY, *_ADDED]).astype("float64")


_ADDED = ["attained", "year_sales", "given", "new_sales", "quarter_sales", "paid", "at_usual", "asked", "made"]
NOW = money(
    net_sales=[100, 50],
    gross_profit=[30, None],
    target=[80, None],
    attained=[100, None],
    stock_value=[40, 60],
    receivables=[14, 6],
    given=[4, None],
    year_sales=[300, 200],
    new_sales=[10, 20],
    quarter_sales=[100, 50],
    paid=[90, 10],
    at_usual=[100, 20],
    asked=[13, None],
    made=[3, 2],
)
SALES = pd.DataFrame(
    [("k1", DAY, 4.0), ("k2", DAY, 6.0), ("k1", date(2025, 12, 30), 20.0), ("k4", DAY, 999.0)]
    + [("k1", date(2024, 12, 31), 1.0), ("k2", date(2024, 12, 30), 4.0)],
    columns=["customer_id", "date", "net_sales"],
)
BEFORE = money(
    net_sales=[70, 20],
    gross_profit=[20, 10],
    given=[2, 3],
    stock_value=[10, 15],
    year_sales=[200, 50],
    receivables=[3, 2],
)


def sums():
    return profile.sums(WHO, NOW, BEFORE, SALES, DAY).set_index(["by", "value"])


def test_the_company_is_the_sum_of_its_regions_and_of_its_account_managers():
    table = sums()
    whole = table.loc[("company", "")]
    for by in ("region", "account_manager"):
        parts = table.loc[by]
        for name in ("net_sales", "net_sales_year_ago", "customers", "lost", "made", "stock_value"):
            assert parts[name].sum() == whole[name], name
    assert whole[["customers", "a_customers", "lost", "net_sales", "made", "asked"]].tolist() == [2, 1, 2, 150, 5, 13]


def test_ratios_are_those_of_the_sums():
    whole = sums().loc[("company", "")]
    assert whole["attained_share"] == 100 / 80  # of the customer with a target alone
    assert whole["stock_days"] == 365 * 100 / 500
    assert whole["price_index"] == 100 / 120 and whole["new_models_share"] == 0.2


def test_receivables_in_days_are_counted_back_over_the_sums():
    days = sums()["dso_days"]
    assert days[("company", "")] == 1.5  # 10 of 20 on the last day, and 10 of 20 the day before
    assert days[("account_manager", "Li")] == 1.5 and days[("account_manager", "Wu")] == 1
    assert "Xu" not in days["account_manager"].index


def test_contribution_after_support_and_days_of_stock_and_receivables_stand_beside_a_year_ago():
    whole, li = sums().loc[("company", "")], sums().loc[("account_manager", "Li")]
    assert li["contribution_after"] == 26 and pd.isna(whole["contribution_after"])  # a gross profit is not known
    assert whole["contribution_after_year_ago"] == 25 and whole["stock_days_year_ago"] == 365 * 25 / 250
    assert whole["dso_days_year_ago"] == 2  # 1 of 5 on the last day of 2024, 4 of 4 the day before


def test_an_unknown_profit_of_one_is_an_unknown_profit_of_all():
    table = sums()
    assert (
        pd.isna(table.at[("company", ""), "gross_profit"]) and table.at[("account_manager", "Li"), "gross_profit"] == 30
    )
    assert table.at[("company", ""), "gross_profit_year_ago"] == 30


def test_who_has_neither_customers_nor_sales_nor_losses_is_left_out():
    assert "West" not in sums().loc["region"].index and sums().at[("region", ""), "lost"] == 1


def test_what_nobody_tells_is_not_known_rather_than_nothing():
    assert pd.isna(sums().at[("region", ""), "made"])
    assert pd.isna(sums().at[("company", ""), "overdue"])


def test_who_is_lost_and_who_has_a_class():
    listed = WHO[["region", "account_manager"]]
    customers = pd.DataFrame({"customer_id": ["k1"], "decided_class": ["B"]})
    silent = pd.DataFrame({"customer_id": ["k2", "k3"], "new_this_quarter": [True, False]})
    found = profile.who(listed, customers, silent)
    assert found["decided_class"].tolist() == ["B", "", "", ""] and found["lost"].tolist() == [
        False,
        True,
        False,
        False,
    ]


def test_a_target_is_that_for_net_sales_and_reached_only_by_those_who_have_one():
    standing = pd.DataFrame({"net_sales": [100.0, 50.0], "receivables": [5.0, 6.0]}, ["k1", "k2"])
    targets = pd.DataFrame(
        [("k1", "净销售额", 80.0), ("k1", "回款额", 70.0), ("k9", "净销售额", 20.0)],
        columns=["customer_id", "measure", "amount"],
    )
    words = {"净销售额": "net_sales", "回款额": "payments"}
    owed = pd.DataFrame({"overdue": [2.0, 900.0]}, ["k1", "stated_last_year"])
    found = profile.measured(standing, targets, words, owed)
    assert found["target"].fillna(-1).tolist() == [80, -1, 20] and found["attained"].fillna(-1).tolist() == [100, -1, 0]
    assert found["receivables"].fillna(-1).tolist() == [5, 6, -1] and found["overdue"].fillna(-1).tolist() == [
        2,
        -1,
        -1,
    ]


def test_what_stands_beside_the_money():
    measured = pd.DataFrame({"net_sales": [100.0]}, pd.Index(["k1"], name="customer_id"))
    bought = pd.DataFrame(
        {"quarter_sales": [60.0, 40.0, 5.0]},
        pd.MultiIndex.from_tuples([("k1", "new"), ("k1", "old"), ("k2", "x")], names=["customer_id", "product_id"]),
    )
    lines = pd.DataFrame({"customer_id": ["k1", "k1"], "paid": [9.0, 1.0], "at_usual": [10.0, None]})
    service = pd.DataFrame({"asked": [13.0], "made": [2]}, pd.Index(["k2"], name="customer_id"))
    found = profile.beside(measured, bought, pd.Series({"new": True, "old": False}), lines, service)
    assert found.loc["k1", ["new_sales", "quarter_sales", "paid", "at_usual"]].tolist() == [60, 100, 9, 10]
    assert found.loc["k2", ["asked", "made"]].tolist() == [13, 2]


def plans(*rows):
    return pd.DataFrame(rows, columns=["owner", "unit", "target", "due_on", "last", "sum"]).assign(
        due_on=lambda rows: pd.to_datetime(rows["due_on"])
    )


def test_a_line_is_kept_by_its_last_share_or_by_all_that_adds_up():
    found = profile.kept(
        plans(
            ("Li", "%", 50.0, "2025-12-31", 50.0, 190.0),
            ("Li", "%", 51.0, "2025-12-31", 50.0, 190.0),
            ("Li", "次", 4.0, "2025-12-31", 1.0, 4.0),
            ("Li", "次", 5.0, "2025-12-31", 1.0, 4.0),
            ("Li", "次", 5.0, "2026-01-01", 9.0, 9.0),  # not due
            ("Wu", "次", 5.0, "2025-06-30", None, None),  # nobody looked
        ),
        DAY,
    )
    assert found.loc["Li"].tolist() == [4, 2, 0.5] and list(found.index) == ["Li"]


def test_each_customer_stands_beside_its_target_and_last_year():
    names = ["net_sales", "payments", "gross_profit", "target", "overdue"]
    now = pd.DataFrame([[900, 150, 90, 1000, 5], [np.nan] * 4 + [7]], ["k2", "k1"], names)
    before = pd.DataFrame([[1200, 100, np.nan, 800, 0]], ["k2"], names)
    row = profile.standing(now, before)
    assert row["customer_id"].tolist() == ["k2"]  # k1 has nothing of the quarter
    assert row.iloc[0, 1:].dropna().to_dict() == {
        "net_sales": 900, "payments": 150, "gross_profit": 90, "target": 1000,
        "net_sales_year_ago": 1200, "payments_year_ago": 100, "target_year_ago": 800,
    }  # fmt: skip
