"""The command line as a whole: help, version, and a defect that is told as one."""

import subprocess
import sys
from pathlib import Path

import pytest

from custlib.report.run import ports

ROOT = Path(__file__).parents[2]


def test_a_defect_shows_its_traceback_and_ends_with_4(root, custlib, monkeypatch):
    monkeypatch.setattr(ports, "real", lambda server: 1 / 0)
    code, _, err = custlib("run", "2025Q4")
    assert code == 4 and "ZeroDivisionError" in err and "defect of custlib" in err


def test_help_shows_examples_and_loads_nothing_heavy():
    call = "import sys; sys.argv = ['custlib', '--help']; from custlib import cli"
    program = f"{call}\ntry: cli.main()\nfinally: print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT).stdout
    assert "custlib run 2025Q4" in out
    assert not {"numpy", "pandas", "ibis", "papermill", "nbformat", "jupyter_client", "rich"} & set(out.split())


def test_version(custlib):
    assert custlib("--version")[:2] == (0, "custlib 0.1.0\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("\x1b[31mrun",),
        ("run",),
        ("run", "2025Q4", "--\x1b[31mred"),
        ("run", "2025Q4", "--by", "\x1b]0;title\x07"),
        ("run", "2025Q4", "--lang", "\x1b[2J"),
        ("run", "2025Q4", "-p", "\x1b[8m"),
        ("run", "2025Q4", "\x1b[8m\r"),
        ("lab", "--lang", "\x1b[8m"),
        ("draft-sources", "x", "--\x1b[31mask"),
        ("draft-sources", "--lang"),
    ],
)
def test_what_was_typed_wrongly_is_shown_and_never_acts(custlib, arguments):
    code, out, err = custlib(*arguments)
    assert (code, out) == (2, "") and "Error: " in err and err.replace("\n", "").isprintable()
    assert "\x1b" not in "".join(arguments) or "[U+001B]" in err or "\\x1b" in err
