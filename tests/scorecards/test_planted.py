"""What was planted in the sample is found: severities, the halo, leniency, and few cases that decide nothing."""

import pandas as pd
import pytest

from custlib import facts, scorecards

KPIS, SOURCES = scorecards.kpis("data/raw"), scorecards.sources("data/raw")
PEOPLE = scorecards.people("data/raw")
IDS = PEOPLE["person_id"].to_dict()


@pytest.fixture(scope="module")
def judged(sample_clean):
    rows = scorecards.figures(facts.presales(sample_clean, "2025Q4"), KPIS, SOURCES, PEOPLE)
    joined = PEOPLE.set_index("person_id")["joined_on"]
    return {quarter: scorecards.judge(rows, quarter, KPIS, SOURCES, joined) for quarter in sorted(set(rows["quarter"]))}


@pytest.fixture(scope="module")
def now(judged):
    return judged["2025Q4"]


@pytest.fixture(scope="module")
def raters(judged):
    return scorecards.rater_severity(judged["2025Q4"], judged["2025Q3"]).set_index("rater")


def test_planted_severities_lie_within_their_intervals(truth, raters):
    for name, planted in truth.severity.items():
        found = raters.loc[IDS[name]]
        assert found["low"] <= planted <= found["high"], name
    assert raters["severity"].round(1).tolist() == [-5.4, -1.3, 1.4, 5.1]


def test_the_halo_rater_is_named_and_nobody_else(truth, raters):
    assert raters.index[raters["halo"] < scorecards.FLAT].tolist() == [IDS[truth.halo]]


def test_the_order_is_nearer_to_the_truth_after_adjustment(truth, judged):
    own = pd.Series({IDS[name]: score for name, score in truth.presales.items()})
    wrong = {"raw": 0.0, "adjusted": 0.0}
    for one in judged.values():
        rated = one.kpis[one.kpis["kpi"].map(KPIS["kind"]) == "rating"]
        for name in wrong:
            score = rated.groupby("person")[name].mean()
            apart = (score - score.mean()) - (own[score.index] - own[score.index].mean())
            wrong[name] += (apart**2).sum()
    assert wrong["adjusted"] < 0.8 * wrong["raw"]


def test_self_ratings_are_four_points_higher(now):
    assert scorecards.self_other(now)["self_minus_others"].mean() == pytest.approx(4.2, abs=0.05)


def test_the_person_with_three_cases_is_neither_first_nor_last_and_nobody_can_be_told_apart(truth, judged, now):
    table = scorecards.scorecard_total(now, judged["2025Q3"], KPIS)
    known = table[table["score"].notna()]["person_id"].tolist()
    assert IDS[truth.few_cases] not in (known[0], known[-1])
    pairs = scorecards.told_apart(now.score, now.error)
    assert len(pairs) == 10 and not pairs["apart"].any()


def test_whoever_joined_in_the_quarter_has_months_and_no_total(truth, now):
    assert now.score.index[now.score.isna()].tolist() == [IDS[truth.joined_late]]


def test_nothing_is_shown_of_whoever_fewer_than_three_peers_rated(now):
    hidden = now.kpis[now.kpis["withheld"]]
    assert hidden.groupby("person").size().to_dict() == {IDS["罗曼"]: 4, IDS["钱浩"]: 4}
