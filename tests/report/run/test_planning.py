"""Requests and plans."""

import nbformat
import pytest

from custlib.refusals import Refused
from custlib.report.run import planning
from custlib.report.run.planning import Request


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"quarter": "2025Q5"}, "not_a_quarter"),
        ({"only": "20"}, "no_notebook"),
        ({"beside": "10_a"}, "not_of_people"),
        ({"parameters": {"rato": "1"}}, "unknown_parameter"),
        ({"parameters": {"lang": "zh"}}, "reserved_parameter"),
    ],
)
def test_a_request_that_cannot_be_run_is_refused(project, options, code):
    project(n10_a=["1"])
    with pytest.raises(Refused) as caught:
        planning.prepare(Request(**{"quarter": "2025Q4"} | options))
    assert (caught.value.code, caught.value.exit_code) == (code, 2)


def test_outside_a_project_a_request_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused) as caught:
        planning.prepare(Request("2025Q4"))
    assert caught.value.code == "no_project"


def test_kernels_get_paths_from_the_root_and_readers_see_none_of_this_machine(project):
    root = project(n10_a=["1"])
    plan = planning.prepare(Request("2025Q4"))
    common = {"quarter": "2025Q4", "data_dir": "data/raw", "lang": "en"}
    assert plan.values(plan.books[0], root / "reports/.staging/1") == common | {"out_dir": "reports/.staging/1"}
    assert plan.shown(plan.books[0]) == common | {"out_dir": ""}


def test_data_elsewhere_are_shown_by_their_folders_name_only(project, monkeypatch):
    root = project(n10_a=["1"])
    monkeypatch.chdir(root / "notebooks")
    inside = planning.prepare(Request("2025Q4", data="../data/raw"))
    assert inside.data_dir == inside.shown_data == "data/raw"
    outside = planning.prepare(Request("2025Q4", data="../../retail"))
    assert (outside.data_dir, outside.shown_data) == (str(root.parent / "retail"), "retail")


def test_only_names_one_notebook_with_or_without_its_ending(project):
    project(n10_a=["1"], n20_b=["2"])
    for name in ("20_b", "20_b.ipynb"):
        assert [book.stem for book in planning.prepare(Request("2025Q4", only=name)).books] == ["20_b"]


def test_what_speaks_of_people_goes_to_a_folder_of_its_own_as_a_draft_too(project):
    root = project(n10_a=["1"], n60_b=["2"])
    path = root / "notebooks/60_b.ipynb"
    node = nbformat.read(path, as_version=4)
    for cell in node.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.metadata.tags += ["not-in-the-run", "people"]
    nbformat.write(node, path)
    plan = planning.prepare(Request("2025Q4"))
    assert ([book.stem for book in plan.books], plan.reports) == (["10_a"], root / "reports")
    for asked in ({"beside": "60_b"}, {"only": "60_b"}):
        plan = planning.prepare(Request("2025Q4", **asked))
        assert ([book.stem for book in plan.books], plan.reports) == (["60_b"], root / "reports/people")
