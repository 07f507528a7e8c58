from itertools import islice

import numpy as np
import pytest

from custlib.segments import halves


def blobs(each=40):
    random = np.random.default_rng(0)
    return np.concatenate([random.normal(at, 0.5, (each, 2)) for at in ((0, 0), (9, 9), (0, 9))])


def test_pairs_kept_together_are_those_of_the_worst_segment():
    labels = np.array([0, 0, 0, 0, 1, 1, 1])
    # Three of four stay together: 3 of 6 pairs; the other segment keeps all of its pairs.
    assert halves.kept_together(labels, np.array([0, 0, 1, 0, 1, 1, 1]), 2) == 0.5
    assert halves.kept_together(labels, np.array([1, 1, 1, 1, 0, 0, 0]), 2) == 1
    assert halves.kept_together(np.array([0, 0, 1]), np.array([0, 0, 1]), 2) == 0  # one alone


def test_the_jaccard_of_a_segment_worked_by_hand():
    split = halves.Split(
        (np.array([0, 1, 2, 3]), np.array([4, 5, 6])), (np.array([0, 0, 0, 1]), np.array([1, 1, 0])), 1
    )
    # First half: {0, 1} beside {0, 1, 2} is 2 of 3, {2, 3} beside {3} is 1 of 2; second: {4, 5} and {6} as they were.
    found = halves.jaccard([split], np.array([0, 0, 1, 1, 0, 0, 1]))
    assert found.tolist() == [pytest.approx((2 / 3 + 1) / 2), pytest.approx((1 / 2 + 1) / 2)]


def test_a_segment_far_from_others_is_found_in_every_half_and_half_of_one_is_not():
    points = blobs()
    three, four = (list(islice(halves.splits(points, k), 10)) for k in (3, 4))
    assert halves.jaccard(three, np.repeat([0, 1, 2], 40)).tolist() == [1, 1, 1]
    assert halves.jaccard(four, np.repeat([0, 1, 2, 3], [40, 40, 20, 20]))[2:].max() < 0.75


def test_splits_are_the_same_for_every_number_halve_the_consumers_and_begin_again_with_the_seed():
    points = blobs(each=15)
    two, three, again = (list(islice(halves.splits(points, k, 5), 4)) for k in (2, 3, 3))
    for one, other in zip(two, three, strict=True):
        assert all(np.array_equal(*places) for places in zip(one.places, other.places, strict=True))
        assert sorted(np.concatenate(one.places)) == list(range(45)) and len(one.places[0]) == 22
    assert [split.strength for split in three] == [split.strength for split in again] == [1] * 4
    assert max(split.strength for split in two) < 1
