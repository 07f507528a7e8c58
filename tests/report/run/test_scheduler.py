"""Order and company of notebooks."""

import threading
import time
from types import SimpleNamespace

import pytest

from custlib.report.run import scheduler

BOOKS = [SimpleNamespace(stem=stem, wave=wave) for stem, wave in [("10", 0), ("20", 0), ("50", 1), ("90", 2)]]


def test_a_wave_begins_when_the_one_before_has_ended():
    events = []

    def work(book):
        events.append(("begin", book.wave))
        time.sleep(0.02)
        events.append(("end", book.wave))
        return book.wave

    assert scheduler.in_waves(BOOKS, work, 2, None) == {"10": 0, "20": 0, "50": 1, "90": 2}
    assert [wave for _, wave in events] == [0, 0, 0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(("jobs", "together"), [(1, 1), (2, 2)])
def test_no_more_run_at_once_than_jobs(jobs, together):
    running, most = set(), []

    def work(book):
        running.add(book.stem)
        time.sleep(0.05)
        most.append(len(running))
        running.discard(book.stem)

    scheduler.in_waves(BOOKS, work, jobs, None)
    assert max(most) == together


def test_a_failure_stops_the_others_and_what_would_follow():
    stopped, both, seen = threading.Event(), threading.Barrier(2), []

    def work(book):
        seen.append(book.stem)
        both.wait(5)
        if book.stem == "20":
            raise KeyError("first")
        assert stopped.wait(5)
        raise ValueError("because it was stopped")

    books = [*BOOKS[:2], SimpleNamespace(stem="30", wave=0), *BOOKS[2:]]
    with pytest.raises(KeyError, match="first"):
        scheduler.in_waves(books, work, 2, stopped.set)
    assert sorted(seen) == ["10", "20"]
