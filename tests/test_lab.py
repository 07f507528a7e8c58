"""How JupyterLab is opened, without opening it; tests/browser opens it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from custlib import lab
from custlib.report import private


def test_the_command_opens_the_project_with_this_python_and_asks_nobody_for_news():
    command = lab.command("/company", ["--port", "8890"])
    assert command[:4] == [sys.executable, "-m", "jupyterlab", "--ServerApp.root_dir=/company"]
    assert "--LabApp.default_url=/lab/tree/notebooks" in command and command[-2:] == ["--port", "8890"]
    assert "--LabApp.news_url=None" in command
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in command


@pytest.mark.parametrize(("lang", "locale"), [("en", "en"), ("zh", "zh_CN")])
def test_jupyter_finds_settings_of_ours_and_of_the_analyst(monkeypatch, lang, locale):
    from jupyterlab_server.settings_utils import _get_overrides

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/own")
    with lab.environment(lang) as environment:
        monkeypatch.setenv("JUPYTER_CONFIG_PATH", environment["JUPYTER_CONFIG_PATH"])
        place, own = environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)
        overrides, error = _get_overrides("/none")
        page = json.loads((Path(place) / "labconfig/page_config.json").read_text())
    assert own == "/own" and not error and page["buildCheck"] is page["buildAvailable"] is False
    assert overrides["@jupyterlab/translation-extension:plugin"]["locale"] == locale
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert not Path(place).exists()


def test_its_folder_is_one_that_a_run_clears_after_us():
    with lab.environment("en") as variables:
        held = Path(variables["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0], private.LOCK)
        assert held.is_file() and held.parent.name.startswith(private.PREFIX)


def test_chinese_needs_its_language_pack(monkeypatch):
    monkeypatch.setattr(lab, "PACK", "json")
    assert lab.speaks("en") and lab.speaks("zh")
    monkeypatch.setattr(lab, "PACK", "no_such_language_pack")
    assert lab.speaks("en") and not lab.speaks("zh")


def test_the_pack_is_named_as_it_is_installed():
    assert lab.pack("zh") == "jupyterlab-language-pack-zh-CN"


@pytest.fixture
def program(monkeypatch):
    """Puts a short Python program in the place of JupyterLab."""

    def put(text):
        monkeypatch.setattr(
            lab, "command", lambda *given: [sys.executable, "-c", "import os, signal, sys, time;" + text]
        )

    return put


def test_what_it_ends_with_is_passed_on_and_ctrl_c_is_its_own_to_answer(program):
    program("time.sleep(0.5); os.kill(os.getppid(), signal.SIGINT); sys.exit(7)")
    before = [signal.getsignal(name) for name in (signal.SIGINT, *lab.ENDS)]
    assert lab.run("/company", "en") == 7
    assert [signal.getsignal(name) for name in (signal.SIGINT, *lab.ENDS)] == before


KILLED = """
import os, sys
from custlib import lab
lab.command = lambda *given: [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"]
lab.run("/company", "en")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_when_we_are_killed_its_server_ends():
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True) as one:
        server = Path("/proc", one.stdout.readline().strip())
        assert server.exists()
        one.kill()
    until = time.monotonic() + 10
    while server.exists() and "Z" not in (server / "stat").read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert not server.exists() or "Z" in (server / "stat").read_text()


def test_what_ends_us_ends_its_server(program):
    program("time.sleep(0.5); os.kill(os.getppid(), signal.SIGTERM); time.sleep(60)")
    assert lab.run("/company", "en") == 128 + signal.SIGTERM
