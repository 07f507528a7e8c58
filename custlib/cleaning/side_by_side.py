"""Work shared among the processors of this machine: each share by a process of its own, forked, so that nothing is
imported twice. Where a system cannot fork safely, all is done here."""

import contextlib
import gc
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path


def done(work: Callable[[list], list], items: Sequence, costs: Sequence[float], most: int | None = None) -> list:
    """The result of each item, in their order.

    work: items → their results, which must not hang on the other items of a share and can be pickled; costs: of each
    item; most: how many processes at once (None: one a core). A share that another process could not end is done here,
    so that what is wrong is raised here.
    """
    parts = shares(costs, (most or _cores()) if sys.platform == "linux" else 1)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        others = [(own, _Forked(work, [items[at] for at in own], Path(folder) / str(own[0]))) for own in parts[1:]]
        for _, process in others:
            running.callback(process.end)
        results = dict(zip(parts[0], work([items[at] for at in parts[0]]), strict=True)) if parts else {}
        for own, process in others:
            found = process.results() or work([items[at] for at in own])
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
        self._target, self._pid = target, os.fork()
        if not self._pid:
            _work(work, items, target)

    def results(self):
        """What came of it, when it has ended; None where it did not end well."""
        pid, self._pid = self._pid, 0
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return pickle.loads(self._target.read_bytes()) if code == 0 else None

    def end(self):
        """Ends it at once, if it still works."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


def _work(work, items, target):
    """In the new process: does the share and writes its results; never returns."""
    code = 1
    try:
        gc.freeze()  # what the other process left to be collected, such as a connection, is not this one's to end
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that forked this one to answer
        target.write_bytes(pickle.dumps(work(items)))
        code = 0
    finally:
        os._exit(code)  # what else runs at the end of a process belongs to the one that forked
