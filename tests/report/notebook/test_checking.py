"""What `custlib check` finds in notebooks, each with where it stands and how to mend it."""

import subprocess
import sys

import nbformat
import pytest
from nbformat import v4

from custlib import words
from custlib.refusals import Refused
from custlib.report.notebook import checking

CHECKED = {"tags": ["nbval-check-output", "keep_output"]}
PRINTED = v4.new_output("stream", text="1")


@pytest.fixture
def found(project):
    """Writes one notebook and checks it: (number of the cell, code, what was found) of each finding."""

    def go(*cells, **books):
        root = project(**(books or {"n20_b": ["1"]}))
        path = next((root / "notebooks").glob("*.ipynb"))
        node = nbformat.read(path, 4)
        node.cells += cells
        nbformat.write(node, path)
        findings, _ = checking.check(root / "notebooks")
        return [(one.cell, one.code, one.found) for one in findings]

    return go


def code(source, outputs=(), count=None, **metadata):
    return v4.new_code_cell(source, outputs=list(outputs), execution_count=count, metadata=metadata)


def test_a_notebook_in_order_has_no_findings(found):
    loop = "from os import path as p\nimport a.b\nfor n, m in []:\n    with open(x := p) as f: print([k for k in f], n, m, x, a)"
    assert found(code(loop), code("print(quarter)", [PRINTED], 4, **CHECKED), code("__name__")) == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (code("1", [PRINTED], 3), ("outputs", "")),
        (code("1", **CHECKED), ("no_outputs", "")),
        (code("1", [PRINTED], **CHECKED), ("no_outputs", "")),
        (code("1", [PRINTED], 7, **CHECKED), ("stale", "In [7] ≠ 3")),
        (code("1", [PRINTED], 3, tags=["keep_output"]), ("half_tagged", "nbval-check-output")),
        (code("open('/home/li/销售.csv')"), ("path", "/home/li/销售.csv")),
        (code(r"open(r'D:\data\a.csv')"), ("path", r"D:\data\a.csv")),
        (v4.new_markdown_cell("see /Users/li/a.csv"), ("path", "/Users/li/a.csv")),
        (code("import seaborn as sns\nsns.set_theme()"), ("style", "sns.set_theme")),
        (code("import matplotlib.pyplot as plt\nplt.style.use('dark')"), ("style", "plt.style")),
        (code("import matplotlib as m\nm.rcParams['a'] = 1"), ("style", "m.rcParams")),
        (code("def f(): pass"), ("function", "f")),
        (code("class F: pass"), ("function", "F")),
        (code("f = lambda: 1"), ("function", "lambda")),
        (code("print(ratio)"), ("undeclared", "ratio")),
        (code("%matplotlib inline"), ("not_python", "1: %matplotlib inline")),
    ],
)
def test_what_would_trip_a_notebook_is_found_in_its_cell(found, cell, expected):
    assert found(cell) == [(6, *expected)]


def test_addresses_and_relative_paths_are_no_paths_of_a_machine(found):
    texts = ["see https://example.com/data/a.csv", "data/raw and ../data/raw", "yes/no, A/B", "a </data/> b"]
    assert found(*map(v4.new_markdown_cell, texts)) == []


def test_a_table_or_column_that_is_not_listed_comes_with_the_line_to_add(tmp_path):
    save = (
        'page.save("my_table", rows)\npage.table("abc_moves", ["name", "mine"])\npage.table("measures", ["next_step"])'
    )
    (tmp_path / "25_mine.ipynb").write_text(nbformat.writes(v4.new_notebook(cells=[code(save)])), encoding="utf-8")
    findings, _ = checking.check(tmp_path)
    lines = [one.found for one in findings if one.code == "unlisted"]
    assert lines == ["my_table,its_column,text,,,,,,,25_mine,", "abc_moves,mine,text,,,,,,,20_abc_analysis,"]


def test_a_lost_tag_and_a_second_one_are_told_with_the_count(found):
    second = code("a: int = 1  # one", tags=["parameters"])
    assert (None, "parameters", "2") in found(second)


def test_without_the_tag_a_run_would_take_the_defaults(found, project):
    root = project(n20_b=["1"])
    path = root / "notebooks/20_b.ipynb"
    path.write_text(path.read_text().replace('"parameters"\n', '"other"\n'))
    assert [one.code for one in checking.check(root / "notebooks")[0]] == ["parameters"]


def test_a_line_that_is_no_parameter_is_quoted(project):
    root = project(n20_b=["1"])
    path = root / "notebooks/20_b.ipynb"
    path.write_text(path.read_text().replace("# quarter to report", ""))
    (finding,) = checking.check(root / "notebooks")[0]
    assert finding.line("en").startswith('20_b.ipynb: “quarter: str = "2025Q4"” is no parameter line')


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cells": [{}]}', "\xff"])
def test_a_file_that_is_no_notebook_is_named(tmp_path, content):
    (tmp_path / "20_b.ipynb").write_bytes(content.encode("latin-1"))
    assert [(one.file, one.code) for one in checking.check(tmp_path)[0]] == [("20_b.ipynb", "not_a_notebook")]


def test_a_folder_without_notebooks_is_refused(tmp_path):
    with pytest.raises(Refused, match="No notebook"):
        checking.check(tmp_path)


@pytest.mark.parametrize("message", sorted(words.table("check").keys() - {"place", "file", "good"}))
def test_each_finding_says_where_and_how_to_mend_it_in_both_languages(message):
    finding = checking.Finding("20_b.ipynb", 6, message, "§")
    english, chinese = finding.line("en"), finding.line("zh")
    assert english.startswith("20_b.ipynb, cell 6: ") and chinese.startswith("20_b.ipynb，第 6 个单元格：")
    assert english.count("§") >= chinese.count("§") and "{" not in english + chinese


def test_looking_takes_no_kernel_and_loads_nothing_heavy(project):
    project(n20_b=["1"])
    program = "import sys; from pathlib import Path; from custlib.report.notebook import checking; checking.check(Path('notebooks'))"
    out = subprocess.run(
        [sys.executable, "-c", program + "; print(*sys.modules)"], capture_output=True, text=True
    ).stdout
    assert "custlib.report.notebook.checking" in out
    assert not {"numpy", "pandas", "papermill", "matplotlib"} & set(out.split())
