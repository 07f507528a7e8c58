"""Small notebooks and projects for the tests of runs."""

import nbformat
import nbformat.v4 as v4
import pytest

PARAMETERS = """quarter: str = "2025Q4"  # quarter to report
data_dir: str = "data/raw"  # folder of exports
out_dir: str = ""  # where result tables go
lang: str = "en"  # language of sentences"""


def cells_of(*codes, parameters=PARAMETERS):
    """A title in both languages, the parameters cell, a heading, then one code cell for each text."""
    return [
        v4.new_markdown_cell("# Which customers?", id="title-en", metadata={"tags": ["lang-en"]}),
        v4.new_markdown_cell("# 哪些客户？", id="title-zh", metadata={"tags": ["lang-zh"]}),
        v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}),
        v4.new_markdown_cell("## Classes", id="heading"),
        *[v4.new_code_cell(code, id=f"code-{number}") for number, code in enumerate(codes)],
    ]


@pytest.fixture
def notebook():
    """Makes a `Notebook` of the given code cells."""
    from custlib.report import notebooks, parameters

    def make(*codes, stem="20_classes", **options):
        node = v4.new_notebook(cells=cells_of(*codes, **options))
        return notebooks.Notebook(stem, node, parameters.declared(node.cells, stem))

    return make


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Makes a project folder with one export and the given notebooks (stem → code cells), and goes there."""

    def make(**books):
        (tmp_path / "pyproject.toml").write_text("")
        for folder in ("notebooks", "data/raw", "data/reference"):
            (tmp_path / folder).mkdir(parents=True)
        (tmp_path / "data/raw/sales.csv").write_text("a,b\n1,2\n")
        for stem, codes in books.items():
            stem = stem.removeprefix("n")
            nbformat.write(v4.new_notebook(cells=cells_of(*codes)), tmp_path / f"notebooks/{stem}.ipynb")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return make
