"""What was planted in the sample's interviews is found: the need that precedes leaving, the one that is over-served, the
manager who answers for his customers."""

import pytest

from custlib import accounts, codebook, facts

QUARTER = "2025Q4"


@pytest.fixture(scope="module")
def answers(sample_clean):
    return accounts.answers(facts.interviews(sample_clean, QUARTER))


def test_service_is_among_the_first_three_gaps_of_every_dealer_before_it_leaves(answers, truth):
    by_quarter = {quarter: accounts.account_needs(answers, quarter) for quarter in truth.short_of_service["quarter"]}
    short = truth.short_of_service.to_dict("records")
    assert len(short) > 20
    for one in short:
        rows = by_quarter[one["quarter"]]
        row = rows[(rows["customer_id"] == one["customer_id"]) & (rows["need"] == "service")].iloc[0]
        assert row["quarter"] == one["quarter"] and row["gap"] >= 4 and row["rank"] <= 3
        # of the first quarter of interviews nothing is known of how far an answer can be trusted
        assert row["prob_first3"] > 0.95 or one["quarter"] == answers["quarter"].min()


def test_the_over_served_need_is_the_only_one(answers, truth):
    found = accounts.over_served(accounts.gaps(answers, QUARTER))
    names = accounts.needs_of().set_index("need")["zh"]
    assert names[found.index[found["sure"]]].tolist() == [truth.over_served]


def test_the_manager_who_answers_for_customers_is_asked_and_nobody_else(sample_clean, answers, truth):
    found = accounts.same_answers(answers, facts.customers(sample_clean)["account_manager"])
    assert found.index.tolist() == [truth.answers_for_customers]
    assert found["customers"].iloc[0] >= 4 and found["quarters"].iloc[0] >= 2


def test_the_result_tables_have_the_columns_of_the_codebook(answers):
    gaps = accounts.gaps(answers, QUARTER)
    made = {
        "account_needs": accounts.account_needs(answers, QUARTER),
        "needs_map": accounts.needs_map(gaps),
        "needs_drift": accounts.needs_drift(answers, QUARTER),
    }
    for name, table in made.items():
        assert list(table) == list(codebook.stored(name))
    assert set(made["needs_map"]["quadrant"]) == {"concentrate", "keep_up", "low_priority", "overkill", "undecided"}
