import numpy as np
import pytest

from custlib.sample import days, records, texts


@pytest.fixture(scope="module")
def letters(trade):
    return np.array([["A"], ["B"], ["C"]])[np.arange(240) % 3].repeat(9, axis=1)


def test_a_dealers_are_visited_more_and_no_dealer_twice_a_day(trade, letters):
    told = records.visits(days.stream(1, "visits"), trade, letters)
    counts = np.bincount(told["dealer"] % 3)
    assert counts[0] > 2 * counts[1] > 2 * counts[2]
    assert len(set(zip(told["date"].tolist(), told["dealer"].tolist(), strict=True))) == len(told["date"])


def test_only_a_dealers_are_asked_for_their_needs(trade, letters):
    told = records.needs(days.stream(1, "needs"), letters, trade.quarters[1:])
    assert set(told["dealer"] % 3) == {0}
    assert set(told["quarter"]) == {5, 6, 7, 8}
    assert len(told["need"]) == 4 * 80 * 7
    assert told["actual"].min() >= 1


def test_plans_have_six_lines_for_an_a_and_three_for_a_b(trade, letters):
    told = records.plans(days.stream(1, "plans"), trade, letters, 2025)
    assert np.bincount(told["dealer"])[:5].tolist() == [6, 3, 0, 6, 3]
    assert set(told["due_on"].astype("datetime64[Y]").astype(str)) == {"2025"}


def test_the_reported_are_lost_and_every_other_one_just_gone_is_not_yet(trade):
    told = records.lost(days.stream(1, "lost"), trade)
    gone = set(np.flatnonzero(trade.last < 9).tolist())
    assert gone - set(told["dealer"].tolist()) == set(trade.of("left")[1::2].tolist()) and len(gone) == 16
    assert set(told["reason"]) <= {line["reason"] for line in texts.lines("leaving_reasons.csv")}
    ends = np.array([quarter.last_day for quarter in trade.quarters], "datetime64[D]")
    assert (told["lost_on"] > ends[trade.last[told["dealer"]]]).all()


def test_presales_figures_are_given_once_each(trade):
    told = records.presales(days.stream(1, "presales"), trade.quarters[1:])
    keys = set(zip(*(told[name].tolist() for name in ("quarter", "person", "kpi", "source")), strict=True))
    assert len(keys) == len(told["tenths"]) == 9 * 6 * 18
    assert 400 <= told["tenths"].min() and told["tenths"].max() <= 1000


def test_demand_plans_cover_every_model_once_a_year(goods):
    told = records.demand(days.stream(1, "demand"), goods, 2025)
    assert (told["plan_kind"] == "年度").sum() == 84
    assert (told["plan_kind"] == "月度").sum() == 12 * 15
    assert set(told["plan_kind"]) == {"年度", "月度", "临时"}
