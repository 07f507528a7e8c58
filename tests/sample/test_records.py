import numpy as np
import pytest

from custlib.sample import days, records, texts


@pytest.fixture(scope="module")
def gone(trade):
    return records.lost(days.stream(1, "lost"), trade)


@pytest.fixture(scope="module")
def told(trade, letters, gone):
    return records.visits(days.stream(1, "visits"), trade, letters, records.complaint(trade, gone))


def test_a_dealers_are_visited_more_and_no_dealer_twice_a_day(told):
    counts = np.bincount(told["dealer"] % 3)
    assert counts[0] > 2 * counts[1] > 2 * counts[2]
    assert len(set(zip(told["date"].tolist(), told["dealer"].tolist(), strict=True))) == len(told["date"])
    assert (np.diff(told["date"]).astype(int) >= 0).all()


def test_a_complaint_stays_open_for_sixty_days_until_the_dealer_leaves(trade, told, gone):
    complaint = records.complaint(trade, gone)
    assert (complaint["lost_on"] - complaint["date"]).astype(int) == 60
    own = told["dealer"] == complaint["dealer"]
    assert told["date"][own].max() == complaint["date"]
    assert (told["kind"][own][-1], told["outcome"][own][-1]) == ("投诉", "待跟进")


def test_the_reported_are_lost_and_every_other_one_just_gone_is_not_yet(trade, gone):
    told, left = gone, set(np.flatnonzero(trade.last < 9).tolist())
    assert left - set(told["dealer"].tolist()) == set(trade.of("left")[1::2].tolist()) and len(left) == 16
    assert set(told["reason"]) <= {line["reason"] for line in texts.lines("leaving_reasons.csv")}
    ends = np.array([quarter.last_day for quarter in trade.quarters], "datetime64[D]")
    assert (told["lost_on"] > ends[trade.last[told["dealer"]]]).all()
