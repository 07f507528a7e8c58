from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest

from custlib import restated, results
from custlib.refusals import Refused

COLUMNS = ["table", "file", "month", "column", "amount_clean"]


def controls(*rows):
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.assign(amount_clean=frame["amount_clean"].map(Decimal))


def accounts(**clean):
    return pd.DataFrame({"file": [f"{name}.csv" for name in clean], "clean": list(clean.values())})


THEN = controls(
    ("sales", "a.csv", "2025-07", "net_amount", "100.10"),
    ("sales", "a.csv", "2025-08", "net_amount", "50"),
    ("sales", "old.csv", "2025-03", "net_amount", "7"),
    ("dealer_profit", "p.csv", "2025Q3", "brand_profit", "30"),
)
BEFORE = restated.Published("2025Q3", "华锦", "CNY", THEN, accounts(a=10, old=1, p=2))


def compare(now, **clean):
    found = restated.causes(BEFORE, now, accounts(**clean))
    figures = restated.figures(BEFORE, now, found)
    return figures.values.tolist(), found.drop(columns=["table", "column"]).values.tolist()


def test_a_late_export_a_corrected_one_and_one_that_is_gone_are_the_causes():
    now = controls(
        ("sales", "a.csv", "2025-07", "net_amount", "100.30"),
        ("sales", "a.csv", "2025-08", "net_amount", "50"),
        ("sales", "late.csv", "2025-08", "net_amount", "9.50"),
        ("sales", "a.csv", "2025-10", "net_amount", "5000"),
        ("dealer_profit", "p.csv", "2025Q3", "brand_profit", "30"),
    )
    figures, files = compare(now, a=12, late=3, p=2)
    assert figures == [
        ["sales", "net_amount", "2025Q1", 7, 0, -7, "old.csv"],
        ["sales", "net_amount", "2025Q3", Decimal("150.10"), Decimal("159.80"), Decimal("9.70"), "a.csv, late.csv"],
    ]
    assert files == [
        ["2025Q1", "old.csv", "gone", 7, 0, -7, 1, pd.NA],
        ["2025Q3", "a.csv", "changed", Decimal("150.10"), Decimal("150.30"), Decimal("0.20"), 10, 12],
        ["2025Q3", "late.csv", "new", 0, Decimal("9.50"), Decimal("9.50"), pd.NA, 3],
    ]


def test_figures_published_with_fewer_decimals_are_the_same_figures():
    eighteen = THEN["amount_clean"].map(lambda amount: amount.quantize(Decimal("1e-18")))
    assert compare(THEN.assign(amount_clean=eighteen), a=10, old=1, p=2) == ([], [])


def test_a_renamed_file_and_a_quarter_after_the_earlier_report_restate_nothing():
    renamed = THEN.replace({"file": {"a.csv": "b.csv"}})
    later = controls(("sales", "b.csv", "2025-11", "net_amount", "1"))
    assert compare(pd.concat([renamed, later]), b=10, old=1, p=2) == ([], [])


def test_money_that_moved_between_months_of_a_quarter_is_named_with_a_difference_of_nothing():
    now = THEN.assign(month=THEN["month"].replace("2025-08", "2025-09"))
    figures, files = compare(now, a=10, old=1, p=2)
    half = Decimal("150.10")
    assert figures == [["sales", "net_amount", "2025Q3", half, half, 0, "a.csv"]]
    assert files == [["2025Q3", "a.csv", "changed", half, half, 0, 10, 10]]


def test_lines_without_a_month_hold_no_clean_amount_and_do_not_matter():
    nameless = controls(("sales", "a.csv", None, "net_amount", "0"))
    assert compare(pd.concat([THEN, nameless]), a=10, old=1, p=2) == ([], [])


def test_with_nothing_to_compare_with_the_tables_have_their_columns_and_no_row():
    found = restated.causes(None, THEN, accounts(a=1))
    assert found.columns.tolist() == restated.FILES and found.empty
    assert restated.figures(None, THEN, found).columns.tolist() == restated.FIGURES
    assert restated.published("") is None


def test_another_company_or_currency_is_no_history_of_this_one():
    assert restated.comparable(BEFORE, "华锦", "CNY") is BEFORE
    assert restated.comparable(BEFORE, "华锦", "USD") is restated.comparable(BEFORE, "Huajin", "CNY") is None
    assert restated.comparable(None, "华锦", "CNY") is None


@pytest.mark.parametrize("folder", ["reports/2025Q3/0123456789ab", "reports/.draft/2025Q3"])
def test_an_earlier_report_is_read_from_its_folder(workbook, folder):
    results.save(pd.DataFrame([{"company": "华锦", "currency": "CNY"}]), "data_facts", folder)
    results.save(THEN, "control_totals", folder)
    results.save(accounts(a=10), "line_accounts", folder)
    before = restated.published(folder)
    assert (before.quarter, before.company, before.currency) == ("2025Q3", "华锦", "CNY")
    assert before.controls["amount_clean"].tolist() == THEN["amount_clean"].tolist()


def test_a_folder_that_is_no_report_is_refused(workbook):
    with pytest.raises(Refused, match="reports/old names no quarter"):
        restated.published("reports/old")
    with pytest.raises(Refused, match="is missing"):
        restated.published("reports/2025Q3/0123456789ab")


SETTINGS = pd.DataFrame({"name": ["ratio"], "value": ["1 : 2 : 2"]}, dtype="str")


@pytest.fixture
def reported(workbook):
    """The folder of an earlier report with classes."""
    folder = "reports/2025Q3/one"
    facts = {"company": "华锦", "currency": "CNY", "data_from": None, "data_until": None}
    results.save(pd.DataFrame([facts]), "data_facts", folder)
    results.save(SETTINGS, "abc_settings", folder)
    results.save(pd.DataFrame({"customer_id": ["k1"], "score": [0.7], "joint_class": ["B"]}), "abc_customers", folder)
    return folder


def test_the_classes_of_an_earlier_report(reported):
    clean = SimpleNamespace(company="华锦", currency="CNY")
    found = restated.classes(reported, "2025Q3", clean, SETTINGS)
    assert found.to_dict("index") == {"k1": {"score": 0.7, "joint_class": "B"}}


@pytest.mark.parametrize(
    "quarter, company, ratio",
    [("2025Q2", "华锦", "1 : 2 : 2"), ("2025Q3", "other", "1 : 2 : 2"), ("2025Q3", "华锦", "1 : 1 : 1")],
    ids=["another quarter", "another company", "another ratio"],
)
def test_classes_that_cannot_be_compared_are_none(reported, quarter, company, ratio):
    clean = SimpleNamespace(company=company, currency="CNY")
    assert restated.classes(reported, quarter, clean, SETTINGS.assign(value=ratio)) is None
    assert restated.classes("", quarter, clean, SETTINGS) is None
