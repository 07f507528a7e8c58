"""Processes that must not outlive the one that made them. Linux only."""

import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1  # of Linux's prctl


def end_with(parent: int) -> None:
    """Has the system end this process at once when its parent ends, and ends it here if that has happened already.

    parent: the pid of the process that forked this one.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
