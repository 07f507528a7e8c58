"""The check cells of notebooks do check: one altered fact is seen, an unaltered copy passes."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STEM = "10_data_cleanup"


@pytest.fixture
def copy(tmp_path):
    """A project with a copy of one notebook, on the same data."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return Path(shutil.copy(ROOT / "notebooks" / f"{STEM}.ipynb", tmp_path / "notebooks"))


def nbval(notebook):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax", "--nbval-current-env"]
    return subprocess.run([*command, str(notebook)], cwd=notebook.parents[1], capture_output=True, text=True)


def test_an_altered_fact_fails_and_the_unaltered_notebook_passes(copy):
    assert nbval(copy).returncode == 0
    content = json.loads(copy.read_text(encoding="utf-8"))
    checked = next(cell for cell in content["cells"] if "nbval-check-output" in cell["metadata"].get("tags", []))
    (output,) = checked["outputs"]
    output["text"] = re.sub(r"\d", lambda digit: str(9 - int(digit[0])), "".join(output["text"]), count=1)
    copy.write_text(json.dumps(content), encoding="utf-8")
    assert nbval(copy).returncode == 1
