"""Severity of raters."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.refusals import Refused
from custlib.scorecards import adjusted, islands, severity
from tests.scorecards.test_agreement import JUDGES


def long(table, kpi="quality"):
    rows = table.rename_axis("person").reset_index().melt("person", var_name="rater")
    return rows.dropna().assign(kpi=kpi)


def test_severity_of_shrout_and_fleiss_is_that_of_the_row_and_column_means():
    found = severity(long(JUDGES))
    assert found.raters["severity"].tolist() == pytest.approx([2.375, -2.7917, -0.9583, 1.375], abs=5e-5)
    assert found.people.tolist() == pytest.approx([6, 3, 6.5, 4, 7.5, 4.75])
    assert found.residual_sd == pytest.approx(1.0097, abs=5e-5) and found.raters["ratings"].tolist() == [6] * 4


def test_the_error_of_a_mean_of_four_is_half_the_residual():
    found = severity(long(JUDGES))
    assert np.sqrt(np.diag(found.covariance)).tolist() == pytest.approx([1.00969 / 2] * 6, abs=1e-4)


def test_whoever_only_the_severe_one_rated_is_not_the_worse_for_it():
    table = pd.DataFrame({"severe": [60.0, 70, 80], "mild": [70.0, 80, np.nan]}, ["a", "b", "c"])
    found = severity(long(table))
    assert found.raters["severity"].tolist() == pytest.approx([5, -5])
    assert found.people.tolist() == pytest.approx([65, 75, 85])
    assert adjusted(long(table), found).round(9).tolist() == [65, 75, 85, 65, 75]


def test_raters_of_two_islands_are_refused_by_name():
    table = pd.DataFrame({"x": [1.0, 2, np.nan, np.nan], "y": [np.nan, np.nan, 3, 4]}, list("abcd"))
    assert islands(long(table)).loc["rater"].to_dict() == {"x": 0, "y": 1}
    with pytest.raises(Refused, match="x | y") as caught:
        severity(long(table))
    assert caught.value.code == "rater_islands"


def test_a_bridge_links_two_islands():
    table = pd.DataFrame({"x": [1.0, 2, np.nan], "y": [np.nan, 3, 4]}, list("abc"))
    assert islands(long(table)).nunique() == 1


def test_one_value_to_all_tells_nothing_of_severity():
    flat = severity(long(JUDGES.assign(flat=7.0)))
    assert flat.raters["severity"].to_dict() == pytest.approx(severity(long(JUDGES)).raters["severity"].to_dict())


@given(st.permutations(list("abcdef")), st.sampled_from("1234"))
def test_five_more_from_one_rater_change_no_score_against_another_and_new_names_permute(names, rater):
    found, harsh = severity(long(JUDGES)), severity(long(JUDGES + [5 * (one == rater) for one in "1234"]))
    gained = harsh.people - found.people  # the zero of severity moves, and everybody with it
    assert gained.tolist() == pytest.approx([5 / 4] * 6)
    renamed = severity(long(JUDGES.set_axis(names))).people.droplevel("kpi")
    assert renamed[names].tolist() == pytest.approx(found.people.tolist())


def test_planted_severities_lie_within_their_intervals_in_90_of_100_seeds():
    planted, covered = np.array([-6, -1, 2, 5]), []
    for seed in range(100):
        rng = np.random.default_rng(seed)
        true = 80 + 3 * rng.normal(size=(6, 1))
        table = pd.DataFrame(true + planted + rng.normal(0, 4, (6, 4)), list("abcdef"), list("1234"))
        table.iat[5, 1] = table.iat[4, 2] = np.nan
        found = severity(long(table)).raters
        covered.append(((found["low"] <= planted) & (planted <= found["high"])).mean())
    assert np.mean(covered) >= 0.9
