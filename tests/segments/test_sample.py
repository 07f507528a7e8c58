"""The segments planted in the invented company are found in its exports."""

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from custlib import cleaning, facts, sample, segments


@pytest.fixture(scope="module")
def found():
    features = facts.consumer_features(cleaning.open_tables("data/raw"), "2025Q4")
    ready = segments.prepared(features[segments.apart(features) == ""])
    return segments.fit(ready, 5, value=features["money"])


@pytest.fixture(scope="module")
def planted(found):
    return sample.truth().segments.set_index("consumer_id")["segment"].reindex(found.labels.index)


def test_five_segments_are_stable_and_those_that_were_planted(found, planted):
    assert found.stable
    # 0.91 when it was written; 0 is chance.
    assert adjusted_rand_score(planted, found.labels) > 0.85


def test_cooks_split_from_families_and_gadget_buyers_stand_each_in_a_segment_of_their_own(found, planted):
    counts = pd.crosstab(planted, found.labels)
    home = counts.idxmax(axis=1)[["loyal_cooks", "loyal_families", "young_gadget_buyers"]]
    assert home.nunique() == 3
    assert all(counts.at[kind, segment] > 0.85 * counts.loc[kind].sum() for kind, segment in home.items())


@pytest.mark.slow
def test_ten_seeds_agree_on_the_number_of_segments_of_every_quarter():
    history = facts.consumer_history(cleaning.open_tables("data/raw"), "2025Q4")
    numbers = [{quarter: found.k for quarter, found in segments.fitted(history, seed)[1].items()} for seed in range(10)]
    assert numbers == [numbers[0]] * 10
