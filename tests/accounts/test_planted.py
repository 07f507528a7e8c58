"""What was planted in the sample's plans is found, and nobody else is named."""

import pandas as pd
import pytest

from custlib import accounts, facts, profile, quarters, reference, wording
from custlib.wording import sentences

QUARTER = quarters.parse("2025Q4")
DATA = "data/raw"


@pytest.fixture(scope="module")
def plans(sample_clean):
    return facts.plans(sample_clean, DATA)


@pytest.fixture(scope="module")
def year(sample_clean, plans):
    """Year → `plan_lines` at its end."""
    visits = profile.contacts(
        facts.visits(sample_clean, QUARTER.last_day), profile.words_of_visits(DATA), QUARTER.last_day
    )
    checks = facts.plan_checks(sample_clean)
    accounts.check_plans(plans, checks, DATA)
    return {
        each: accounts.plan_lines(
            plans, checks, profile.profile_rebates(sample_clean, f"{each}Q4", DATA), visits, f"{each}Q4", DATA
        )
        for each in (2024, 2025)
    }


@pytest.fixture(scope="module")
def corrected(plans):
    return accounts.corrections(plans, accounts.plan_changes(DATA), QUARTER.last_day)


def test_every_line_of_the_plans_is_there_once_and_of_a_known_metric(year):
    lines = year[2025]
    assert len(lines) == 552 and not lines.duplicated(["customer_id", "item", "metric"]).any()
    assert not lines["question"].eq("metric_unknown").any()


def test_who_promises_too_much_and_who_holds_back_are_named_the_honest_one_is_not(year, truth):
    for lines in year.values():
        owners = accounts.kept(lines).set_index("owner")
        words = owners["word"].dropna().to_dict()
        assert words == {truth.plan_owners[word]: word for word in ("over_promises", "holds_back")}
        assert owners.at[truth.plan_owners["honest"], "lines"] >= 8


def test_the_correction_after_the_line_was_missed_is_named_and_changes_nothing(year, corrected, truth, sample_clean):
    assert (
        corrected.loc[corrected["after_missed"], "customer_id"].tolist() == [truth.late_correction]
        and len(corrected) == 2
    )
    lines = year[2025].set_index("metric")
    lines = lines[lines["corrected_in"].notna()].set_index("customer_id")
    assert lines["target_signed"].tolist() == [6, 6] and lines["target_now"].tolist() == [4, 4]
    assert lines["state"].drop(truth.late_correction).tolist() == ["done"]
    assert lines.at[truth.late_correction, "state"] == "missed"
    name = facts.customers(sample_clean).at[truth.late_correction, "name"]
    assert name in sentences.text(
        "plans.corrected_late", wording.corrected_late(corrected, facts.customers(sample_clean)), lang="zh"
    )


def test_the_plan_that_was_copied_is_found_and_no_other(year, sample_clean, truth):
    needs = pd.DataFrame({"customer_id": [], "factor": []})
    best = accounts.best_reached(year[2024], profile.alike(sample_clean, str(QUARTER)))
    quality = accounts.plan_quality(year[2025], year[2024], best, facts.plan_metrics(DATA), needs)
    assert accounts.copied(quality)["customer_id"].tolist() == [truth.copied_plan]
    assert quality["attainable"].notna().all() and quality["effective"].isna().all()


def test_of_the_rebates_only_the_short_one_is_missed(year, truth):
    rebates = year[2025][year[2025]["how_measured"] == "data"].set_index("customer_id")
    assert set(rebates.index[rebates["state"] == "missed"]) == {truth.rebates["short"]}
    assert rebates.loc[truth.rebates["over"], "attained_share"].round(2).tolist() == [1.5, 1.5]


def test_the_state_of_the_key_accounts(sample_clean):
    words = reference.keys_of("targets.measure", DATA)
    flow = profile.profile_flow(sample_clean, str(QUARTER))
    key = reference.signed("key_accounts.csv", DATA)["customer_id"].drop_duplicates()
    known = {
        each: accounts.measures(sample_clean, each, flow, profile.dso_days(sample_clean, each, key), words)
        for each in ("2025Q4", "2025Q3", "2024Q4")
    }
    rows = accounts.account_state(facts.customers(sample_clean)["name"].reindex(key), *known.values())
    sold = facts.customer_quarters(sample_clean).set_index(["quarter", "customer_id"])["net_sales"]
    told = rows[rows["measure"] == "net_sales"].set_index("customer_id")
    assert set(told.index) == set(key)
    for column, quarter in zip(("now", "before", "year_ago"), known, strict=True):
        assert told[column].dropna().to_dict() == pytest.approx(sold[quarter].reindex(told.index).dropna().to_dict())
