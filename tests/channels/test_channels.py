"""From exports to result tables, as notebook 20 does it: on the sample, and on a folder that holds sales only."""

import pytest

from custlib import abc_classes, channels, cleaning, facts, reference, results

OWN = ["name", "account_manager"]


def saved(data_dir, quarter, out):
    """The result tables as written."""
    clean = cleaning.open_tables(data_dir)
    found, who = facts.indicators(clean, quarter), facts.customers(clean)
    classes = abc_classes.joint(found.table)
    customers = who[OWN].loc[found.table.index].assign(size=found.table["size"], size_class=classes["size"])
    customers = customers.assign(joint_class=classes["joint"])
    stores, losses = facts.stores(clean), facts.losses(clean, quarter)
    stores = stores.loc[stores.index.intersection(found.table.index)]
    formats, reasons = (reference.table(name, data_dir) for name in ("formats.csv", "churn_reference.csv"))
    decided = reference.signed("key_accounts.csv", data_dir)
    made = {
        "abc_sold": channels.stuffed(customers, facts.sell_out(clean, quarter), facts.stock(clean, quarter)),
        "abc_key_accounts": channels.key_accounts(classes["joint"], decided).join(who[OWN]),
        "abc_formats": channels.by_format(stores, formats),
        "abc_area_questions": channels.area_questions(stores, formats),
        "abc_silent": channels.silent(facts.order_rhythm(clean, quarter), losses).join(who[OWN]),
        "abc_loss_reasons": channels.loss_reasons(losses, reasons),
    }
    return {name: results.save(frame, name, out) for name, frame in made.items()}


@pytest.fixture(scope="module")
def sample_tables(tmp_path_factory):
    return saved("data/raw", "2025Q4", tmp_path_factory.mktemp("sample"))


def test_each_table_fills_the_columns_of_the_codebook(sample_tables):
    for name, table in sample_tables.items():
        assert len(table) and table.notna().any().all(), name


def test_on_the_sample_decisions_differ_from_classes(sample_tables):
    differences = sample_tables["abc_key_accounts"]["decision_difference"]
    assert {"a_but_no_key_account", ""} <= set(differences)


def test_of_sales_alone_little_is_said_and_nothing_breaks(tmp_path):
    tables = saved("tests/data/online_retail", "2011Q2", tmp_path)
    assert set(tables["abc_sold"]["stuffed"]) == {"not_known"}
    assert tables["abc_area_questions"].empty and tables["abc_silent"].empty
    assert tables["abc_formats"]["customers"].sum() == tables["abc_loss_reasons"]["customers"].sum() == 0
