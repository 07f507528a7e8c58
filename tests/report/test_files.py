"""The door to files."""

import os
from pathlib import Path

import pytest

from custlib.refusals import Refused
from custlib.report import files


@pytest.mark.parametrize(
    "action",
    [
        lambda folder: files.write(folder / "no" / "a", "x"),
        lambda folder: files.copy(folder / "a", folder / "no" / "b"),
        lambda folder: files.move(folder / "missing", folder / "b"),
        lambda folder: files.make_folder(folder / "a" / "b"),
        lambda folder: files.settle_names(folder / "missing"),
    ],
)
def test_what_cannot_be_done_is_refused(tmp_path, action):
    (tmp_path / "a").write_text("x")
    with pytest.raises(Refused) as caught:
        action(tmp_path)
    assert caught.value.code == "cannot_write" and caught.value.exit_code == 4


def test_text_is_written_with_the_same_bytes_everywhere(tmp_path):
    files.write(tmp_path / "a", "客户\n")
    assert (tmp_path / "a").read_bytes() == "客户\n".encode()


def test_a_file_is_replaced_and_a_folder_removed_whole(tmp_path):
    files.make_folder(tmp_path / "a" / "b")
    files.write(tmp_path / "a" / "b" / "old", "old")
    files.copy(tmp_path / "a" / "b" / "old", tmp_path / "new")
    files.move(tmp_path / "new", tmp_path / "a" / "b" / "old")
    files.settle(tmp_path)
    files.remove(tmp_path / "a")
    files.remove(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_only_one_holds_a_folder(tmp_path):
    with files.only_one(tmp_path):
        with pytest.raises(Refused) as caught, files.only_one(tmp_path):
            pass
        assert caught.value.exit_code == 75
    with files.only_one(tmp_path):
        pass


def test_what_another_run_removes_meanwhile_has_no_size(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    (tmp_path / "a").write_text("12345")
    (tmp_path / "b").symlink_to("removed")
    scandir = os.scandir

    def removed(path):
        if Path(path).name == "gone":
            raise FileNotFoundError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", removed)
    assert files.size(tmp_path) == 5
