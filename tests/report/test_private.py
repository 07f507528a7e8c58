"""Folders for a while: one's own, gone afterwards, and cleared by the next where a process died."""

import os
import stat
import tempfile

import filelock
import pytest

from custlib.report import private


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A temporary folder of the test's own."""
    monkeypatch.setattr(private, "_place", lambda: str(tmp_path))
    return tmp_path


def left(place, name, old=True):
    """A folder as a run that died has left it."""
    (place / name).mkdir()
    (place / name / "kernel.json").touch()
    (place / name / private.LOCK).touch()
    if old:
        os.utime(place / name / private.LOCK, (0, 0))
    return place / name


def test_a_folder_is_ones_own_and_gone_afterwards(place):
    with private.folder() as own:
        assert own.parent == place and (os.name != "posix" or stat.S_IMODE(own.stat().st_mode) == 0o700)
    assert not own.exists()


def test_what_died_runs_left_is_cleared_and_nothing_else(place):
    died, young = left(place, "custlib-a"), left(place, "custlib-b", old=False)
    held, other = left(place, "custlib-c"), left(place, "else-d")
    with filelock.FileLock(held / private.LOCK):
        os.utime(held / private.LOCK, (0, 0))
        private.clear()
    assert not died.exists() and young.exists() and held.exists() and other.exists()


@pytest.mark.skipif(os.name != "posix", reason="its sockets have no paths")
def test_a_long_temporary_folder_gives_way_to_a_short_one(monkeypatch):
    monkeypatch.setattr(tempfile, "gettempdir", lambda: "/" + "x" * 100)
    assert private._place() == "/tmp"
