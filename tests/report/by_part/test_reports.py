"""A report for each part: what each one holds, what is shared, and what a failure leaves."""

import time
from types import SimpleNamespace
from urllib.parse import quote

import nbformat
import pandas as pd
import pytest

from custlib.refusals import Refused
from custlib.report.archive import publishing
from custlib.report.notebook import NotebookFailed

REGIONS = pd.DataFrame(
    {"part": ["华东", "a/b", ""], "customers": [3, 2, 1], "size": [60.0, 30.0, 10.0], "share": [0.6, 0.3, 0.1]}
)
GLOSSARY = """key,en,zh,note
region,region,大区,
not_known,not known,未知,
customers,customers,客户,
size,customer size,客户规模,
share,share,占比,
"""


@pytest.fixture
def root(project):
    """A project whose notebook 20 knows the parameter `part`, and 10 does not."""
    root = project(n10_a=["1"], n20_b=["2"])
    path = root / "notebooks/20_b.ipynb"
    node = nbformat.read(path, 4)
    node.cells[2].source += '\npart: str = ""  # whose customers are shown'
    nbformat.write(node, path)
    (root / "data/reference/glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    return root


def test_each_part_has_a_report_of_its_own_and_one_page_lists_them(root, run_each):
    outcome, failed, said = run_each(REGIONS)
    base = root / "reports/by-region"
    assert (outcome.state, outcome.page, failed) == ("published", base / "2025Q4/index.html", {})
    page = outcome.page.read_text()
    for name, folder in [("华东", "华东"), ("a/b", "a b~c14cddc0"), ("not known", "~not-known")]:
        front = (base / folder / "2025Q4/index.html").read_text()
        assert front.startswith(f"Huajin · 2025Q4 · {name}")
        assert f"('{name}', '../{quote(folder)}/2025Q4/index.html')" in page
        assert f"{name}: started, 3 cells" in said and f"{name}: done" in said
    assert not (root / "reports/2025Q4").exists()


def test_a_notebook_is_given_the_part_and_shows_it_and_one_that_knows_none_runs_once(root, run_each, executing):
    seen = []

    def execute(book, values, **options):
        seen.append((book.stem, values.get("part")))
        return executing(book, values, **options)

    run_each(REGIONS, using={"execute": execute}, jobs=2)
    assert sorted(seen, key=str) == [
        ("10_a", None),
        ("20_b", "region="),
        ("20_b", "region=a/b"),
        ("20_b", "region=华东"),
    ]
    (written,) = (root / "reports/by-region/华东/2025Q4").glob("*/20_b.ipynb")
    assert "part = 'region=华东'" in nbformat.read(written, 4).cells[3].source


def test_cleaning_and_contracts_are_done_once_for_all(root, run_each):
    clean, done = fakes_clean(), []
    steps = ("open_tables", "check_quarter", "check_contracts")
    run_each(REGIONS, using={name: lambda *given, name=name: done.append(name) or clean for name in steps})
    assert done == list(steps)


def test_what_parts_share_is_taken_over_from_any_of_them_and_made_anew_on_demand(root, run_each, executing, tree):
    seen = []

    def execute(book, values, **options):
        seen.append((book.stem, values.get("part")))
        return executing(book, values, **options)

    run_each(REGIONS[:2], using={"execute": execute})
    before = tree(root / "reports/by-region/华东")
    del seen[:]
    run_each(REGIONS, using={"execute": execute})
    assert seen == [("20_b", "region=")]
    assert tree(root / "reports/by-region/华东") == before
    run_each(REGIONS, using={"execute": execute}, force=True)
    assert sorted(stem for stem, _ in seen[1:]) == ["10_a", "20_b", "20_b", "20_b"]


def test_a_notebook_that_the_only_part_has_in_common_finds_the_tables_of_those_taken_over(root, run_each, executing):
    path = (root / "notebooks/20_b.ipynb").rename(root / "notebooks/90_b.ipynb")
    path.write_text(path.read_text().replace('"2"', "\"results.load('t', out)\""))
    seen = []

    def execute(book, values, **options):
        tables = root / values["out_dir"] / "tables"
        if book.stem == "10_a":
            for kind in ("csv", "parquet"):
                (tables / f"t.{kind}").write_text("1")
        seen.append((book.stem, sorted(path.name for path in tables.iterdir())))
        return executing(book, values, **options)

    steps = {"execute": execute, "promised": lambda stem: ["t"] if stem == "10_a" else []}
    run_each(REGIONS[:1], using=steps)
    path.write_text(path.read_text().replace("out)", "out) "))
    run_each(REGIONS[:1], using=steps)
    assert seen[2:] == [("90_b", ["t.csv", "t.parquet"])]


def test_a_shared_notebook_that_fails_ends_the_run_with_its_error_page_before_any_part(root, run_each, tree):
    run_each(REGIONS)
    before = tree(root / "reports")
    path = root / "notebooks/10_a.ipynb"
    path.write_text(path.read_text().replace('"1"', '"fail"'))
    with pytest.raises(NotebookFailed) as caught:
        run_each(REGIONS)
    assert caught.value.page == root / "reports/by-region/.failed/2025Q4-shared/error.html"
    after = tree(root / "reports")
    assert {name: after[name] for name in before} == before
    assert not [name for name in after if ".staging" in name]


def fakes_clean():
    return SimpleNamespace(
        key="k", counts={}, company="", currency="CNY", data_from="2023-10-01", data_until="2025-12-31"
    )


def test_names_of_parts_are_told_apart_and_cut_where_they_are_long(root, run_each):
    parts = REGIONS.assign(part=["not known", "长" * 80, ""])
    page = run_each(parts)[0].page.read_text()
    assert "'not known (not known)'" in page and "'not known (~not-known)'" in page and f"'{'长' * 59}…'" in page


def test_a_second_run_does_nothing_and_the_order_of_parts_and_jobs_changes_no_byte(root, run_each, tree):
    run_each(REGIONS, jobs=3)
    before = tree(root / "reports")
    outcome, failed, said = run_each(REGIONS, using={"execute": None}, jobs=1)
    assert (outcome.state, failed, tree(root / "reports")) == ("up to date", {}, before)
    run_each(REGIONS, jobs=1, force=True)
    assert tree(root / "reports") == before


def test_an_export_that_changes_while_parts_are_made_is_refused_for_all_of_them(root, run_each, executing, tree):
    run_each(REGIONS)
    before = tree(root / "reports")
    for stem, old, new in (("10_a", '"1"', '"3"'), ("20_b", '"2"', '"3"')):
        path = root / f"notebooks/{stem}.ipynb"
        path.write_text(path.read_text().replace(old, new))

    def execute(book, values, **options):
        if book.stem == "10_a":  # in the step that all share
            (root / "data/raw/sales.csv").write_text("a,b\n1,3\n")
        return executing(book, values, **options)

    outcome, failed, said = run_each(REGIONS, using={"execute": execute})
    assert [error.code for error in failed.values()] == ["input_changed"] * 3
    assert tree(root / "reports") == before


def test_ctrl_c_while_pages_are_made_publishes_no_part(root, run_each):
    def render(node, *, title, **options):
        if "华东" in title:
            raise KeyboardInterrupt
        time.sleep(0.3)
        return title

    with pytest.raises(KeyboardInterrupt):
        run_each(REGIONS[:2], using={"render": render}, jobs=2)
    assert not list((root / "reports").rglob("index.html"))


def test_a_part_that_fails_keeps_its_old_report_and_does_not_stop_the_others(root, run_each, executing, tree):
    run_each(REGIONS)
    before = tree(root / "reports")
    path = root / "notebooks/20_b.ipynb"
    path.write_text(path.read_text().replace('"2"', '"3"'))

    def execute(book, values, **options):
        if values.get("part") == "region=a/b":
            raise NotebookFailed(book.stem, "dead kernel")
        return executing(book, values, **options)

    outcome, failed, said = run_each(REGIONS, using={"execute": execute})
    after = tree(root / "reports")
    changed = {name.split("/")[1] for name in after if before.get(name) != after[name]}
    assert list(failed) == ["a/b"] and failed["a/b"].page.parent.parent.name == ".failed"
    assert changed == {"华东", "~not-known", "a b~c14cddc0"}
    for name in before:
        same_part = name.startswith(("by-region/a b", "by-region/2025Q4"))
        assert not same_part or after[name] == before[name]


def test_the_list_is_not_made_while_a_part_has_no_report(root, run_each, executing):
    def execute(book, values, **options):
        if "part" in values:
            raise NotebookFailed(book.stem, "dead kernel")
        return executing(book, values, **options)

    outcome, failed, said = run_each(REGIONS, using={"execute": execute})
    assert list(failed) == ["华东", "a/b", "not known"] and not outcome.page.exists()


def test_a_part_is_judged_against_the_companys_report_and_looks_back_at_its_own(root, run_each, executing, monkeypatch):
    path = root / "notebooks/20_b.ipynb"
    node = nbformat.read(path, 4)
    node.cells[2].source += '\nbasis: str = ""  # of the company\nlast_report: str = ""  # of the same customers'
    nbformat.write(node, path)
    seen = {}

    def execute(book, values, **options):
        seen[values.get("part")] = values.get("basis"), values.get("last_report")
        return executing(book, values, **options)

    monkeypatch.setattr(publishing, "basis", lambda reports, quarter: publishing.Basis(reports, "2025Q3", "1" * 64))
    run_each(REGIONS[:1], using={"execute": execute})
    assert seen["region=华东"] == (str(root / "reports"), str(root / "reports/by-region/华东"))


def test_parts_are_listed_in_each_language_and_what_they_share_is_said_once(root, run_each, executing):
    drawn = []

    def execute(book, values, **options):
        node = executing(book, values, **options)
        facts = {"application/vnd.custlib+json": {"of": values.get("part", "all")}}
        node.cells[-1].outputs = [nbformat.v4.new_output("display_data", data=facts)]
        return node

    def fill(node, lang):
        drawn.append((node.cells[-1].outputs[0].data["application/vnd.custlib+json"]["of"], lang))

    page = run_each(REGIONS[:2], lang="en,zh", using={"execute": execute, "fill": fill})[0].page
    parts = ["all", "region=a/b", "region=华东"]
    assert sorted(drawn) == [(part, lang) for part in parts for lang in ("en", "zh")]
    twin = (page.parent / "index.zh.html").read_text()
    assert "2025Q4/index.html" in page.read_text() and "2025Q4/index.zh.html" in twin


def test_a_part_that_names_a_customer_of_another_is_not_published(root, run_each):
    def check_part(clean, part, folder):
        if part == "region=a/b":
            raise Refused("foreign_in_report", file="20_b.ipynb", place="in_cell", number=3, customer="K1")

    _, failed, _ = run_each(REGIONS[:2], using={"check_part": check_part})
    assert list(failed) == ["a/b"] and "20_b.ipynb, cell 3" in str(failed["a/b"])
    assert (
        not list((root / "reports/by-region").glob("a b*/2025Q4")) and (root / "reports/by-region/华东/2025Q4").is_dir()
    )


def test_without_a_notebook_that_knows_parts_the_run_is_refused(project, run_each):
    project(n10_a=["1"])
    with pytest.raises(Refused, match="by region") as caught:
        run_each(REGIONS)
    assert caught.value.exit_code == 2
