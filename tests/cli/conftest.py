"""The command line as a call, and a project with fake ports."""

import importlib.util
from pathlib import Path

import pytest

from custlib.report.run import ports

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("report_fakes", ROOT / "tests" / "report" / "conftest.py")
fakes = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(fakes)


@pytest.fixture
def root(tmp_path, monkeypatch, unchanged):
    """A project with three notebooks, run with fake ports."""
    fakes.make_project(tmp_path, n10_a=["1"], n20_b=["2"], n90_c=["3"])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ports, "real", fakes.fake_ports)
    return tmp_path


@pytest.fixture
def custlib(called):
    """Calls the command line: arguments → exit code, standard output, standard error."""
    return called


@pytest.fixture
def spoil(root):
    """Puts other code into the cell of the last notebook."""
    path = root / "notebooks/90_c.ipynb"
    return lambda new: path.write_text(path.read_text().replace('"3"', new))
