import pandas as pd

from custlib.facts import sums


def test_a_profit_is_known_where_every_cost_is():
    rows = pd.DataFrame({"gross_profit": [40.0, 7.0], "at_unknown_cost": [0, 1]}, index=["C1", "C2"])
    found = sums.known_profit(rows)
    assert found["gross_profit"].fillna(-1).tolist() == [40, -1] and found.columns.tolist() == ["gross_profit"]


def test_lines_without_a_customer_are_no_customers(company):
    sales = [("2025-01-15", "C1", "100", "60"), ("2025-01-15", None, "5", "1"), ("2025-04-15", "C1", "7", None)]
    clean = company(sales=sales)
    found = sums.frame(
        sums.summed(sums.of_customers(clean), "date", "customer_id", **sums.SUMS), ["quarter", "customer_id"]
    )
    assert found["net_sales"].to_dict() == {("2025Q1", "C1"): 100, ("2025Q2", "C1"): 7}
    assert found["at_unknown_cost"].tolist() == [0, 1]


def test_what_was_computed_once_is_not_computed_again_and_stays_as_it_was(company):
    clean, made = company(sales=[("2025-01-15", "C1", "100", "60")]), []

    @sums.once
    def table(clean):
        made.append(clean)
        return pd.DataFrame({"amount": [1.0, 2.0]})

    one = table(clean)
    one["amount"] = 0.0
    assert table(clean)["amount"].tolist() == [1, 2] and made == [clean]
