"""The check cells of notebooks do check: one altered fact is seen, an unaltered copy passes."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def passes(tmp_path):
    """Whether a notebook passes in which a check cell that prints "12 customers" keeps this output."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    def run(kept):
        metadata = {"tags": ["nbval-check-output", "keep_output"]}
        output = nbformat.v4.new_output("stream", text=kept)
        cell = nbformat.v4.new_code_cell(
            'print("12 customers")', execution_count=1, outputs=[output], metadata=metadata
        )
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "10_own.ipynb")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "10_own.ipynb"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).returncode == 0

    return run


def test_an_altered_fact_fails_and_the_unaltered_notebook_passes(passes):
    assert passes("12 customers\n") and not passes("13 customers\n")
