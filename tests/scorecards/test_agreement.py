"""Agreement of raters."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.scorecards import icc

# Shrout & Fleiss 1979, Table 2: four judges rate six people
JUDGES = pd.DataFrame(
    [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)], list("abcdef"), list("1234")
)


def test_mean_squares_of_shrout_and_fleiss():
    squares = {name: round(value, 2) for name, value in icc(JUDGES).mean_squares.items()}
    assert squares == {"between": 11.24, "within": 6.26, "judges": 32.49, "error": 1.02}


def test_intraclass_correlations_of_shrout_and_fleiss_with_the_intervals_of_mcgraw_and_wong():
    found = icc(JUDGES)
    assert found.agreement == pytest.approx((0.2898, 0.0188, 0.7611), abs=5e-5)
    assert found.consistency == pytest.approx((0.7148, 0.3425, 0.9459), abs=5e-5)


def test_the_other_forms_follow_from_the_mean_squares():
    between, within, judges, error = icc(JUDGES).mean_squares.values()
    one = (between - within) / (between + 3 * within), (between - within) / between
    mean = (between - error) / (between + (judges - error) / 6), (between - error) / between
    assert (*one, *mean) == pytest.approx((0.1657, 0.4428, 0.6201, 0.9093), abs=5e-5)


def test_raters_that_differ_by_leniency_only_are_consistent_and_do_not_agree():
    found = icc(pd.DataFrame({"one": [60.0, 70, 80], "other": [70.0, 80, 90]}))
    assert found.consistency == (1, 1, 1) and found.agreement[0] == pytest.approx(2 / 3)


def test_nothing_is_known_of_one_rater_or_of_equal_people():
    assert np.isnan(icc(JUDGES[["1"]]).agreement).all()
    assert np.isnan(icc(JUDGES * 0).consistency).all()


def test_a_missing_rating_is_an_error():
    with pytest.raises(ValueError, match="every person"):
        icc(JUDGES.where(JUDGES != 10))


tables = st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=3, max_size=6, unique=True)


@given(tables, st.integers(1, 20))
def test_severity_moves_agreement_only_and_order_and_scale_neither(rows, given_more):
    table = pd.DataFrame(rows, dtype="float64")
    found, harsh = icc(table), icc(table + [0, given_more, 0])
    turned = icc(table.iloc[::-1, ::-1] * 2)
    assert harsh.consistency == pytest.approx(found.consistency, nan_ok=True, abs=1e-6)
    assert turned.agreement == pytest.approx(found.agreement, nan_ok=True, abs=1e-6)
    if not np.isnan(found.consistency[0]):
        low, high = found.agreement[1:]
        assert low <= found.agreement[0] + 1e-9 and found.agreement[0] <= high + 1e-9
