"""Why a notebook would be executed."""

import io

import pytest
import rich.console

from custlib.report.archive import manifest
from custlib.report.run import why_executed
from custlib.report.run.planning import Request


@pytest.fixture
def published(project, run, executing):
    root = project(n10_a=["print(lang)"], n20_b=["2"], n90_c=['results.load("t", out), 3'])

    def execute(book, values, *, folder, **options):
        for ending in ("csv", "parquet"):
            (root / values["out_dir"] / "tables" / f"t.{ending}").write_text("1")
        return executing(book, values, folder=folder, **options)

    run(using={"promised": promised, "execute": execute})
    return root


def promised(stem):
    return ["t"] if stem == "20_b" else []


def why(request=None):
    found = why_executed.explain(request or Request("2025Q4"), promised)
    return {one.notebook[:2]: (one.executed, [key for key, _ in one.why]) for one in found}


def edit(root, stem, old, new):
    path = root / f"notebooks/{stem}.ipynb"
    path.write_text(path.read_text().replace(old, new))


def test_before_the_first_run_each_notebook_is_executed(project):
    project(n10_a=["1"], n90_c=["3"])
    assert why() == {"10": (True, ["first"]), "90": (True, ["first"])}


def test_after_a_run_nothing_is_executed_and_nothing_written(published, tree):
    before = tree(published)
    assert why() == dict.fromkeys(["10", "20", "90"], (False, ["taken"]))
    assert tree(published) == before


def test_a_changed_sentence_is_rendered_and_a_changed_cell_executed_with_what_reads_it(published):
    edit(published, "10_a", "# Which", "# Which other")
    edit(published, "20_b", '"2"', '"22"')
    assert why() == {"10": (False, ["prose"]), "20": (True, ["cells"]), "90": (True, ["waits"])}
    assert why_executed.explain(Request("2025Q4"), promised)[-1].why == (("waits", ("20_b",)),)


def test_a_changed_export_a_reference_table_and_the_language_are_named(published):
    (published / "data/raw/sales.csv").write_text("changed")
    (published / "data/reference/measures.csv").write_text("new")
    first = why_executed.explain(Request("2025Q4", lang="zh"), promised)[0]
    assert first.why == (("parameters", ("lang",)), ("inputs", ("data/reference/measures.csv", "sales.csv")))


def test_changed_code_packages_and_spoilt_files_are_told_apart(published, monkeypatch):
    versions = manifest.versions()
    monkeypatch.setattr(manifest, "versions", lambda: versions | {"pandas": "0"})
    assert why()["10"] == (True, ["versions"])
    monkeypatch.setattr(manifest, "versions", lambda: versions)
    monkeypatch.setattr(manifest, "code", lambda: "other")
    assert why()["90"] == (True, ["code", "waits"])
    monkeypatch.setattr(manifest, "code", lambda: "code")
    next((published / "reports/2025Q4").glob("*/20_b.ipynb")).write_text("spoilt")
    assert why() == {"10": (False, ["taken"]), "20": (True, ["files"]), "90": (False, ["taken"])}


def test_forced_each_is_executed_and_a_draft_always(published):
    assert why(Request("2025Q4", force=True)) == dict.fromkeys(["10", "20", "90"], (True, ["force"]))
    assert why(Request("2025Q4", only="20_b")) == {"20": (True, ["only"])}


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "inputs: a, b, c and 2 more; custlib has changed"), ("zh", "custlib 有变化")]
)
def test_reasons_are_told_in_one_line_each(lang, said):
    out = io.StringIO()
    reason = why_executed.Reason("20_b", True, (("inputs", tuple("abcde")), ("code", "abc")))
    rich.console.Console(file=out, width=120).print(why_executed.as_table([reason], lang))
    assert said in out.getvalue()
