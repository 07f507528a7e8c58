"""Runs in the reports folder: found, hashed anew, gone back to, cleared out."""

import os

import pytest

from custlib import cleaning
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive, manifest, publishing


@pytest.fixture
def shelved(tmp_path):
    """Keeps a run: quarter, a word that makes it another, the minute it ended → its name. The last of a quarter is published."""

    def make(quarter, word, minute):
        made_of = {"word": word, "parameters": {"run": {"lang": "zh"}}}
        run_id = manifest.run_id(made_of)
        folder = publishing.stage(tmp_path, run_id)
        files.write(folder / publishing.FRONT, f"page {word}")
        files.write(folder / "tables/a.csv", "12345")
        files.write(folder / manifest.TIMES, manifest.as_text({"ended": f"2026-01-05T08:{minute:02d}:00+00:00"}))
        manifest.write(folder, made_of)
        publishing.keep(folder, tmp_path, quarter)
        publishing.publish(tmp_path / quarter, run_id)
        publishing.discard(tmp_path)
        return run_id

    return make


def test_runs_are_listed_by_quarter_and_time_and_one_of_each_is_published(tmp_path, shelved):
    late, early, other = shelved("2025Q4", "x", 30), shelved("2025Q4", "y", 10), shelved("2025Q3", "z", 50)
    files.make_folder(tmp_path / ".draft/2025Q4")
    found = [(one.quarter, one.run, one.ended[14:16], one.lang, one.published) for one in archive.runs(tmp_path)]
    expected = [("2025Q3", other, "50", "zh", True), ("2025Q4", early, "10", "zh", True)]
    assert found == [*expected, ("2025Q4", late, "30", "zh", False)]


def test_runs_of_parts_are_listed_hashed_gone_back_to_and_cleared_out_too(tmp_path, shelved):
    run_id, part = shelved("2025Q4", "x", 30), tmp_path / "by-region/华东"
    files.make_folder(part.parent)
    (tmp_path / "2025Q4").rename(tmp_path / "aside")
    files.make_folder(part)
    (tmp_path / "aside").rename(part / "2025Q4")
    files.make_folder(part.parent / "2025Q4")
    files.write(part.parent / "2025Q4/index.html", "the list of parts")
    files.make_folder(part.parent / ".failed/2025Q4-shared")
    company = shelved("2025Q4", "y", 10)
    quarter = "by-region/华东/2025Q4"
    assert [(one.quarter, one.run) for one in archive.runs(tmp_path)] == [("2025Q4", company), (quarter, run_id)]
    assert archive.verify(tmp_path) == {"2025Q4": [], quarter: []} == archive.verify(tmp_path, "2025Q4")
    assert archive.go_back(tmp_path, run_id) == part / "2025Q4/index.html"
    (part / "2025Q4" / run_id / "tables/a.csv").write_text("6")
    assert [one.what for one in archive.verify(tmp_path)[quarter]] == ["changed"]
    assert [one.name for one in archive.clean(tmp_path, 0)] == ["by-region/.failed/2025Q4-shared"]


def test_the_last_run_says_how_long_each_notebook_took(tmp_path, shelved):
    assert archive.seconds(tmp_path) == {}
    late, early = shelved("2025Q3", "x", 30), shelved("2025Q4", "y", 10)
    for quarter, run, took in (("2025Q3", late, 9.5), ("2025Q4", early, 1.5)):
        times = tmp_path / quarter / run / manifest.TIMES
        times.write_text(times.read_text().replace("{", f'{{"seconds": {{"10_a": {took}}},'))
    assert archive.seconds(tmp_path) == {"10_a": 9.5}


def test_a_run_that_is_not_there_is_refused_with_those_that_are(tmp_path, shelved):
    run_id = shelved("2025Q4", "x", 0)
    with pytest.raises(Refused, match=f"no run “abc”.*{run_id}") as caught:
        archive.go_back(tmp_path, "abc")
    assert caught.value.exit_code == 2


def test_a_run_is_named_by_its_quarter_or_its_run_id(tmp_path, shelved):
    first, second = shelved("2025Q4", "x", 0), shelved("2025Q4", "y", 1)
    assert [archive.named(tmp_path, name).run for name in ("2025Q4", first)] == [second, first]
    for name, code in (("2025Q3", "quarter_not_published"), ("2025Q9", "not_a_quarter"), ("abc", "no_run")):
        with pytest.raises(Refused) as caught:
            archive.named(tmp_path, name)
        assert caught.value.code == code


def test_of_a_quarter_without_a_report_those_that_are_published_are_named(tmp_path, shelved):
    with pytest.raises(Refused, match="holds no published report \\(quarter asked: 2025Q3\\)"):
        archive.named(tmp_path, "2025Q3")
    shelved("2025Q4", "x", 0), shelved("2025Q2", "y", 0)
    for ask in (archive.named, archive.verify):
        with pytest.raises(Refused, match="of 2025Q3. Published are: 2025Q2, 2025Q4"):
            ask(tmp_path, "2025Q3")


def test_a_report_as_it_was_made_has_no_differences(tmp_path, shelved):
    shelved("2025Q4", "x", 0), shelved("2025Q3", "y", 0)
    assert archive.verify(tmp_path) == {"2025Q3": [], "2025Q4": []}
    assert archive.verify(tmp_path, "2025Q3") == {"2025Q3": []}


@pytest.mark.parametrize(
    ("spoil", "file", "what"),
    [
        (lambda place, run: (place / run / "tables/a.csv").write_text("1"), "{}/tables/a.csv", "changed"),
        (lambda place, run: (place / run / "tables/a.csv").unlink(), "{}/tables/a.csv", "missing"),
        (lambda place, run: (place / run / "b.txt").write_text("1"), "{}/b.txt", "added"),
        (lambda place, run: (place / run / "manifest.json").unlink(), "{}/manifest.json", "missing"),
        (lambda place, run: (place / "index.html").write_text("1"), "index.html", "changed"),
        (
            lambda place, run: (place / run / "manifest.json").write_text(
                (place / run / "manifest.json").read_text().replace('"zh"', '"en"')
            ),
            "{}/manifest.json",
            "changed",
        ),
    ],
)
def test_whatever_of_a_report_was_touched_is_named(tmp_path, shelved, spoil, file, what):
    run_id = shelved("2025Q4", "x", 0)
    spoil(tmp_path / "2025Q4", run_id)
    assert archive.verify(tmp_path) == {"2025Q4": [(file.format(run_id), what)]}


@pytest.mark.parametrize("quarter", [None, "2025Q4"])
def test_without_a_published_report_there_is_nothing_to_verify(tmp_path, quarter):
    with pytest.raises(Refused) as caught:
        archive.verify(tmp_path, quarter)
    assert caught.value.code == "not_published"


def test_going_back_publishes_the_earlier_run_and_changes_no_run(tmp_path, shelved, tree):
    first, _ = shelved("2025Q4", "x", 0), shelved("2025Q4", "y", 1)
    before = tree(tmp_path)
    assert archive.go_back(tmp_path, first).read_text() == "page x"
    assert tree(tmp_path) == before | {"2025Q4/index.html": b"page x"}
    assert archive.verify(tmp_path) == {"2025Q4": []}


def test_a_run_that_was_changed_is_not_published_again(tmp_path, shelved):
    first, _ = shelved("2025Q4", "x", 0), shelved("2025Q4", "y", 1)
    (tmp_path / "2025Q4" / first / "tables/a.csv").write_text("1")
    with pytest.raises(Refused) as caught:
        archive.go_back(tmp_path, first)
    assert caught.value.code == "run_not_whole" and (tmp_path / "2025Q4/index.html").read_text() == "page y"


@pytest.mark.parametrize(
    "call", [lambda reports, run: archive.go_back(reports, run), lambda reports, run: archive.clean(reports, 0)]
)
def test_while_a_run_is_at_work_nothing_is_moved(tmp_path, shelved, call):
    run_id = shelved("2025Q4", "x", 0)
    with files.only_one(tmp_path), pytest.raises(Refused) as caught:
        call(tmp_path, run_id)
    assert caught.value.exit_code == 75


def names(reports):
    return sorted(path.relative_to(reports).as_posix() for path in reports.glob("*/*") if path.is_dir())


@pytest.mark.parametrize(
    ("keep", "left"), [(0, ["x"]), (1, ["x", "z"]), (2, ["x", "y", "z"]), (9, ["w", "x", "y", "z"])]
)
def test_the_newest_runs_and_the_published_one_are_kept(tmp_path, shelved, keep, left):
    ids = {word: shelved("2025Q4", word, minute) for minute, word in enumerate("wxyz")}
    archive.go_back(tmp_path, ids["x"])
    removed = archive.clean(tmp_path, keep)
    assert names(tmp_path) == sorted(f"2025Q4/{ids[word]}" for word in left)
    assert len(removed) == 4 - len(left) and archive.verify(tmp_path) == {"2025Q4": []}


def test_what_failed_or_was_killed_is_removed_and_its_bytes_are_told(tmp_path, shelved):
    shelved("2025Q4", "x", 0)
    for name, text in ((".failed/2025Q4-abc/error.html", "12"), (".staging/def/front.html", "123")):
        files.make_folder((tmp_path / name).parent)
        files.write(tmp_path / name, text)
    assert sorted(archive.clean(tmp_path, 1)) == [(".failed/2025Q4-abc", 2), (".staging/def", 3)]
    assert [name for name in names(tmp_path) if name[0] == "."] == []


def test_of_a_quarter_whose_front_page_was_changed_nothing_is_removed(tmp_path, shelved):
    shelved("2025Q4", "x", 0), shelved("2025Q4", "y", 1)
    (tmp_path / "2025Q4/index.html").write_text("changed")
    assert archive.clean(tmp_path, 0) == [] and len(names(tmp_path)) == 2


def test_where_there_are_no_reports_there_is_nothing_to_clean(tmp_path):
    assert archive.clean(tmp_path / "reports", 1) == [] and archive.runs(tmp_path / "reports") == []


def test_runs_that_speak_of_people_are_listed_hashed_and_cleared_out_and_compared_with_nothing(tmp_path, shelved):
    old, new = shelved("2025Q4", "x", 10), shelved("2025Q4", "y", 30)
    files.make_folder(tmp_path / "people")
    (tmp_path / "2025Q4").rename(tmp_path / "people/2025Q4")
    found = archive.runs(tmp_path)
    assert [(one.quarter, one.run, one.of_people) for one in found] == [
        ("people/2025Q4", old, True),
        ("people/2025Q4", new, True),
    ]
    assert archive.verify(tmp_path) == {"people/2025Q4": []}
    with pytest.raises(Refused) as caught:
        archive.named(tmp_path, new)
    assert caught.value.code == "no_run" and new not in str(caught.value).split("known")[-1].replace(str(new), "", 1)
    assert [one.name for one in archive.clean(tmp_path, 1)] == [f"people/2025Q4/{old}"]
    assert archive.go_back(tmp_path, new) == tmp_path / "people/2025Q4/index.html"


def test_sheets_of_people_go_with_their_run(tmp_path, shelved):
    for word, minute in (("x", 10), ("y", 30)):
        run_id = shelved("2025Q4", word, minute)
        files.make_folder(tmp_path / "people/forms/2025Q4" / run_id)
        files.write(tmp_path / "people/forms/2025Q4" / run_id / "P01.xlsx", word)
        files.make_folder(tmp_path / "people/2025Q4")
        (tmp_path / "2025Q4" / run_id).rename(tmp_path / "people/2025Q4" / run_id)
        (tmp_path / "2025Q4/index.html").rename(tmp_path / "people/2025Q4/index.html")
    files.make_folder(tmp_path / "forms/2025Q4/for_customers")
    removed = [one.name for one in archive.clean(tmp_path, 1)]
    assert sorted(path.name for path in (tmp_path / "people/forms/2025Q4").iterdir()) == [run_id]
    assert len(removed) == 2 and (tmp_path / "forms/2025Q4/for_customers").is_dir()
    assert archive.clean(tmp_path, 1) == []


def test_of_clean_tables_the_newest_and_those_of_kept_runs_stay(tmp_path, shelved):
    home, reports = tmp_path / "data/clean", tmp_path / "reports"
    for minute, key in enumerate(["oldest", "of-the-run", "old", "newest"]):
        files.make_folder(home / key)
        files.write(home / key / cleaning.DONE, "{}")
        os.utime(home / key / cleaning.DONE, (0, minute))
    files.make_folder(home / ".making-killed")
    made_of = {"clean": "of-the-run"}
    folder = reports / "2025Q4" / manifest.run_id(made_of)
    files.make_folder(folder)
    manifest.write(folder, made_of)
    removed = archive.clean_tables(home, reports, 1)
    assert removed == [("data/clean/.making-killed", 0), ("data/clean/old", 2), ("data/clean/oldest", 2)]
    assert sorted(one.name for one in home.iterdir() if one.is_dir()) == ["newest", "of-the-run"]
    assert archive.clean_tables(home, reports, 1) == archive.clean_tables(tmp_path / "none", reports, 1) == []
