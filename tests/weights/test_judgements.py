import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import weights

NAN = float("nan")


def square(rows, names="abcdefghij"):
    return pd.DataFrame(rows, list(names[: len(rows)]), list(names[: len(rows)]), dtype=float)


def perfect(weight):
    return square(np.divide.outer(weight, weight))


# Saaty's city example; weights and ratio as the vignette of the R package ahpsurvey 0.4.1 prints them (random index
# 1.11)
CITY = square(
    [
        [1, 1 / 5, 3, 1 / 2, 5],
        [5, 1, 7, 1, 7],
        [1 / 3, 1 / 7, 1, 1 / 4, 3],
        [2, 1, 4, 1, 7],
        [1 / 5, 1 / 7, 1 / 3, 1 / 7, 1],
    ]
)


def test_weights_of_saaty_city_example():
    found = weights.ahp(CITY, "saaty2005")
    assert found.weights.tolist() == pytest.approx([0.1522, 0.4335, 0.0716, 0.3050, 0.0378], abs=5e-5)
    assert found.consistency_ratio == pytest.approx(0.0507, abs=5e-5) and found.random_index == "saaty2005"
    assert weights.ahp(CITY).consistency_ratio == pytest.approx(0.0503, abs=5e-5)
    assert not found.approximate


@pytest.mark.parametrize(
    "expert, expected, ratio",
    [
        ("Dad", [0.717, 0.217, 0.066], 0.035),
        ("Mom", [0.063, 0.194, 0.743], 0.068),
        ("Kid", [0.091, 0.818, 0.091], 0.0),
    ],
)
def test_weights_of_the_vacation_example_of_r_ahp(vacation, expert, expected, ratio):
    found = weights.ahp(vacation[expert], "saaty2005")
    assert found.weights.tolist() == pytest.approx(expected, abs=6e-4)
    assert found.consistency_ratio == pytest.approx(ratio, abs=1e-3)


def test_weights_of_the_car_example_of_r_ahp():
    criteria = square([[1, 3, 7, 3], [1 / 3, 1, 9, 1], [1 / 7, 1 / 9, 1, 1 / 7], [1 / 3, 1, 7, 1]])
    found = weights.ahp(criteria, "saaty2005")
    assert found.weights.tolist() == pytest.approx([0.510, 0.234, 0.041, 0.215], abs=1e-3)
    assert found.consistency_ratio == pytest.approx(0.075, abs=1e-3)
    cost = square([[1, 2, 5, 3], [1 / 2, 1, 2, 2], [1 / 5, 1 / 2, 1, 1 / 2], [1 / 3, 1 / 2, 2, 1]])
    assert weights.ahp(cost).weights.tolist() == pytest.approx([0.488, 0.252, 0.100, 0.161], abs=6e-4)


def test_weights_of_the_cities_by_saaty_2005():
    """Local matrices of the city example; the total as the tests of AHPy cite it from Saaty 2005."""
    culture = square([[1, 0.5, 1, 0.5], [2, 1, 2.5, 1], [1, 0.4, 1, 0.4], [2, 1, 2.5, 1]])
    family = square([[1, 2, 1 / 3, 4], [0.5, 1, 1 / 8, 2], [3, 8, 1, 9], [0.25, 0.5, 1 / 9, 1]])
    housing = square([[1, 5, 0.5, 2.5], [0.2, 1, 1 / 9, 0.25], [2, 9, 1, 7], [0.4, 4, 1 / 7, 1]])
    jobs = square([[1, 0.5, 3, 4], [2, 1, 6, 8], [1 / 3, 1 / 6, 1, 1], [0.25, 0.125, 1, 1]])
    transport = square([[1, 1.5, 0.5, 4], [2 / 3, 1, 1 / 3.5, 2.5], [2, 3.5, 1, 9], [0.25, 0.4, 1 / 9, 1]])
    local = np.array([weights.ahp(table).weights for table in (culture, family, housing, jobs, transport)])
    assert weights.ahp(CITY).weights.to_numpy() @ local == pytest.approx([0.229, 0.275, 0.385, 0.111], abs=5e-4)


@given(st.lists(st.floats(0.05, 1), min_size=2, max_size=9), st.randoms())
@settings(max_examples=30, deadline=None)
def test_perfect_judgements_give_back_their_weights_in_any_order(weight, random):
    table = perfect(weight)
    order = random.sample(list(table.index), len(weight))
    found = weights.ahp(table.loc[order, order])
    assert found.weights[list(table.index)].tolist() == pytest.approx(np.divide(weight, sum(weight)))
    assert found.lambda_max == pytest.approx(len(weight)) and abs(found.consistency_ratio or 0) < 1e-9


@given(st.lists(st.floats(0.05, 1), min_size=4, max_size=8), st.data())
@settings(max_examples=30, deadline=None)
def test_missing_judgements_of_perfect_weights_are_found_again(weight, data):
    table = perfect(weight)
    chain = {(place, place + 1) for place in range(len(weight) - 1)}
    for row in range(len(weight)):
        for column in range(row + 1, len(weight)):
            if (row, column) not in chain and data.draw(st.booleans()):
                table.iloc[row, column] = table.iloc[column, row] = NAN
    assert weights.ahp(table).weights.tolist() == pytest.approx(np.divide(weight, sum(weight)), abs=1e-5)


def test_two_factors_and_more_than_the_table_holds_have_no_consistency_ratio():
    assert weights.ahp(square([[1, 3], [1 / 3, 1]])).consistency_ratio is None
    eleven = square(np.ones((11, 11)), "abcdefghijk")
    assert weights.ahp(eleven).consistency_ratio is None
    assert weights.ahp(eleven, "saaty2005").consistency_ratio == pytest.approx(0)


def test_a_judgement_known_in_one_direction_is_known_in_both():
    assert weights.ahp(square([[1, 3], [NAN, NAN]])).weights.tolist() == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize("value, message", [(NAN, "connect"), (-2, "above 0"), (3, "contradict"), (0, "above 0")])
def test_unconnected_negative_and_contradicting_judgements_are_refused(value, message):
    table = square([[1, value], [NAN if value != value else 0.5, 1]])
    with pytest.raises(ValueError, match=message):
        weights.ahp(table)


def test_the_judgement_to_discuss_is_the_one_turned_round():
    table = perfect([8, 4, 2, 1])
    assert weights.worst_judgement(table) is None
    table.loc["b", "d"], table.loc["d", "b"] = 1 / 4, 4
    assert weights.worst_judgement(table) == ("b", "d", 0.25, pytest.approx(4))


def test_a_judgement_that_alone_connects_two_factors_cannot_disagree():
    table = square([[1, 2, NAN], [0.5, 1, 3], [NAN, 1 / 3, 1]])
    assert weights.worst_judgement(table) is None


def test_reciprocals_rounded_to_two_decimals_weigh_as_what_they_stand_for():
    rounded = pd.DataFrame([[1, 3, 7], [0.33, 1, 3], [0.14, 0.33, 1]], list("abc"), list("abc"))
    exact = pd.DataFrame([[1, 3, 7], [1 / 3, 1, 3], [1 / 7, 1 / 3, 1]], list("abc"), list("abc"))
    assert weights.ahp(rounded).weights.tolist() == pytest.approx(weights.ahp(exact).weights.tolist(), abs=1e-12)
