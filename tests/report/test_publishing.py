"""From staging to published."""

from custlib.report import files, manifest, publishing


def complete(reports, run_id="abc", page="page"):
    folder = publishing.stage(reports, run_id)
    files.write(folder / publishing.FRONT, page)
    manifest.write(folder, {"page": page})
    return folder


def test_a_run_is_kept_whole_and_its_front_page_published(tmp_path):
    publishing.keep(complete(tmp_path), tmp_path, "2025Q4")
    assert publishing.standing(tmp_path, "2025Q4", "abc")
    page = publishing.publish(tmp_path, "2025Q4", "abc")
    assert page == tmp_path / "2025Q4" / "index.html" and page.read_text() == "page"
    assert sorted(path.name for path in page.parent.iterdir()) == ["abc", "index.html"]


def test_staging_of_a_killed_run_is_removed(tmp_path):
    files.make_folder(tmp_path / ".staging" / "old" / "tables")
    assert list(publishing.stage(tmp_path, "new").parent.iterdir()) == [tmp_path / ".staging" / "new"]


def test_a_run_folder_that_was_changed_is_set_aside_for_the_new_one(tmp_path):
    publishing.keep(complete(tmp_path), tmp_path, "2025Q4")
    (tmp_path / "2025Q4/abc/front.html").write_text("changed")
    publishing.keep(complete(tmp_path), tmp_path, "2025Q4")
    assert publishing.standing(tmp_path, "2025Q4", "abc")
    assert (tmp_path / ".failed/2025Q4-abc-changed/front.html").read_text() == "changed"


def test_a_failed_run_replaces_the_failed_run_of_the_same_name(tmp_path):
    for text in ("first", "second"):
        page = publishing.fail(complete(tmp_path), tmp_path, "2025Q4-abc", text)
    assert page == tmp_path / ".failed/2025Q4-abc/error.html" and page.read_text() == "second"


def test_an_error_page_that_cannot_be_written_does_not_hide_the_failure(tmp_path):
    (tmp_path / ".failed").write_text("a file in the way")
    assert publishing.fail(complete(tmp_path), tmp_path, "2025Q4-abc", "error") is None
