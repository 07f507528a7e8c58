"""The check cells of notebooks do check: one altered fact is seen, an unaltered copy passes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def passing(tmp_path):
    """Which of the notebooks pass in which a check cell that prints "12 customers" keeps these outputs."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    def run(*outputs):
        for number, kept in enumerate(outputs):
            metadata = {"tags": ["nbval-check-output", "keep_output"]}
            output = nbformat.v4.new_output("stream", text=kept)
            cell = nbformat.v4.new_code_cell(
                'print("12 customers")', execution_count=1, outputs=[output], metadata=metadata
            )
            nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / f"{number}.ipynb")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "-rpf"]
        command += [f"{number}.ipynb" for number in range(len(outputs))]
        told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout
        ended = {int(number): verdict for verdict, number in re.findall(r"^(PASSED|FAILED) (\d)\.ipynb::", told, re.M)}
        return [ended[number] == "PASSED" for number in range(len(outputs))]

    return run


def test_an_altered_fact_fails_and_the_unaltered_notebook_passes(passing):
    assert passing("12 customers\n", "13 customers\n") == [True, False]
