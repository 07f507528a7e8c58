import numpy as np
import pytest

from custlib.sample import days, needs

SERVICE, CONVENIENCE = "服务", "便捷"


@pytest.fixture(scope="module")
def asked(trade, letters, cast):
    return needs.make(days.stream(1, "needs"), trade, letters, cast)


def of(told, need):
    return {name: values[told["need"] == need] for name, values in told.items()}


def test_a_dealers_of_the_last_year_are_asked_and_who_leaves(trade, asked):
    told, _ = asked
    stays = trade.last[told["dealer"]] == 9
    assert set(told["dealer"][stays] % 3) == {0} and set(told["quarter"][stays]) == {5, 6, 7, 8}
    keys = set(zip(told["quarter"], told["dealer"], told["need"], strict=True))
    assert len(keys) == len(told["need"]) and len(keys) % 7 == 0
    assert set(told["dealer"][~stays]) == set(np.flatnonzero(trade.last < 9))


def test_answers_lie_on_their_scales(asked):
    told, _ = asked
    for name, most in (("importance", 5), ("ideal", 10), ("actual", 10)):
        assert told[name].min() >= 1 and told[name].max() <= most


def test_service_falls_short_in_the_last_two_quarters_of_who_leaves_and_is_the_widest_gap_that_matters(trade, asked):
    told, truth = asked
    short = truth["short_of_service"]
    for quarter, dealer in zip(short["quarter"], short["dealer"], strict=True):
        assert trade.last[dealer] - 2 <= quarter <= trade.last[dealer] - 1
        own = (told["quarter"] == quarter) & (told["dealer"] == dealer)
        gap = (told["ideal"] - told["actual"])[own]
        weighted = gap * told["importance"][own]
        service = told["need"][own] == SERVICE
        assert gap[service] >= needs.LEAST_SHORT and (weighted >= weighted[service]).sum() <= 3
    assert len(set(short["dealer"])) == (trade.last < 9).sum()


def test_convenience_is_more_than_ideal_at_four_of_five(asked):
    told, truth = asked
    own = of(told, CONVENIENCE)
    assert truth["over_served"] == CONVENIENCE
    assert 0.7 < np.mean(own["actual"] >= own["ideal"]) < 0.9


def test_one_manager_gives_all_staying_customers_the_same_seven_rows_and_nobody_else_does(trade, asked):
    told, truth = asked
    rows = {}
    for at in range(0, len(told["need"]), 7):
        dealer = told["dealer"][at]
        if trade.last[dealer] == 9:
            answers = tuple(np.concatenate([told[name][at : at + 7] for name in ("importance", "ideal", "actual")]))
            rows.setdefault(trade.manager[dealer], []).append(answers)
    assert len(set(rows.pop(truth["answers_for_customers"]))) == 1
    assert all(len(set(own)) > 0.9 * len(own) for own in rows.values())


def test_what_is_feasible_was_agreed_and_has_a_cost_and_a_day_after_the_interview(trade, asked):
    told, _ = asked
    can = told["feasible"] == "是"
    assert set(told["question_kind"][can]) == {"结束", "程度"}
    assert (told["cost"][can] != "").all() and (told["cost"][~can] == "").all()
    ends = np.array([quarter.last_day for quarter in trade.quarters[1:]], "datetime64[D]")
    assert (told["by_when"][can].astype("datetime64[D]") > ends[told["quarter"][can]]).all()
    assert 0.02 < np.mean(told["said"] != "") < 0.2
