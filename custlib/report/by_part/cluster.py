"""The reports of parts made by the workers of a Dask cluster. The only module that knows Dask.

Workers see the workbook at the same path as this machine, and put each part's report in its place themselves. A worker
makes each part in a process of its own, because it may have been started with older code; that process ends when the
worker closes its standard input, and so when the worker dies.
"""

import contextlib
import importlib.util
import logging
import os
import pickle
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

from custlib import project
from custlib.refusals import Refused
from custlib.report.archive import manifest
from custlib.report.by_part import parts
from custlib.report.kernels import client, execution
from custlib.report.notebook import NotebookFailed
from custlib.report.run import ports as all_ports
from custlib.report.run import progress, quarterly

ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d+")
PATIENCE = 20  # seconds in which the scheduler answers, a worker is there, and a part that was stopped has ended
_made_here: set[subprocess.Popen] = set()  # on a worker: the processes that are making parts


@contextlib.contextmanager
def connected(address):
    """A `Cluster` whose workers make the same bytes as this one. Raises Refused (`no_cluster`, `worker_differs`)."""
    if not ADDRESS.fullmatch(address):
        raise Refused("no_cluster", address=address, reason="tcp://HOST:PORT?")
    if importlib.util.find_spec("distributed") is None:
        raise Refused("no_cluster", address=address, reason="No module named 'distributed'")
    import distributed

    _silence()
    with _refused_if_lost(address):
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    with client:
        with _refused_if_lost(address):
            client.wait_for_workers(1, PATIENCE)
        cluster = Cluster(client, address)
        cluster.check_same()
        yield cluster


@contextlib.contextmanager
def _refused_if_lost(address):
    import distributed

    lost = (OSError, ValueError, distributed.KilledWorker, distributed.client.FutureCancelledError)
    try:
        yield
    except (*lost, subprocess.CalledProcessError) as error:
        raise Refused("no_cluster", address=address, reason=str(error).partition("\n")[0]) from error


class Cluster:
    """A cluster of Dask, through its client. Raises Refused (`no_cluster`) once it is lost."""

    def __init__(self, client, address):
        self._client, self._address = client, address

    def check_same(self, folders=()):
        """Refused (`worker_differs`) unless every worker has the versions and folders that are here."""
        here = _surroundings(folders)
        with _refused_if_lost(self._address):
            by_worker = self._client.run(_surroundings, folders)
        for worker, there in sorted(by_worker.items()):
            for what in sorted(manifest.differing(here, there)):
                facts = {"there": f"{what} {there.get(what, '-')}", "here": here.get(what, "-")}
                raise Refused("worker_differs", worker=worker, **facts)

    def side_by_side(self, plans, watch):
        """Part → its `quarterly.Outcome`, or why it has none (`NotebookFailed`, `Refused`).

        What ends this ends the parts in the making.
        """
        self.check_same(sorted({str(taken.folder) for plan in plans for taken in plan.taken.values()}))
        for plan in plans:
            watch.start(plan.names[plan.lang], parts.cells_run(plan))
        with _refused_if_lost(self._address):
            work = {self._client.submit(_work, pickle.dumps(plan), pure=False): plan for plan in plans}
            try:
                return dict(self._ended(work, watch))
            except BaseException:
                self._stop(list(work))
                raise

    def _ended(self, work, watch):
        from distributed import as_completed

        for future in as_completed(work, loop=self._client.loop):
            plan, outcome = work[future], pickle.loads(future.result())
            watch.end(plan.names[plan.lang], "failed" if isinstance(outcome, Exception) else "done")
            yield plan.part, outcome

    def _stop(self, futures):
        with contextlib.suppress(OSError):  # the scheduler may be what was lost
            self._client.cancel(futures)
            self._client.run(_end)


def _silence():
    """Keeps Dask's own log from the reader, who gets one line."""
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _surroundings(folders):
    """What decides the bytes of a report on this machine: name → version or place."""
    root = "-"
    with contextlib.suppress(Refused):
        root = str(project.root())
    seen = {folder: "+" if project.resolve(folder).is_dir() else "-" for folder in folders if root != "-"}
    own = {"custlib": manifest.code()[:12], "custlib/words": manifest.words()[:12], "folder": root}
    return own | manifest.versions() | seen


def _work(plan):
    """On a worker: makes a part's report; plan and outcome are pickled."""
    command = [sys.executable, "-c", "from custlib.report.by_part import cluster; cluster.answer()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        _made_here.add(process)
        try:
            process.stdin.write(plan)
            process.stdin.flush()
            outcome = process.stdout.read()
        finally:
            _made_here.discard(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command[0])
    return outcome


def _end():
    """On a worker: ends the parts in the making, and waits until they have cleared up."""
    running = list(_made_here)
    for process in running:
        process.stdin.close()
    for process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)


def answer():
    """Reads a pickled plan from standard input, makes its report, and writes the pickled outcome to standard output."""
    plan = pickle.load(sys.stdin.buffer)
    plan = replace(plan, request=replace(plan.request, jobs=1))  # the other processors have parts of their own
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, with its kernels
    threading.Thread(target=_end_with_the_worker, daemon=True).start()
    try:
        with contextlib.redirect_stdout(sys.stderr):
            outcome = _made(plan)
    except KeyboardInterrupt:  # whoever asked is no longer there to hear of it
        sys.exit(130)
    pickle.dump(outcome, sys.stdout.buffer)


def _end_with_the_worker():
    os.read(sys.stdin.fileno(), 1)  # nothing comes; not through sys.stdin, whose lock would then be held at the end
    os.kill(os.getpid(), signal.SIGTERM)


def _made(plan):
    watch = progress.Silent()
    with execution.quiet(), client.server(plan.request.cold, plan.root / "notebooks") as server:
        ports = all_ports.real(server)
        try:
            clean = ports.open_tables(plan.data_dir, watch.detail, plan.request.engine)
            return _when_free(lambda: quarterly.make(plan, watch, parts.prepared(ports, clean)))
        except (NotebookFailed, Refused) as error:
            return error


def _when_free(make):
    """Makes a part as soon as its folder is free: the worker that had it before may have died a moment ago."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return make()
        except Refused as refused:
            if refused.code != "locked" or time.monotonic() > until:
                raise
        time.sleep(0.5)
