import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import euclidean_distances, silhouette_score

from custlib import segments
from custlib.segments import evidence, halves

ABOVE = {"jaccard": 0.9, "silhouette": 0.4, "null_silhouette": 0.1}


def blobs(each=40, seed=0):
    random = np.random.default_rng(seed)
    return pd.DataFrame(np.concatenate([random.normal(at, 0.5, (each, 2)) for at in ((0, 0), (9, 9), (0, 9))]))


def found(strengths):
    """An evidence with these prediction strengths by k, and all else well above its limit."""
    rows = [ABOVE | {"k": k, "prediction_strength": strength} for k, strength in strengths.items()]
    return pd.DataFrame(rows).assign(stable=lambda rows: rows["prediction_strength"] >= 0.8, strength_error=0.001)


def test_segments_far_apart_predict_each_other_and_one_more_does_not():
    assert segments.prediction_strength(blobs(), 1) == 1
    assert segments.prediction_strength(blobs(), 3) == 1
    assert segments.prediction_strength(blobs(), 4) < 0.8


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


def test_what_all_splits_cannot_tell_counts_as_reached_and_what_they_can_does_not():
    rows = found({3: 0.95, 4: 0.89})
    rows = rows.assign(asked_strength=evidence.asked(rows, 3))
    assert evidence.settled(rows.assign(strength_error=0.004)) == 4
    assert evidence.settled(rows.assign(strength_error=0.003)) == 3


def test_splits_are_drawn_until_chance_does_not_decide(monkeypatch):
    def splits(points, k, seed):
        yield from (halves.Split((), (), strength) for strength in np.tile([0.85, 0.95], 100))

    monkeypatch.setattr(halves, "splits", splits)
    # A mean of 0.9 with a standard error of 0.05 ÷ √(n − 1).
    far, near, nowhere = (evidence._splits(None, 3, 0, limit) for limit in (0.8, 0.905, None))
    assert (len(far), len(near), len(nowhere)) == (10, 100, 10)
    strength, error, number = evidence._strength(near).values()
    assert (strength, error, number) == (pytest.approx(0.9), pytest.approx(0.05 / np.sqrt(99)), 100)
    assert evidence.close(0.9, 0.01, 0.929) and not evidence.close(0.9, 0.01, 0.931)
    assert len(evidence._splits(None, 3, 0, least=0.99)) == 10 and len(evidence._splits(None, 3, 0, least=1.04)) == 3


def test_only_numbers_that_may_decide_get_more_splits():
    features = blobs()
    rows = evidence.table(features, [2, 3])
    assert evidence.sharpened(rows, features, 3)["splits"].tolist() == [10, 10]
    near = rows.assign(prediction_strength=[0.5, 0.83], strength_error=0.02, jaccard=0.76)
    again = evidence.sharpened(near, features, 2)
    assert again["prediction_strength"].tolist() == [0.5, 1] and again["asked_strength"].tolist() == [0.8, 0.8]
    assert again["jaccard"].tolist() == [0.76, 1]


def test_the_silhouette_is_that_of_scikit_learn_and_of_a_segment_of_one_0():
    values, labels = blobs(each=9).to_numpy(), np.array([0] + [1] * 12 + [2] * 14)
    distance = euclidean_distances(values)
    assert evidence._silhouette(distance, labels) == pytest.approx(silhouette_score(values, labels))


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
    assert evidence.decisive(far)["k"].tolist() == [2, 3, 6]  # ten splits leave three in doubt


@pytest.mark.parametrize("kind", ["uniform", "gaussian", "correlated", "three", "five"])
def test_what_has_no_structure_has_no_segments_and_what_was_planted_is_found_by_any_seed(kind):
    random = np.random.default_rng(11)
    shares = {"three": [0.5, 0.3, 0.2], "five": [0.3, 0.25, 0.2, 0.15, 0.1]}.get(kind, [1.0])
    values = random.uniform(-1.7, 1.7, (500, 6)) if kind == "uniform" else random.normal(size=(500, 6))
    values = values @ random.normal(size=(6, 6)) if kind == "correlated" else values
    if len(shares) > 1:
        values = values + 3 * random.normal(size=(len(shares), 6))[random.choice(len(shares), 500, p=shares)]
    found = [segments.fit(pd.DataFrame(values), seed=seed) for seed in range(3)]
    assert [each.k for each in found] == [len(shares)] * 3
    assert all(each.labels.equals(found[0].labels) for each in found)
