"""What can be weighed from what was scored: or nothing, where that would be chance."""

import numpy as np
import pandas as pd
import pytest

from custlib import weights

TREE = pd.DataFrame({"factor": ["goods", "price", "training"], "bone": [None, "goods", "goods"]})


def scored(customers, quarters=("2025Q3", "2025Q4"), seed=0):
    random = np.random.default_rng(seed)
    rows = [(q, f"C{n}", factor) for q in quarters for n in range(customers) for factor in ("price", "training")]
    table = pd.DataFrame(rows, columns=["quarter", "customer_id", "factor_id"])
    return table.assign(score=random.integers(1, 6, len(table)).astype(float))


def profits(scores, by="training"):
    """Brand profit of 100 that then grows by e to a tenth of the score of one factor."""
    now = scores[(scores["quarter"] == "2025Q3") & (scores["factor_id"] == by)].set_index("customer_id")["score"]
    then = 100 * np.exp(now / 10)
    parts = [
        pd.DataFrame({"quarter": "2025Q3", "value": 100.0}, now.index),
        then.rename("value").to_frame().assign(quarter="2025Q4"),
    ]
    return pd.concat(parts).reset_index()


def test_spread_needs_ten_customers_and_scores_that_differ():
    assert weights.of_spread(scored(9), "2025Q4") is None
    assert weights.of_spread(scored(10).assign(score=3.0), "2025Q4") is None
    assert weights.of_spread(scored(10), "2025Q2") is None
    found = weights.of_spread(scored(10), "2025Q4")
    assert found["factor"].tolist() == ["price", "training"] and found["weight"].sum() == pytest.approx(1)


def test_the_rule_of_spread_is_one_of_two():
    table = scored(30)
    assert not weights.of_spread(table, "2025Q4", "entropy").equals(weights.of_spread(table, "2025Q4"))
    with pytest.raises(ValueError, match="not “gini”"):
        weights.of_spread(table, "2025Q4", "gini")


def test_profit_that_follows_one_factor_goes_with_it_alone():
    table = scored(200)
    found = weights.of_outcome(table, profits(table), TREE, resamples=50)
    share = found.importance.table.set_index("factor")["share"]
    assert share["training"] > 0.95 and found.importance.r2 == pytest.approx(1) and found.unseen == pytest.approx(1)
    assert found.following.left_out["rows"].sum() == 0


def test_fewer_than_ten_rows_a_factor_say_nothing():
    assert weights.of_outcome(scored(19), profits(scored(19)), TREE, resamples=20) is None
    assert weights.of_outcome(scored(20), profits(scored(20)), TREE, resamples=20) is not None
    empty = profits(scored(20)).head(0)
    assert (
        weights.of_outcome(scored(20), empty, TREE) is None
        and weights.of_outcome(scored(20).head(0), empty, TREE) is None
    )


def test_a_factor_on_no_bone_is_left_out():
    table = scored(60)
    stranger = table[table["factor_id"] == "price"].assign(factor_id="weather")
    found = weights.of_outcome(pd.concat([table, stranger]), profits(table), TREE, resamples=20)
    assert found.importance.table["factor"].tolist() == ["price", "training"]


def test_tables_of_what_there_is():
    assert weights.importance_of(None).empty
    scores = scored(30)
    outcome = weights.of_outcome(scores, profits(scores), TREE, resamples=20)
    assert weights.importance_of(outcome) is outcome.importance.table
    experts = weights.of_tree({}, TREE)
    zones = TREE.assign(zone=[None, "A", "B"])
    table = weights.of_factors(experts, None, outcome, zones)
    assert table[["factor", "zone"]].to_numpy().tolist() == [["price", "A"], ["training", "B"]]
    assert table["mixed"].tolist() == pytest.approx(table["profit"].tolist())  # nothing else is known
    assert weights.of_factors(experts, None, None, zones)["mixed"].isna().all()
