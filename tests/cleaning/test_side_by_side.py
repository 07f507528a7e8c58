import gc
import os
import signal
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.cleaning import side_by_side
from custlib.refusals import Refused


def test_each_item_has_its_result_in_order_however_the_work_is_shared():
    for most in (1, 2, 3):
        assert side_by_side.done(lambda some: [2 * one for one in some], [5, 1, 4, 3], [1, 9, 2, 2], most) == [
            10,
            2,
            8,
            6,
        ]
    assert side_by_side.done(lambda some: some, [], []) == []


def test_two_shares_are_of_two_processes():
    if hasattr(os, "sched_getaffinity"):
        assert len(set(side_by_side.done(lambda some: [os.getpid() for _ in some], "ab", [1, 1], 2))) == 2


def test_the_share_of_this_process_may_be_done_otherwise():
    found = side_by_side.done(lambda some: some, "ab", [1, 1], 2, here=lambda some: [one.upper() for one in some])
    assert found == (["A", "b"] if hasattr(os, "sched_getaffinity") else ["A", "B"])


def test_a_share_that_another_process_cannot_end_is_done_here():
    own = os.getpid()

    def work(some):
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return some

    assert side_by_side.done(work, ["a", "b"], [1, 1], 2) == ["a", "b"]


def test_a_share_whose_process_stands_still_is_done_here_and_the_process_ended(monkeypatch, tmp_path):
    monkeypatch.setattr(side_by_side, "PATIENCE", 0.2)
    own = os.getpid()

    def work(some):
        if os.getpid() != own:
            (tmp_path / str(os.getpid())).touch()
            time.sleep(600)
        if some == ["b"]:
            assert not [path for path in tmp_path.iterdir() if Path(f"/proc/{path.name}").exists()]
        return some

    assert side_by_side.done(work, ["a", "b"], [1, 1], 2) == ["a", "b"]
    for path in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.name), 0)


def test_what_is_wrong_in_another_process_is_raised_here():
    def work(some):
        if "b" in some:
            raise Refused("missing_folder", folder="x")
        return some

    with pytest.raises(Refused):
        side_by_side.done(work, ["a", "b"], [2, 1], 2)


@given(st.lists(st.floats(0.1, 100)), st.integers(1, 5))
def test_shares_hold_each_item_once_and_none_is_dearer_than_another_by_more_than_one_item(costs, number):
    groups = side_by_side.shares(costs, number)
    assert sorted(at for group in groups for at in group) == list(range(len(costs)))
    assert len(groups) == min(number, len(costs))
    sums = [sum(costs[at] for at in group) for group in groups]
    assert max(sums, default=0) - min(sums, default=0) <= max(costs, default=0) + 1e-9


def test_what_waits_to_be_collected_is_not_ended_by_another_process(tmp_path):
    """A connection to the engine that is ended in a process that did not open it takes that process down."""

    class Left:
        def __init__(self):
            self.own = self

        def __del__(self):
            (tmp_path / str(os.getpid())).touch()

    own = os.getpid()
    gc.disable()
    Left()
    side_by_side.done(lambda some: [os.getpid() != own and gc.collect() for _ in some], "ab", [1, 1], 2)
    gc.enable()
    assert not [path for path in tmp_path.iterdir() if path.name != str(own)]
