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
    assert found.weights["factor"].tolist() == ["price", "training"] and found.weights["weight"].sum() == pytest.approx(
        1
    )


def test_the_rule_of_spread_is_one_of_two():
    table = scored(30)
    assert not weights.of_spread(table, "2025Q4", "entropy").weights.equals(weights.of_spread(table, "2025Q4").weights)
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
    assert weights.importance_of(None, "total").empty
    scores = scored(30)
    outcome = weights.of_outcome(scores, profits(scores), TREE, resamples=20)
    importance = weights.importance_of(outcome, "brand")
    assert importance["outcome"].eq("brand_profit").all()
    assert importance.drop(columns="outcome").equals(outcome.importance.table)
    experts = weights.of_tree({}, TREE)
    zones = TREE.assign(zone=[None, "A", "B"])
    table = weights.of_factors(experts, None, outcome, zones, weights.kinds(experts, None, outcome))
    assert table[["factor", "zone"]].to_numpy().tolist() == [["price", "A"], ["training", "B"]]
    assert table["mixed"].tolist() == pytest.approx(table["profit"].tolist())  # nothing else is known
    nothing = weights.kinds(experts, None, None)
    assert nothing["reason"].tolist() == ["no_data"] * 3 and nothing["counts"].tolist() == [0, 0, 0]
    assert weights.of_factors(experts, None, None, zones, nothing)["mixed"].isna().all()


def judged(tree=TREE):
    """The experts' weights of the two factors, as `of_tree` returns them."""
    table = weights.of_tree({}, tree)
    return table.assign(weight=1 / len(table), low=0.1, high=0.9)


def test_a_kind_without_evidence_counts_for_nothing_and_the_others_share_the_mix():
    scores = scored(300)  # no factor differs from the other, and training alone moves profit
    spread, outcome = weights.of_spread(scores, "2025Q4"), weights.of_outcome(scores, profits(scores), TREE, 50)
    found = weights.kinds(judged(), spread, outcome, [2, 1, 1]).set_index("kind")
    assert found["reason"].to_dict() == {"experts": "counts", "spread": "ranks_are_chance", "profit": "counts"}
    assert found["counts"].tolist() == pytest.approx([2 / 3, 0, 1 / 3])
    assert found["asked"].tolist() == [0.5, 0.25, 0.25]


def test_profits_dealt_to_other_customers_count_for_nothing():
    """The statements of a company whose profit follows its training, given to other customers: noise has weight 0."""
    scores = scored(300)
    profit = profits(scores)
    names = dict(zip(pd.unique(profit["customer_id"]), np.random.default_rng(5).permutation(300), strict=True))
    dealt = profit.assign(customer_id=[f"C{names[name]}" for name in profit["customer_id"]])
    true, noise = (weights.of_outcome(scores, rows, TREE, 100) for rows in (profit, dealt))
    assert true.counts and not noise.counts and noise.importance.low <= noise.importance.adjusted < 0.05
    kinds = weights.kinds(judged(), None, noise).set_index("kind")
    assert kinds.loc["profit", ["reason", "counts"]].tolist() == ["explains_nothing", 0]
    table = weights.of_factors(judged(), None, noise, TREE.assign(zone="A"), kinds.reset_index())
    assert table["mixed"].tolist() == [0.5, 0.5]


def test_a_kind_that_was_not_asked_for_is_called_so():
    assert weights.kinds(judged(), None, None, [0, 0, 5])["reason"].tolist() == ["not_asked", "not_asked", "no_data"]


@pytest.mark.parametrize("mix", [(0, 0, 0), (1, -1, 1), (1, 1)])
def test_a_mix_of_nothing_is_refused(mix):
    with pytest.raises(ValueError, match="mix"):
        weights.kinds(judged(), None, None, mix)


def test_a_factor_that_does_differ_more_than_chance_makes_spread_count():
    scores = scored(200)
    even = (scores["factor_id"] == "price") & (scores["score"] != 3)
    flat = scores.assign(score=scores["score"].mask(even, 3 + (scores["score"] > 3)))
    assert not weights.of_spread(scores, "2025Q4", "entropy").counts
    assert weights.of_spread(flat, "2025Q4", "entropy").counts


def test_profits_that_all_change_alike_and_scores_that_are_all_equal_explain_nothing():
    scores = scored(100)
    same = profits(scores).assign(value=lambda t: np.where(t["quarter"] == "2025Q3", 100.0, 110.0))
    assert weights.of_outcome(scores, same, TREE, 20) is None
    level = weights.of_outcome(scores.assign(score=3.0), profits(scores), TREE, 20)
    assert not level.counts and level.importance.r2 == 0


def test_a_few_customers_over_many_quarters_say_nothing():
    many = [f"{year}Q{n}" for year in range(2020, 2026) for n in (1, 2, 3, 4)]
    scores = scored(9, many)
    profit = scores[scores["factor_id"] == "price"].assign(value=lambda t: 100 + t["score"])
    assert weights.of_outcome(scores, profit[["quarter", "customer_id", "value"]], TREE, 20) is None
