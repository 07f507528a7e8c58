"""Sheets for talks with people: each shows one person alone; what was agreed comes back signed."""

import openpyxl
import pandas as pd
import pytest

from custlib import codebook, reference, results
from custlib.refusals import Refused
from custlib.report.archive.archive import Run
from custlib.report.forms import coaching, coming_back

QUARTER = "2025Q4"
PEOPLE = ("P01", "P02", "P03")
HEADER = ",".join(reference.COLUMNS["development.csv"])


def rows(table, person, number):
    """A line of a table that holds a number of its own in every column."""
    kinds = {name: line["kind"] for name, line in codebook.columns(table).items()}
    values = {name: 4321.0 + number if kind in codebook.NUMBERS else None for name, kind in kinds.items()}
    texts = {"person_id": person, "quarter": QUARTER, "kpi": "growth", "month": "2025-11"}
    return values | {name: text for name, text in texts.items() if name in kinds}


@pytest.fixture
def made(workbook, tmp_path):
    """Makes the sheets of one person, or of all; gives the folder."""
    people = workbook / "reports" / "people"
    folder = people / QUARTER / "run1"
    for table in coaching.TABLES:
        frame = pd.DataFrame([rows(table, person, 1111 * at) for at, person in enumerate(PEOPLE)])
        results.save(frame, table, folder)
    (tmp_path / "own" / "reference").mkdir(parents=True)
    agreed = "P02,2025Q3,SECRETSTEP,2025-10-31,李,2025-10-01,\nP01,2025Q3,listen more,2025-11-30,李,2025-10-02,\n"
    (tmp_path / "own" / "reference" / "development.csv").write_text(f"{HEADER}\n{agreed}", encoding="utf-8")
    run = Run(QUARTER, "run1", folder, "", "en", True)
    return lambda lang="en", person=None: coaching.make(run, people, lang, tmp_path / "own", person)[0]


def everything(path):
    """All cells of a workbook, of its hidden sheet, too."""
    book = openpyxl.load_workbook(path)
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]


def test_a_person_s_sheet_shows_this_person_and_nobody_else(made):
    folder = made()
    assert folder.parts[-4:] == ("people", "forms", QUARTER, "run1")
    assert sorted(path.name for path in folder.iterdir()) == ["P01.xlsx", "P02.xlsx", "P03.xlsx"]
    for at, person in enumerate(PEOPLE):
        told = " ".join(everything(folder / f"{person}.xlsx"))
        assert person in told and str(4321 + 1111 * at) in told
        for other in set(range(3)) - {at}:
            assert PEOPLE[other] not in told and str(4321 + 1111 * other) not in told
    assert "listen more" in " ".join(everything(folder / "P01.xlsx"))
    assert "SECRETSTEP" not in " ".join(everything(folder / "P01.xlsx") + everything(folder / "P03.xlsx"))


def test_what_the_codebook_does_not_give_to_a_person_is_not_theirs():
    table = pd.DataFrame([rows("system_check", None, 0)]).assign(person_id="P01")
    with pytest.raises(KeyError):
        coaching.own(table, "system_check", "P01")
    scores = pd.DataFrame([rows("scorecard", person, 0) for person in PEOPLE])
    assert coaching.own(scores, "scorecard", "P02")["person_id"].tolist() == ["P02"]


def test_somebody_who_was_not_rated_is_refused_with_those_who_were(made):
    with pytest.raises(Refused) as caught:
        made(person="P09")
    assert caught.value.code == "unknown_person" and "P03" in str(caught.value)


def test_none_is_replaced_and_one_alone_may_be_made(made):
    folder = made(person="P02")
    assert [path.name for path in folder.iterdir()] == ["P02.xlsx"]
    with pytest.raises(Refused) as caught:
        made()
    assert caught.value.code == "file_exists" and [path.name for path in folder.iterdir()] == ["P02.xlsx"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_steps_that_were_agreed_come_back_signed(made, tmp_path, lang):
    path = made(lang, "P01") / "P01.xlsx"
    book = openpyxl.load_workbook(path)
    name = [title for title in book.sheetnames if title != "_form"][-1]
    for cell, value in {"A5": "ask first", "B5": "2026-01-31", "C5": "王芳"}.items():
        book[name][cell] = value
    book.save(path)
    export = tmp_path / "export"
    export.mkdir()
    with pytest.raises(Refused) as caught:
        coming_back.bring([path], export)
    assert (caught.value.code, caught.value.facts["cell"]) == ("form_blank", "D5")
    book[name]["D5"] = "2026-01-05"
    book.save(path)
    (written,) = coming_back.bring([path], export)
    assert written.relative_to(export).as_posix() == "reference/development_2025Q4.csv"
    (export / "reference" / "development.csv").write_text(f"{HEADER}\n", encoding="utf-8")
    assert reference.signed("development.csv", export).drop(columns="why").to_dict("records") == [
        {"person_id": "P01", "quarter": QUARTER, "step": "ask first", "by_when": "2026-01-31", "who": "王芳"}
        | {"on": "2026-01-05"}
    ]
