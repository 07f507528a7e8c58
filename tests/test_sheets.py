import datetime
import shutil
import subprocess

import openpyxl
import pandas as pd
import pytest

from custlib import sheets
from custlib.refusals import Refused
from custlib.sheets import Column, Sheet

ROWS = pd.DataFrame(
    {
        "customer_id": ["K1", "K1", "K2"],
        "metric": ["=1+1", "展示面积 <70 %>", "shelf  share"],
        "target": [0.1 + 0.2, 12, None],
        "actual": [None, 3.5, None],
        "checked_on": None,
        "done": None,
    }
)
COLUMNS = (
    Column("metric", "衡量指标", 30),
    Column("target", "目标值"),
    Column("actual", "实际值", open=True, between=(0, 100)),
    Column("checked_on", "检查日期", open=True),
    Column("done", "完成", open=True, choices=("是", "否")),
)
PLAN = Sheet("计划检查", ("年度计划检查", "只填黄色单元格", ""), COLUMNS, ROWS)
NOTES = Sheet("意见", ("意见",), (Column("said", "意见", open=True),), pd.DataFrame({"said": [None], "number": [7]}))


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "年度计划表.xlsx"
    sheets.write(path, [PLAN, NOTES], "plan", 1, "2025Q4")
    return path


@pytest.mark.parametrize(
    ("text", "high"), [("short", None), ("a" * 36, 30), ("汉" * 9, None), ("汉" * 18, 30)]
)  # a Chinese character takes the room of two letters
def test_a_row_has_room_for_text_that_is_wrapped_in_a_column_of_twenty(tmp_path, text, high):
    sheet = Sheet("s", ("t",), (Column("said", "S", 20),), pd.DataFrame({"said": [text]}))
    sheets.write(tmp_path / "a.xlsx", [sheet], "plan", 1)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["s"].row_dimensions[3].height == high  # none: that of one line


def test_a_row_that_is_filled_in_has_room_to_write_and_the_head_is_printed_on_each_page(form):
    sheet = openpyxl.load_workbook(form)["计划检查"]
    assert sheet.row_dimensions[5].height == 24 and sheet.print_title_rows.replace("$", "") == "4:4"


def filled(path, cells, change=None):
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["计划检查"][cell] = value
    if change:
        change(book)
    book.save(path)
    return path


def read(path):
    return sheets.read(path, "plan", 1, "2025Q4")


def refusal(path):
    with pytest.raises(Refused) as caught:
        read(path)
    return caught.value


def test_answers_come_back_beside_ids_that_are_not_shown(form):
    found = read(filled(form, {"C5": 40, "C6": "12.5", "D5": datetime.date(2025, 12, 31), "E7": "否"}))
    plan = found["计划检查"]
    assert plan["customer_id"].tolist() == ["K1", "K1", "K2"] and plan["line"].tolist() == [5, 6, 7]
    assert plan["metric"].tolist() == ROWS["metric"].tolist()
    assert plan["actual"].tolist() == [40, 12.5, None]
    assert plan["checked_on"].tolist() == ["2025-12-31", None, None] and plan["done"].tolist() == [None, None, "否"]
    assert found["意见"].to_dict("records") == [{"said": None, "sheet": "意见", "line": 3, "number": 7}]


def test_what_stood_in_an_open_cell_comes_back_as_it_was(form):
    assert read(form)["计划检查"]["actual"].tolist() == [None, 3.5, None]


def test_only_open_cells_are_unlocked_and_none_is_a_formula(form):
    book = openpyxl.load_workbook(form)
    sheet = book["计划检查"]
    assert {cell.column_letter for row in sheet for cell in row if not cell.protection.locked} == {"C", "D", "E"}
    assert all(each.protection.sheet for each in book) and book["_form"].sheet_state == "hidden"
    assert not any(cell.data_type == "f" or cell.hyperlink for each in book for row in each for cell in row)
    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in sheet.data_validations.dataValidation}
    assert rules == {"C5:C7": ("decimal", "0"), "E5:E7": ("list", '"是,否"')}


def test_equal_forms_are_equal_bytes(form, tmp_path):
    sheets.write(tmp_path / "b.xlsx", [PLAN, NOTES], "plan", 1, "2025Q4")
    assert form.read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    "cells, cell",
    [({"B6": 13}, "B6"), ({"A7": "another"}, "A7"), ({"A1": "title"}, "A1"), ({"A9": "more"}, "A9"), ({"G5": 1}, "G5")],
    ids=["target", "metric", "title", "below", "beside"],
)
def test_a_changed_cell_is_refused_with_its_sheet_and_place(form, cells, cell):
    refused = refusal(filled(form, cells))
    assert refused.code == "form_changed" and f"sheet 计划检查, cell {cell}:" in str(refused)


@pytest.mark.parametrize(
    "change, cell",
    [(lambda sheet: sheet.insert_rows(6), "A6"), (lambda sheet: sheet.delete_rows(5), "A5")],
    ids=["inserted", "deleted"],
)
def test_a_row_too_many_or_too_few_is_refused_where_it_begins(form, change, cell):
    refused = refusal(filled(form, {}, lambda book: change(book["计划检查"])))
    assert refused.code == "form_changed" and refused.facts["cell"] == cell


@pytest.mark.parametrize("cells", [{"C5": 101}, {"C5": "many"}, {"C5": -1}, {"E6": "maybe"}])
def test_an_answer_that_was_not_asked_for_is_refused_with_its_cell(form, cells):
    refused = refusal(filled(form, cells))
    assert refused.code == "answer_strange" and refused.facts["cell"] == next(iter(cells))


def test_a_day_and_a_whole_number_are_asked_for_and_taken_strictly(tmp_path):
    day, marks = Column("on", "日期", open=True, day=True), Column("marks", "分", open=True, between=(1, 5), whole=True)
    rows = pd.DataFrame({"on": [None] * 3, "marks": None})
    sheet, path = Sheet("s", ("s",), (day, marks), rows), tmp_path / "s.xlsx"
    sheets.write(path, [sheet], "s", 1, "2025Q4")
    assert sheets.told(path) == ("s", "2025Q4")
    book = openpyxl.load_workbook(path)
    rules = {rule.type: rule.formula1 for rule in book["s"].data_validations.dataValidation}
    assert rules == {"date": "36526", "whole": "1"}
    book["s"]["A3"], book["s"]["A4"], book["s"]["B3"] = datetime.date(2025, 12, 31), "2026/1/5", 5
    book.save(path)
    found = sheets.read(path, "s", 1, "2025Q4")["s"]
    assert found["on"].tolist() == ["2025-12-31", "2026-01-05", None] and found["marks"].tolist() == [5, None, None]
    for cell, value in {"A5": "next week", "B5": 2.5}.items():
        book["s"]["A5"], book["s"]["B5"] = None, None
        book["s"][cell] = value
        book.save(path)
        with pytest.raises(Refused) as caught:
            sheets.read(path, "s", 1, "2025Q4")
        assert caught.value.code == "answer_strange" and caught.value.facts["cell"] == cell


def test_what_is_no_form_tells_nothing(tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(Refused) as caught:
        sheets.told(tmp_path / "other.xlsx")
    assert caught.value.code == "not_a_form"


@pytest.mark.parametrize("asked", [("review", 1, "2025Q4"), ("plan", 2, "2025Q4"), ("plan", 1, "2025Q3")])
def test_another_kind_version_or_quarter_is_refused(form, asked):
    with pytest.raises(Refused) as caught:
        sheets.read(form, *asked)
    assert caught.value.code == "form_other" and "plan 1 2025Q4" in str(caught.value)


def test_a_sheet_that_was_renamed_or_added_is_refused(form, tmp_path):
    more = shutil.copy(form, tmp_path / "more.xlsx")
    assert refusal(filled(more, {}, lambda book: book.create_sheet("mine"))).code == "form_sheets"
    renamed = filled(form, {}, lambda book: setattr(book["意见"], "title", "mine"))
    assert refusal(renamed).code == "form_sheets"


def damaged(book):
    book["_form"]["A2"] = '{"name": "计划检查"'


def emptied(book):
    book["_form"]["A2"] = '{"name": "计划检查"}'


@pytest.mark.parametrize("change", [damaged, emptied, lambda book: book.remove(book["_form"])])
def test_a_form_without_what_was_written_is_refused(form, change):
    assert refusal(filled(form, {}, change)).code == "not_a_form"


def test_a_long_form_comes_back(tmp_path):
    rows = pd.DataFrame({"metric": [f"{number} 展示" * 50 for number in range(200)], "target": range(200)})
    sheets.write(tmp_path / "long.xlsx", [PLAN._replace(rows=rows)], "plan", 1)
    found = sheets.read(tmp_path / "long.xlsx", "plan", 1)["计划检查"]
    assert found["metric"].tolist() == rows["metric"].tolist() and found["target"].tolist() == list(range(200))


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_form_saved_by_libreoffice_comes_back(form, tmp_path):
    filled(form, {"C5": 40, "D5": datetime.date(2025, 12, 31), "E7": "否"})
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(form)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    plan = read(tmp_path / "out" / form.name)["计划检查"]
    assert plan["actual"].tolist() == [40, 3.5, None] and plan["checked_on"].tolist() == ["2025-12-31", None, None]
    assert plan["done"].tolist() == [None, None, "否"]
