"""The memory of a run: its own and that of what it starts."""

import subprocess
import sys

import psutil

from custlib.report.run import resources

HELD = 100_000_000


def test_memory_of_a_process_that_was_started_counts_while_it_lasts():
    code = f"held = bytearray(b'x' * {HELD}); print('ready', flush=True); input()"
    before = resources.held()
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        assert resources.held() - before > HELD * 0.9
        child.communicate(b"\n")
    assert resources.held() - before < HELD * 0.5


def test_the_peak_is_known_however_short_it_was():
    with resources.Peak() as peak:
        pass
    assert peak.bytes > 1_000_000


def test_a_process_that_does_not_tell_what_it_shares_counts_with_it(monkeypatch):
    def denied(process):
        raise psutil.AccessDenied(process.pid)  # as macOS does of other processes

    monkeypatch.setattr(psutil.Process, "memory_full_info", denied)
    assert resources.held() > 1_000_000
