"""The tables of money and goods on the sample: what was planted in it is found, and nothing where nothing happened."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from custlib import facts, profile, quarters
from tests import made_companies

QUARTER = "2025Q4"
NO_CLASS = pd.Series(dtype="str")
TAXED = {"payments": "included", "dealer_profit": "included"}


@pytest.fixture(scope="module")
def credit(sample_clean):
    return profile.profile_credit(sample_clean, QUARTER, NO_CLASS, "data/raw").set_index("customer_id")


def test_days_owed_of_some_are_those_of_the_profile(sample_clean, credit):
    stated = credit[credit["as_of"] == QUARTER].iloc[:3]
    days = profile.dso_days(sample_clean, QUARTER, [*stated.index, "NOBODY"])
    assert days.to_dict() == pytest.approx(stated["dso_days"].to_dict(), nan_ok=True)


def test_the_dealer_two_months_late_owes_most_that_is_overdue(credit, truth):
    late = credit.loc[truth.payers["late"]]
    assert credit["overdue"].idxmax() == credit["overdue_share"].idxmax() == credit["dso_days"].idxmax() == late.name
    assert late["dso_days"] - credit["dso_days"].median() > 60 and late["dso_best"] <= late["terms_days"]


def test_the_dealer_that_pays_ahead_owes_no_day_and_its_statement_cannot_say_how_much(credit, truth):
    assert credit.index[credit["dso_days"] == 0].tolist() == [truth.payers["ahead"]]
    assert not credit.at[truth.payers["ahead"], "reconciles"] and credit.at[truth.payers["ahead"], "difference"] < 0


def test_the_key_account_has_terms_of_its_own(credit):
    assert credit.loc["K00194", ["terms_days", "limit"]].tolist() == [60, 5_000_000]
    others = credit.drop("K00194")
    assert (others["terms_days"] == 90).all() and (others["limit"] == 3_000_000).all()
    assert (credit["limit_used_share"] * credit["limit"]).tolist() == pytest.approx(credit["receivables"].tolist())


def test_what_is_declared_fits_and_what_was_set_aside_is_missed_at_few(credit):
    assert (credit["tax"] == "included").all()
    assert credit["reconciles"].dropna().mean() > 0.95


def test_a_missing_statement_leaves_the_last_one_known_with_its_quarter(sample_clean, credit):
    owed = facts.receivables(sample_clean, QUARTER)
    lacking = set(owed["customer_id"]) - set(owed.loc[owed["quarter"] == QUARTER, "customer_id"])
    assert lacking and set(credit.index[credit["as_of"] < QUARTER]) == lacking
    earlier = credit["as_of"].loc[sorted(lacking)]
    assert [owed.set_index(["customer_id", "quarter"]).at[key, "owed"] for key in earlier.items()] == credit.loc[
        earlier.index, "receivables"
    ].tolist()


def test_a_rebate_short_by_half_and_one_over_by_half_are_all_that_is_found(sample_clean, truth):
    sums = (
        profile.profile_rebates(sample_clean, QUARTER)
        .groupby("customer_id")[["due", "booked"]]
        .sum(min_count=1)
        .dropna()
    )
    ratio = sums["booked"] / sums["due"]
    odd = ratio[(ratio - 1).abs() > 0.02].round(2).to_dict()
    assert odd == {truth.rebates["short"]: 0.5, truth.rebates["over"]: 1.5}


def test_pieces_add_up_and_the_overstocked_are_doubted_in_the_last_quarter(sample_clean, truth):
    rows = profile.profile_flow(sample_clean, QUARTER)
    known = rows.dropna(subset=["opening", "closing"])
    left = known["opening"] + known["sold_in"] - known["sold_through"] - known["closing"]
    assert (left == 0).all() and rows["sold_through"].notna().sum() == len(known)
    last = rows[rows["to"] == quarters.parse(QUARTER).last_day]
    assert set(truth.stuffed) <= set(last.loc[last["doubt"].eq(True), "customer_id"])
    assert rows["doubt"].eq(True).mean() < 0.02


def test_months_add_up_to_the_quarters(sample_clean):
    rows = profile.profile_months(sample_clean, QUARTER)
    months = rows.assign(quarter=pd.PeriodIndex(rows["month"], freq="Q").astype("str"))
    sums = months.groupby(["quarter", "customer_id"])[["net_sales", "payments"]].sum()
    whole = facts.customer_quarters(sample_clean).set_index(["quarter", "customer_id"])[["net_sales", "payments"]]
    np.testing.assert_allclose(sums.to_numpy(), whole.reindex(sums.index).fillna(0).to_numpy(), atol=0.01)
    assert sums.index.get_level_values("quarter").nunique() == 9


def test_what_we_gave_is_taken_off_gross_profit_without_tax(sample_clean):
    rows = profile.profile_support(sample_clean, QUARTER, profile.alike(sample_clean, QUARTER)).set_index(
        ["quarter", "customer_id"]
    )
    stated = facts.support(sample_clean, QUARTER).loc[rows.index]
    assert rows["rebates"].tolist() == pytest.approx((stated["rebates"] / 1.13).tolist())
    profit = facts.customer_quarters(sample_clean).set_index(["quarter", "customer_id"])["gross_profit"]
    known = rows["contribution_after"].dropna()
    given = rows[["rebates", "price_compensation"]].sum(axis=1)
    assert (known + given[known.index]).tolist() == pytest.approx(profit[known.index].tolist())
    assert rows.loc[QUARTER, "sold_through_change"].isna().all()
    held = rows.dropna(subset=["peers_low"])
    assert len(held) > 0.6 * len(rows) and (held["peers_low"] <= held["peers_high"]).all()


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    """A company to which nothing happens, with terms of 90 days for all."""
    folder = tmp_path_factory.mktemp("nothing")
    (folder / "reference").mkdir()
    terms = "scope,value,days,limit_yuan,from,who,on,why\nany,,90,,2020-01-01,a,2020-01-01,\n"
    (folder / "reference" / "credit_terms.csv").write_text(terms, encoding="utf-8")
    made, truth = made_companies.make(folder, seed=4, customers=240, fated=False)
    return dataclasses.replace(made, taxes=TAXED), truth


def test_where_nothing_happened_hardly_anybody_is_overdue_and_nobody_pays_ahead(nothing):
    made, _ = nothing
    rows = profile.profile_credit(made, QUARTER, NO_CLASS, made.folder)
    assert (rows["overdue_share"] > 0.1).mean() <= 0.02 and (rows["dso_days"] > 0).all()
    assert rows["reconciles"].mean() > 0.99


def test_what_nobody_declared_stands_as_it_is_and_says_so(nothing):
    made, _ = nothing
    rows = profile.profile_credit(dataclasses.replace(made, taxes={}), QUARTER, NO_CLASS, made.folder)
    taxed = profile.profile_credit(made, QUARTER, NO_CLASS, made.folder)
    assert (rows["tax"] == "not_declared").all() and rows["reconciles"].mean() > 0.99
    # the same receivables, beside sales without the tax that these hold: too many days
    longer = rows["dso_days"] / taxed["dso_days"]
    assert (longer >= 1).all() and 1.05 < longer.mean() < 1.25
    support = [
        profile.profile_support(each, QUARTER, profile.alike(each, QUARTER))
        for each in (made, dataclasses.replace(made, taxes={}))
    ]
    assert support[1]["rebates"].sum() == pytest.approx(1.13 * support[0]["rebates"].sum())


def test_without_statements_counts_and_plans_the_tables_are_empty(nothing):
    made, _ = nothing
    counts = {name: n for name, n in made.counts.items() if name in ("sales", "customers", "products")}
    bare = dataclasses.replace(made, counts=counts, taxes={})
    assert profile.profile_credit(bare, QUARTER, NO_CLASS, made.folder).empty
    assert profile.profile_flow(bare, QUARTER).empty and profile.profile_rebates(bare, QUARTER).empty
    assert profile.profile_support(bare, QUARTER, profile.alike(bare, QUARTER)).empty
    assert profile.profile_months(bare, QUARTER)["payments"].isna().all()
