"""The run contract: what is published is the old report or the new one, byte for byte, whatever happens."""

import errno
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive, manifest, publishing
from custlib.report.kernels import execution
from custlib.report.notebook import NotebookFailed
from custlib.report.run import translations

# The counts that the run contract names take minutes; without this variable a tenth of them runs, the same every time.
ALL = bool(os.environ.get("CUSTLIB_ALL"))


@pytest.fixture
def published(project, run):
    """A project with a published report."""
    root = project(n10_a=["1"], n20_b=["2"], n90_c=["3"])
    run()
    return root


def change(root, old='"3"', new='"4"'):
    path = root / "notebooks/90_c.ipynb"
    path.write_text(path.read_text().replace(old, new))


SHELF = [".index.lock", ".lock", "2025Q4", "index.html"]


def test_a_run_publishes_a_front_page_and_leaves_nothing_else(published, tree):
    (folder,) = (path for path in (published / "reports/2025Q4").iterdir() if path.is_dir())
    assert sorted(path.name for path in (published / "reports").iterdir()) == SHELF
    assert sorted(tree(folder)) == [
        *(f"{stem}{end}" for stem in ("10_a", "20_b", "90_c") for end in (".html", ".ipynb", "_code.html")),
        "front.html",
        "manifest.json",
        "report.xlsx",
    ]
    assert str(published).encode() not in b"".join(tree(published / "reports").values())


def test_the_engine_cleans_and_is_no_part_of_a_report(published, run):
    asked = []

    def open_tables(data_dir, said, engine):
        asked.append(engine)
        raise Refused("missing_folder", folder=data_dir)

    assert run(engine="pyspark://local[2]").state == "up to date"
    change(published)
    with pytest.raises(Refused):
        run(engine="pyspark://local[2]", using={"open_tables": open_tables})
    assert asked == ["pyspark://local[2]"]


def test_a_lost_list_of_reports_comes_back_and_one_that_stands_is_left(published, run):
    page = published / "reports/index.html"
    whole = page.read_bytes()
    page.unlink()
    run()
    assert page.read_bytes() == whole
    stood = publishing.stamp(page)
    run()
    assert publishing.stamp(page) == stood


def test_where_nothing_has_changed_nothing_is_read_but_to_compare_it(published, run):
    assert run(using={"open_tables": None, "check_references": None, "promised": None}).state == "up to date"


def test_unchanged_work_is_not_done_twice_and_a_lost_front_page_comes_back(published, run, tree):
    before = tree(published / "reports")
    (published / "reports/2025Q4/index.html").unlink()
    assert run(using={"execute": None}).state == "up to date"
    assert tree(published / "reports") == before


def test_a_forced_run_gives_the_same_bytes(published, run, tree):
    before = tree(published / "reports")
    assert run(force=True, jobs=1).state == "published"
    assert tree(published / "reports") == before


def test_a_forced_run_with_other_bytes_says_so_and_publishes_nothing(published, run, tree):
    before = tree(published / "reports")
    with pytest.raises(Refused, match=r"10_a\.html.* came out different") as caught:
        run(force=True, using={"render": lambda node, *, title, **options: "other"})
    assert caught.value.exit_code == 4
    after = tree(published / "reports")
    assert {name: after[name] for name in before} == before
    assert any(name.startswith(".failed/") for name in after)


def test_the_same_project_in_another_folder_gives_the_same_bytes(published, run, tree, tmp_path_factory, monkeypatch):
    other = tmp_path_factory.mktemp("other") / "copy"
    shutil.copytree(published, other, ignore=shutil.ignore_patterns("reports"))
    monkeypatch.chdir(other / "notebooks")
    run(jobs=1)
    assert tree(other / "reports") == tree(published / "reports")


@pytest.mark.parametrize("options", [{"lang": "zh"}, {"unfinished": True}])
def test_language_and_unfinished_make_another_run(published, run, options):
    assert run(**options).state == "published"
    assert len([path for path in (published / "reports/2025Q4").iterdir() if path.is_dir()]) == 2


def test_a_failed_notebook_leaves_the_published_report_and_an_error_page(published, run, tree):
    before = tree(published / "reports")
    change(published, '"3"', '"fail"')
    with pytest.raises(NotebookFailed) as caught:
        run()
    assert (caught.value.exit_code, caught.value.notebook) == (1, "90_c")
    after = tree(published / "reports")
    new = {name: after[name] for name in after if name not in before}
    assert {name: after[name] for name in before} == before
    assert all(name.startswith(".failed/2025Q4-") for name in new)
    assert caught.value.page.read_text().startswith("90_c, “Classes”") and b"secret" not in b"".join(new.values())


COMPARING = 'quarter: str = "2025Q4"  # quarter\nbasis: str = ""  # report to compare with'


def comparing(project):
    """A project with one notebook that compares with an earlier report."""
    root = project(n10_a=["1"])
    path = root / "notebooks/10_a.ipynb"
    node = nbformat.read(path, 4)
    node.cells[2].source = COMPARING
    nbformat.write(node, path)
    return root


def test_an_earlier_report_is_an_input_of_the_run_and_its_path_is_not_published(
    project, run, executing, tree, monkeypatch
):
    root = comparing(project)
    report, seen = publishing.Basis(root / "reports/2025Q3/abc", "2025Q3", "1" * 64), []

    def execute(book, values, **options):
        seen.append(values["basis"])
        return executing(book, values, **options)

    first = run(using={"execute": execute})
    monkeypatch.setattr(publishing, "basis", lambda reports, quarter: report)
    second = run(using={"execute": execute})
    assert (first.state, second.state) == ("published", "published")
    assert seen == ["", str(root / "reports/2025Q3/abc")]
    assert run(using={"execute": None}).state == "up to date"
    made_of = b"".join(tree(root / "reports").values())
    assert b"2025Q3 111111111111" in made_of and str(root).encode() not in made_of
    monkeypatch.setattr(publishing, "basis", lambda reports, quarter: report._replace(content="2" * 64))
    assert run().state == "published"


REFUSALS = [
    ({"quarter": "Q4"}, {}, "not_a_quarter"),
    ({"engine": "spark://host"}, {}, "engine"),
    ({"parameters": {"rato": "1"}}, {}, "unknown_parameter"),
    ({}, {"open_tables": "missing_folder"}, "missing_folder"),
    ({}, {"check_quarter": "quarter_outside_data"}, "quarter_outside_data"),
    ({}, {"check_given": "absent_weights"}, "absent_weights"),
    ({}, {"check_kernel": "wrong_kernel"}, "wrong_kernel"),
]


@pytest.mark.parametrize(("options", "using", "code"), REFUSALS)
def test_a_refusal_comes_before_any_kernel_and_changes_nothing(published, run, tree, options, using, code):
    facts = {"folder": "x", "quarter": "x", "first": "x", "last": "x", "found": "x", "python": "x"}
    facts |= {"named": "x", "known": "x"}

    def refuse(*arguments):
        raise Refused(code, **facts)

    before = tree(published / "reports")
    change(published)
    with pytest.raises(Refused) as caught:
        run(**options, using={step: refuse for step in using} | {"execute": None})
    assert caught.value.code == code and tree(published / "reports") == before


def test_a_second_run_at_once_is_refused(published, run):
    with files.only_one(published / "reports"), pytest.raises(Refused) as caught:
        run()
    assert caught.value.exit_code == 75


@pytest.mark.parametrize("name", ["data/raw/sales.csv", "data/raw/new.csv", "data/reference/measures.csv"])
def test_an_input_that_changes_during_the_run_is_refused(published, run, tree, name):
    before = tree(published / "reports")
    change(published)

    def check_kernel():
        (published / name).write_text("changed")

    with pytest.raises(Refused, match=name.removeprefix("data/raw/")) as caught:
        run(using={"check_kernel": check_kernel})
    assert caught.value.code == "input_changed" and tree(published / "reports") == before


def test_code_that_changes_during_the_run_is_refused(published, run, monkeypatch):
    change(published)
    monkeypatch.setattr(manifest, "code", iter("ab").__next__)
    with pytest.raises(Refused) as caught:
        run()
    assert caught.value.code == "code_changed"


def test_only_writes_a_draft_and_never_publishes(published, run, tree):
    before = tree(published / "reports")
    change(published)
    outcome = run(only="90_c")
    assert (outcome.state, outcome.page) == ("draft", published / "reports/.draft/2025Q4/90_c.html")
    after = tree(published / "reports")
    assert {name: after[name] for name in before} == before
    assert sorted(set(after) - set(before)) == [".draft/2025Q4/90_c.html", ".draft/2025Q4/90_c.ipynb"]


def test_a_failed_draft_leaves_an_error_page_too(published, run):
    change(published, '"3"', '"fail"')
    with pytest.raises(NotebookFailed) as caught:
        run(only="90_c")
    assert caught.value.page == published / "reports/.failed/2025Q4-90_c/error.html"


def _no_room(*arguments):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _room_for_half(path, content):
    data = content if isinstance(content, bytes) else content.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    _no_room()


def _write_slowly(path, data):
    with open(path, "wb") as file:
        for half in (data[: len(data) // 2], data[len(data) // 2 :]):
            file.write(half)
            file.flush()
            time.sleep(0.01)


@pytest.mark.parametrize("half_written", [False, True])
def test_whichever_file_operation_fails_the_page_is_old_or_new(published, run, tree, monkeypatch, half_written):
    reports, perform, count = published / "reports", files.perform, 0
    safe = published / "safe"
    shutil.copytree(reports, safe)
    old = (reports / "2025Q4/index.html").read_bytes()
    change(published)
    run()
    new = (reports / "2025Q4/index.html").read_bytes()

    def failing(operation, path, *arguments):
        nonlocal count
        count -= 1
        if count != 0:
            return perform(operation, path, *arguments)
        writes = operation in (files._write, files._copy)
        return perform(_room_for_half if half_written and writes else _no_room, path, *arguments)

    monkeypatch.setattr(files, "perform", failing)
    codes, pages = [], set()
    for fail_at in range(1, 200):
        shutil.rmtree(reports)
        shutil.copytree(safe, reports)
        count = fail_at
        try:
            run()
        except Refused as refused:
            codes.append(refused.exit_code)
        pages.add((reports / "2025Q4/index.html").read_bytes())
        assert tree(safe).items() - {("2025Q4/index.html", old)} <= tree(reports).items()
        if count > 0:
            break
    assert count > 0 and set(codes) == {4} and len(codes) > 20 and pages == {old, new}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 of a forked run")
def test_a_run_killed_at_any_moment_leaves_the_old_page_or_the_new_one(published, run, monkeypatch):
    page = published / "reports/2025Q4/index.html"
    monkeypatch.setattr(files, "_write", _write_slowly)
    moments, pages = random.Random(20251231), [page.read_bytes()]
    for number in range(100 if ALL else 10):
        change(published, f'"{number + 3}"', f'"{number + 4}"')
        child = multiprocessing.get_context("fork").Process(target=run)
        child.start()
        time.sleep(moments.uniform(0, 0.25))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        killed = page.read_bytes()
        run()
        assert killed in (pages[-1], page.read_bytes())
        pages.append(page.read_bytes())
    assert not (published / "reports/.staging").exists() and len(set(pages)) == (101 if ALL else 11)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="runs as forked processes")
def test_of_eight_runs_started_at_once_the_others_are_refused_and_the_page_is_whole(published, run):
    page, context = published / "reports/2025Q4/index.html", multiprocessing.get_context("fork")

    def start(barrier, ends):
        barrier.wait()
        try:
            ends.put(run().state)
        except Refused as refused:
            ends.put(refused.code)

    for number in range(30 if ALL else 3):
        before = page.read_bytes()
        change(published, f'"{number + 3}"', f'"{number + 4}"')
        barrier, ends = context.Barrier(8), context.Queue()
        starters = [context.Process(target=start, args=(barrier, ends)) for _ in range(8)]
        for starter in starters:
            starter.start()
        found = [ends.get(timeout=60) for _ in starters]
        for starter in starters:
            starter.join()
        assert found.count("published") == 1 and set(found) <= {"published", "up to date", "locked"}
        assert page.read_bytes() != before and set(archive.verify(published / "reports")["2025Q4"]) == set()
        assert not (published / "reports/.staging").exists()


@pytest.fixture
def small_disk(tmp_path_factory):
    """A disk of 100 kB; calling it with "ro" or "rw" mounts it anew. Skipped where one may not be mounted."""
    place = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "none", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a disk may not be mounted here")
    yield place, lambda how: subprocess.run(["mount", "-o", f"remount,{how}", str(place)], check=True)
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_and_one_that_is_read_only_leave_the_report_as_it_was(published, run, tree, small_disk):
    place, remount = small_disk
    run(reports=str(place))
    before = tree(place)
    change(published)
    with pytest.raises(Refused) as caught:
        run(reports=str(place), using={"render": lambda node, **options: "x" * 150_000})
    assert (caught.value.code, caught.value.exit_code) == ("cannot_write", 4) and "No space" in str(caught.value)
    assert tree(place) == before
    remount("ro")
    with pytest.raises(Refused) as caught:
        run(reports=str(place))
    assert caught.value.code == "cannot_write" and tree(place) == before
    remount("rw")
    assert run(reports=str(place)).state == "published"


def test_a_cell_that_prints_without_end_gives_a_page_that_can_be_read(project, run):
    lines = 1_000_000 if ALL else 100_000
    root = project(n10_a=[f"for n in range({lines}): print(n)"])
    run(using={"execute": execution.execute})
    text = next((root / "reports/2025Q4").glob("*/10_a.ipynb")).read_text(encoding="utf-8")
    assert len(text) < 100_000 and f'"{lines - 1}\\n"' in text and "characters left out" in text


def test_real_kernels_publish_the_same_bytes_side_by_side_and_one_after_the_other(project, run, tree):
    root = project(n10_a=["print(quarter, out_dir)"], n20_b=["{'b', 'a'}"])
    run(using={"execute": execution.execute}, jobs=2)
    before = tree(root / "reports")
    run(using={"execute": execution.execute}, jobs=1, force=True)
    assert tree(root / "reports") == before


def test_a_broken_contract_publishes_nothing_and_starts_no_kernel(published, run, tree):
    (published / "data/raw/sales.csv").write_text("changed")
    before = tree(published / "reports")

    def refuse(clean, data_dir):
        raise Refused("contract_broken", found="unit_jump", example="unit_jump,a.csv,who,on,why")

    with pytest.raises(Refused, match="unit_jump") as caught:
        run(using={"check_contracts": refuse, "execute": None})
    assert caught.value.exit_code == 3
    assert tree(published / "reports") == before
    assert run(only="10_a", using={"check_contracts": refuse}).state == "draft"


def counting(executing, done):
    """An execution that notes which notebook ran and writes its result table."""

    def execute(book, values, *, folder, **options):
        done.append(book.stem)
        table = folder.parent / values["out_dir"] / "tables" / f"t{book.stem[:2]}"
        for ending in (".csv", ".parquet"):
            table.with_suffix(ending).write_text(book.node.cells[-1].source)
        return executing(book, values, folder=folder, **options)

    return {"execute": execute, "promised": lambda stem: [f"t{stem[:2]}"]}


def edit(root, stem, old, new):
    path = root / f"notebooks/{stem}.ipynb"
    path.write_text(path.read_text().replace(old, new))


EDITS = {
    "a sentence": ("20_b", "# Which customers?", "# Which *dealers*?", []),
    "a cell that others may read": ("20_b", '"2"', '"22"', ["20_b", "90_c"]),
    "the last notebook": ("90_c", "out), 3", "out), 33", ["90_c"]),
    "a cell's tags": ("90_c", '"tags": []', '"tags": ["hide"]', []),
}


@pytest.mark.parametrize("what", EDITS)
def test_only_what_changed_and_what_reads_it_is_executed_with_the_same_bytes_as_a_forced_run(
    project, run, tree, executing, what
):
    stem, old, new, expected = EDITS[what]
    root, done = project(n10_a=["1"], n20_b=["2"], n90_c=['results.load("t20", out), 3']), []
    run(using=counting(executing, done))
    assert sorted(done) == ["10_a", "20_b", "90_c"]
    edit(root, stem, old, new)
    done.clear()
    run(using=counting(executing, done))
    assert done == expected
    before = tree(root / "reports")
    run(using=counting(executing, done), force=True)
    assert tree(root / "reports") == before and len(done) == len(expected) + 3


def test_only_the_pages_that_a_changed_sentence_is_on_are_rendered(published, run):
    seen = []

    def render(node, *, title, links, **options):
        seen.append(node.cells[0].source)
        return f"{title} {links} {[cell.source for cell in node.cells]}"

    (published / "data/raw/sales.csv").write_text("other")
    run(using={"render": render})
    seen.clear()
    path = published / "notebooks/20_b.ipynb"
    node = nbformat.read(path, 4)
    node.cells[3].source = "## Dealers"
    nbformat.write(node, path)
    run(using={"render": render})
    assert len(seen) == 4  # its own page, the one with code, the summary's with its data, and the front page


@pytest.mark.parametrize("spoilt", ["20_b.ipynb", "tables/t20.parquet", "tables/t20.csv"])
def test_results_that_were_changed_are_made_anew(project, run, executing, spoilt):
    root, done = project(n10_a=["1"], n20_b=["2"], n90_c=["3"]), []
    run(using=counting(executing, done))
    next((root / "reports/2025Q4").glob(f"*/{spoilt}")).write_text("changed")
    done.clear()
    edit(root, "90_c", '"3"', '"4"')
    run(using=counting(executing, done))
    assert sorted(done) == ["20_b", "90_c"]


@pytest.mark.parametrize("name", ["data/raw/sales.csv", "data/reference/measures.csv"])
def test_after_a_changed_input_every_notebook_is_executed_and_the_contracts_are_checked(project, run, executing, name):
    root, done = project(n10_a=["1"], n90_c=["3"]), []
    run(using=counting(executing, done))
    (root / name).write_text("changed")
    checked = {"check_contracts": lambda clean, data_dir: done.append("contracts")}
    run(using=counting(executing, done) | checked)
    assert done[2] == "contracts" and sorted(done[:2]) == sorted(done[3:]) == ["10_a", "90_c"]


def test_what_a_real_kernel_made_is_taken_over_byte_for_byte(project, run, tree):
    root = project(n10_a=["print(quarter)\n{'b', 'a'}", "", "import sys; print('x', file=sys.stderr); 1"])
    run(using={"execute": execution.execute})
    edit(root, "10_a", "# Which customers?", "# Which *dealers*?")
    run(using={"execute": None})
    before = tree(root / "reports")
    run(using={"execute": execution.execute}, force=True)
    assert tree(root / "reports") == before


def facts_of(number):
    """What a cell puts out whose words depend on the language."""
    return nbformat.v4.new_output("display_data", data={translations.FACTS: {"number": number}, "text/plain": "say"})


def saying(executing, drawn):
    """Ports whose notebooks put out facts, and put them into words by naming the language; `drawn` notes where words are made."""

    def execute(book, values, **options):
        node = executing(book, values, **options)
        node.cells[-1].outputs = [facts_of(book.stem)]
        return node

    def fill(node, lang):
        for output in node.cells[-1].outputs:
            drawn.append((output.data[translations.FACTS]["number"], lang))
            output.data["text/markdown"] = f"{lang} {output.data[translations.FACTS]['number']}"

    def render(node, *, lang, twins, **options):
        return f"{lang} {twins} {[output.data for output in node.cells[-1].outputs]}"

    return {"execute": execute, "fill": fill, "render": render}


@pytest.fixture
def speaking(project):
    """A project whose notebooks use the language only to open their page."""
    return project(
        n10_a=["page = custlib.page.open(quarter, lang=lang)"], n90_c=["page = custlib.page.open(quarter, lang=lang)"]
    )


def test_two_languages_are_executed_once_and_each_page_leads_to_its_twin(speaking, run, executing, tree):
    done, drawn = [], []
    ports = saying(executing, drawn)
    counted = {
        **ports,
        "execute": lambda book, *rest, **options: done.append(book.stem) or ports["execute"](book, *rest, **options),
    }
    page = run(lang="en,zh", using=counted).page
    assert sorted(done) == ["10_a", "90_c"] and len(drawn) == 4
    assert page.name == "index.html" and "en 90_c" in page.read_text() and "('zh', 'front.zh.html')" in page.read_text()
    assert "zh 90_c" in (page.parent / "index.zh.html").read_text()
    (folder,) = (path for path in page.parent.iterdir() if path.is_dir())
    names = ["10_a.html", "10_a.ipynb", "10_a_code.html", "front.html", "report.xlsx"]
    twins = ["10_a.zh.html", "10_a.zh.ipynb", "10_a_code.zh.html", "front.zh.html", "report.zh.xlsx"]
    assert {*names, *twins} <= set(tree(folder))
    assert "[('en', '10_a.html')]" in (folder / "10_a.zh.html").read_text()
    node = nbformat.read(folder / "10_a.zh.ipynb", 4)
    assert node.cells[-1].outputs[0].data == {**facts_of("10_a").data, "text/markdown": "zh 10_a"}
    assert archive.verify(speaking / "reports") == {"2025Q4": []}
    (page.parent / "index.zh.html").write_text("other")
    assert [one.file for one in archive.verify(speaking / "reports")["2025Q4"]] == ["index.zh.html"]


def test_another_language_executes_nothing_again_and_words_that_were_made_are_taken_over(speaking, run, executing):
    drawn = []
    run(using=saying(executing, drawn))
    del drawn[:]
    again = {**saying(executing, drawn), "execute": None}
    assert run(lang="en,zh", using=again).state == "published"
    assert sorted(drawn) == [("10_a", "zh"), ("90_c", "zh")]
    del drawn[:]
    page = run(lang="zh", using=again).page
    assert drawn == [] and "zh 90_c" in page.read_text() and not (page.parent / "index.zh.html").exists()


@pytest.mark.parametrize("name", ["glossary.csv", "words"])
def test_a_changed_word_executes_nothing_and_makes_all_pages_again(speaking, run, executing, monkeypatch, name):
    drawn = []
    run(using=saying(executing, drawn))
    del drawn[:]
    if name == "words":
        package = manifest._package
        monkeypatch.setattr(
            manifest, "_package", lambda words: package(words) | ({"words/new.j2": "1"} if words else {})
        )
    else:
        (speaking / "data/reference/glossary.csv").write_text("key,en,zh\n")
    assert run(using={**saying(executing, drawn), "execute": None}).state == "published"
    assert sorted(drawn) == [("10_a", "en"), ("90_c", "en")]


def test_a_notebook_that_makes_words_itself_is_executed_when_they_change(project, run, executing):
    root, done = project(n10_a=["print(lang)"]), []
    run(using=counting(executing, done))
    (root / "data/reference/glossary.csv").write_text("key,en,zh\n")
    run(using=counting(executing, done))
    run(lang="zh", using=counting(executing, done))
    assert done == ["10_a"] * 3


def test_a_notebook_that_is_not_in_the_run_is_left_out_unless_it_is_asked_for(published, run, tree):
    path = published / "notebooks/20_b.ipynb"
    node = nbformat.read(path, 4)
    node.cells[2].metadata["tags"].append("not-in-the-run")
    nbformat.write(node, path)
    page = run().page
    assert "20_b" not in page.read_text()
    assert run(only="20_b").state == "draft"


def test_a_report_of_the_version_before_is_published_again_and_nothing_is_taken_of_it(published, run, tree):
    (folder,) = (path for path in (published / "reports/2025Q4").iterdir() if path.is_dir())
    told = manifest.load(folder)
    made_of = {
        name: told["made_of"][name] for name in ("notebooks", "parameters", "inputs", "clean", "code", "versions")
    }
    old = folder.with_name(manifest.run_id(made_of))
    content = {
        "run": old.name,
        "executions": told["executions"],
        "pages": {},
        "made_of": made_of,
        "outputs": told["outputs"],
    }
    folder.rename(old)
    (old / manifest.NAME).write_text(manifest.as_text(content))
    assert archive.verify(published / "reports") == {"2025Q4": []} and archive.runs(published / "reports")[0].published
    assert run().state == "published"
    assert archive.go_back(published / "reports", old.name) == published / "reports/2025Q4/index.html"
    assert archive.verify(published / "reports") == {"2025Q4": []}
