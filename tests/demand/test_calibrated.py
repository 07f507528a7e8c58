"""Made companies whose plans are 40 % too high or too low are named as such; of one without any fault nothing is named."""

import numpy as np
import pandas as pd
import pytest

from custlib import demand
from custlib.wording import accuracy_reading, plan_value_reading

SEEDS, MODELS = range(60), 15
MONTHS = [str(month) for month in pd.period_range("2024-01", "2025-12", freq="M")]
GROUPS = pd.Series({f"P{at}": "pots" for at in range(MODELS)})
STEPS = ["draft", "reviewed", "joint_review", "approved", "released"]


def made(seed, bias=0.0, step="joint_review"):
    """Sold pieces and steps of the monthly plans of 2025, each with errors of its own of 20 %; from one step on all are
    too high (or low) by a share."""
    rng = np.random.default_rng(seed)
    level = rng.uniform(50, 500, (MODELS, 1))
    sold = pd.DataFrame(level * rng.lognormal(0, 0.2, (MODELS, 24)), GROUPS.index, MONTHS)
    lines = sold[MONTHS[12:]].stack().rename_axis(["product_id", "month"])
    draft = lines * rng.lognormal(0, 0.2, len(lines))
    factor = np.where([STEPS.index(each) >= STEPS.index(step) for each in STEPS], 1 + bias, 1.0)
    versions = pd.DataFrame(draft.to_numpy()[:, None] * factor, lines.index, STEPS)
    # each step moves a line a little, to no avail
    return sold, versions * rng.lognormal(0, 0.02, versions.shape)


def value(seed, **planted):
    sold, versions = made(seed, **planted)
    nothing, nobody = pd.Series(dtype="float64"), pd.Series(dtype="object")
    nothing.index = nobody.index = pd.MultiIndex.from_arrays([[], []], names=["product_id", "month"])
    return demand.steps_value(versions, nothing, sold, GROUPS, nobody)


def accuracy(seed, **planted):
    sold, versions = made(seed, **planted)
    rows = versions["released"].rename("quantity").reset_index().rename(columns={"month": "period"})
    plans = rows.assign(plan_kind="monthly", status="released", owner=None, reason=None)
    issued = pd.to_datetime(plans["period"]) - pd.Timedelta(days=6)
    return demand.accuracy(plans.assign(issued_on=issued), sold, GROUPS)


@pytest.mark.parametrize("bias", [0.4, -0.4])
def test_a_planted_bias_of_40_percent_is_found_at_its_step(bias):
    found = [value(seed, bias=bias) for seed in SEEDS[:20]]
    verdicts = pd.concat([own[own["group"] == "company"].set_index("step")["verdict"] for own in found], axis=1)
    assert (verdicts.loc["joint_review"] == "worse").all()
    assert (verdicts.loc[["reviewed", "approved", "released"]] != "cannot_tell").mean(axis=None) < 0.15
    tables = [accuracy(seed, bias=bias) for seed in SEEDS[:20]]
    company = [table[table["level"] == "company"].iloc[0] for table in tables]
    assert np.mean([row["bias"] for row in company]) == pytest.approx(bias, abs=0.05)
    assert all(row["bias"] * bias > 0 and abs(row["tracking_signal"]) == 12 for row in company)
    assert np.mean([accuracy_reading(table)["one_sided"] for table in tables]) > 0.9 * MODELS


def test_of_a_company_without_a_fault_hardly_anything_is_named():
    named = [plan_value_reading(value(seed)) for seed in SEEDS]
    steps = [
        row["step"] for told in named for kind in ("better", "worse") for row in told[kind] if row["step"] != "draft"
    ]
    # four steps of sixty companies at 95 %, of twelve months redrawn
    assert len(steps) <= 0.1 * 4 * len(SEEDS)
    one_sided = [accuracy_reading(accuracy(seed))["one_sided"] for seed in SEEDS[:20]]
    assert np.mean(one_sided) < 0.1 * MODELS  # each at 95 %
