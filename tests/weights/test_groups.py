import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import weights

NAN = float("nan")
VOTES = {"Dad": 0.4, "Mom": 0.4, "Kid": 0.2}


def test_priorities_of_the_vacation_group_as_r_ahp_prints_them(vacation):
    found = weights.group_ahp(vacation, VOTES, "priorities")
    assert found.weights.tolist() == pytest.approx([0.330, 0.328, 0.342], abs=6e-4)
    assert found.consistency_ratio is None


def test_judgements_of_two_experts_meet_in_the_geometric_mean():
    two = [pd.DataFrame([[1, ratio], [1 / ratio, 1]]) for ratio in (8, 2)]
    assert weights.group_ahp(two).weights.tolist() == pytest.approx([0.8, 0.2])  # 4 to 1
    assert weights.group_ahp(two, [1, 0]).weights.tolist() == pytest.approx([8 / 9, 1 / 9])


def test_a_judgement_that_one_expert_lacks_is_taken_from_the_others():
    names = list("abc")
    one = pd.DataFrame([[1, 2, NAN], [0.5, 1, 1], [NAN, 1, 1]], names, names)
    other = pd.DataFrame([[1, 2, 8], [0.5, 1, 4], [1 / 8, 1 / 4, 1]], names, names)
    found = weights.group_ahp({"one": one, "other": other})
    # a : b = 2, b : c = √(1 · 4) = 2, a : c = 8 of the other alone; row products 16, 1, 1/16
    assert found.weights.tolist() == pytest.approx(np.cbrt([16, 1, 1 / 16]) / np.cbrt([16, 1, 1 / 16]).sum())
    assert not found.approximate


def test_the_two_rules_rank_the_vacation_differently(vacation):
    table = weights.ranks_differ(vacation, VOTES).set_index("factor")
    assert table.loc["fun", ["rank_by_judgements", "rank_by_priorities"]].tolist() == [1, 3]
    assert table.loc["spa", ["rank_by_judgements", "rank_by_priorities"]].tolist() == [2, 1]


def test_rules_that_rank_alike_give_no_warning(vacation):
    assert weights.ranks_differ({"Dad": vacation["Dad"], "Pa": vacation["Dad"]}).empty


def scale(n):
    return st.lists(st.sampled_from([1 / 9, 1 / 5, 1 / 2, 1, 3, 8]), min_size=n, max_size=n)


@given(st.lists(scale(6), min_size=1, max_size=4), st.sampled_from(["judgements", "priorities"]))
@settings(max_examples=30, deadline=None)
def test_group_weights_add_up_to_1_and_do_not_hang_on_the_order(told, rule):
    tables = []
    for ratios in told:
        values = np.ones((4, 4))
        values[np.triu_indices(4, 1)] = ratios
        values.T[np.triu_indices(4, 1)] = 1 / np.array(ratios)
        tables.append(pd.DataFrame(values, list("abcd"), list("abcd")))
    found = weights.group_ahp(tables, rule=rule).weights
    turned = weights.group_ahp([table.loc[list("dbca"), list("dbca")] for table in tables[::-1]], rule=rule).weights
    assert found.sum() == pytest.approx(1) and (found > 0).all()
    assert turned[found.index].tolist() == pytest.approx(found.tolist())


@pytest.mark.parametrize("votes", [[1, -1, 1], [0, 0, 0], [1, 1]])
def test_votes_that_count_nobody_or_less_are_refused(vacation, votes):
    with pytest.raises(ValueError, match="vote"):
        weights.group_ahp(vacation, votes)


def test_an_unknown_rule_is_refused(vacation):
    with pytest.raises(ValueError, match="rules are"):
        weights.group_ahp(vacation, rule="mean")


def test_experts_of_one_mind_agree_wholly_and_opposed_ones_not_at_all():
    same = pd.DataFrame({"Fang": [0.5, 0.3, 0.2], "Deng": [0.5, 0.3, 0.2]})
    found = weights.consensus(same)
    assert found["consensus"] == pytest.approx(1) and found["beta"] == pytest.approx(1)
    opposed = pd.DataFrame(np.full((3, 3), 1 / 11) + np.eye(3) * 8 / 11)  # 9 to 1, each for another factor
    assert weights.consensus(opposed)["consensus"] == pytest.approx(0)
    assert weights.consensus(opposed)["gamma"] == pytest.approx(3)


def test_consensus_of_two_experts_by_hand():
    """Half and half beside all on one: alpha = √2 (mean entropy ½ ln 2), mean 3/4, 1/4 with gamma = 4 ÷ 3^(3/4);
    at 9 to 1 the least spread is 10 ÷ 9^(9/10), over two factors."""
    found = weights.consensus(pd.DataFrame({"Fang": [0.5, 0.5], "Deng": [1.0, 0.0]}))
    least = 5 / 9**0.9
    assert found["alpha"] == pytest.approx(2**0.5) and found["gamma"] == pytest.approx(4 / 3**0.75)
    assert found["consensus"] == pytest.approx((2**0.5 * 3**0.75 / 4 - least) / (1 - least))


def test_leaving_out_an_expert_shows_who_carries_the_result():
    two = {name: pd.DataFrame([[1, r], [1 / r, 1]], ["a", "b"], ["a", "b"]) for name, r in (("Fang", 8), ("Deng", 2))}
    table = weights.without_each(two).set_index(["expert", "factor"])
    assert table.loc[("Fang", "a"), "weight"] == pytest.approx(0.8)
    assert table.loc[("Fang", "a"), "without"] == pytest.approx(2 / 3)
    assert table.loc[("Fang", "a"), "change"] == pytest.approx(2 / 3 - 0.8)


def test_a_judgement_that_nobody_gave_is_completed_and_said_to_be():
    names = list("abc")
    one = pd.DataFrame([[1, 2, NAN], [0.5, 1, 2], [NAN, 0.5, 1]], names, names)
    found = weights.group_ahp([one, one])
    assert found.approximate and found.weights.tolist() == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_one_matrix_of_the_group_has_means_and_what_nobody_judged_by_the_weights():
    names, nan = list("abc"), float("nan")
    first = pd.DataFrame([[1, 2, nan], [1 / 2, 1, 4], [nan, 1 / 4, 1]], names, names)
    second = pd.DataFrame([[1, 8, nan], [1 / 8, 1, 4], [nan, 1 / 4, 1]], names, names)
    found = weights.group_matrix({"Li": first, "Wang": second})
    assert found.loc["a", "b"] == pytest.approx(4) and found.loc["b", "c"] == pytest.approx(4)
    assert found.loc["a", "c"] == pytest.approx(16) and found.loc["c", "a"] == pytest.approx(1 / 16)


def test_judgements_of_the_bones_are_those_under_the_effect():
    names = ["goods", "people"]
    one = pd.DataFrame([[1, 8.0], [1 / 8, 1]], names, names)
    other = pd.DataFrame([[1, 2.0], [1 / 2, 1]], names, names)
    inside = pd.DataFrame([[1, 9.0], [1 / 9, 1]], ["price", "models"], ["price", "models"])
    judged = {("Li", weights.GOAL): one, ("Wang", weights.GOAL): other, ("Li", "goods"): inside}
    matrix = weights.of_bones(judged)
    assert matrix.loc["goods", "people"] == pytest.approx(4)  # the geometric mean
    assert weights.of_bones({("Li", "goods"): inside}).empty


def test_a_factor_keeps_its_share_of_a_bone_that_weighs_otherwise():
    names = ["goods", "people"]
    matrix = pd.DataFrame([[1, 4.0], [1 / 4, 1]], names, names)
    table = pd.DataFrame(
        {"factor": ["price", "models", "files"], "bone": ["goods", "goods", "people"]}
        | {"weight": [0.1, 0.3, 0.6], "low": [0.0, 0.2, 0.5], "high": [0.2, 0.4, 0.7]}
    )
    found = weights.by_bones(table, matrix)
    assert found["weight"].tolist() == pytest.approx([0.2, 0.6, 0.2])  # 4 to 1, and 1 to 3 within the first bone
    assert found["high"].tolist() == pytest.approx([0.4, 0.8, 0.7 / 3])
    assert weights.by_bones(table, pd.DataFrame()).empty
    assert weights.by_bones(table.assign(weight=[0.1, 0.3, NAN]), matrix).empty
