"""`custlib lessons`: what it passes on and says."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from custlib import results
from custlib.lessons.codes import Code
from custlib.report.archive import archive
from custlib.report.lessons import collecting, making


@pytest.fixture
def asked(root, monkeypatch):
    """What `making.make` was called with."""
    arguments = []

    def make(request, watch, number):
        arguments[:] = request.quarter, request.lang, request.data, number
        place = root / "reports"
        return making.Made(
            place / "lessons", place / "lessons_trainer", 4, ("20_b",), bool(request.data), {"1": "no margins"}
        )

    monkeypatch.setattr(making, "make", make)
    return arguments


def test_lessons_are_made_of_the_sample_in_both_languages(custlib, asked):
    code, out, err = custlib("lessons", "make")
    assert (code, asked) == (0, ["2025Q4", "en,zh", None, ""])
    assert out.startswith("Lessons: reports/lessons/index.html (4 pages)\n") and "lessons_trainer/index.html" in out
    assert "20_b" in err and "inside the company" not in err and "Left out. no margins" in err


def test_own_exports_are_warned_about(custlib, asked):
    code, out, err = custlib("lessons", "make", "2025Q3", "--data", "own", "--lang", "zh", "--only", "4")
    assert asked == ["2025Q3", "zh", "own", "4"] and "请勿传出公司" in err


def test_what_was_not_taken_is_said_and_the_exit_code_tells(custlib, root, monkeypatch):
    refused = collecting.Line("chat.txt", 3, "broken_code", "4|K")
    doubled = ("chat.txt", 4, Code("4", "K3F9", "Li", ("A",)))
    found = collecting.Collected((Path("4-K3F9.html").resolve(),), 20, (refused,), (doubled,))
    monkeypatch.setattr(collecting, "collect", lambda files, trainer, out, lang: found)
    code, out, err = custlib("lessons", "collect", "chat.txt")
    assert code == 3 and out == "20 codes read; see 4-K3F9.html\n"
    assert "chat.txt, line 3" in err and "chat.txt, line 4: Li" in err


def test_customers_of_lesson_4_are_searched_ten_and_fifteen_others(custlib, root, monkeypatch):
    rng = np.random.default_rng(0)
    ids = pd.Index([f"K{at}" for at in range(60)], name="customer_id")
    table = pd.DataFrame(rng.random((60, 3)), ids, ["size", "contribution", "brand_share"]).reset_index()
    run = SimpleNamespace(folder=root / "reports/2025Q4/abc")
    monkeypatch.setattr(archive, "named", lambda reports, quarter: run)
    monkeypatch.setattr(results, "load", lambda name, folder: table)
    code, out, _ = custlib("lessons", "choose", "2025Q4")
    ten, fifteen = (line.split(",") for line in out.splitlines())
    assert code == 0 and ten[:2] == ["10", "2025Q4"] and fifteen[0] == "15"
    assert not set(ten[2].split()) & set(fifteen[2].split()) and len(fifteen[2].split()) == 15
