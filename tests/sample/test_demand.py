import numpy as np
import pytest

from custlib.sample import days, demand


@pytest.fixture(scope="module")
def pieces(goods):
    return np.random.default_rng(1).integers(500, 5000, (84, 27)).astype(float)


@pytest.fixture(scope="module")
def made(trade, goods, pieces):
    return demand.make(days.stream(1, "demand"), goods, pieces, trade.quarters[1:])


def monthly(told, goods, pieces, status):
    """(product, period) → plan and what came, of the monthly plans with a status."""
    rows = (told["plan_kind"] == "月度") & (told["status"] == status)
    months = np.array([int(period[5:]) for period in told["period"][rows]])
    came = pieces[told["product"][rows], 14 + months]
    keys = zip(goods.ids[told["product"][rows]], told["period"][rows], strict=True)
    return dict(zip(keys, zip(told["quantity"][rows], came, strict=True), strict=True))


def wape(plans, without=()):
    planned, came = np.array([values for key, values in plans.items() if key not in without]).T
    return np.abs(planned - came).sum() / came.sum()


def test_every_model_is_planned_once_a_year_and_no_line_twice(made):
    told, _ = made
    assert (told["plan_kind"] == "年度").sum() == 84
    names = ("plan_kind", "period", "product", "status", "issued_on")
    keys = list(zip(*(told[name].tolist() for name in names), strict=True))
    assert len(set(keys)) == len(keys) and told["quantity"].min() > 0


def test_the_joint_review_makes_plans_worse_and_approval_and_release_leave_them(made, goods, pieces):
    told, truth = made
    steps = {step: monthly(told, goods, pieces, step) for step in ("草稿", "部门已审", "联合评审", "已批准", "已发布")}
    errors = {step: wape(plans, truth["ad_hoc"]) for step, plans in steps.items()}
    assert errors["草稿"] < 0.3 and abs(errors["草稿"] - errors["部门已审"]) < 0.02
    assert errors["联合评审"] > errors["部门已审"] + 0.02
    lifted = [steps["联合评审"][key][0] / steps["部门已审"][key][0] for key in steps["联合评审"]]
    assert np.median(lifted) == pytest.approx(demand.OPTIMISM, abs=0.005)
    assert all(plans == steps["联合评审"][key] for key, plans in steps["已发布"].items())


def test_ad_hoc_plans_were_right_where_the_monthly_ones_were_far_too_low(made, goods, pieces):
    told, truth = made
    released = monthly(told, goods, pieces, "已发布")
    ad_hoc = told["plan_kind"] == "临时"
    keys = list(zip(goods.ids[told["product"][ad_hoc]], told["period"][ad_hoc], strict=True))
    assert keys == truth["ad_hoc"] and len({product for product, _ in keys}) == 1
    for key, quantity in zip(keys, told["quantity"][ad_hoc], strict=True):
        assert abs(quantity - released[key][1]) <= 5
    assert np.mean([released[key][0] / released[key][1] for key in keys]) < 0.85


def test_one_line_was_never_approved_and_one_came_when_its_month_had_begun(made, goods, pieces):
    told, truth = made
    released, approved = (monthly(told, goods, pieces, step) for step in ("已发布", "已批准"))
    assert released.keys() - approved.keys() == {truth["demand_lines"]["released_without_approval"]}
    rows = (told["plan_kind"] == "月度") & (told["issued_on"] >= told["period"].astype("datetime64[M]"))
    assert list(zip(goods.ids[told["product"][rows]], told["period"][rows], strict=True)) == [
        truth["demand_lines"]["issued_late"]
    ]


def test_planned_are_models_that_were_sold_a_year_ago(made, goods):
    told, _ = made
    assert goods.launched[told["product"][told["plan_kind"] == "月度"]].max() < np.datetime64("2024-01-01")
