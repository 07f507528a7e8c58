"""A small project to clean exports in, for the tests of every room."""

import shutil
from pathlib import Path

import pytest

from custlib import cleaning

ROOT = Path(__file__).parents[1]


@pytest.fixture
def workbook(tmp_path, monkeypatch):
    """An empty project with the reference tables of the real one; the test runs in it."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cleaned(workbook):
    """Makes a folder of exports (file name → text or bytes; `declared`: text of sources.toml) and gives its clean tables."""

    def make(files, declared=""):
        folder = workbook / "data" / "raw"
        write(folder, files, declared)
        return cleaning.open_tables("data/raw")

    return make


def write(folder, files, declared=""):
    """Write exports and, if anything is declared, sources.toml into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    if declared:
        (folder / "sources.toml").write_text(declared, encoding="utf-8")
