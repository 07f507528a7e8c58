"""Folders for what a run needs for a while: only this user reads them, and a later run clears what a died one left."""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

import filelock

PREFIX, LOCK = "custlib-", ".held"
LONGEST_FOLDER = 60  # a Unix socket's path may have 103 bytes on macOS, 107 on Linux
YOUNG = 60  # seconds in which a folder may not have its lock yet


@contextlib.contextmanager
def folder():
    """A folder of one's own, with a path short enough for a socket, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=_place(), ignore_cleanup_errors=True) as private:
        with filelock.FileLock(Path(private) / LOCK):  # the lock dies with its process
            yield Path(private)


def clear():
    """Removes the folders whose process has died; what cannot be removed stays."""
    for path in Path(_place() or tempfile.gettempdir()).glob(f"{PREFIX}*/{LOCK}"):
        with contextlib.suppress(OSError):  # held by a run (`filelock.Timeout` is one), or another user's
            if time.time() - path.stat().st_mtime > YOUNG:
                with filelock.FileLock(path, timeout=0):
                    shutil.rmtree(path.parent, ignore_errors=True)


def _place():
    return None if len(tempfile.gettempdir()) < LONGEST_FOLDER or os.name != "posix" else "/tmp"
