import os
import time

import pytest

from custlib.reading import child
from custlib.refusals import Refused


def refused(path):
    with pytest.raises(Refused) as refusal:
        child.ask(path, path.name)
    return refusal.value


def ask(path, *sheet):
    facts, batches = child.ask(path, path.name, *sheet)
    return facts["name"], [row for batch in batches for row in batch]


def text(place, value):
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def test_the_answer_comes_from_another_process(by_hand):
    assert ask(by_hand(f'<row r="2">{text("B2", "客户")}</row>')) == ("S", [[], ["", "客户"]])


def test_a_refusal_of_the_child_is_a_refusal_here(by_hand):
    path = by_hand("")
    with pytest.raises(Refused, match="by_hand.xlsx has no sheet “无”. It has: S"):
        child.ask(path, path.name, "无")


def test_a_workbook_with_macros_is_read_like_any_other(by_hand):
    assert ask(by_hand(f"<row>{text('A1', 'a')}</row>", name="sales.xlsm")) == ("S", [["a"]])


def test_two_files_are_read_side_by_side(by_hand):
    """Each has an answer of its own: neither waits for the other to be taken up."""
    paths = [by_hand(f"<row>{text('A1', name)}</row>", name=f"{name}.xlsx") for name in "ab"]
    asked = [child.ask(path, path.name)[1] for path in paths]
    assert [list(batches) for batches in asked[::-1]] == [[[["b"]]], [[["a"]]]]


def test_it_is_asked_from_a_folder_that_is_gone(by_hand, tmp_path, monkeypatch):
    path = by_hand(f"<row>{text('A1', 'a')}</row>")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    os.rmdir(tmp_path / "gone")
    assert ask(path) == ("S", [["a"]])


def test_no_file_of_the_working_directory_is_taken_for_a_module(by_hand, tmp_path, monkeypatch):
    (tmp_path / "zipfile.py").write_text("raise ValueError('not this one')")
    monkeypatch.chdir(tmp_path)
    assert ask(by_hand(f"<row>{text('A1', 'a')}</row>")) == ("S", [["a"]])


def test_a_cell_in_the_last_corner_is_answered_at_once(by_hand):
    """A million rows of 16,384 cells, 400 GB, in a file of a kilobyte."""
    path = by_hand(f'<row r="1">{text("A1", "a")}</row><row r="1048576">{text("XFD1048576", "z")}</row>')
    began = time.monotonic()
    refusal = refused(path)
    assert (refusal.code, refusal.facts["limit"]) == ("too_large_workbook", "2048 MB")
    assert time.monotonic() - began < 60  # and not two minutes, the limit of time


def test_a_declared_million_rows_are_only_declared(by_hand):
    start = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    )
    assert ask(by_hand(f'<row r="1">{text("A1", "a")}</row>', start=start)) == ("S", [["a"]])


def test_a_hundred_thousand_empty_rows_with_a_style_are_no_rows(by_hand):
    empty = (f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(2, 100_000))
    assert ask(by_hand([f'<row r="1">{text("A1", "a")}</row>', *empty])) == ("S", [["a"]])


def test_more_memory_than_allowed_is_refused_with_the_limit(by_hand, monkeypatch):
    monkeypatch.setattr(child, "LIMITS", child.Limits(memory=200 << 20))
    refusal = refused(by_hand(f'<row r="1">{text("A1", "a")}</row><row r="20000">{text("ZZ20000", "z")}</row>'))
    assert (refusal.code, refusal.facts["limit"]) == ("too_large_workbook", "200 MB")


def test_more_text_than_allowed_is_refused_with_the_limit(by_hand, monkeypatch):
    monkeypatch.setattr(child, "LIMITS", child.Limits(output=1 << 20))
    refusal = refused(by_hand([f'<row r="{n}">{text(f"A{n}", "x" * 1000)}</row>' for n in range(1, 2000)]))
    assert (refusal.code, refusal.facts["limit"]) == ("too_large_workbook", "1 MB")


def test_more_time_than_allowed_is_refused_with_the_limit(by_hand, monkeypatch):
    monkeypatch.setattr(child, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(child, "LIMITS", child.Limits(clock=1))
    assert refused(by_hand("")).facts["limit"] == "1 s"


@pytest.mark.parametrize(
    ("program", "code", "told"),
    [
        ("raise ValueError('what nobody thought of')", "unreadable_workbook", "ValueError: what nobody thought of"),
        ("import os; os.abort()", "unreadable_workbook", "exit code -6"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "unreadable_workbook", "exit code -11"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_large_workbook", "2048 MB"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_large_workbook", "120 s"),
    ],
)
def test_a_child_that_dies_is_a_refusal(by_hand, monkeypatch, program, code, told):
    monkeypatch.setattr(child, "_START", program)
    refusal = refused(by_hand(""))
    assert (refusal.code, told in str(refusal)) == (code, True)
