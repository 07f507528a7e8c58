"""Forms go out, are filled in, and come back as exports that the next run reads."""

import datetime
import shutil
import subprocess

import openpyxl
import pytest

from custlib import reference, sheets
from custlib.refusals import Refused
from custlib.report.forms import books, coming_back

PLAN, INTERVIEW = "年度计划表.xlsx", "访谈表.xlsx"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Where the forms lie that are made once."""
    return tmp_path_factory.mktemp("kept") / "forms"


@pytest.fixture
def forms(request, workbook, kept, tmp_path):
    """Plan and interview of one customer, in Chinese."""
    if not kept.exists():
        (folder,) = (request.getfixturevalue("made")(readers=("customer",)) / "for_customers").iterdir()
        shutil.copytree(folder, kept)
    return shutil.copytree(kept, tmp_path / "forms")


@pytest.fixture
def export(tmp_path):
    (tmp_path / "export").mkdir()
    return tmp_path / "export"


def fill(path, sheet, line, **answers):
    """Writes answers by the name of their column into the line of a sheet (1: its first)."""
    book = openpyxl.load_workbook(path)
    kind, quarter = sheets.told(path)
    rows = sheets.read(path, kind, books.VERSION, quarter)[sheet]
    places = {name: list(rows).index(name) + 1 for name in answers}
    for name, value in answers.items():
        cell = book[sheet].cell(int(rows["line"].iloc[line - 1]), places[name], value)
        cell.data_type = "s" if cell.data_type == "f" else cell.data_type  # typed as a text
    book.save(path)
    return path


def table(path):
    header, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def refusal(*arguments):
    with pytest.raises(Refused) as caught:
        coming_back.bring(*arguments)
    return caught.value


def test_checks_interviews_and_corrections_come_back_as_new_files(forms, export):
    fill(forms / PLAN, "计划检查", 1, checked=2, checked_on=datetime.date(2025, 9, 29), evidence="=1+1 签到表")
    fill(forms / PLAN, "部分修正", 2, target=60, from_quarter="2025Q4", who="马俊峰", on="2025-09-30", why="=装修")
    fill(forms / INTERVIEW, "需求访谈", 1, importance=4, ideal=8, actual=6.5, question_kind="现实", said="还行")
    brought = coming_back.bring([forms / PLAN, forms / INTERVIEW], export)
    assert [path.relative_to(export).as_posix() for path in brought] == [
        "计划检查_2025Q3.xlsx",
        "reference/plan_changes_2025Q3.csv",
        "需求访谈_2025Q3.xlsx",
    ]
    assert set(brought.values()) == {1}
    assert table(export / "计划检查_2025Q3.xlsx") == [
        {
            **{"季度": "2025Q3", "客户编码": "K00001", "计划项目": "消费者促销", "衡量指标": "主题活动场次"},
            **{"实际值": 2, "检查日期": "2025-09-29", "检查人": None, "依据": "=1+1 签到表"},
        }
    ]
    assert table(export / "需求访谈_2025Q3.xlsx") == [
        {
            **{"季度": "2025Q4", "客户编码": "K00001", "需求": "利润", "重要性": 4, "理想值": 8, "现实值": 6.5},
            **{"提问类型": "现实", "客户原话": "还行", "受访岗位": None},
        }
    ]
    changed = reference.signed("plan_changes.csv", export).to_dict("records")
    assert changed == [
        {
            **{"year": "2025", "customer_id": "K00001", "item": "陈列", "metric": "货架陈列占比", "why": "=装修"},
            **{"from_quarter": "2025Q4", "target": "60", "who": "马俊峰", "on": "2025-09-30"},
        }
    ]
    cells = [cell for row in openpyxl.load_workbook(export / "计划检查_2025Q3.xlsx").active for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


def test_a_form_in_another_language_comes_back_the_same(made, export):
    (folder,) = (made("en", readers=("customer",)) / "for_customers").iterdir()
    fill(folder / "Interview.xlsx", "Interview", 6, importance=5, ideal=9, actual=2, question_kind="closing")
    coming_back.bring([folder / "Interview.xlsx"], export)
    (row,) = table(export / "需求访谈_2025Q3.xlsx")
    assert (row["需求"], row["提问类型"]) == ("服务", "结束")


def test_no_file_is_replaced(forms, export):
    fill(forms / PLAN, "计划检查", 1, checked=2, checked_on="2025-09-29")
    first = next(iter(coming_back.bring([forms / PLAN], export)))
    before = first.read_bytes()
    assert [path.name for path in coming_back.bring([forms / PLAN], export)] == ["计划检查_2025Q3_2.xlsx"]
    assert first.read_bytes() == before


@pytest.mark.parametrize(
    "file, sheet, line, answers, code, cell",
    [
        (PLAN, "计划检查", 1, {"checked": 2}, "form_blank", "F5"),
        (PLAN, "计划检查", 2, {"checked": 0.7, "checked_on": "2025-09-29"}, "form_percent", "E6"),
        (PLAN, "计划检查", 1, {"checked": "many"}, "answer_strange", "E5"),
        (PLAN, "计划检查", 1, {"metric": "another"}, "form_changed", "B5"),
        (PLAN, "部分修正", 1, {"from_quarter": "2025Q2"}, "answer_strange", "F5"),
        (INTERVIEW, "需求访谈", 1, {"importance": 9}, "answer_strange", "F5"),
        (INTERVIEW, "需求访谈", 1, {"importance": 4, "ideal": 8, "question_kind": "现实"}, "form_blank", "H5"),
    ],
)
def test_a_damaged_form_is_refused_with_sheet_and_cell(forms, export, file, sheet, line, answers, code, cell):
    refused = refusal([fill(forms / file, sheet, line, **answers)], export)
    assert (refused.code, refused.facts["sheet"]) == (code, sheet)
    assert refused.facts["cell"] == cell and not list(export.iterdir())


def test_what_was_not_filled_in_or_came_twice_or_is_another_form_is_refused(forms, export, tmp_path):
    assert refusal([forms / PLAN, forms / INTERVIEW], export).code == "form_nothing"
    fill(forms / PLAN, "计划检查", 1, checked=2, checked_on="2025-09-29")
    again = shutil.copy(forms / PLAN, tmp_path / "again.xlsx")
    assert refusal([forms / PLAN, again], export).code == "form_twice"
    other = tmp_path / "other.xlsx"
    sheets.write(other, [], "questionnaire", 1, "2025Q3")
    assert refusal([other], export).code == "form_other"
    assert refusal([forms / PLAN], tmp_path / "nowhere").code == "missing_folder"


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_forms_saved_by_libreoffice_come_back(forms, export, tmp_path):
    fill(forms / PLAN, "计划检查", 1, checked=2, checked_on=datetime.date(2025, 9, 29))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", tmp_path / "out", forms / PLAN], check=True, capture_output=True, timeout=120)
    coming_back.bring([tmp_path / "out" / PLAN], export)
    assert table(export / "计划检查_2025Q3.xlsx")[0]["检查日期"] == "2025-09-29"
