"""`custlib run`: exit codes, one clear line, no traceback, and kernels that end with their run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import publishing
from custlib.report.by_part import reports
from custlib.report.notebook import NotebookFailed
from custlib.report.run import ports, quarterly

ROOT = Path(__file__).parents[2]


def test_a_run_says_where_the_page_lies_and_a_second_one_that_nothing_changed(root, custlib):
    code, out, err = custlib("run", "2025Q4")
    assert (code, out) == (0, "Published: reports/2025Q4/index.html\n") and "20_b: done" in err
    assert custlib("run", "2025Q4")[:2] == (0, "Nothing has changed. The report is: reports/2025Q4/index.html\n")
    assert custlib("run", "2025Q4", "--only", "20_b")[:2] == (
        0,
        "Draft, not published: reports/.draft/2025Q4/20_b.html\n",
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["run", "2025Q5"], "“2025Q5” is not a quarter"),
        (["run", "2025Q5", "--lang", "zh"], "“2025Q5”不是季度"),
        (["run", "2025Q4", "-p", "rato=[1]"], "No notebook has a parameter “rato”"),
        (["run", "2025Q4", "-p", "ratio"], "write NAME=VALUE"),
        (["run", "2025Q4", "-p", "a=1", "-p", "a=2"], "given twice"),
        (["run", "2025Q4", "--only", "30"], "No notebook is called “30”"),
        (["run", "2025Q4", "--jobs", "0"], "--jobs"),
        (["run"], "Missing argument"),
        (["verify"], "no published report"),
        (["publish", "abc"], "no run “abc”"),
        (["clean"], "--keep"),
        (["print"], "No such command"),
    ],
)
def test_a_wrong_request_ends_with_2_and_one_clear_line(root, custlib, arguments, line):
    code, out, err = custlib(*arguments)
    assert (code, out) == (2, "") and line in err and "Traceback" not in err
    assert not (root / "reports").exists()


def test_a_failed_notebook_ends_with_1_and_says_where_and_how_to_open_it(root, custlib, spoil):
    spoil('"fail"')
    code, out, err = custlib("run", "2025Q4")
    assert (code, out) == (1, "") and "Traceback" not in err
    lines = err.splitlines()[-5:]
    assert lines[0] == "90_c, “Classes”, code cell 2: ValueError was raised: fail"
    assert lines[2] == "Open it with: jupyter lab notebooks/90_c.ipynb"
    assert Path(lines[3].removeprefix("Error page: ")).exists()


def test_a_run_is_explained_and_nothing_is_made(root, custlib):
    code, out, _ = custlib("run", "2025Q4", "--explain")
    assert code == 0 and out.count("yes") == 3 and not (root / "reports").exists()


def test_a_part_of_the_company_that_fails_is_named_and_decides_the_exit_code(root, custlib, monkeypatch):
    failed = {"West": Refused("locked", folder="reports/by-region/West"), "East": NotebookFailed("20_b", "dead kernel")}
    outcome = quarterly.Outcome("published", root / "reports/by-region/2025Q4/index.html")
    asked = []
    monkeypatch.setattr(reports, "run", lambda request, watch: asked.append(request.by) or (outcome, failed))
    code, out, err = custlib("run", "2025Q4", "--by", "region")
    assert (code, out, asked) == (75, "", ["region"])
    assert "West:\nAnother run is writing" in err and "East:\n20_b" in err
    failed.clear()
    assert custlib("run", "2025Q4", "--by", "region")[1] == "Published: reports/by-region/2025Q4/index.html\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--by", "town"],
        ["--by", "region", "--only", "20_b"],
        ["--by", "region", "--explain"],
        ["--cluster", "tcp://h:1"],
    ],
)
def test_a_wrong_way_to_part_ends_with_2(root, custlib, arguments):
    assert custlib("run", "2025Q4", *arguments)[0] == 2


FAKES = str(ROOT / "tests" / "report" / "conftest.py")
REAL_KERNELS = """
import dataclasses, functools, importlib.util, sys
from custlib import cli
from custlib.report.kernels import execution
from custlib.report.run import ports
spec = importlib.util.spec_from_file_location("report_fakes", sys.argv.pop())
fakes = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fakes)
def real(server):
    return dataclasses.replace(fakes.fake_ports(), execute=functools.partial(execution.execute, server=server))
ports.real = real
cli.main()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(("number", "options"), [(signal.SIGINT, []), (signal.SIGTERM, ["--cold"])])
def test_an_interrupted_run_ends_with_130_and_takes_its_kernels_along(root, custlib, number, options, spoil):
    custlib("run", "2025Q4")
    before = (root / "reports/2025Q4/index.html").read_bytes()
    spoil("\"import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)\"")
    command = [sys.executable, "-c", REAL_KERNELS, "run", "2025Q4", *options, FAKES]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    pid = root / "notebooks/pid"
    deadline = time.monotonic() + 60
    while not (pid.exists() and pid.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130 and "Traceback" not in err
    assert err.splitlines()[-1] == "Interrupted. The published report is as it was."
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid.read_text()], capture_output=True, text=True).stdout.strip()
    assert state in ("", "Z")
    assert (root / "reports/2025Q4/index.html").read_bytes() == before
    names = sorted(path.name for path in (root / "reports").iterdir())
    assert names == [".index.lock", ".lock", "2025Q4", "index.html"]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_kernel_of_a_run_that_was_killed_ends_too_and_the_next_run_publishes(root, custlib, spoil):
    custlib("run", "2025Q4")
    before = (root / "reports/2025Q4/index.html").read_bytes()
    spoil("\"import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)\"")
    command = [sys.executable, "-c", REAL_KERNELS, "run", "2025Q4", FAKES]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    pid = root / "notebooks/pid"
    assert waited_for(lambda: pid.exists() and pid.read_text(), 60)
    process.kill()
    process.wait()
    kernel = ["ps", "-o", "stat=", "-p", pid.read_text()]
    assert waited_for(lambda: subprocess.run(kernel, capture_output=True, text=True).stdout.strip() in ("", "Z"), 30)
    assert (root / "reports/2025Q4/index.html").read_bytes() == before
    assert custlib("run", "2025Q4")[0] == 0 and not (root / "reports/.staging").exists()


def waited_for(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_after_the_page_was_replaced_says_that_the_report_is_published(root, custlib, monkeypatch, number):
    monkeypatch.setattr(publishing, "discard", lambda reports: os.kill(os.getpid(), number))
    code, out, _ = custlib("run", "2025Q4")
    assert code == 0 and out.startswith("Published: ") and (root / "reports/2025Q4/index.html").is_file()


def test_a_second_starter_is_told_before_anything_heavy_is_loaded(root, custlib, monkeypatch):
    monkeypatch.setattr(ports, "real", None)
    with files.only_one(root / "reports"):
        code, out, err = custlib("run", "2025Q4")
    assert (code, out) == (75, "") and "Another run is writing" in err
    with files.only_one(root / "reports" / "by-region"):
        assert custlib("run", "2025Q4", "--by", "region")[0] == 75
