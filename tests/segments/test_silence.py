"""Ten purchases a month by the segment, or all of them at Spring Festival; gaps worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import segments

QUARTER = "2025Q4"


def found(recency_days, frequency, months=range(1, 13)):
    consumers = [f"k{n}" for n in range(len(recency_days))]
    features = pd.DataFrame({"recency_days": recency_days, "frequency": frequency}, consumers, dtype="float64")
    bought = pd.DataFrame({"consumer_id": "k0", "month": list(months), "purchases": 10, "money": 1.0})
    identities = pd.Series("S1", consumers)
    return segments.with_silence(features, bought, identities, QUARTER)["silent"].tolist()


def test_who_buys_in_every_season_is_silent_after_a_gap_that_chance_does_not_explain():
    # The last purchase on 30 September: a quarter of the year's purchases since, so (3/4)ⁿ: 5.6 % of 10, 4.2 % of 11.
    assert found([92, 92], [10, 11]) == [0, 1]


def test_who_buys_at_spring_festival_is_not_silent_in_december():
    # All of the segment's purchases fall in January and February; none since the last day of February, 306 days ago.
    assert found([306, 306 + 28], [50, 50], months=[1, 2]) == [0, 1]  # half of them since the last day of January


@given(st.integers(0, 364), st.integers(0, 364), st.integers(3, 40))
def test_a_longer_gap_is_never_less_silent(one, other, frequency):
    silent = found([one, other], [frequency, frequency])
    assert silent[0] <= silent[1] if one <= other else silent[0] >= silent[1]


def test_a_segment_that_no_purchase_is_known_of_and_features_without_the_columns_are_left_open():
    bought = pd.DataFrame({"consumer_id": ["k9"], "month": [1], "purchases": [1], "money": [1.0]})
    features = pd.DataFrame({"recency_days": [9.0], "frequency": [3.0]}, ["k0"])
    identities = pd.Series("S1", ["k0"])
    assert np.isnan(segments.with_silence(features, bought, identities, QUARTER)["silent"].item())
    assert list(segments.with_silence(features[["frequency"]], bought, identities, QUARTER)) == ["frequency"]


@pytest.mark.parametrize("quarter, month", [("2025Q1", 4), ("2025Q4", 1)])
def test_the_year_ends_with_the_quarter(quarter, month):
    features = pd.DataFrame({"recency_days": [300.0], "frequency": [20.0]}, ["k0"])
    bought = pd.DataFrame({"consumer_id": "k0", "month": [month], "purchases": 9, "money": 1.0})
    # all was bought in the first month of the year up to the quarter, and nothing since
    assert segments.with_silence(features, bought, pd.Series("S1", ["k0"]), quarter)["silent"].tolist() == [0]
