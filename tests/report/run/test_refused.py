"""No broken table and no senseless parameter reaches a kernel; `refused.py` breaks them, all of them when run by itself."""

import runpy
from pathlib import Path

refused = runpy.run_path(str(Path(__file__).with_name("refused.py")))


def test_no_broken_table_reaches_a_kernel():
    found = list(refused["tables"](7, most=4))
    assert len(found) > 60 and not refused["passed"](found)


def test_no_senseless_parameter_reaches_a_kernel():
    found = list(refused["parameters"]())
    assert len(found) > 60 and not refused["passed"](found)
