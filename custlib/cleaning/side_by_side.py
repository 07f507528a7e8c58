"""Work shared among the processors of this machine: each share by a process of its own, forked, so that nothing is
imported twice. Where a system cannot fork safely, all is done here."""

import contextlib
import gc
import os
import pickle
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from custlib import processes

PATIENCE = 60  # seconds that another process may take at the least, before its share is done here


def done(
    work: Callable[[list], list],
    items: Sequence,
    costs: Sequence[float],
    most: int | None = None,
    here: Callable[[list], list] | None = None,
) -> list:
    """The result of each item, in their order.

    work: items → their results, which must not hang on the other items of a share and can be pickled; costs: of each
    item; most: how many processes at once (None: one a core); here: what does this process's share, if not `work`. A
    share that another process could not end is done here, so that what is wrong is raised here.
    """
    here = here or work
    parts = shares(costs, (most or _cores()) if sys.platform == "linux" else 1)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        others = []
        for own in parts[1:]:
            process = _Forked(work, [items[at] for at in own], Path(folder) / str(own[0]))
            running.callback(process.end)
            others.append((own, process))
        begun = time.monotonic()
        results = dict(zip(parts[0], here([items[at] for at in parts[0]]), strict=True)) if parts else {}
        patience = PATIENCE + 10 * (time.monotonic() - begun)  # the others' shares are about as dear
        for own, process in others:
            found = process.results(patience) or here([items[at] for at in own])
            results |= zip(own, found, strict=True)
    return [results[at] for at in range(len(items))]


def shares(costs: Sequence[float], number: int) -> list[list[int]]:
    """At most so many groups of positions of about the same cost each, none of them empty: the dearest first, each to
    the group that has least."""
    groups: list[list[int]] = [[] for _ in range(number)]
    sums = [0.0] * number
    for at in sorted(range(len(costs)), key=lambda at: (-costs[at], at)):
        least = sums.index(min(sums))
        groups[least].append(at)
        sums[least] += costs[at]
    return [sorted(group) for group in groups if group]


def _cores():
    return len(os.sched_getaffinity(0))


class _Forked:
    """A share that another process works on; it writes what came of it into a file."""

    def __init__(self, work, items, target):
        own = os.getpid()
        self._target, self._pid = target, os.fork()
        if not self._pid:
            _work(work, items, target, own)

    def results(self, patience):
        """What came of it, when it has ended; None where it does not end well within so many seconds."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._pid = 0
                return None if os.waitstatus_to_exitcode(status) else pickle.loads(self._target.read_bytes())
            time.sleep(0.005)
        self.end()  # it must not write what is now written here
        return None

    def end(self):
        """Ends it at once, if it still works."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = 0


def _work(work, items, target, parent):
    """In the new process: does the share and writes its results; never returns."""
    code = 1
    try:
        processes.end_with(parent)
        gc.freeze()  # what the other process left to be collected, such as a connection, is not this one's to end
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that forked this one to answer
        target.write_bytes(pickle.dumps(work(items)))
        code = 0
    finally:
        os._exit(code)  # what else runs at the end of a process belongs to the one that forked
