import pandas as pd
import pytest

from custlib import weights
from custlib.sample import experts, factors


@pytest.fixture
def judgements(pairwise, tree):
    return weights.from_table(pairwise, tree)


def test_weights_of_a_small_tree_by_hand():
    tree = pd.DataFrame(
        [
            ("goods", None),
            ("people", ""),
            ("price", "goods"),
            ("range", "goods"),
            ("skill", "people"),
            ("new", "goods"),
        ],
        columns=["factor", "bone"],
    )
    rows = [("Fang", "customer_profit", "goods", "people", 3), ("Fang", "goods", "price", "range", 4)]
    rows += [("Deng", "customer_profit", "goods", "people", 1 / 3), ("Deng", "goods", "price", "range", 4)]
    pairwise = pd.DataFrame(rows, columns=["expert", "parent_id", "factor_a", "factor_b", "ratio"])
    judged = weights.from_table(pairwise.assign(file="a", line=range(4)), tree)
    table = weights.of_tree(judged, tree).set_index("factor")
    # The two meet at goods 1/2; price 4/5 of it. Fang: goods 3/4, Deng: 1/4. Nobody compared "new" yet.
    assert table["weight"].to_dict() == pytest.approx(
        {"price": 0.4, "range": 0.1, "new": float("nan"), "skill": 0.5}, nan_ok=True
    )
    assert table.loc["price", ["low", "high"]].tolist() == pytest.approx([0.2, 0.6])
    assert table.loc["skill", ["bone", "bone_weight", "in_bone"]].tolist() == ["people", pytest.approx(0.5), 1]


@pytest.mark.parametrize("rule", ["judgements", "priorities"])
def test_weights_over_the_sample_tree_are_near_the_planted_ones(judgements, tree, rule):
    table = weights.of_tree(judgements, tree, rule).set_index("factor")
    planted = {each.id: each.weight * factors.BONES[each.bone] for each in factors.FACTORS}
    assert table["weight"].sum() == pytest.approx(1) and list(table.index) == list(planted)
    assert (table["weight"] - pd.Series(planted)).abs().max() < 0.02
    assert ((table["low"] <= table["weight"]) & (table["weight"] <= table["high"])).mean() > 0.9


def test_the_planted_inconsistent_expert_is_named_with_the_judgement_to_discuss(judgements):
    worst = weights.consistency(judgements).iloc[0]
    expert, parent, a, b, said, fits = experts.odd_judgement()
    assert worst[["expert", "parent", "factor_a", "factor_b", "said"]].tolist() == [expert, parent, a, b, said]
    assert worst["would_agree"] == pytest.approx(fits, rel=0.25)
    assert weights.consistency(judgements)["to_discuss"].sum() == 1


def test_agreement_is_told_for_each_parent(judgements):
    table = weights.agreement(judgements).set_index("parent")
    assert len(table) == 7 and table["experts"].eq(5).all()
    assert (
        table["consensus"].idxmin() == "distribution_strength"
        and table["consensus"].drop("distribution_strength").min() > 0.9
    )


def test_nobody_comparing_the_bones_is_refused(judgements, tree):
    lacking = {key: table for key, table in judgements.items() if key[1] != "customer_profit"}
    with pytest.raises(ValueError, match="bones"):
        weights.of_tree(lacking, tree)


def test_a_bone_whose_factors_nobody_compared_leaves_its_weight_to_the_others(judgements, tree):
    lacking = {key: table for key, table in judgements.items() if key[1] != "marketing"}
    table = weights.of_tree(lacking, tree).set_index("factor")
    assert table["weight"].sum() == pytest.approx(1) and table.loc["sales_incentives", ["weight", "low"]].isna().all()


def test_without_judgements_the_tree_has_no_weights_and_nobody_differs():
    tree = pd.DataFrame({"factor": ["goods", "price", "range"], "bone": [None, "goods", "goods"]})
    found = weights.of_tree({}, tree)
    assert found["factor"].tolist() == ["price", "range"] and found["weight"].isna().all()
    assert weights.agreement({}).empty and weights.rules_differ({}).empty and weights.without_experts({}).empty


def test_what_one_expert_moves_is_told_under_each_parent_that_two_judged():
    names = ["price", "range"]
    even, odd = pd.DataFrame(1.0, names, names), pd.DataFrame([[1, 4], [1 / 4, 1]], names, names)
    found = weights.without_experts({("Li", "goods"): even, ("Wang", "goods"): odd, ("Li", "people"): even})
    assert set(found["parent"]) == {"goods"}
    moved = found.set_index(["expert", "factor"])["change"]
    assert moved["Wang", "price"] == pytest.approx(0.5 - 2 / 3) and moved["Li", "price"] == pytest.approx(0.8 - 2 / 3)
