"""What notebook 60 says; people are ids."""

import datetime

import pandas as pd

from custlib import scorecards, wording
from custlib.page import vocabulary
from tests.scorecards import made
from tests.scorecards.test_judging import noisy

WORDS = {"vocabulary": vocabulary.of("data/raw")}


def read(judged_of, listed=()):
    people = pd.DataFrame({"person_id": [f"P{at}" for at in range(len(listed))]}, [*listed])
    return scorecards.Read(judged_of, made.KPIS, made.SOURCES, people)


def test_what_came_says_what_does_not_count_and_what_cannot_be_told(said):
    rows = [row for row in made.team(gives=noisy) if not (row[0] == "a" and row[3] == "z")]
    table = made.figures(*rows, ("a", "growth", "peer", "a", 99.0))
    table.loc[table.index[-1], "aside"] = "self_as_peer"
    facts = wording.scorecard_came(read(table, ["Li Wei", "liwei"]), made.judge(table), "2025Q4")
    assert (facts["figures"], facts["people"], facts["withheld"]) == (61, 4, ["a"])
    text = said("scorecard.scorecard_came", facts, **WORDS)
    assert "61 figures of 4 people: 16 by superior and 45 by peers." in text
    assert "1 where a person rated themself as a peer" in text and "No figure names a month" in text
    assert "Likely one person under two ids: P0 and P1." in text
    assert "不予显示" in said("scorecard.scorecard_came", facts, lang="zh", **WORDS)


def test_without_raters_the_page_says_that_severity_cannot_be_told(said):
    rows = [(p, kpi, source, "", 70.0) for p in "abc" for kpi in made.RATED for source in ("superior", "peer")]
    table = made.figures(*rows)
    facts = wording.scorecard_came(read(table), made.judge(table), "2025Q4")
    assert "No rater is named" in said("scorecard.scorecard_came", facts, **WORDS)


def test_the_kpi_on_which_sources_agree_least_is_named(said):
    judged = made.judge(made.team(gives=noisy))
    facts = wording.sources_agree(scorecards.source_agreement(judged, made.KPIS))
    assert 0.5 < facts["agreement"] < facts["consistency"] <= 1
    assert "The sources agree least on" in said("scorecard.sources_agree", facts | {"kpi": "growth"}, **WORDS)
    assert wording.sources_agree(scorecards.source_agreement(made.judge(made.figures()), made.KPIS)) is None


def test_two_islands_are_named_and_have_no_common_score(said):
    apart = [row for row in made.team(gives=noisy, peers="xy") if (row[0] in "ab") == (row[3] in "sx")]
    judged = made.judge(apart)
    facts = wording.severity_reading(scorecards.rater_severity(judged, judged), judged)
    text = said("scorecard.severity_reading", facts)
    assert "x and s | y" in text and "There is no common score" in text
    assert "没有可比的总分" in said("scorecard.severity_reading", facts, lang="zh")


def test_severity_is_read_of_five_people_and_of_fewer_nothing_is_said(said):
    judged = made.judge(made.team(gives=noisy))
    assert wording.severity_reading(scorecards.rater_severity(judged, judged), judged) is None
    rows = [*made.team(gives=noisy), *(("e", *row[1:]) for row in made.team("a", gives=noisy))]
    judged = made.judge(rows)
    facts = wording.severity_reading(scorecards.rater_severity(judged, judged), judged)
    assert (facts["harsh"]["rater"], facts["mild"]["rater"], facts["islands"]) == ("s", "z", [])
    assert "z gives 4.0 points" in said("scorecard.severity_reading", facts)


def test_pairs_that_cannot_be_told_apart(said):
    def of(*scores):
        values = pd.Series(scores, list("abc"), dtype="float64")
        return wording.told_apart_reading(scorecards.told_apart(values, values * 0 + 1))

    assert said("scorecard.told_apart_reading", of(80, 80, 81)).startswith("None of the 3 pairs of people")
    assert "1 can be told apart: a and c" not in said("scorecard.told_apart_reading", of(80, 80, 81))
    text = said("scorecard.told_apart_reading", of(90, 80, 80))
    assert "Of 3 pairs of people 2 can be told apart: a and b" in text
    assert "分不出" in said("scorecard.told_apart_reading", of(90, 80, 80), lang="zh")
    assert wording.told_apart_reading(scorecards.told_apart(pd.Series(dtype=float), pd.Series(dtype=float))) is None


def test_a_rater_that_gives_all_the_same_is_named(said):
    rows = [*made.team(gives=noisy), *(("e", *row[1:]) for row in made.team("a", gives=noisy))]
    judged = made.judge(rows)
    raters = scorecards.rater_severity(judged, judged)
    raters.loc[raters["rater"] == "x", "range_used"] = 0.0
    facts = wording.severity_reading(raters, judged)
    assert facts["same"] == ["x"] and "tells nobody apart" in said("scorecard.severity_reading", facts)
    assert "自始至终相同" in said("scorecard.severity_reading", facts, lang="zh")


def test_of_what_was_agreed_and_said_only_numbers_leave_the_data(said):
    agreed = pd.DataFrame({"person_id": ["P1", "P1", "P2"], "by_when": ["2025-12-31", "2026-01-01", "2025/10/01"]})
    remarks = pd.DataFrame({"quarter": ["2025Q4"], "topic": ["weights"], "said": ["secret"]})
    facts = wording.scheme_reading(agreed, remarks, datetime.date(2025, 12, 31))
    assert facts == {"steps": 3, "people": 2, "due": 2, "remarks": 1}
    text = said("scorecard.scheme_reading", facts)
    assert "3 steps were agreed with 2 people" in text and "1 remark on the scheme lies" in text
    assert "约定了 3 项改进" in said("scorecard.scheme_reading", facts, lang="zh")
    assert wording.scheme_reading(agreed[:0], remarks[:0], datetime.date(2025, 12, 31)) is None
