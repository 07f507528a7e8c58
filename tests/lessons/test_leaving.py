import pandas as pd
import pytest

from custlib import lessons
from custlib.lessons import ways
from custlib.lessons.exercises import said
from custlib.refusals import Refused

REASONS = pd.DataFrame(
    {
        "reason": ["competition", "attitude"],
        "customers": [1, 12],
        "share": [1 / 13, 12 / 13],
        "share_low": [0.014, 0.667],
        "share_high": [0.333, 0.986],
        "reference_share": [0.09, 0.68],
    }
)
SILENT = pd.DataFrame({"lost_on": ["2025-01-01", None, "2025-02-01"], "best_year": [1e6, 9e6, 2e6]})
SUMS = pd.Series({"K1": 3e6, "K2": 1e6})


def test_those_that_left_are_counted_with_what_they_bought_and_what_a_price_cut_would_cost():
    places = lessons.leaving.places(REASONS, SILENT, SUMS)
    assert places["gone"] == said("lessons_visits.how_many", number=13)
    assert places["best"] == said("lessons_visits.money", amount=3e6)  # of those reported as lost only
    assert places["cut"] == said("lessons_visits.money", amount=40_000.0)


def test_without_a_loss_there_is_no_lesson():
    with pytest.raises(Refused):
        lessons.leaving.places(REASONS.assign(customers=0), SILENT, SUMS)


def test_three_of_four_have_the_interval_of_wilson():
    ends = lessons.leaving.toy_ends()  # by hand: (0.75 + 0.4802 ± 0.6276) ÷ 1.9604
    assert ends["few_low"] == pytest.approx(0.3006, abs=1e-4) and ends["few_high"] == pytest.approx(0.9544, abs=1e-4)


def test_an_estimate_is_right_within_our_interval():
    asked = lessons.leaving.estimates(REASONS)
    attitude, competition = asked.items
    assert (attitude.id, competition.id, asked.key) == ("attitude", "competition", "BB")
    assert [round(option.upto, 1) for option in attitude.options] == [66.7, 98.6, 100.0]
    assert attitude.options[1].says["facts"]["customers"] == 12


def test_notes_lie_two_in_each_stage_and_ways_lie_apart():
    notes = lessons.leaving.stages(lessons.lines("cases", "7"))
    assert notes.quota == {"A": 2, "B": 2, "C": 2, "D": 2} and len(notes.key) == 8 and not notes.guided
    assert set(notes.ways) == {"activity", "friendly"} and ways.distance(notes.key, notes.ways) >= 3
    assert all(ways.nearest(way, notes.key, notes.ways) == tag for tag, way in notes.ways.items())


def test_a_complaint_ends_with_what_was_left_out():
    talk = lessons.leaving.complaint(lessons.lines("turns", "7"))
    assert len(talk.items) == 6 and len(talk.summary) == 32
    assert talk.summary["abcde"]["facts"] == {"known": list("abcde")}
