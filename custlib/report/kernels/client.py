"""Warm kernels: forked from one process with the heavy imports done, each a process of its own. Only on Linux."""

import contextlib
import json
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading

from jupyter_client.provisioning import LocalProvisioner

from custlib.report import private
from custlib.report.kernels.execution import SHARED

PATIENCE = 60  # seconds that imports may take; then kernels start plainly
INLINE = "module://matplotlib_inline.backend_inline"  # what a kernel sets before its first import


@contextlib.contextmanager
def server(cold, folder=None):
    """A `Server`, ended with all its kernels at the end; None if `cold` or where this system cannot.

    folder: that of the notebooks, where it starts at once; without it, it starts where the first kernel does.
    """
    if cold or not hasattr(os, "pidfd_open"):
        yield None
        return
    with contextlib.closing(Server()) as server:
        if folder:
            server.start(folder)
        yield server


class Server:
    """The process that forks kernels and makers of words. It starts when asked to, and ends with whoever asked."""

    def __init__(self):
        self._lock, self._process, self._forked = threading.Lock(), None, False
        self._link = self._answers = None

    def start(self, folder):
        """Starts the process in the folder in which kernels start, unless it runs; does not wait for its imports."""
        with self._lock:
            if self._process is None:
                self._start(folder)

    def _start(self, folder):
        self._link, theirs = socket.socketpair()
        self._link.settimeout(PATIENCE)
        self._answers = self._link.makefile("r", encoding="utf-8")
        silent = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "custlib.report.kernels.server", str(theirs.fileno())],
                env={"MPLBACKEND": INLINE} | os.environ | SHARED,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is the run's to answer
                cwd=folder,
                **silent,
            )

    def fork(self, cwd: str, **request) -> "Forked | None":
        """A new process in a folder: a kernel (argv, env), or one that puts facts into words; None if there is none."""
        self.start(cwd)
        with self._lock:
            try:
                self._link.sendall(json.dumps({"cwd": cwd, **request}).encode() + b"\n")
                process = Forked(int(self._answers.readline()))
            except (OSError, ValueError):  # it died, or takes too long
                return None
            self._forked = True
            return process

    def words(self, facts: list, lang: str, cwd) -> list[dict] | None:
        """What outputs with these facts show in a language, MIME type → text each; None where no process makes it."""
        with private.folder() as own:
            source, target = own / "facts.json", own / "shown.json"
            source.write_text(json.dumps(facts), encoding="utf-8")
            process = self.fork(str(cwd), facts=str(source), target=str(target), lang=lang)
            if process:
                process.wait()
            return json.loads(target.read_text(encoding="utf-8")) if target.is_file() else None

    def call(self, cwd, running, function, *given) -> list | None:
        """[what a function gives], called in a process of its own; None where it fails or no process makes it.

        running: `execution.Kernels` that know the process while it runs, so that it can be ended from elsewhere.
        """
        with private.folder() as own:
            source, target = own / "call.pickle", own / "result.pickle"
            source.write_bytes(pickle.dumps((function, given)))
            process = self.fork(str(cwd), call=str(source), target=str(target))
            if process:
                running.started(process)
                process.wait()
                running.finished(process)
            return pickle.loads(target.read_bytes()) if target.is_file() else None

    def close(self):
        """Ends the process and the kernels that still run."""
        with self._lock:
            if self._process is not None:
                self._answers.close()
                self._link.close()
                if not self._forked:  # it may still import
                    self._process.kill()
                self._process.wait()


class Forked:
    """The part of `subprocess.Popen` that jupyter_client uses, for a kernel that is another process's child."""

    stdin = stdout = stderr = None

    def __init__(self, pid):
        self.pid, self._watched = pid, os.pidfd_open(pid)

    def poll(self):
        """None while it runs; then 0, as its exit code is known to its parent only."""
        if self._watched is None:
            return 0
        return 0 if select.select([self._watched], [], [], 0)[0] else None

    def wait(self):
        """Waits for its end."""
        if self._watched is not None:
            select.select([self._watched], [], [])
            os.close(self._watched)
            self._watched = None
        return 0

    def send_signal(self, number):
        """Sends a signal."""
        if self._watched is not None:
            signal.pidfd_send_signal(self._watched, number)

    def kill(self):
        """Ends it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        """Asks it to end."""
        self.send_signal(signal.SIGTERM)


class Provisioner(LocalProvisioner):
    """Starts a kernel by asking a `Server` to fork one, and plainly where it cannot."""

    server = None

    async def launch_kernel(self, cmd, **options):
        argv = cmd[cmd.index("-f") :]
        kernel = self.server.fork(str(options["cwd"]), argv=argv, env=options["env"])
        if kernel is None:
            return await super().launch_kernel(cmd, **options)
        self.process, self.pid, self.pgid, self.cwd = kernel, kernel.pid, kernel.pid, options["cwd"]
        return self.connection_info
