"""What all commands answer to a refusal: its line and its exit code."""

import os

import pytest

from custlib.refusals import Refused
from custlib.report.run import ports


@pytest.mark.parametrize(("code", "facts"), [("missing_folder", {"folder": "x"}), ("locked", {"folder": "x"})])
def test_a_refusal_ends_with_its_exit_code_and_line(root, custlib, monkeypatch, code, facts):
    refusal = Refused(code, **facts)

    def refuse(server):
        raise refusal

    monkeypatch.setattr(ports, "real", refuse)
    assert custlib("run", "2025Q4", "--lang", "zh") == (refusal.exit_code, "", refusal.line("zh") + "\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_ends_with_4(root, custlib):
    (root / "reports").mkdir(mode=0o500)
    assert custlib("run", "2025Q4")[0] == 4


def test_another_language_is_a_usage_error_that_names_those_there_are(root, custlib):
    code, out, err = custlib("check", "--lang", "de")
    assert (code, out) == (2, "") and "“de” is not one of en, zh" in err
