import numpy as np
import pandas as pd
import pytest

from custlib.weights import resampling


def company(rows=40):
    random = np.random.default_rng(2)
    factors = pd.DataFrame(random.integers(1, 6, (rows, 3)).astype(float), columns=list("abc"))
    return factors, factors["a"] * 2 - factors["b"] + random.normal(size=rows)


def test_correlations_are_those_of_the_rows():
    factors, outcome = company()
    values, weight, starts = resampling.arranged(factors, outcome)
    expected = factors.assign(y=outcome).corr().to_numpy()
    assert resampling.correlations(values, weight) == pytest.approx(expected) and len(starts) == 40


def test_a_row_that_weighs_two_counts_as_two_rows():
    factors, outcome = company()
    twice = [0, 0, 0, *range(1, 40)]
    weighted = resampling.arranged(factors, outcome, np.array([3.0] + [1] * 39))
    repeated = resampling.arranged(factors.iloc[twice], outcome.iloc[twice])
    assert resampling.correlations(*weighted[:2]) == pytest.approx(resampling.correlations(*repeated[:2]))


def test_order_of_rows_changes_not_a_bit():
    factors, outcome = company()
    order = np.random.default_rng(5).permutation(40)
    who = np.array([f"K{number // 4}" for number in range(40)])
    one = resampling.arranged(factors, outcome, None, who)
    other = resampling.arranged(factors.iloc[order], outcome.iloc[order], None, who[order])
    drawn = [resampling.resampled_correlations(*each, 20, 0) for each in (one, other)]
    assert np.array_equal(*drawn)


def test_resamples_scatter_as_theory_says():
    """Fisher: the correlation of independent normal rows scatters by about 1 ÷ √n."""
    random = np.random.default_rng(3)
    arranged = resampling.arranged(pd.DataFrame(random.normal(size=(900, 2))), random.normal(size=900))
    drawn = resampling.resampled_correlations(*arranged, 2000, 0)
    assert drawn.std(axis=2)[np.triu_indices(3, 1)] == pytest.approx([1 / 30] * 3, rel=0.1)
    assert drawn.mean(axis=2) == pytest.approx(resampling.correlations(*arranged[:2]), abs=0.004)


def test_rows_of_one_customer_are_drawn_together():
    """Ten copies of each row are no more witnesses than the row itself: the resamples scatter as those of the single
    rows."""
    factors, outcome = company()
    copies, who = np.repeat(np.arange(40), 10), np.repeat(np.arange(40), 10)
    single = resampling.resampled_correlations(*resampling.arranged(factors, outcome), 1000, 0)
    copied = resampling.arranged(factors.iloc[copies], outcome.iloc[copies], None, who)
    together = resampling.resampled_correlations(*copied, 1000, 0)
    apart = resampling.resampled_correlations(*resampling.arranged(factors.iloc[copies], outcome.iloc[copies]), 1000, 0)
    assert together[0, 3].std() == pytest.approx(single[0, 3].std(), rel=0.1)
    assert apart[0, 3].std() == pytest.approx(single[0, 3].std() / 10**0.5, rel=0.15)


def test_blocks_of_customers_join_without_a_seam(monkeypatch):
    random = np.random.default_rng(3)
    arranged = resampling.arranged(pd.DataFrame(random.normal(size=(500, 2))), random.normal(size=500))
    whole = resampling.resampled_correlations(*arranged, 1500, 0)
    monkeypatch.setattr(resampling, "_UNITS_AT_ONCE", 37)
    pieces = resampling.resampled_correlations(*arranged, 1500, 0)
    assert pieces.std(axis=2) == pytest.approx(whole.std(axis=2), rel=0.12, abs=1e-12)
    assert pieces.mean(axis=2) == pytest.approx(whole.mean(axis=2), abs=0.006)


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda factors, outcome: (factors.replace(1, np.nan), outcome, None), "missing"),
        (lambda factors, outcome: (factors, outcome * np.inf, None), "missing"),
        (lambda factors, outcome: (factors, outcome * 0, None), "differ"),
        (lambda factors, outcome: (factors, outcome, np.zeros(40)), "weight"),
    ],
    ids=["missing", "infinite", "constant outcome", "weight of zero"],
)
def test_rows_that_tell_nothing_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        resampling.arranged(*change(*company()))


def test_of_two_rows_a_resample_holds_both_or_says_nothing():
    """One of two rows drawn twice differs in nothing: no correlation. Both drawn: 1. Each in half of the resamples."""
    arranged = resampling.arranged(pd.DataFrame({"a": [1.0, 2.0]}), [10.0, 30.0])
    drawn = resampling.resampled_correlations(*arranged, 1000, 0)[0, 1]
    assert sorted(set(drawn.round(9))) == [0, 1] and drawn.mean() == pytest.approx(0.5, abs=0.05)


def test_all_rows_of_a_customer_count_not_its_first():
    factors, outcome = company(2000)
    arranged = resampling.arranged(factors, outcome, None, np.arange(2000) // 2)
    drawn = resampling.resampled_correlations(*arranged, 500, 0)
    assert drawn.mean(axis=2) == pytest.approx(resampling.correlations(*arranged[:2]), abs=0.006)
