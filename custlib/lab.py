"""JupyterLab on the project, without news, announcements and offers to build; in the language asked for."""

import contextlib
import ctypes
import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import filelock

from custlib import words

PACK = "jupyterlab_language_pack_{locale}"
BUILT_IN = "en"
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
}
# What ends a program from outside, as far as the system knows it.
ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
HELD = ".held"  # without its lock the folder is one that a run clears (`report.private`)
PR_SET_PDEATHSIG = 1  # of Linux's prctl
PAGE = {"buildAvailable": False, "buildCheck": False}


def run(folder, lang, options=()):
    """Opens JupyterLab on a project's folder and ends with it, as it does with us; returns its exit code.

    options: further ones, JupyterLab's own. Ctrl-C is JupyterLab's to answer. Where we are killed it ends, too (Linux).
    """
    ends_with_us = _ends_with(os.getpid()) if sys.platform == "linux" else None
    given = command(folder, options)
    with environment(lang) as variables, subprocess.Popen(given, env=variables, preexec_fn=ends_with_us) as lab:
        before = {name: signal.signal(name, signal.SIG_IGN) for name in (signal.SIGINT, *ENDS)}
        for name in ENDS:
            signal.signal(name, lambda number, frame: lab.terminate())
        try:
            code = lab.wait()
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
    return code if code >= 0 else 128 - code


def _ends_with(parent):
    """A function that has the system end the process that calls it, kernels and all, when its parent ends."""
    prctl = ctypes.CDLL(None).prctl  # nothing is loaded between fork and exec

    def ask():
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def command(folder, options=()):
    """The command that opens JupyterLab on a project's folder, its notebooks first; it asks nothing of the network."""
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.default_url=/lab/tree/notebooks",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.expose_app_in_browser=True",  # blocks/lab.js reads the tags of cells
        *options,
    ]


def speaks(lang: str) -> bool:
    """Whether JupyterLab has the words of a language: all but English need a language pack."""
    return _locale(lang) == BUILT_IN or importlib.util.find_spec(PACK.format(locale=_locale(lang))) is not None


def pack(lang: str) -> str:
    """The name under which a language's pack is installed: "jupyterlab-language-pack-zh-CN"."""
    return PACK.format(locale=_locale(lang)).replace("_", "-")


@contextlib.contextmanager
def environment(lang):
    """The environment of that command: our defaults in a temporary folder; what analysts set themselves counts."""
    language = {"@jupyterlab/translation-extension:plugin": {"locale": _locale(lang)}}
    with tempfile.TemporaryDirectory(prefix="custlib-lab-") as place:
        _write(Path(place) / "labconfig", default_setting_overrides=SETTINGS | language, page_config=PAGE)
        path = os.pathsep.join(filter(None, [place, os.environ.get("JUPYTER_CONFIG_PATH")]))
        with filelock.FileLock(Path(place) / HELD):
            yield os.environ | {"JUPYTER_CONFIG_PATH": path}


def _locale(lang):
    return words.table("languages")[lang]["locale"]


def _write(folder, **contents):
    folder.mkdir()
    for name, content in contents.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
