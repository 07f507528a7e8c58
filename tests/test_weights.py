import pandas as pd
import pytest

from custlib import reference, weights
from custlib.refusals import Refused

# Saaty's city example; weights and ratio as the vignette of the R package ahpsurvey 0.4.1 prints them (random index 1.11)
CITY = pd.DataFrame(
    [
        [1, 1 / 5, 3, 1 / 2, 5],
        [5, 1, 7, 1, 7],
        [1 / 3, 1 / 7, 1, 1 / 4, 3],
        [2, 1, 4, 1, 7],
        [1 / 5, 1 / 7, 1 / 3, 1 / 7, 1],
    ],
    ["culture", "family", "housing", "jobs", "transportation"],
    ["culture", "family", "housing", "jobs", "transportation"],
)
INDICATORS = ("size", "contribution", "brand_share")


def test_weights_of_saaty_city_example():
    found = weights.ahp(CITY)
    assert found.weights.tolist() == pytest.approx([0.1522, 0.4335, 0.0716, 0.3050, 0.0378], abs=5e-5)
    assert found.weights.sum() == pytest.approx(1)
    assert found.consistency_ratio * 1.12 / 1.11 == pytest.approx(0.0507, abs=5e-5)


def test_consistent_judgements_give_back_their_weights():
    ratios = pd.DataFrame([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]], INDICATORS, INDICATORS)
    found = weights.ahp(ratios)
    assert found.weights.tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert found.lambda_max == pytest.approx(3) and found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_two_factors_have_no_consistency_ratio():
    assert weights.ahp(pd.DataFrame([[1, 3], [1 / 3, 1]])).consistency_ratio is None


@pytest.mark.parametrize("value, message", [(None, "need a judgement"), (-2, "need a judgement"), (3, "contradict")])
def test_missing_negative_and_contradicting_judgements_are_refused(value, message):
    table = pd.DataFrame([[1.0, 2], [0.5, 1]], ["a", "b"], ["a", "b"])
    table.loc["a", "b"] = value
    with pytest.raises(ValueError, match=message):
        weights.ahp(table)


def comparisons(*rows):
    return pd.DataFrame(rows, columns=["factor_a", "factor_b", "ratio"], index=range(2, 2 + len(rows)))


def test_comparisons_of_the_indicators_become_weights():
    table = comparisons(
        ("size", "contribution", "2"), ("brand_share", "size", "0.5"), ("contribution", "brand_share", "1")
    )
    assert weights.of_indicators(table, INDICATORS).weights.tolist() == pytest.approx([0.5, 0.25, 0.25])
    assert weights.of_indicators(comparisons(), INDICATORS) is None


def test_the_project_comes_without_comparisons():
    assert weights.of_indicators(reference.signed("comparisons.csv"), INDICATORS) is None


@pytest.mark.parametrize(
    "rows, line",
    [
        ([("size", "charm", "2")], 2),
        ([("size", "contribution", "12")], 2),
        ([("size", "contribution", "much")], 2),
        ([("size", "size", "1")], 2),
        ([("size", "contribution", "2"), ("contribution", "size", "2")], 3),
        ([("size", "contribution", "2"), ("size", "brand_share", "2")], 3),
    ],
    ids=["unknown", "beyond 9", "text", "itself", "twice", "a pair without"],
)
def test_strange_comparisons_are_refused_with_their_line(rows, line):
    with pytest.raises(Refused) as caught:
        weights.of_indicators(comparisons(*rows), INDICATORS)
    assert caught.value.code == "comparison_strange" and caught.value.facts["line"] == line
