import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.weights.completion import completed, parts

NAN = np.nan


def largest(values):
    return np.linalg.eigvals(values).real.max()


def test_the_middle_of_a_chain_is_the_product():
    known = np.array([[1, 2, NAN], [1 / 2, 1, 3], [NAN, 1 / 3, 1]])
    assert completed(known)[0, 2] == pytest.approx(6) and completed(known)[2, 0] == pytest.approx(1 / 6)


def test_four_in_a_circle_each_twice_the_next():
    """Turning the circle by two swaps each missing judgement with its reverse, so both are 1; all rows then add up to
    4.5."""
    known = np.array([[1, 2, NAN, 1 / 2], [1 / 2, 1, 2, NAN], [NAN, 1 / 2, 1, 2], [2, NAN, 1 / 2, 1]])
    values = completed(known)
    assert values[0, 2] == pytest.approx(1) and values[1, 3] == pytest.approx(1)
    assert largest(values) == pytest.approx(4.5)


@given(st.lists(st.sampled_from([1 / 9, 1 / 4, 1 / 2, 1, 2, 3, 7]), min_size=7, max_size=7), st.floats(-1, 1))
@settings(max_examples=40, deadline=None)
def test_no_other_value_has_a_smaller_largest_eigenvalue(told, shift):
    known = np.ones((5, 5))
    pairs = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (0, 2), (1, 4)]
    for (row, column), ratio in zip(pairs, told, strict=True):
        known[row, column], known[column, row] = ratio, 1 / ratio
    known[[0, 3, 1, 3, 2, 4], [3, 0, 3, 1, 4, 2]] = NAN
    values = completed(known)
    for row, column in ((0, 3), (1, 3), (2, 4)):
        other = values.copy()
        other[row, column], other[column, row] = (
            values[row, column] * np.exp(shift),
            values[column, row] / np.exp(shift),
        )
        assert largest(values) <= largest(other) + 1e-9


def test_two_groups_without_a_judgement_between_are_refused():
    known = np.array([[1, 2, NAN, NAN], [1 / 2, 1, NAN, NAN], [NAN, NAN, 1, 3], [NAN, NAN, 1 / 3, 1]])
    assert parts(known).tolist() == [0, 0, 1, 1]
    with pytest.raises(ValueError, match="connect"):
        completed(known)
