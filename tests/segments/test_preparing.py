import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import segments


def consumers(**columns):
    size = len(next(iter(columns.values())))
    return pd.DataFrame(columns, [f"Y{number:03d}" for number in range(size)])


def test_fewer_than_three_purchases_set_a_consumer_apart_by_name():
    assert segments.apart(consumers(frequency=[1.0, 2, 3, 9])).tolist() == ["too_few_purchases"] * 2 + [""] * 2


def test_without_purchases_counted_nobody_is_set_apart():
    assert segments.apart(consumers(money=[1.0, 2])).tolist() == ["", ""]


def test_money_is_taken_by_its_logarithm_and_shares_as_they_are():
    found = segments.prepared(consumers(money=[0.0, np.e - 1, np.e**2 - 1], novelty=[0.0, 0.5, 1.0]))
    # winsorised at 1 % and 99 % of the three: linear quantiles of 0, 1 and 2
    assert found["money"].tolist() == pytest.approx([0.02, 1, 1.98])
    assert found["novelty"].tolist() == [0, 0.5, 1]


def test_one_outlier_moves_no_more_than_the_hundredth_part_of_the_consumers():
    usual = [*map(float, range(100, 300))]
    one, other = (segments.prepared(consumers(money=[*usual, top]))["money"].max() for top in (1e4, 1e9))
    assert one == other


def test_what_is_missing_is_put_at_the_median():
    assert segments.prepared(consumers(novelty=[0.0, np.nan, 0.2, 1.0]))["novelty"].tolist() == [0, 0.2, 0.2, 1]


def test_text_tenure_doubles_and_what_does_not_differ_are_left_out():
    features = consumers(
        store_format=["a", "b"],
        tenure_days=[1.0, 2],
        price_paid=[0.9, 1],
        promoted_share=[0.0, 1],
        promoted_pieces=[1.0, np.nan],
        quantity=[1.0, 1],
        discount_share=[0.1, 0.0],
        bargain_share=[np.nan, np.nan],
    )
    before = features.copy()
    assert segments.prepared(features).columns.tolist() == ["discount_share"]
    pd.testing.assert_frame_equal(features, before)


@given(st.lists(st.floats(0, 1e7), min_size=2, max_size=30), st.randoms())
def test_the_order_of_rows_changes_nothing(amounts, random):
    features = consumers(money=amounts, novelty=[amount % 1 for amount in amounts])
    shuffled = features.loc[random.sample(list(features.index), len(features))]
    pd.testing.assert_frame_equal(segments.prepared(shuffled).sort_index(), segments.prepared(features))


def test_who_is_known_and_what_the_others_paid():
    features = pd.DataFrame({"frequency": [3] * 15 + [2] * 5, "money": 4.0}, range(20))
    found = segments.known(features)
    assert found.to_numpy().tolist() == [
        ["in_segments", 15, 60.0, 0.75, 0.75],
        ["too_few_purchases", 5, 20.0, 0.25, 0.25],
    ]
    assert segments.known(features.head(0))["consumers"].tolist() == [0, 0]


def test_what_four_consumers_paid_is_not_said_by_what_the_others_did():
    features = pd.DataFrame({"frequency": [3] * 16 + [2] * 4, "money": 4.0}, range(20))
    found = segments.known(features)
    assert found["consumers"].tolist() == [16, 4] and found[["money", "money_share"]].isna().all(axis=None)
