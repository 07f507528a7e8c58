"""How JupyterLab is opened, without opening it; tests/browser opens it."""

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from custlib import lab


def test_the_command_opens_the_notebooks_with_this_python_and_asks_nobody_for_news():
    command = lab.command("/company/notebooks")
    assert command[:4] == [sys.executable, "-m", "jupyterlab", "--ServerApp.root_dir=/company/notebooks"]
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


def test_chinese_needs_its_language_pack(monkeypatch):
    monkeypatch.setattr(lab, "PACK", "json")
    assert lab.speaks("en") and lab.speaks("zh")
    monkeypatch.setattr(lab, "PACK", "no_such_language_pack")
    assert lab.speaks("en") and not lab.speaks("zh")


def test_the_pack_is_named_as_it_is_installed():
    assert lab.pack("zh") == "jupyterlab-language-pack-zh-CN"


def test_what_it_ends_with_is_passed_on_and_ctrl_c_is_its_own_to_answer(monkeypatch):
    program = "import os, signal, sys; os.kill(os.getppid(), signal.SIGINT); sys.exit(7)"
    monkeypatch.setattr(
        lab, "command", lambda folder: [sys.executable, "-c", "import time; time.sleep(0.5); " + program]
    )
    before = signal.getsignal(signal.SIGINT)
    assert lab.run("/company/notebooks", "en") == 7
    assert signal.getsignal(signal.SIGINT) is before
