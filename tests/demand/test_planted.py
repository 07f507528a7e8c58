"""What was planted in the sample is found: the calendar, the optimistic joint review, the right ad hoc plans, two lines."""

import pytest

from custlib import demand, facts, quarters, steps

QUARTER = "2025Q4"


@pytest.fixture(scope="module")
def plans(sample_clean):
    return demand.read(facts.demand_plans(sample_clean))


@pytest.fixture(scope="module")
def months(sample_clean):
    return facts.product_months(sample_clean, QUARTER)


@pytest.fixture(scope="module")
def known(sample_clean, months):
    return demand.calendars(facts.daily_amounts(sample_clean, QUARTER), demand.windows(), months.columns)


@pytest.fixture(scope="module")
def tests(sample_clean, months, known):
    return demand.tested(months.where((months > 0).cummax(axis=1)), 3, facts.categories(sample_clean), known)


def test_intervals_of_festivals_hold_the_planted_factors(known):
    found = known["2025-12"].factors.set_index(["festival", "window"])
    planted = [1.5, 0.05, 1.5, 1.7, 1.25]
    for (_, row), factor in zip(found.iterrows(), planted, strict=True):
        assert row["low"] <= factor <= row["high"]


def test_the_forecast_and_the_draft_are_better_and_the_joint_review_worse(sample_clean, plans, months, tests):
    versions = demand.versions(plans, steps.of("demand_plan"))
    found = demand.steps_value(
        versions, demand.step_forecasts(tests), months, facts.categories(sample_clean), demand.owners(plans)
    )
    own = found[found["group"] == "company"].set_index("step")
    assert own["verdict"].drop("naive").to_dict() == {
        "forecast": "better",
        "draft": "better",
        "reviewed": "cannot_tell",
        "joint_review": "worse",
        "approved": "cannot_tell",
        "released": "cannot_tell",
    }


def test_the_right_ad_hoc_plans_are_better_corrections(plans, months, tests, truth):
    found = demand.corrections(plans, demand.step_forecasts(tests), months)
    assert list(zip(found["product_id"], found["month"], strict=True)) == truth.ad_hoc
    assert found["better"].all() and (found["corrected"] - found["actual"]).abs().max() <= 5


def test_the_skipped_and_the_late_line_and_no_other(plans, truth):
    lines = demand.lines(plans, steps.of("demand_plan"), quarters.parse(QUARTER).last_day)
    named = {
        "released_without_approval": lines[lines["skipped_step"]],
        "issued_late": lines[lines["late"].eq(True)],
    }
    for name, found in named.items():
        assert found[["product_id", "period"]].to_numpy().tolist() == [list(truth.demand_lines[name])]


def test_of_all_methods_the_pooled_ones_miss_least(sample_clean, tests):
    found = demand.results(tests, facts.categories(sample_clean), 0.8)
    wape = found[found["level"] == "product"].set_index("method")["wape"]
    assert wape["pooled_calendar"] < wape["pooled_season"] < wape["mean_of_six"] < wape["seasonal_naive"]
