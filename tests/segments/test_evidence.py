import numpy as np
import pandas as pd
import pytest

from custlib import segments
from custlib.segments import evidence

ABOVE = {"jaccard": 0.9, "silhouette": 0.4, "null_silhouette": 0.1}


def blobs(each=40, seed=0):
    random = np.random.default_rng(seed)
    return pd.DataFrame(np.concatenate([random.normal(at, 0.5, (each, 2)) for at in ((0, 0), (9, 9), (0, 9))]))


def found(strengths):
    """An evidence with these prediction strengths by k, and all else well above its limit."""
    rows = [ABOVE | {"k": k, "prediction_strength": strength} for k, strength in strengths.items()]
    return pd.DataFrame(rows).assign(stable=lambda rows: rows["prediction_strength"] >= 0.8, strength_error=0.001)


def test_pairs_kept_together_are_those_of_the_worst_segment():
    labels = np.array([0, 0, 0, 0, 1, 1, 1])
    # Three of four stay together: 3 of 6 pairs; the other segment keeps all of its pairs.
    assert evidence._kept_together(labels, np.array([0, 0, 1, 0, 1, 1, 1]), 2) == 0.5
    assert evidence._kept_together(labels, np.array([1, 1, 1, 1, 0, 0, 0]), 2) == 1


def test_segments_far_apart_predict_each_other_and_one_more_does_not():
    assert segments.prediction_strength(blobs(), 1) == 1
    assert segments.prediction_strength(blobs(), 3) == 1
    assert segments.prediction_strength(blobs(), 4) < 0.8


def test_a_segment_far_from_others_is_found_in_every_resample_and_half_of_one_is_not():
    values = blobs().to_numpy()
    assert evidence.jaccard(values, np.repeat([0, 1, 2], 40)).tolist() == [1, 1, 1]
    halved = evidence.jaccard(values, np.repeat([0, 1, 2, 3], [40, 40, 20, 20]))
    assert halved[2:].max() < 0.75


def test_a_tree_puts_back_what_columns_tell_and_not_what_they_do_not():
    features = pd.DataFrame({"a": np.arange(400.0)})
    assert evidence.tree_fidelity(features, (np.arange(400) >= 200).astype(int)) > 0.98
    assert evidence.tree_fidelity(features, np.random.default_rng(0).integers(0, 2, 400)) < 0.65


def test_the_table_has_a_row_for_each_k_that_the_consumers_allow():
    rows = evidence.table(blobs(each=15), range(2, 9))
    assert rows["k"].tolist() == [2, 3, 4]  # 45 consumers, ten a segment
    assert list(rows.columns) == evidence.COLUMNS
    assert rows.set_index("k").at[3, "smallest"] == 15


def test_of_many_consumers_some_are_drawn_and_the_smallest_segment_is_scaled_to_all(monkeypatch):
    monkeypatch.setattr(evidence, "MOST", 300)
    row = evidence.table(blobs(each=500), [3]).iloc[0]
    assert row["stable"] and row["smallest"] == pytest.approx(500, rel=0.2)


def test_a_column_of_two_humps_is_structure_and_the_quarters_of_a_square_are_not():
    random = np.random.default_rng(3)
    humps = pd.DataFrame({"a": np.repeat([0.0, 20], 100) + random.normal(size=200)})
    assert evidence.table(humps, [2])["stable"].all()
    # The quarters repeat well, and are no segments: permuted columns give the same.
    row = evidence.table(pd.DataFrame(random.uniform(size=(1500, 2))), [4]).iloc[0]
    assert row["prediction_strength"] > 0.8 and row["jaccard"] > 0.75 and not row["stable"]


@pytest.mark.parametrize(
    "strengths, before, expected",
    [
        ({2: 0.95, 3: 0.82, 4: 0.7}, None, 3),
        ({2: 0.7, 3: 0.6}, None, 1),
        ({3: 0.93, 4: 0.85}, 3, 3),  # four is stable, but not clearly so
        ({3: 0.93, 4: 0.91}, 3, 4),
        ({2: 0.95, 3: 0.76}, 3, 3),  # wavers
        ({2: 0.95, 3: 0.74}, 3, 2),  # is gone
        ({2: 0.79, 3: 0.74}, 3, 1),
        ({2: 0.95, 3: 0.82}, 1, 3),
    ],
)
def test_the_number_of_segments_changes_only_for_clear_evidence(strengths, before, expected):
    rows = found(strengths)
    assert evidence.settled(rows.assign(asked_strength=evidence.asked(rows, before))) == expected


def test_a_larger_number_is_asked_for_more_than_the_one_that_stays_and_a_smaller_one_is_not_asked():
    rows = found({2: 0.99, 3: 0.76, 4: 0.9})
    assert evidence.asked(rows, 3).fillna(-1).tolist() == [-1, 0.75, 0.9]
    assert evidence.asked(rows, None).tolist() == [0.8] * 3
    assert evidence.asked(rows.assign(jaccard=0.6), 3).tolist() == [0.8] * 3  # three does not hold any more


def test_what_200_splits_cannot_tell_counts_as_reached_and_what_they_can_does_not():
    rows = found({3: 0.95, 4: 0.89})
    rows = rows.assign(asked_strength=evidence.asked(rows, 3))
    assert evidence.settled(rows.assign(strength_error=0.004)) == 4
    assert evidence.settled(rows.assign(strength_error=0.003)) == 3


def test_splits_are_drawn_until_chance_does_not_decide(monkeypatch):
    def splits(points, k, seed):
        yield from np.tile([0.85, 0.95], 100)  # a mean of 0.9 with a standard error of 0.05 ÷ √n

    monkeypatch.setattr(evidence, "_splits", splits)
    far, near = evidence._strength(None, 3, 0, 0.8), evidence._strength(None, 3, 0, 0.905)
    assert (far["splits"], near["splits"]) == (20, 200)
    assert near["prediction_strength"] == pytest.approx(0.9)
    assert near["strength_error"] == pytest.approx(0.05 / np.sqrt(199))
    assert evidence.close(0.9, 0.01, 0.929) and not evidence.close(0.9, 0.01, 0.931)


def test_only_numbers_that_may_decide_get_more_splits():
    features = blobs()
    rows = evidence.table(features, [2, 3])
    assert evidence.sharpened(rows, features, 3)["splits"].tolist() == [20, 20]
    near = rows.assign(prediction_strength=[0.5, 0.83], strength_error=0.02)
    again = evidence.sharpened(near, features, 2)
    assert again["prediction_strength"].tolist() == [0.5, 1] and again["asked_strength"].tolist() == [0.8, 0.8]


@pytest.mark.parametrize("spread", [0.1, 1.6])
def test_what_an_earlier_quarter_leaves_out_decides_nothing(spread):
    features = blobs(each=14) + np.random.default_rng(1).normal(0, spread, (42, 2))
    whole = evidence.table(features)
    for before in (None, 2, 3):
        some = evidence.decisive(features, before)
        one, other = (evidence.settled(evidence.sharpened(rows, features, before)) for rows in (some, whole))
        same = whole[whole["k"].isin(some["k"])].reset_index(drop=True)
        assert one == other and len(some) < len(whole)
        pd.testing.assert_frame_equal(some, same, check_exact=True)


def test_a_smaller_number_is_not_looked_at_while_that_of_the_quarter_before_stays():
    near = blobs(each=10)
    far = pd.concat([near, near + 90], ignore_index=True)  # three groups here, three there
    assert evidence.decisive(far, 6)["k"].tolist() == [6]
    assert evidence.decisive(far)["k"].tolist() == [2, 6]
