import numpy as np
import pandas as pd
import pytest

from custlib import weights
from custlib.weights.importance import Importance

NAN = float("nan")


def experts(**weight):
    return pd.DataFrame(
        {"factor": list(weight), "bone": "goods", "weight": list(weight.values()), "low": 0.0, "high": 1.0}
    )


def spread(**weight):
    return experts(**weight).drop(columns="bone")


def outcome(*draws, **share):
    table = pd.DataFrame({"factor": list(share), "share": list(share.values())})
    told = pd.DataFrame(draws or [list(share.values())], columns=list(share))
    return Importance(table, told, sum(share.values()), 0, 0, 1, 9, 9)


def test_three_kinds_side_by_side_by_hand():
    found = weights.together(
        experts(a=0.6, b=0.3, c=0.1),
        spread(a=0.2, b=0.2, c=0.6),
        outcome([0.3, 0.1, 0.0], [0.2, 0.1, 0.1], a=0.3, b=0.1, c=0.0),
        mix=(2, 1, 1),
    ).set_index("factor")
    assert found["profit"].tolist() == pytest.approx([0.75, 0.25, 0])
    assert found["mixed"].tolist() == pytest.approx([(1.2 + 0.2 + 0.75) / 4, (0.6 + 0.2 + 0.25) / 4, (0.2 + 0.6) / 4])
    # ranks a: 1, 2½, 1; b: 2, 2½, 2; c: 3, 1, 3 among three factors
    assert found["disagreement"].tolist() == pytest.approx([0.75, 0.25, 1])
    # two resamples of 3/4 and 1/2 lie 0.125 below the 3/4 found: 0.5 + 0.025 · 0.25, and that back
    assert found.loc["a", "profit_low"] == pytest.approx(0.5 + 0.025 * 0.25 + 0.125)
    assert found["first_five"].tolist() == [1, 1, 1]


def test_a_mix_of_one_kind_is_that_kind():
    parts = experts(a=0.6, b=0.4), spread(a=0.3, b=0.7), outcome(a=0.1, b=0.3)
    for mix, expected in (((1, 0, 0), 0.6), ((0, 5, 0), 0.3), ((0, 0, 1), 0.25)):
        assert weights.together(*parts, mix=mix)["mixed"].tolist() == pytest.approx([expected, 1 - expected])


def test_a_factor_that_a_kind_does_not_know_is_weighed_by_the_others():
    found = weights.together(experts(a=0.5, b=0.5, new=NAN), spread(a=0.2, b=0.3, new=0.5), outcome(a=0.1, b=0.1))
    found = found.set_index("factor")
    # 1.2/3, 1.3/3 and 0.5 alone, divided by their sum 4/3
    assert found["mixed"].tolist() == pytest.approx([0.3, 0.325, 0.375])
    assert pd.isna(found.loc["new", "profit"]) and pd.isna(found.loc["new", "disagreement"])


def test_a_kind_of_no_weight_is_shown_and_says_nothing():
    parts = experts(a=0.6, b=0.4), spread(a=0.3, b=0.7), outcome(a=0.1, b=0.3)
    found = weights.together(*parts, mix=(1, 0, 1)).set_index("factor")
    assert found["spread"].tolist() == [0.3, 0.7] and found["disagreement"].tolist() == [1, 1]
    turned = weights.together(parts[0], spread(a=0.9, b=0.1), parts[2], mix=(1, 0, 1)).set_index("factor")
    pd.testing.assert_frame_equal(found.drop(columns="spread"), turned.drop(columns="spread"))
    alone = weights.together(*parts, mix=(1, 0, 0))
    assert alone["disagreement"].isna().all() and alone["mixed_high"].tolist() == [1, 1]


def test_if_no_kind_counts_nothing_has_a_weight():
    found = weights.together(experts(a=0.6, b=0.4), spread(a=0.3, b=0.7), outcome(a=0.1, b=0.3), mix=(0, 0, 0))
    assert found[["mixed", "mixed_low", "disagreement", "first_five"]].isna().all(axis=None)


def test_who_is_first_in_all_kinds_is_first_under_any_mix_and_who_in_one_only_sometimes():
    told = experts(a=0.8, b=0.2, c=0.0), spread(a=0.5, b=0.3, c=0.2), outcome(a=0.3, b=0.1, c=0.2)
    table = weights.together(*told)
    first = weights.among_first(table, told[2], n=1)
    assert first.to_dict() == {"a": 1, "b": 0, "c": 0}
    second = weights.among_first(table, told[2], n=2)
    # b beats c where 0.2 e + 0.1 s > (1/3 − 1/6) o: of all mixes the area between the corners and the edge points
    # o/e = 6/5 and o/s = 3/5, that is 1 − (5/11)(5/8) = 63/88
    assert second["b"] == pytest.approx(63 / 88, abs=0.03) and second.sum() == pytest.approx(2)


def test_resamples_of_the_outcome_count():
    told = experts(a=0.5, b=0.5), spread(a=0.5, b=0.5), outcome([0.2, 0.1], [0.2, 0.1], [0.1, 0.2], a=0.2, b=0.1)
    first = weights.among_first(weights.together(*told), told[2], n=1)
    assert first["a"] == pytest.approx(2 / 3, abs=0.03)


def test_renaming_and_order_change_nothing():
    told = experts(a=0.6, b=0.3, c=0.1), spread(a=0.2, b=0.2, c=0.6), outcome(a=0.3, b=0.1, c=0.0)
    one = weights.together(*told).set_index("factor")
    other = weights.together(told[0][::-1], told[1], told[2]).set_index("factor")
    columns = ["mixed", "disagreement", "first_five", *weights.KINDS]
    assert np.allclose(one[columns], other.loc[one.index, columns])


def test_a_kind_that_nobody_knows_counts_for_nothing():
    found = weights.together(experts(a=0.7, b=0.2, c=0.1), None, None)
    assert found["mixed"].tolist() == pytest.approx([0.7, 0.2, 0.1]) and found["spread"].isna().all()
    nothing = weights.together(experts(a=NAN, b=NAN), None, None)
    assert nothing[["mixed", "first_five"]].isna().all(axis=None)


def test_the_limits_are_mixed_as_the_weights_are():
    found = weights.together(experts(a=0.5, b=0.5), spread(a=0.5, b=0.5).assign(low=0.4, high=0.6), None).set_index(
        "factor"
    )
    assert found.loc["a", ["mixed_low", "mixed_high"]].tolist() == pytest.approx([(0 + 0.4) / 2, (1 + 0.6) / 2])


def test_the_heaviest_first_and_those_without_a_weight_last():
    table = pd.DataFrame({"factor": list("abcd"), "mixed": [0.1, NAN, 0.7, 0.1]})
    assert weights.heaviest(table, "mixed")["factor"].tolist() == ["c", "a", "d", "b"]


def test_mixed_weights_as_the_fishbone_draws_them():
    table = pd.DataFrame(
        {"factor": ["a"], "bone": ["x"], "zone": ["A"], "mixed": [0.5], "mixed_low": [0.4], "mixed_high": [0.6]}
        | {"disagreement": [0.25], "experts": [0.1]}
    )
    drawn = {"factor": "a", "bone": "x", "zone": "A", "weight": 0.5, "low": 0.4, "high": 0.6, "agreement": 0.75}
    assert weights.mixed(table, "brand").to_dict("records") == [drawn | {"effect": "brand_profit"}]


def test_only_kinds_that_count_are_asked_whether_they_agree():
    table = pd.DataFrame({"experts": [0.2, 0.3, 0.5], "spread": [0.5, 0.3, 0.2], "profit": [0.1, 0.2, 0.7]})
    counts = pd.DataFrame({"kind": weights.KINDS, "counts": [0.5, 0, 0.5]})
    assert weights.kinds_agree(table, counts).w == 1
    assert weights.kinds_agree(table, counts.assign(counts=[1, 0, 0])).judges == 0
