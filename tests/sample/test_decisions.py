from datetime import date

import pytest

from custlib import reading, reference, sample


@pytest.fixture(scope="module")
def decided(folder):
    return {name: reference.signed(name, folder.path) for name in ("key_accounts.csv", "overrides.csv")}


@pytest.fixture(scope="module")
def last(folder):
    told = folder.told.classes
    return told[told.quarter == told.quarter.max()].set_index("customer_id")


def test_key_accounts_are_the_largest_payers_and_one_that_is_not_a(decided, last):
    keys = decided["key_accounts.csv"].query("kind == 'key_account'").customer_id
    letters = last.letter[keys].tolist()
    assert sorted(letters) == ["A", "A", "A", "B"]


def test_a_customer_may_be_both_key_account_and_strategic(decided):
    kinds = decided["key_accounts.csv"].groupby("customer_id").kind.agg(set)
    assert kinds.map(len).max() == 2 and {"strategic"} in kinds.tolist()


def test_one_override_agrees_one_holds_and_one_has_run_out(decided, last, folder):
    rows = decided["overrides.csv"]
    holds = rows.until.map(reference.day) >= date(2025, 12, 31)
    agrees = rows["class"].to_numpy() == last.letter[rows.customer_id].to_numpy()
    assert list(zip(holds, agrees, strict=True)) == [(True, True), (True, False), (False, False)]
    assert rows.customer_id.iloc[1] == folder.told.stuffed[0]


def test_each_decision_is_signed_by_the_customers_own_account_manager(decided, folder):
    managers = {row["客户编码"]: row["客户经理"] for row in folder.records("客户档案.xlsx")}
    for rows in decided.values():
        for row in rows.itertuples():
            assert row.who == managers.get(row.customer_id, row.who)
    assert len(set(decided["key_accounts.csv"].who) & set(managers.values())) > 1


def test_decisions_are_no_exports(folder):
    assert not [file for file in reading.exports(folder.path) if "reference" in file]


def test_the_smallest_company_decides_too(tmp_path):
    sample.write(tmp_path, customers=30, consumers=50, quarters=2)
    assert len(reference.signed("key_accounts.csv", tmp_path)) == 6
    assert len(reference.signed("overrides.csv", tmp_path)) == 3
