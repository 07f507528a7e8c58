import pytest

from custlib import project
from custlib.refusals import Refused


def test_the_root_is_found_from_any_folder_below_it(workbook, monkeypatch):
    monkeypatch.chdir(workbook / "notebooks")
    assert project.root() == workbook
    assert project.root(workbook / "data" / "reference") == workbook


def test_notebooks_alone_make_no_project(tmp_path):
    (tmp_path / "notebooks").mkdir()
    with pytest.raises(Refused, match="not in a workbook"):
        project.root(tmp_path)


def test_a_relative_path_counts_from_the_root_and_an_absolute_one_stays(workbook, monkeypatch, tmp_path):
    monkeypatch.chdir(workbook / "notebooks")
    assert project.resolve("data/raw") == workbook / "data" / "raw"
    assert project.resolve(tmp_path / "elsewhere") == tmp_path / "elsewhere"


def test_a_reference_table_beside_the_exports_goes_before_the_project_s(workbook):
    assert project.reference("measures.csv") == workbook / "data" / "reference" / "measures.csv"
    own = workbook / "data" / "raw" / "reference" / "measures.csv"
    assert project.reference("measures.csv", "data/raw") == workbook / "data" / "reference" / "measures.csv"
    own.parent.mkdir(parents=True)
    own.touch()
    assert project.reference("measures.csv", "data/raw") == own
