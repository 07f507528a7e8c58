import pandas as pd


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
        assert 50e6 < quarter.payments_yuan.sum() < 90e6


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


def test_fates_fall_on_different_dealers(truth):
    fated = [truth.movers, truth.seasonal, truth.lost, truth.won]
    names = pd.concat([each.customer_id for each in fated] + [pd.Series([truth.stuffed])])
    assert names.is_unique


def test_the_stuffed_dealer_is_a_by_payments_in_the_last_year(truth):
    own = truth.classes[truth.classes.customer_id == truth.stuffed].sort_values("quarter")
    assert own.letter.tail(4).tolist() == ["A"] * 4


def test_segments_tell_of_a_split_and_a_new_one(truth):
    moved = truth.segments[truth.segments.segment != truth.segments.segment_before]
    assert set(zip(moved.segment_before, moved.segment, strict=True)) == {("loyal_families", "loyal_cooks")}
    assert truth.segments.segment.nunique() == 6
    assert truth.segments_change == "2025Q1"


def test_26_factors_and_weights_that_add_up(truth):
    assert len(truth.effects) == 26 and truth.effects.factor_id.is_unique
    assert truth.weights.groupby("parent_id").weight.sum().round(9).eq(1).all()
    assert truth.odd_judgement["ratio"] > 3 and truth.odd_judgement["fitting_ratio"] < 1
