import pandas as pd
import pytest


def test_planned_moves_of_class_happen_in_the_payments(truth):
    letters = truth.classes.pivot(index="customer_id", columns="quarter", values="letter")
    assert {(move.before, move.after) for move in truth.movers.itertuples()} >= {("A", "C"), ("C", "A"), ("B", "A")}
    for move in truth.movers.itertuples():
        own = letters.loc[move.customer_id]
        assert (own[own.index <= move.last_before] == move.before).all()
        assert (own[own.index >= move.first_after] == move.after).all()


def test_a_fifth_of_the_payers_is_a_and_brings_about_seventy_percent(truth):
    for _, quarter in truth.classes.groupby("quarter"):
        assert quarter.letter.value_counts(normalize=True).to_dict() == _near({"A": 0.2, "B": 0.4, "C": 0.4})
        assert 0.64 < quarter.payments_yuan[quarter.letter == "A"].sum() / quarter.payments_yuan.sum() < 0.77
        assert 55e6 < quarter.payments_yuan.sum() < 105e6


def _near(shares):
    class Near(dict):
        def __eq__(self, other):
            return all(abs(share - other[letter]) < 0.01 for letter, share in self.items())

    return Near(shares)


def test_lost_dealers_pay_no_more_and_won_ones_did_not_pay_before(truth):
    seen = truth.classes.groupby("customer_id").quarter
    lost = truth.lost.set_index("customer_id").last_quarter
    ends = pd.PeriodIndex(seen.max()[lost.index], freq="Q") - pd.PeriodIndex(lost, freq="Q")
    assert all(-1 <= late.n <= 1 for late in ends)
    won = truth.won.set_index("customer_id").first_quarter
    first = seen.min().reindex(won.index).dropna()
    assert (first >= won[first.index]).all()
    assert (pd.PeriodIndex(truth.lost.lost_on, freq="Q").astype(str) > truth.lost.last_quarter.to_numpy()).all()


def test_every_dealer_has_one_fate_and_most_are_steady(truth):
    assert truth.fates.customer_id.is_unique and len(truth.fates) == 240
    assert (truth.fates.fate == "steady").mean() > 0.55
    for fate, of_it in (("moved_earlier", truth.movers), ("seasonal", truth.seasonal), ("won", truth.won)):
        assert set(truth.fates.customer_id[truth.fates.fate == fate]) == set(of_it.customer_id)
    assert set(truth.fates.customer_id[truth.fates.fate == "overstocked"]) == set(truth.stuffed)


def test_half_of_those_that_left_in_the_last_quarter_are_not_yet_reported(truth):
    gone = truth.fates.set_index("customer_id").fate
    reported = truth.lost.customer_id
    assert set(gone[reported]) == {"left", "left_earlier"}
    assert (gone == "left").sum() == 2 * (gone[reported] == "left").sum() == 4


@pytest.mark.parametrize(
    ("fate", "least", "most"),
    [("collapsed", 0.1, 0.7), ("collapsed_earlier", 0.1, 0.45), ("slid", 0.3, 0.75), ("grew", 1.6, 8)],
)
def test_payments_tell_what_happened(truth, fate, least, most):
    """The last quarter's against those of the first; payments follow sales by a month. Most of the steady stay near."""
    paid = truth.classes.pivot(index="customer_id", columns="quarter", values="payments_yuan")
    change = (paid["2025Q4"] / paid["2023Q4"]).rename(truth.fates.set_index("customer_id").fate)
    assert change[fate].between(least, most).all()
    assert change["steady"].between(0.7, 1.6).mean() > 0.85


def test_the_stuffed_dealers_are_a_or_b_by_payments_in_the_last_year(truth):
    own = truth.classes[truth.classes.customer_id.isin(truth.stuffed) & (truth.classes.quarter > "2024Q4")]
    assert set(own.letter) == {"A", "B"}


def test_shares_are_those_of_the_profit_and_few_are_not_known(truth):
    assert truth.shares.brand_share.dropna().between(0.05, 0.95).all()
    assert 0 < truth.shares.brand_share.isna().mean() < 0.1


def test_segments_tell_of_a_split_and_a_new_one(truth):
    moved = truth.segments[truth.segments.segment != truth.segments.segment_before]
    assert set(zip(moved.segment_before, moved.segment, strict=True)) == {("loyal_families", "loyal_cooks")}
    assert truth.segments.segment.nunique() == 6
    assert truth.segments_change == "2025Q1"


def test_26_factors_and_weights_that_add_up(truth):
    assert len(truth.effects) == 26 and truth.effects.factor_id.is_unique
    assert truth.weights.groupby("parent_id").weight.sum().round(9).eq(1).all()
    assert truth.odd_judgement["ratio"] > 3 and truth.odd_judgement["fitting_ratio"] < 1
