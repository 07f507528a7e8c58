"""JupyterLab on the project's notebooks, without news, announcements and offers to build; in the language asked for."""

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from custlib import words

PACK = "jupyterlab_language_pack_{locale}"
BUILT_IN = "en"
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
}
PAGE = {"buildAvailable": False, "buildCheck": False}


def run(folder, lang):
    """Opens JupyterLab on a folder of notebooks; returns its exit code at the end. Ctrl-C is JupyterLab's to answer."""
    with environment(lang) as variables, subprocess.Popen(command(folder), env=variables) as lab:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return lab.wait()
        finally:
            signal.signal(signal.SIGINT, before)


def command(folder):
    """The command that opens JupyterLab on a folder; it asks for nothing outside this machine."""
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.expose_app_in_browser=True",  # blocks/lab.js reads the tags of cells
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
        yield os.environ | {"JUPYTER_CONFIG_PATH": path}


def _locale(lang):
    return words.table("languages")[lang]["locale"]


def _write(folder, **contents):
    folder.mkdir()
    for name, content in contents.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
