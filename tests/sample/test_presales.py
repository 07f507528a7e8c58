import numpy as np
import pytest

from custlib.sample import days, presales, texts


@pytest.fixture(scope="module")
def made(trade):
    return presales.make(days.stream(1, "presales"), trade.quarters[1:])


def residual(told, truth, keep):
    return told["tenths"][keep] / 10 - np.array([truth["presales"][person] for person in told["person"][keep]])


def test_each_figure_is_given_once_and_lies_on_the_scale(made):
    told, _ = made
    names = ("quarter", "person", "kpi", "source", "rater", "month")
    keys = set(zip(*(told[name].tolist() for name in names), strict=True))
    assert len(keys) == len(told["tenths"])
    assert told["tenths"].min() >= 0 and told["tenths"].max() <= 1000


def test_true_scores_differ_by_three(made):
    _, truth = made
    assert np.std(list(truth["presales"].values())) == pytest.approx(presales.SPREAD)


def test_raters_are_as_severe_as_planted_and_see_unequal_people(made):
    told, truth = made
    people = {}
    for rater, severity in truth["severity"].items():
        keep = told["rater"] == rater
        assert residual(told, truth, keep).mean() == pytest.approx(severity, abs=1)
        people[rater] = frozenset(told["person"][keep & (told["quarter"] == 8)])
    assert sum(truth["severity"].values()) == 0
    assert min(map(len, people.values())) == 5 and len(set(people.values())) == 3


def test_everybody_rates_themself_four_points_higher(made):
    told, truth = made
    own = told["source"] == "自评"
    assert (told["rater"][own] == told["person"][own]).all()
    assert residual(told, truth, own).mean() == pytest.approx(presales.SELF_LENIENCY, abs=0.8)


def test_one_rater_tells_no_kpis_apart(made):
    told, truth = made
    spreads = {}
    for rater in truth["severity"]:
        keep = told["rater"] == rater
        groups = zip(told["quarter"][keep], told["person"][keep], told["tenths"][keep], strict=True)
        by_person = {}
        for quarter, person, value in groups:
            by_person.setdefault((quarter, person), []).append(value)
        spreads[rater] = np.mean([np.std(values) for values in by_person.values()])
    assert spreads.pop(truth["halo"]) == 0 and min(spreads.values()) > 30


def test_one_person_has_three_opportunities_a_quarter_and_the_others_eight_to_forty(made):
    told, truth = made
    counted = told["cases"] != ""
    cases, hits = told["cases"][counted].astype(int), told["hits"][counted].astype(int)
    sums = {}
    for quarter, person, n in zip(told["quarter"][counted], told["person"][counted], cases, strict=True):
        sums[quarter, person] = sums.get((quarter, person), 0) + n
    assert {n for (_, person), n in sums.items() if person == truth["few_cases"]} == {3}
    assert all(8 <= n <= 40 for (_, person), n in sums.items() if person != truth["few_cases"])
    assert (hits <= cases).all() and set(told["kpi"][counted]) == {"商机转化率"}


def test_months_lie_in_their_quarter_and_who_joined_late_lacks_the_first(made):
    told, truth = made
    monthly = told["month"] != ""
    assert set(told["source"][monthly]) == {"CRM"}
    assert (told["month"][monthly].astype(int) - 1) // 3 == pytest.approx((told["quarter"][monthly] + 3) % 4)
    late = told["person"] == truth["joined_late"]
    assert set(told["quarter"][late]) == {8} and set(told["month"][late]) == {"", "11", "12"}


def test_whoever_is_rated_or_rates_is_listed(trade, made):
    told, _ = made
    listed = presales.people(trade.quarters[1:]).columns
    assert {*told["person"], *told["rater"]} - {""} == set(listed["name"])
    assert set(texts.company()["people"]["presales"]) <= set(listed["name"])
    assert len(set(listed["person_id"])) == len(listed["name"])
