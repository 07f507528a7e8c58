"""A process with the heavy imports done that forks for each line it reads (`-m custlib.report.kernels.server FD`).

What it forks becomes a kernel, or puts the facts of a notebook into words.
Linux only. Nothing that starts threads of its own may be preloaded: no open connection to an engine, no Spark.
"""

import builtins
import contextlib
import ctypes
import gc
import importlib
import json
import os
import pickle
import random
import signal
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

from custlib import processes

MANY = 50_000  # objects made between two looks for garbage: it takes a twentieth less time than as Python does it
ROOMS = (
    "abc_classes accounting actions blocks channels cleaning customer_classes explain facts figures fishbone "
    "page.opened reference restated results segments weights widgets wording"
).split()
PRELOADED = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "pandas",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "ibis.backends.duckdb",
    "matplotlib.figure",
    "seaborn",
    "scipy.stats",
    "sklearn.cluster",
    *map("custlib.{}".format, ROOMS),
    "custlib.report.run.build",
)


def serve(descriptor):
    """Forks a kernel for each request on a socket until that closes; then ends those that still run.

    A request is a line of JSON: for a kernel `argv` (from -f on), `env` and `cwd`; for words `facts`, `target` (files),
    `lang` and `cwd`; for any other work `call`, `target` (files) and `cwd`. The answer is a line with the pid.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    preload(PRELOADED)
    from custlib.wording import sentences  # now, so that pandas comes as in a kernel

    kernels, link, own = set(), socket.socket(fileno=descriptor), os.getpid()
    try:
        with link, link.makefile("r", encoding="utf-8") as requests:
            for line in requests:
                kernels -= set(filter(_ended, kernels))
                request = json.loads(line)
                if "lang" in request:
                    sentences.load(request["lang"])  # once, and not in each process that needs them
                kernel = os.fork()
                if not kernel:
                    requests.close()
                    link.close()
                    _run(request, own)
                with contextlib.suppress(OSError):
                    os.setpgid(kernel, kernel)  # by both, so that whoever hears of the kernel can end its group
                kernels.add(kernel)
                link.sendall(b"%d\n" % kernel)
    finally:  # also where nobody hears the answer any more
        for kernel in kernels:
            if not _ended(kernel):
                os.killpg(kernel, signal.SIGKILL)


def preload(modules):
    """Imports modules as a kernel would: pandas asks at its import whether it is in one, and lays out tables so."""
    builtins.get_ipython = lambda: SimpleNamespace(kernel=True)
    try:
        for module in modules:
            importlib.import_module(module)
    finally:
        del builtins.get_ipython
    gc.collect()
    gc.set_threshold(MANY)
    gc.freeze()  # the memory stays shared with the kernels


def _ended(kernel):
    return os.waitpid(kernel, os.WNOHANG)[0] != 0


def _run(request, parent):
    """Does in this process what is asked for; never returns. parent: the pid of the process that forked it."""
    code = 1
    try:
        processes.end_with(parent)  # ipykernel looks for its parent once a second, and never if that has ended already
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(request.pop("cwd"))
        (_become if "argv" in request else _call if "call" in request else _say)(**request)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    finally:
        os._exit(code)  # what else runs at the end of a process belongs to the one that forked


def _become(argv, env):
    """Makes this process a kernel."""
    os.environ.clear()
    os.environ.update(env, JPY_PARENT_PID=str(os.getppid()))
    sys.argv = ["ipykernel_launcher.py", *argv]
    _reseed()
    from ipykernel.kernelapp import IPKernelApp

    kernel = IPKernelApp.instance()
    kernel.initialize(argv)
    trim = getattr(ctypes.CDLL(None), "malloc_trim", int)  # of glibc: what lies between what is held goes back too
    kernel.shell.events.register("post_run_cell", lambda result: trim(0))
    kernel.start()


def _say(facts, target, lang):
    """Writes what outputs show in a language; facts, target: JSON files."""
    from custlib.page import outputs

    shown = [outputs.shown(one, lang) for one in json.loads(Path(facts).read_text(encoding="utf-8"))]
    Path(target).write_text(json.dumps(shown), encoding="utf-8")


def _call(call, target):
    """Writes what a function gives; call, target: pickles, the first written by the run in its own folder."""
    function, given = pickle.loads(Path(call).read_bytes())
    Path(call).write_bytes(pickle.dumps([function(*given)]))
    Path(call).rename(target)  # there as a whole or not at all


def _reseed():
    """Kernels must not share their random numbers."""
    import numpy

    random.seed()
    numpy.random.seed()


if __name__ == "__main__":
    del sys.path[0]  # the working directory; a kernel brings it in later
    serve(int(sys.argv[1]))
