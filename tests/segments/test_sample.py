"""The segments planted in the invented company are found in its exports."""

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from custlib import facts, segments
from custlib.segments import evidence


@pytest.fixture(scope="module")
def features(sample_clean):
    return facts.consumer_features(sample_clean, "2025Q4")


@pytest.fixture(scope="module")
def ready(features):
    return segments.prepared(features[segments.apart(features) == ""])


@pytest.fixture(scope="module")
def found(ready, features):
    return segments.fit(ready, 4, value=features["money"])


@pytest.fixture(scope="module")
def planted(found, truth):
    return truth.segments.set_index("consumer_id")["segment"].reindex(found.labels.index)


def test_four_segments_are_stable_and_four_of_the_five_that_were_planted(found, planted):
    assert found.stable
    # 0.84 when it was written; 0 is chance. The few gift givers stand with the cooks, who buy as dear goods.
    assert adjusted_rand_score(planted, found.labels) > 0.8


def test_cooks_split_from_families_and_gadget_buyers_stand_each_in_a_segment_of_their_own(found, planted):
    counts = pd.crosstab(planted, found.labels)
    home = counts.idxmax(axis=1)[["loyal_cooks", "loyal_families", "young_gadget_buyers"]]
    assert home.nunique() == 3
    assert all(counts.at[kind, segment] > 0.85 * counts.loc[kind].sum() for kind, segment in home.items())


def test_ten_seeds_agree_on_the_number_of_segments(ready):
    found = (evidence.sharpened(evidence.table(ready, [4, 5], seed), ready, 4, seed) for seed in range(10))
    assert [evidence.settled(each) for each in found] == [4] * 10
