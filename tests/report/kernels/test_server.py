"""What a process imports before it forks kernels."""

import pickle
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from custlib.report.kernels import server

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


# The server dies as soon as its kernel exists, which then stands still before it has looked for its parent.
AIMED = """
import os, signal, sys, time
from custlib.report.kernels import server

def killed(request, parent):
    os.kill(parent, signal.SIGKILL)
    while os.getppid() == parent:
        time.sleep(0.01)
    print(os.getpid(), flush=True)
    run(request, parent)

server.PRELOADED, run, server._run = (), server._run, killed
server._become = lambda **request: time.sleep(60)
server.serve(int(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="warm kernels are Linux's")
def test_a_server_that_is_killed_while_a_kernel_starts_leaves_none():
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-c", AIMED, str(theirs.fileno())]
    with ours, theirs, subprocess.Popen(command, pass_fds=[theirs.fileno()], stdout=subprocess.PIPE, text=True) as one:
        ours.sendall(b'{"argv": [], "env": {}, "cwd": "."}\n')
        kernel = int(one.stdout.readline())
        until = time.monotonic() + 5
        while Path(f"/proc/{kernel}/cmdline").exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert not Path(f"/proc/{kernel}").exists() or "Z" in Path(f"/proc/{kernel}/stat").read_text()


def test_a_result_that_cannot_be_written_whole_is_not_there(tmp_path, monkeypatch):
    call, target = tmp_path / "call", tmp_path / "target"
    call.write_bytes(pickle.dumps((divmod, (17, 5))))
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(Path, "write_bytes", half)
        server._call(call, target)
    assert not target.exists()


def half(path, data):
    path.write_text(repr(data[: len(data) // 2]))
    raise OSError("No space left on device")
