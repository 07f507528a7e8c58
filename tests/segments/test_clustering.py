import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import silhouette_score

from custlib import segments

# Ruspini 1970, as in the R package cluster: 75 points in their order, four groups of 20, 23, 17 and 15.
RUSPINI = """4 53 5 63 10 59 9 77 13 49 13 69 12 88 15 75 18 61 19 65 22 74 27 72 28 76 24 58 27 55 28 60 30 52 31 60 32 61 36 72
28 147 32 149 35 153 33 154 38 151 41 150 38 145 38 143 32 143 34 141 44 156 44 149 44 143 46 142 47 149 49 152 50 142 53 144
52 152 55 155 54 124 60 136 63 139 86 132 85 115 85 96 78 94 74 96 97 122 98 116 98 124 99 119 99 128 101 115 108 111 110 111
108 116 111 126 115 117 117 115 70 4 77 12 83 21 61 15 69 15 78 16 66 18 58 13 64 20 69 21 66 23 61 25 76 27 72 31 64 30"""
ON_THREADS = """
import numpy, pandas; from custlib import segments
features = pandas.DataFrame(numpy.random.default_rng(0).normal(size=(1200, 8)))
found = segments.fit(features, 6)
print(found.centres.to_numpy().tobytes().hex(), found.labels.tolist(), found.evidence.to_json(double_precision=15))
"""


@pytest.fixture(scope="module")
def ruspini():
    return pd.DataFrame(np.array(RUSPINI.split(), float).reshape(75, 2), columns=["x", "y"])


def blobs(each=30, seed=0):
    random = np.random.default_rng(seed)
    values = np.concatenate([random.normal(at, 1, (each, 3)) for at in ((0, 0, 0), (9, 9, 0), (0, 9, 9))])
    index = [f"k{number:03d}" for number in range(3 * each)]
    return pd.DataFrame(values, index, ["a", "b", "c"]).assign(money=np.repeat([5.0, 50, 20], each))


def test_the_four_groups_of_ruspini_with_the_silhouette_of_kaufman_and_rousseeuw(ruspini):
    found = segments.fit(ruspini)
    assert found.k == 4 and found.stable
    assert found.labels.tolist() == [2] * 20 + [1] * 23 + [3] * 17 + [4] * 15
    assert silhouette_score(ruspini, found.labels) == pytest.approx(0.7376569909, abs=1e-9)


@pytest.mark.parametrize("long", [False, True], ids=["round", "long"])
def test_a_gaussian_has_no_stable_segments(long):
    values = np.random.default_rng(5).normal(size=(800, 4))
    # The halves of a long one repeat well: only beside another Gaussian is it seen that they are no segments.
    found = segments.fit(pd.DataFrame(values + 9 * values[:, :1] * long))
    assert found.k == 1 and not found.stable
    assert found.labels.unique().tolist() == [1]
    assert found.evidence["k"].tolist() == list(range(2, 9))
    assert (found.evidence["prediction_strength"].max() > 0.8) == long


def test_a_given_k_is_taken_and_said_to_be_stable_or_not():
    three, five = segments.fit(blobs(), 3), segments.fit(blobs(), 5)
    assert (three.k, three.stable, three.evidence["k"].tolist()) == (3, True, [3])
    assert (five.k, five.stable) == (5, False)


def test_the_first_segment_brings_the_most_money():
    found = segments.fit(blobs(), 3)
    assert found.labels[["k000", "k030", "k060"]].tolist() == [3, 1, 2]
    assert found.profile["consumers"].tolist() == [30, 30, 30]
    assert found.profile["money"].tolist() == [50, 20, 5]
    other = segments.fit(blobs(), 3, value=pd.Series(np.repeat([3, 2, 1], 30), blobs().index))
    assert other.labels[["k000", "k030", "k060"]].tolist() == [1, 2, 3]


@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(random):
    features = blobs()
    order = list(features.index)
    random.shuffle(order)
    shuffled, found = segments.fit(features.loc[order], 4), segments.fit(features, 4)
    assert shuffled.labels.index.tolist() == order
    pd.testing.assert_series_equal(shuffled.labels.sort_index(), found.labels)
    pd.testing.assert_frame_equal(shuffled.centres, found.centres, check_exact=True)
    pd.testing.assert_frame_equal(shuffled.evidence, found.evidence, check_exact=True)


def test_the_number_of_threads_changes_nothing():
    runs = []
    for threads in ("1", "2"):
        environment = os.environ | {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        code = [sys.executable, "-c", ON_THREADS]
        runs.append(subprocess.run(code, env=environment, capture_output=True, check=True).stdout)
    assert runs[0] == runs[1]


@pytest.mark.parametrize("k", [0, 91])
def test_more_segments_than_different_consumers_are_refused(k):
    with pytest.raises(ValueError, match="segments of 90 different consumers"):
        segments.fit(blobs(), k)


def test_a_handful_of_consumers_has_no_stable_segments():
    found = segments.fit(blobs(each=4))
    assert (found.k, found.stable, len(found.evidence)) == (1, False, 0)


def test_consumers_are_assigned_under_the_centres_and_scale_of_another_quarter():
    found = segments.fit(blobs(), 3)
    later = blobs(seed=1)[:45]
    assert segments.assigned(later, found).tolist() == [3] * 30 + [1] * 15
    assert segments.assigned(later.drop(columns="money"), found).tolist() == [3] * 30 + [1] * 15


def test_over_quarters_the_number_of_segments_is_held_against_that_of_the_quarter_before(monkeypatch):
    told = []

    def asked(found, before=None):
        told.append(before)
        return pd.Series(0.8, found.index)

    monkeypatch.setattr("custlib.segments.evidence.asked", asked)
    monkeypatch.setattr("custlib.segments.evidence.settled", lambda found: 3)
    fits = segments.over_quarters({"2025Q2": blobs(each=7), "2025Q1": blobs(each=7, seed=1)})
    assert list(fits) == ["2025Q1", "2025Q2"] and told == [None, None, 3]


def test_too_few_consumers_or_none_that_differ_are_one_segment():
    few, same = blobs().head(19), pd.DataFrame({"a": [1.0] * 40})
    found = segments.over_quarters({"2025Q2": few, "2025Q3": same, "2025Q4": blobs()})
    assert [found[quarter].k for quarter in sorted(found)] == [1, 1, 3]
    assert found["2025Q2"].labels.index.equals(few.index) and set(found["2025Q2"].labels) == {1}
    assert found["2025Q3"].evidence.empty and not found["2025Q3"].stable


def test_numbers_that_do_not_come_into_question_are_not_looked_at_before_the_last_quarter():
    found = segments.over_quarters({"2025Q3": blobs(), "2025Q4": blobs()})
    assert found["2025Q4"].evidence["k"].tolist() == list(range(2, 9))
    earlier = found["2025Q3"].evidence
    assert len(earlier) < 7 and (earlier["prediction_strength"] >= 0.75).all()
    assert found["2025Q3"].k == found["2025Q4"].k == 3
