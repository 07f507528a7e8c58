"""What a command takes, with all that it starts: seconds of CPU, seconds on the clock, gigabytes that were held at once."""

import os
import subprocess
import sys
import time
from typing import NamedTuple

from custlib.report.run import resources


class Cost(NamedTuple):
    """cpu and wall: seconds; memory: gigabytes of the whole tree at its peak; printed: what it wrote."""

    cpu: float
    wall: float
    memory: float
    printed: str

    def __str__(self):
        return f"{self.cpu:7.1f} s of CPU {self.wall:7.1f} s {self.memory:6.2f} GB"


def measured(*command, cwd=None) -> Cost:
    """Runs Python with these arguments; it must succeed.."""
    begun, own = time.perf_counter(), resources.held()
    with resources.Peak() as peak:
        process = subprocess.Popen([sys.executable, *map(str, command)], stdout=subprocess.PIPE, text=True, cwd=cwd)
        printed = process.stdout.read().strip()
        _, status, used = os.wait4(process.pid, 0)
    assert status == 0, printed
    wall = time.perf_counter() - begun
    return Cost(used.ru_utime + used.ru_stime, wall, max(peak.bytes - own, 0) / 2**30, printed)
