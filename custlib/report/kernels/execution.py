"""Executing one notebook with papermill in a kernel process of its own. The only module that knows papermill."""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import warnings

from custlib.refusals import LANG, Refused
from custlib.report import private
from custlib.report.notebook import executed, failures, notebooks

KERNEL = "python3"
ONLY_FACTS = "CUSTLIB_ONLY_FACTS"  # tells custlib.page, which would load too much, to leave the words to the run
# What must be known before Python starts. Kernels run side by side: threads of a kernel's own wait for one another, and
# that costs more than they give. And memory that a table no longer needs goes back to the system at once, to whoever
# runs beside it.
_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_MEMORY = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
_MEMORY |= dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), "8388608")  # bytes; of glibc
SHARED = {"PYTHONHASHSEED": "0"} | _THREADS | _MEMORY
NOISY = ("papermill", "papermill.translators", "traitlets", "asyncio", "IPKernelApp")


def check_kernel():
    """Raises Refused (`wrong_kernel`) unless the kernel `python3` starts this interpreter."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        starts = KernelSpecManager().get_kernel_spec(KERNEL).argv[0]
    except NoSuchKernel:
        starts = "-"
    major, minor = sys.version_info[:2]
    bare = {"python", f"python{major}", f"python{major}.{minor}"}  # jupyter_client puts sys.executable in their place
    if starts not in bare and os.path.abspath(starts) != os.path.abspath(sys.executable):
        raise Refused("wrong_kernel", found=starts, python=sys.executable)


class Kernels:
    """The processes that are running, kernels and others, so that all can be ended at once, from another thread."""

    def __init__(self):
        self._running, self._lock, self.ended = set(), threading.Lock(), False

    def started(self, process):
        """Remembers a process; ends it at once if the others were ended already."""
        with self._lock:
            self._running.add(process)
            if self.ended:
                _kill(process)

    def finished(self, process):
        """Forgets a process."""
        with self._lock:
            self._running.discard(process)

    def end(self):
        """Kills each and what it started, now and from now on."""
        with self._lock:
            self.ended = True
            for process in self._running:
                _kill(process)


def _kill(process):
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)  # jupyter_client makes each kernel the leader of a group
        else:
            process.kill()


def execute(notebook, values: dict, *, folder, kernels, lang="en", cell_seconds=3600, on_cell=None, server=None):
    """Runs a `notebooks.Notebook` with the parameters `values`; returns the executed nbformat node.

    folder: working directory of the kernel; kernels: a `Kernels`; cell_seconds: how long one cell may run;
    on_cell(done, heading): called before each cell that runs, with the number of such cells done, or None;
    server: a `client.Server` that forks the kernel, or None.
    Raises `NotebookFailed`, unless every code cell ran, in order, without an error.
    """
    watch = _Watch(on_cell, lang)
    try:
        with private.folder() as own:
            engine = {
                "kernel_name": KERNEL,
                "kernel_manager_class": _manager_class(kernels, folder, own, server, lang),
                "execution_timeout": cell_seconds,
                "shutdown_kernel": "immediate",
            }
            ended = _papermill(notebook.node, values, watch, engine)
    except OSError as error:
        raise Refused("cannot_write", folder=tempfile.gettempdir(), reason=error.strerror or error) from error
    return _proven(notebook.stem, watch, ended, lang)


class _Watch:
    """Follows an execution from inside, because papermill returns nothing when it fails."""

    def __init__(self, on_cell, lang):
        self.node, self.index, self._on_cell, self._lang = None, None, on_cell, lang

    def begin(self, notebook):
        self.node = notebook

    def enter(self, cell, cell_index):
        self.index = cell_index
        if self._on_cell and notebooks.runs(cell):
            done = sum(map(notebooks.runs, self.node.cells[:cell_index]))
            self._on_cell(done, notebooks.heading_above(self.node.cells, cell_index, self._lang))


def _papermill(node, values, watch, engine):
    """Executes; says how it ended: "ended", "error", "timeout" or "dead kernel"."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    hooks = {"on_notebook_start": watch.begin, "on_cell_start": watch.enter, "progress_bar": False}
    try:
        papermill.execute_notebook(node, None, parameters=values, language="python", **hooks, **engine)
    except papermill.PapermillExecutionError:
        return "error"
    except CellTimeoutError:
        return "timeout"
    except DeadKernelError:
        return "dead kernel"
    except RuntimeError:  # the kernel ended before it answered at all
        if watch.node is not None:
            raise
        return "dead kernel"
    return "ended"


def _proven(stem, watch, ended, lang):
    if watch.node is None:
        raise failures.NotebookFailed(stem, "dead kernel")
    node = watch.node
    node.cells = [cell for cell in node.cells if "papermill-error-cell-tag" not in notebooks.tags(cell)]
    if ended in ("timeout", "dead kernel"):
        raise failures.at_cell(stem, node.cells, watch.index, ended, lang)
    if failed := executed.failure(stem, node, lang):
        raise failed
    return node


def _manager_class(kernels, folder, own, server, lang):
    """A kernel manager that tells `kernels` of its process and keeps sockets, settings and history in `own`."""
    from jupyter_client.manager import AsyncKernelManager

    from custlib.report.kernels import client

    environment = os.environ | SHARED | {"IPYTHONDIR": str(own), ONLY_FACTS: "1", LANG: lang}
    nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    class Manager(AsyncKernelManager):
        _process = None

        def __init__(self, **options):
            super().__init__(**options)
            self.connection_file = str(own / "kernel.json")
            if os.name == "posix":
                self.transport, self.ip = "ipc", str(own / "k")

        async def start_kernel(self, **options):
            if server:
                self.provisioner = client.Provisioner(kernel_spec=self.kernel_spec, parent=self)
                self.provisioner.server = server
            await super().start_kernel(cwd=str(folder), env=environment, **nowhere, **options)
            self._process = self.provisioner.process
            kernels.started(self._process)

        async def cleanup_resources(self, restart=False):
            kernels.finished(self._process)
            await super().cleanup_resources(restart)

    return Manager


@contextlib.contextmanager
def quiet():
    """Keeps the chatter of papermill, its client and the event loop from the reader while notebooks run."""
    loggers = [logging.getLogger(name) for name in NOISY]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
