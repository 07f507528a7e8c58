import numpy as np
import pandas as pd

from custlib import segments


def blobs(spread):
    random = np.random.default_rng(0)
    at = [(0, 0), (9, 9), (0, 9), (9, 0)]
    return pd.DataFrame(np.concatenate([random.normal(each, spread, (40, 2)) for each in at]))


def test_one_start_disagrees_with_itself_and_sorted_rows_never():
    found = segments.agreement(blobs(6), 5, runs=6).set_index("what")
    assert found.index.tolist() == ["seeds_one_start", "shuffles_one_start", "seeds_ours", "shuffles_ours"]
    assert found.loc["seeds_one_start", "least"] < 0.95 and found.loc["shuffles_one_start", "least"] < 0.95
    assert found.loc["shuffles_ours"].tolist() == [1, 1]
    assert (found["least"] <= found["mean"]).all()


def test_segments_far_apart_are_the_same_whatever_the_seed():
    found = segments.agreement(blobs(0.3), 4, runs=4).set_index("what")
    assert found.loc["seeds_ours"].tolist() == [1, 1]


def test_a_single_segment_has_nothing_to_agree_on():
    assert segments.agreement(pd.DataFrame(), 1).empty
