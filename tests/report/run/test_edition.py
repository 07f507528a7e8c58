"""A report's pages, workbook and PDF in one language."""

import contextlib
from types import SimpleNamespace

import pytest

from custlib.report.archive import manifest
from custlib.report.notebook import NotebookFailed
from custlib.report.run import edition


def test_a_page_that_cannot_be_made_is_told_apart_from_a_failed_notebook(project, run):
    root = project(n10_a=["1"])

    def render(node, **options):
        raise KeyError("mime")

    with pytest.raises(NotebookFailed) as caught:
        run(using={"render": render})
    assert (caught.value.kind, caught.value.error, caught.value.exit_code) == ("rendering", "KeyError", 5)
    assert caught.value.page.exists() and not (root / "reports/2025Q4").exists()


def test_pages_link_to_each_other_and_the_front_page_into_the_run_folder(project, run):
    project(n10_a=["1"], n20_b=["2"], n90_c=["3"])
    listed = "".join
    using = {"render": lambda node, *, links, **options: listed(f'<a href="{target}">' for _, target in links)}
    outcome = run(using=using)
    (folder,) = (path for path in outcome.page.parent.iterdir() if path.is_dir())
    assert (folder / "20_b.html").read_text() == '<a href="10_a.html"><a href="90_c.html">'
    assert (folder / "front.html").read_text() == '<a href="10_a.html"><a href="20_b.html">'
    assert outcome.page.read_text() == f'<a href="{folder.name}/10_a.html"><a href="{folder.name}/20_b.html">'
    assert (folder / "20_b.ipynb").exists()


@pytest.mark.parametrize(("lang", "title"), [("en", "Which customers?"), ("zh", "哪些客户？")])
def test_a_link_reads_as_the_title_of_its_notebook(project, run, lang, title):
    project(n10_a=["1"], n20_b=["2"])
    outcome = run(lang=lang, using={"render": lambda node, *, links, **options: links[0][0]})
    assert outcome.page.read_text(encoding="utf-8") == title


def test_a_page_says_whose_report_it_is_and_which_days_it_covers(project, run):
    project(n10_a=["1"])
    outcome = run(using={"render": lambda node, *, title, footer, **options: f"{title}\n{footer}"})
    assert outcome.page.read_text() == "Huajin · 2025Q4\nThe exports cover 2023-10-01 to 2025-12-31."


def test_each_notebook_has_a_page_for_readers_and_one_with_code_for_analysts(project, run):
    project(n10_a=["1"], n20_b=["2"])
    using = {"render": lambda node, *, code, downloads, **options: f"{code} {[target for _, target in downloads]}"}
    outcome = run(using=using)
    (folder,) = (path for path in outcome.page.parent.iterdir() if path.is_dir())
    assert (folder / "20_b.html").read_text() == "False ['report.xlsx', '20_b_code.html', '../../index.html']"
    assert (folder / "20_b_code.html").read_text() == "True ['report.xlsx', '../../index.html']"


def test_a_reading_on_the_front_page_leads_to_the_detail_page_and_from_there_to_the_code(project, run):
    project(n10_a=["1"], n20_b=["2"])
    outcome = run(using={"render": lambda node, *, sources, **options: f"{sources.made_at} {sources.folder}"})
    (folder,) = (path for path in outcome.page.parent.iterdir() if path.is_dir())
    assert (folder / "front.html").read_text() == "20_b.html tables/"
    assert (folder / "20_b.html").read_text() == "20_b_code.html tables/"
    assert (folder / "20_b_code.html").read_text() == " tables/"


def test_the_workbook_holds_all_promised_tables_in_order_and_tells_the_run(project, run):
    project(n10_a=["1"], n20_b=["2"])
    seen = {}
    using = {
        "promised": lambda stem: [f"{stem}_x", f"{stem}_y"],
        "load": lambda name, folder: name.upper(),
        "shape": lambda name, folder: (1, len(name)),
        "workbook": lambda shapes, load, **told: seen.update(told, shapes=shapes, load=load) or b"book",
    }
    outcome = run(using=using)
    (folder,) = (path for path in outcome.page.parent.iterdir() if path.is_dir())
    assert (folder / "report.xlsx").read_bytes() == b"book"
    assert list(seen["shapes"].items()) == [(name, (1, 6)) for name in ("10_a_x", "10_a_y", "20_b_x", "20_b_y")]
    assert seen["load"]("10_a_x") == "10_A_X"
    assert seen["title"] == "Huajin · 2025Q4" and ("run", folder.name) in seen["about"]


def test_the_front_page_is_printed_where_it_can_be_and_no_part_of_the_manifest(project, run):
    project(n10_a=["1"])
    outcome = run(using={"pdf": lambda page: contextlib.nullcontext(lambda: b"%PDF" + page.encode())})
    (folder,) = (path for path in outcome.page.parent.iterdir() if path.is_dir())
    assert (folder / "report.pdf").read_bytes() == b"%PDF" + outcome.page.read_bytes()
    assert "report.pdf" not in manifest.verified(folder)["outputs"]
    assert (
        run(using={"pdf": lambda page: contextlib.nullcontext(lambda: b"another's")}, force=True).state == "published"
    )


def test_a_log_says_where_there_is_no_pdf():
    said, ports = [], SimpleNamespace(pdf=lambda page: contextlib.nullcontext(lambda: None))
    build = SimpleNamespace(ports=ports, watch=SimpleNamespace(step=said.append))
    with edition.Edition.printed(SimpleNamespace(build=build, front=lambda: "page")):
        pass
    assert said == ["no_pdf"]
