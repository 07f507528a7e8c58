"""What a process imports before it forks kernels."""

import subprocess
import sys

PROGRAM = """
import builtins, os, threading
from custlib.report.kernels import server
server.preload({modules})
import pandas
own = [thread.name for thread in threading.enumerate()]
print(pandas.get_option("display.max_columns"), hasattr(builtins, "get_ipython"), own)
"""


def told(modules):
    command = [sys.executable, "-c", PROGRAM.format(modules=modules)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_pandas_lays_out_tables_as_in_a_kernel_and_not_as_in_a_terminal():
    # pandas shows 20 columns in a notebook, and (0) as many as fit in a terminal
    assert told(["pandas"]) == "20 False ['MainThread']"


def test_all_that_is_preloaded_can_be_imported_and_starts_no_thread():
    assert told("server.PRELOADED") == "20 False ['MainThread']"
