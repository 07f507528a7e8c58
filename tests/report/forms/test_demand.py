"""The form of the monthly demand plan goes out, is filled in, and comes back as an export that the next run reads."""

import datetime

import openpyxl
import pandas as pd
import pytest

from custlib import demand as plans
from custlib import facts, results
from custlib.refusals import Refused
from custlib.report.archive.archive import Run
from custlib.report.forms import coming_back, demand

QUARTER = "2025Q4"
FORECAST = pd.DataFrame(
    [("P1", "2026-01", 100.4, 80.2, 120.0, 90.0), ("P2", "2026-01", 7.0, None, None, None)]
    + [("P1", "2026-02", 50.0, 40.0, 60.0, 55.0)],
    columns=["product_id", "month", "forecast", "low", "high", "year_ago"],
)
COVER = pd.DataFrame({"product_id": ["P1"], "cover_months": [1.26]})
ACCURACY = pd.DataFrame({"level": ["product"], "name": ["P1"], "plan_kind": ["monthly"], "bias": [0.173]})
TABLES = {"demand_forecast": FORECAST, "stock_cover": COVER, "plan_accuracy": ACCURACY}


@pytest.fixture
def form(workbook):
    """Makes the form in a language; gives its path."""
    folder = workbook / "reports" / QUARTER / "run1"
    for name, rows in TABLES.items():
        results.save(rows, name, folder)
    run = Run(QUARTER, "run1", folder, "", "en", True)
    return lambda lang="zh": demand.make(run, workbook / "reports", lang)[0]


@pytest.fixture
def export(tmp_path):
    (tmp_path / "export").mkdir()
    return tmp_path / "export"


def fill(path, sheet, cells):
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)
    return path


SIGNED = {"A5": "李伟", "B5": datetime.date(2025, 12, 20)}


def test_a_month_s_sheet_shows_what_a_planner_needs_and_asks_for_pieces_and_a_reason():
    signed, january, february = demand.book(**TABLES, quarter=QUARTER, lang="en")
    assert [sheet.name for sheet in (january, february)] == ["2026-01", "2026-02"]
    assert january.rows.drop(columns=["quantity", "reason"]).iloc[0].tolist() == [
        *("P1", 90.0, 100.0, 80.0, 120.0, 1.3, 17.0, "2026-01")
    ]
    assert [column.name for column in january.columns if column.open] == ["quantity", "reason"]
    assert [column.name for column in signed.columns] == ["owner", "issued_on"] and len(signed.rows) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_comes_back_is_a_draft_that_notebook_70_reads(form, export, cleaned, lang):
    path = form(lang)
    book = openpyxl.load_workbook(path)
    fill(path, "2026-01", {"H5": 110, "H6": 12, "I6": "新店"})
    fill(path, book.sheetnames[0], SIGNED)
    (written,) = coming_back.bring([path], export)
    assert written.name == "需求计划_2025Q4.xlsx"
    sales = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)\nA1,1,2025-10-02,K1,P1,1,10,5\n"
    clean = cleaned({"a.csv": sales, written.name: written.read_bytes()})
    rows = plans.read(facts.demand_plans(clean)).sort_values("product_id")
    names = ["plan_kind", "period", "product_id", "quantity", "status", "owner", "reason"]
    assert rows[names].astype("object").where(rows[names].notna(), None).to_numpy().tolist() == [
        ["monthly", "2026-01", "P1", 110, "draft", "李伟", None],
        ["monthly", "2026-01", "P2", 12, "draft", "李伟", "新店"],
    ]
    assert set(rows["issued_on"].dt.date) == {datetime.date(2025, 12, 20)}


@pytest.mark.parametrize(
    ("sheet", "cells", "signed", "code", "cell"),
    [
        ("2026-01", {"H5": 121}, SIGNED, "form_reason", "I5"),
        ("2026-01", {"H5": 79}, SIGNED, "form_reason", "I5"),
        ("2026-01", {"I5": "why"}, SIGNED, "form_blank", "H5"),
        ("2026-01", {"H5": 100}, {}, "form_blank", "A5"),
        ("2026-01", {"H5": 100}, {"A5": "李伟"}, "form_blank", "B5"),
        ("2026-01", {"H5": -1}, SIGNED, "answer_strange", "H5"),
        ("2026-01", {"H5": 1.5}, SIGNED, "answer_strange", "H5"),
        ("2026-01", {"H5": "约3万"}, SIGNED, "answer_strange", "H5"),
        ("2026-01", {"E5": 999, "H5": 500}, SIGNED, "form_changed", "E5"),
        ("2026-01", {"A7": "P9", "H7": 5}, SIGNED, "form_changed", "A7"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_cell_and_nothing_is_written(
    form, export, sheet, cells, signed, code, cell
):
    path = fill(form(), sheet, cells)
    fill(path, "编制", signed)
    with pytest.raises(Refused) as caught:
        coming_back.bring([path], export)
    assert (caught.value.code, caught.value.facts["cell"]) == (code, cell) and not list(export.iterdir())


def test_with_a_reason_a_plan_may_leave_the_range_and_without_a_range_it_needs_none(form, export):
    path = fill(fill(form(), "编制", SIGNED), "2026-01", {"H5": 5000, "I5": "新店", "H6": 900})
    assert list(coming_back.bring([path], export).values()) == [2]


def test_a_line_in_two_forms_and_an_empty_form_are_refused(form, export, tmp_path):
    path = fill(fill(form(), "编制", SIGNED), "2026-01", {"H5": 100})
    other = tmp_path / "b.xlsx"
    other.write_bytes(path.read_bytes())
    fill(other, "编制", {"A5": "王芳", "B5": "2025-12-22"})
    with pytest.raises(Refused) as caught:
        coming_back.bring([path, other], export)
    assert caught.value.code == "form_twice"
    fill(path, "2026-01", {"H5": None})
    with pytest.raises(Refused) as caught:
        coming_back.bring([path], export)
    assert caught.value.code == "form_nothing"


def test_no_form_is_replaced_and_the_same_report_gives_the_same_bytes(form):
    path = form()
    before = path.read_bytes()
    with pytest.raises(Refused) as caught:
        form()
    assert caught.value.code == "file_exists"
    path.unlink()
    assert form().read_bytes() == before
