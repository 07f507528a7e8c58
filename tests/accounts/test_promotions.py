import pandas as pd
import pytest

from custlib import accounts

NAMES = ["promotion", "customer_id", "category", "kind", "starts_on", "ends_on", "discount", "cost"]


def rows(*lines):
    table = pd.DataFrame(lines, columns=NAMES)
    return table.assign(**{name: pd.to_datetime(table[name]) for name in ("starts_on", "ends_on")})


def line(name, first, last, customer="K1", category="pan", discount=0.0, cost=10.0):
    return name, customer, category, "trade", first, last, discount, cost


def test_overlapping_promotions_of_a_customer_and_category_are_one():
    found = accounts.events(
        rows(
            line("P2", "2025-02-10", "2025-04-05", discount=0.2),
            line("P1", "2025-01-01", "2025-02-20", discount=0.1, cost=5.0),
            line("P1", "2025-01-01", "2025-02-20", customer="K2"),
            line("P2", "2025-02-10", "2025-04-05", category="cup"),
        )
    ).set_index(["customer_id", "category"])
    one = found.loc[("K1", "pan")]
    assert one["promotion"] == "P1 + P2" and (one["first"], one["last"]) == ("2025-01", "2025-04")
    assert (str(one["from"].date()), str(one["to"].date()), one["cost"]) == ("2025-01-01", "2025-04-05", 15)
    assert one["discount"] == pytest.approx((0.1 + (1 - 0.9 * 0.8) + 0.2 + 0.2) / 4)
    assert found.loc[("K2", "pan"), "promotion"] == "P1" and found.loc[("K1", "cup"), "promotion"] == "P2"


@pytest.mark.parametrize(("begins", "joined"), [("2025-03-31", True), ("2025-04-01", False)])
def test_a_promotion_within_two_months_after_another_is_the_same(begins, joined):
    found = accounts.events(rows(line("P1", "2025-01-01", "2025-01-31"), line("P2", begins, "2025-05-31")))
    assert found["promotion"].tolist() == (["P1 + P2"] if joined else ["P1", "P2"])


@pytest.fixture(scope="module")
def found(sample_clean):
    return accounts.promotion_effect(sample_clean, "2025Q4")


def test_the_four_promotions_of_the_sample(found, truth):
    planted = truth.promotions.set_index("promotion_id")
    together = found[found["customer_id"] == ""].set_index("promotion")
    assert together.index.tolist() == planted.index.tolist()
    assert together["customers"].iloc[:3].tolist() == planted["customers"].iloc[:3].tolist()
    assert together.at["CX202508", "reason"] == "few_alike" and (together["measured"].iloc[:3] == "sell_in").all()
    # Sixty dealers' pieces of one category in five months differ by a seventh by chance: 0.6, a third of it pulled forward,
    # and 0.5 drown in that.
    assert together["verdict"].tolist() == ["cannot_tell", "cannot_tell", "did_not_pay", "cannot_tell"]
    assert together.at["CX202503", "placebo_rank"] < 0.1 and together.at["CX202503", "pulled_forward"] > 0
    assert list(found.columns) == accounts.COLUMNS and not found.duplicated(["promotion", "customer_id"]).any()


def test_the_planted_uplift_lies_within_the_interval(found, truth):
    for each in truth.promotions.iloc[:3].itertuples():
        row = found[(found["promotion"] == each.promotion_id) & (found["customer_id"] == "")].iloc[0]
        planted = row["baseline_pieces"] * each.uplift * (1 - each.pulled_forward)
        assert row["low"] < planted < row["high"]


def test_without_promotions_there_is_an_empty_table(cleaned_once):
    sales = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nX,1,2025-10-01,K1,P1,1,1\n"
    assert accounts.promotion_effect(cleaned_once({"sales.csv": sales}), "2025Q4").empty
