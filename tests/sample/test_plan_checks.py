import numpy as np
import pytest

from custlib.sample import days, plan_checks, plans

LEVEL = "货架陈列占比"  # stands where it stands; all others add up


@pytest.fixture(scope="module")
def planned(trade, letters, cast):
    return plans.make(days.stream(1, "plans"), trade, letters, cast)


def attained(planned):
    """Owner → attained shares of checked lines."""
    checks, shares = planned.checks, {}
    year = np.where(checks["quarter"] == 0, 2023, 2024 + (checks["quarter"] - 1) // 4)
    for each, lines in planned.lines.items():
        for at, metric in enumerate(lines["metric"]):
            own = (year == each) & (checks["dealer"] == lines["dealer"][at]) & (checks["metric"] == metric)
            if own.any():
                found = checks["actual"][own]
                total = found[-1] if metric == LEVEL else found.sum()
                shares.setdefault(lines["owner"][at], []).append(total / lines["target"][at])
    return shares


def test_three_managers_plan_as_they_do_and_are_checked_often_enough_to_tell(planned):
    shares = attained(planned)
    medians = {kind: np.median(shares[owner]) for kind, owner in planned.truth["plan_owners"].items()}
    assert medians == pytest.approx({"honest": 1, "over_promises": 0.6, "holds_back": 1.6}, abs=0.06)
    assert min(len(shares[owner]) for owner in planned.truth["plan_owners"].values()) >= 30
    others = [owner for owner in shares if owner not in planned.truth["plan_owners"].values()]
    assert all(0.8 < np.median(shares[owner]) < 1.15 for owner in others)


def test_checks_come_by_quarter_up_to_the_day_and_no_rebate_is_checked(planned):
    checks = planned.checks
    keys = list(zip(*(checks[name].tolist() for name in ("quarter", "dealer", "item", "metric")), strict=True))
    assert len(set(keys)) == len(keys)
    assert "贸易促销" not in set(checks["item"])
    number = checks["checked_on"].astype("datetime64[M]").astype(int) // 3 - (2023 - 1970) * 4 - 3
    assert (number == checks["quarter"]).all()


@pytest.mark.parametrize(("together", "found"), [("sum", [1, 1, 1, 2]), ("last", [4, 4, 5, 5])])
def test_what_a_check_finds_of_five(together, found):
    assert [plan_checks._so_far(together, 5, place, 4) for place in (1, 2, 3, 4)] == found
