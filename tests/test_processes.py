"""Processes that end with the one that made them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends them")

PROGRAM = """
import os, time
from custlib import processes
parent = os.getpid()
child = os.fork()
if not child:
    {late}
    processes.end_with(parent)
    print(os.getpid(), flush=True)
    time.sleep(60)
{own}
"""


def runs(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and ") Z " not in stat.read_text()


def test_a_process_ends_when_its_parent_is_killed():
    program = PROGRAM.format(late="pass", own="time.sleep(60)")
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        assert runs(child)
        parent.kill()
        until = time.monotonic() + 5
        while runs(child) and time.monotonic() < until:
            time.sleep(0.02)
        if runs(child):
            os.kill(child, signal.SIGKILL)
            pytest.fail("it still runs")


def test_a_process_whose_parent_has_ended_already_ends_before_it_does_anything():
    program = PROGRAM.format(late="time.sleep(0.5)", own="os._exit(0)")
    told = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, timeout=30)
    assert told.stdout == ""
