import numpy as np
import pandas as pd
import pytest
import threadpoolctl

from custlib.segments import kmeans


def table(**columns):
    index = [f"k{number}" for number in range(len(next(iter(columns.values()))))]
    return pd.DataFrame(columns, index=index, dtype=float)


def test_columns_are_brought_to_mean_0_and_deviation_1_and_constant_ones_left_out():
    found = kmeans.standardised(table(a=[1, 3], b=[7, 7], c=[30, 10]))
    assert found.to_dict("list") == {"a": [-1, 1], "c": [1, -1]}


@pytest.mark.parametrize(
    "features, wrong",
    [
        (table(a=[1, np.nan, 2]), "the feature a has values that are missing"),
        (table(a=[1, np.inf, 2]), "the feature a has values that are missing or infinite"),
        (table(a=[1, 2]).assign(b=["x", "y"]), "the feature b is not of numbers"),
        (table(a=[4, 4, 4]), "no feature differs"),
        (table(a=[1, 2]).set_axis(["k", "k"]), "each consumer must stand once"),
    ],
)
def test_what_would_make_the_numbers_wrong_is_refused(features, wrong):
    with pytest.raises(ValueError, match=wrong):
        kmeans.standardised(features)


def test_whom_chance_draws_hangs_on_the_ids_not_on_their_order():
    rows = pd.DataFrame({"a": range(100)}, index=[f"k{number}" for number in range(100)])
    drawn = kmeans.sampled(rows, 30)
    assert len(drawn) == 30 and set(kmeans.sampled(rows[::-1], 30).index) == set(drawn.index)
    assert set(kmeans.sampled(rows, 30, seed=1).index) != set(drawn.index)


def test_one_thread_is_enough_and_what_was_before_comes_back():
    def threads():
        return [pool["num_threads"] for pool in threadpoolctl.threadpool_info()]

    kmeans.kmeans(np.eye(3), 2)  # loads the pools
    with threadpoolctl.threadpool_limits(2):
        before = threads()
        assert set(kmeans.one_thread(threads)()) == {1} and threads() == before


def three_blobs(each):
    random = np.random.default_rng(1)
    return np.concatenate([random.normal(at, 1, (each, 2)) for at in ((0, 0), (8, 8), (0, 8))])


def test_starts_are_points_and_far_apart():
    points = three_blobs(30)
    starts = kmeans.plus_plus(points, 3, 20, np.random.default_rng(0))
    assert starts.shape == (20, 3, 2) and all((points == centre).all(axis=1).any() for centre in starts.reshape(-1, 2))
    own = kmeans.nearest(starts.reshape(-1, 2), points.reshape(3, 30, 2).mean(axis=1)).reshape(20, 3)
    assert sum(len(set(row)) == 3 for row in own) >= 18


@pytest.mark.parametrize("k", [2, 3, 5])
def test_the_best_of_all_starts_at_once_is_as_good_as_that_of_scikit_learn(k):
    points = three_blobs(40)
    labels, centres = kmeans.best_of(points, kmeans.plus_plus(points, k, 30, np.random.default_rng(0)))
    squares = sum(((points[labels == number] - centres[number]) ** 2).sum() for number in range(k))
    assert squares < 1.02 * kmeans.kmeans(points, k, n_init=30).inertia_
    assert np.array_equal(labels, kmeans.nearest(points, centres))


def test_a_centre_that_loses_its_points_stays_and_of_equally_near_ones_the_first_counts():
    points = np.array([[0.0], [1], [9], [10]])
    labels, centres = kmeans.best_of(points, np.array([[[0.5], [9.5], [99]]]))
    assert labels.tolist() == [0, 0, 1, 1] and centres.ravel().tolist() == [0.5, 9.5, 99]
    assert kmeans.nearest(np.array([[5.0]]), centres).tolist() == [0]


def test_fewer_different_points_than_centres_are_no_error():
    points = np.repeat([[0.0], [1.0]], 5, axis=0)
    labels, _ = kmeans.best_of(points, kmeans.plus_plus(points, 4, 3, np.random.default_rng(0)))
    assert len(set(labels[:5])) == len(set(labels[5:])) == 1 and labels[0] != labels[9]
