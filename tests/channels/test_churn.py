import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from custlib import channels, facts

END = pd.Timestamp("2025-12-31")
NOBODY = pd.DataFrame(columns=["lost_on", "reason"])
REASONS = pd.DataFrame(
    [("moved", "moved away", "搬迁", "10", None), ("attitude", "attitude", "态度", "90", "对人员不满|服务差")],
    columns=["reason", "en", "zh", "percent", "words"],
)


def rhythm(**rows):
    """customer → (days from first to last order, order days, days of silence)"""
    found = {
        name: (
            END - pd.Timedelta(days=spanned + silence),
            END - pd.Timedelta(days=silence),
            days,
            silence,
            silence - 92,
        )
        for name, (spanned, days, silence) in rows.items()
    }
    columns = ["first_order", "last_order", "order_days", "silence_days", "silence_before"]
    return pd.DataFrame.from_dict(found, "index", columns=columns).assign(best_year=1000.0)


def losses(on="2025-08-01", **reasons):
    rows = {name: (pd.Timestamp(on), reason) for name, reason in reasons.items()}
    return pd.DataFrame.from_dict(rows, "index", columns=["lost_on", "reason"])


def told(rows, lost=NOBODY):
    return channels.silent(rows, lost)["told"].to_dict()


def test_silence_is_measured_by_the_customers_own_rhythm():
    # ten gaps in 100 days: 60 days of silence have the chance (100/160)**10 = 0.0091; two gaps in 100 days: 0.39
    rows = rhythm(OFTEN=(100, 11, 60), SELDOM=(100, 3, 60))
    assert told(rows) == {"OFTEN": "silent_only"}
    assert channels.silent(rows, NOBODY).at["OFTEN", "chance"] == pytest.approx(0.0090949, abs=1e-6)
    assert told(rhythm(OFTEN=(100, 11, 58))) == {}


def test_months_of_silence():
    assert channels.silent(rhythm(K=(100, 11, 365)), NOBODY)["months_silent"].tolist() == pytest.approx(
        [11.992], abs=0.001
    )


@given(st.integers(1, 400), st.integers(3, 80), st.integers(0, 400))
def test_the_chance_is_that_of_one_gap_beside_the_mean_of_n_others(spanned, days, silence):
    """By scipy's F distribution: the ratio of an exponential gap to the mean of n others has 2 and 2n degrees of
    freedom."""
    found = channels.silent(rhythm(K=(spanned, days, silence)), losses(K="moved")).at["K", "chance"]
    gaps = days - 1
    assert found == pytest.approx(stats.f.sf(silence / (spanned / gaps), 2, 2 * gaps), abs=1e-12)


@given(st.integers(1, 400), st.integers(3, 80), st.integers(0, 400))
def test_longer_silence_never_brings_a_customer_back(spanned, days, silence):
    found = [told(rhythm(K=(spanned, days, each))) for each in (silence, silence + 1)]
    assert not found[0] or found[1]


def test_new_is_who_was_neither_silent_nor_reported_when_the_quarter_began():
    # eleven orders in 100 days: silent from 59 days on. On 30 September NOW had been so for 8 days, LONG for 108
    rows = rhythm(LONG=(100, 11, 200), NOW=(100, 11, 100), WITHIN=(100, 11, 70))
    found = channels.silent(rows, NOBODY)
    assert found["new_this_quarter"].to_dict() == {"WITHIN": True, "NOW": True, "LONG": False}
    told_earlier = channels.silent(rows, losses(on="2025-09-30", NOW="a"))
    assert told_earlier.index.tolist() == ["WITHIN", "NOW", "LONG"] and not told_earlier.at["NOW", "new_this_quarter"]
    assert channels.silent(rows, losses(on="2025-10-01", NOW="a")).at["NOW", "new_this_quarter"]


def test_a_report_of_a_customer_that_still_orders_is_new_in_the_quarter_of_the_report_only():
    rows = rhythm(FINE=(100, 11, 3))
    days = {"2025-09-30": False, "2025-10-01": True}
    for day, is_new in days.items():
        assert channels.silent(rows, losses(on=day, FINE="a"))["new_this_quarter"].tolist() == [is_new]
    assert channels.silent(rhythm(), losses(GONE="a"))["new_this_quarter"].tolist() == [False]


def test_of_too_few_orders_nothing_is_said():
    assert told(rhythm(ONCE=(0, 1, 700), TWICE=(1, 2, 700))) == {}


def test_a_month_without_an_order_is_the_least_to_ask_about():
    assert told(rhythm(BRISK=(400, 300, 29))) == {}
    assert told(rhythm(BRISK=(400, 300, 30))) == {"BRISK": "silent_only"}


def test_silence_and_reports_stand_side_by_side():
    rows = rhythm(BOTH=(100, 11, 90), ONLY=(100, 11, 80), BACK=(100, 11, 3), FINE=(100, 11, 3))
    assert told(rows, losses(BOTH="a", BACK="b", GONE="c")) == {
        "BOTH": "silent_and_reported",
        "ONLY": "silent_only",
        "BACK": "reported_only",
        "GONE": "reported_only",
    }


def test_reasons_are_the_references_only_if_written_so():
    found = channels.loss_reasons(losses(K1="对人员不满", K2="服务差", K3="搬迁", K4="人员不满"), REASONS)
    assert found[["reason", "customers"]].to_numpy().tolist() == [["moved", 1], ["attitude", 2], ["人员不满", 1]]
    assert found["share"].tolist() == [0.25, 0.5, 0.25]
    assert np.isnan(found["reference_share"].iloc[2]) and found["reference_fits"].tolist() == [True, False, None]


def test_a_reference_outside_the_interval_does_not_fit():
    found = channels.loss_reasons(losses(**{f"K{number}": "搬迁" for number in range(20)}), REASONS)
    assert found["reference_fits"].tolist() == [False, False]


def test_without_a_loss_there_is_no_share():
    found = channels.loss_reasons(NOBODY, REASONS)
    assert found["customers"].tolist() == [0, 0]
    assert found[["share", "share_low", "share_high", "reference_fits"]].isna().all(axis=None)


def test_planted_losses_fall_silent_and_seasonal_customers_do_not(sample_clean, truth):
    found = channels.silent(facts.order_rhythm(sample_clean, "2025Q4"), facts.losses(sample_clean, "2025Q4"))
    silent = set(found.index[found["told"].isin(["silent_and_reported", "silent_only"])])
    gone = set(truth.fates.customer_id[truth.fates.fate.isin(["left", "left_earlier"])])
    assert len(silent & gone) >= 0.9 * len(gone) and len(silent - gone) <= 3
    assert not silent & set(truth.seasonal.customer_id)


def test_among_many_customers_a_silence_that_one_in_them_has_by_chance_is_none():
    # chance 0.0091 each: below 0.01, but one of 200 that order as before has it anyway
    rows = rhythm(**{f"K{number}": (1000, 101, 1) for number in range(199)}, LONG=(110, 12, 58))
    assert channels.silent(rows, NOBODY).empty
    assert channels.silent(rows.loc[["LONG"]], NOBODY)["told"].tolist() == ["silent_only"]
