"""From staging to published."""

import pytest

from custlib.report import files
from custlib.report.archive import manifest, publishing


def complete(reports, run_id="abc", page="page"):
    folder = publishing.stage(reports, run_id)
    files.write(folder / publishing.FRONT, page)
    manifest.write(folder, {"page": page})
    return folder


def test_a_run_is_kept_whole_and_its_front_page_published(tmp_path):
    publishing.keep(complete(tmp_path), tmp_path, "2025Q4")
    assert manifest.verified(tmp_path / "2025Q4" / "abc")
    page = publishing.publish(tmp_path / "2025Q4", "abc")
    assert page == tmp_path / "2025Q4" / "index.html" and page.read_text() == "page"
    assert sorted(path.name for path in page.parent.iterdir()) == ["abc", "index.html"]


def test_staging_of_a_killed_run_is_removed(tmp_path):
    files.make_folder(tmp_path / ".staging" / "old" / "tables")
    assert list(publishing.stage(tmp_path, "new").parent.iterdir()) == [tmp_path / ".staging" / "new"]


def test_a_run_folder_that_was_changed_is_set_aside_for_the_new_one(tmp_path):
    publishing.keep(complete(tmp_path), tmp_path, "2025Q4")
    (tmp_path / "2025Q4/abc/front.html").write_text("changed")
    publishing.keep(complete(tmp_path), tmp_path, "2025Q4")
    assert manifest.verified(tmp_path / "2025Q4" / "abc")
    assert (tmp_path / ".failed/2025Q4-abc-changed/front.html").read_text() == "changed"


def test_a_failed_run_replaces_the_failed_run_of_the_same_name(tmp_path):
    for text in ("first", "second"):
        page = publishing.fail(complete(tmp_path), tmp_path, "2025Q4-abc", text)
    assert page == tmp_path / ".failed/2025Q4-abc/error.html" and page.read_text() == "second"


def test_an_error_page_that_cannot_be_written_does_not_hide_the_failure(tmp_path):
    (tmp_path / ".failed").write_text("a file in the way")
    assert publishing.fail(complete(tmp_path), tmp_path, "2025Q4-abc", "error") is None


def report(reports, quarter, run_id="abc", page="page", totals="totals"):
    folder = publishing.stage(reports, run_id)
    files.write(folder / publishing.FRONT, page)
    for name in publishing.COMPARED:
        files.write(folder / "tables" / f"{name}.parquet", totals)
    manifest.write(folder, {"page": page, "quarter": quarter})
    publishing.keep(folder, reports, quarter)
    publishing.publish(reports / quarter, run_id)


def test_the_basis_is_the_published_run_of_the_nearest_earlier_quarter(tmp_path):
    for quarter, run_id, page in [
        ("2025Q2", "a", "1"),
        ("2025Q3", "b", "2"),
        ("2025Q3", "c", "3"),
        ("2025Q4", "d", "4"),
    ]:
        report(tmp_path, quarter, run_id, page)
    found = publishing.basis(tmp_path, "2025Q4")
    assert (found.folder, found.quarter) == (tmp_path / "2025Q3" / "c", "2025Q3")
    publishing.publish(tmp_path / "2025Q3", "b")
    assert publishing.basis(tmp_path, "2025Q4").folder.name == "b"
    assert publishing.basis(tmp_path, "2026Q3").folder.name == "d"
    assert publishing.basis(tmp_path, "2025Q2") is None


@pytest.mark.parametrize("spoilt", ["tables/control_totals.parquet", "front.html", "manifest.json"])
def test_a_report_that_does_not_stand_whole_is_no_basis(tmp_path, spoilt):
    report(tmp_path, "2025Q2")
    report(tmp_path, "2025Q3")
    (tmp_path / "2025Q3" / "abc" / spoilt).unlink()
    assert publishing.basis(tmp_path, "2025Q4").quarter == "2025Q2"


def test_drafts_failures_and_other_folders_are_no_basis(tmp_path):
    for name in (".draft/2025Q3", ".failed/2025Q3-abc", "2025Q9", "notesQx"):
        files.make_folder(tmp_path / name)
    assert publishing.basis(tmp_path, "2025Q4") is None


def test_a_basis_is_known_by_what_is_read_of_it_not_by_its_run(tmp_path):
    texts = []
    for place, page, totals in (("a", "en", "same"), ("b", "zh", "same"), ("c", "en", "other")):
        report(tmp_path / place, "2025Q3", page, page, totals)
        texts.append(str(publishing.basis(tmp_path / place, "2025Q4")))
    assert texts[0] == texts[1] != texts[2] and texts[0].startswith("2025Q3 ")


def test_front_pages_in_other_languages_are_published_beside_it_and_those_of_an_earlier_run_go(tmp_path):
    for run_id, names in (("abc", ["front.html", "front.zh.html"]), ("def", ["front.html"])):
        folder = publishing.stage(tmp_path, run_id)
        for name in names:
            files.write(folder / name, f"{run_id} {name}")
        manifest.write(folder, {"page": run_id})
        publishing.keep(folder, tmp_path, "2025Q4")
    place = tmp_path / "2025Q4"
    publishing.publish(place, "abc")
    assert (place / "index.zh.html").read_text() == "abc front.zh.html"
    publishing.publish(place, "def")
    assert sorted(path.name for path in place.iterdir()) == ["abc", "def", "index.html"]


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("20_b.html#cell-1", "abc/20_b.html#cell-1"),
        ("front.zh.html", "index.zh.html"),
        ("../../index.html", "../index.html"),
        ("#section-1", "#section-1"),
        ("abc/20_b.html", "abc/20_b.html"),  # reports made before
        ("index.zh.html", "index.zh.html"),
    ],
)
def test_links_of_the_front_page_lead_from_where_it_is_published(tmp_path, inside, outside):
    text = 'href="x" <a class="made" href="{}">a</a> <a href="{}">b</a>'
    publishing.keep(complete(tmp_path, page=text.format(inside, inside)), tmp_path, "2025Q4")
    page = publishing.publish(tmp_path / "2025Q4", "abc")
    assert page.read_text() == text.format(outside, outside)
    assert publishing.fronts(tmp_path / "2025Q4") == [tmp_path / "2025Q4" / "abc"]
