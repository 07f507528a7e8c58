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

    with threadpoolctl.threadpool_limits(2):
        before = threads()
        assert set(kmeans.one_thread(threads)()) == {1} and threads() == before
