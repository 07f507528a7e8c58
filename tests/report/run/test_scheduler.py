"""Order and company of notebooks."""

import threading
import time
from pathlib import Path

import pytest

from custlib.refusals import Refused
from custlib.report.run import scheduler

WAITS = {"10": set(), "20": set(), "15": {"20"}, "90": {"10", "15"}}
TABLES = {"10_a": ["files"], "20_b": ["classes"], "90_c": ["actions"]}


def promised(stem):
    return TABLES.get(stem, [])


def test_a_notebook_waits_for_those_whose_tables_it_loads_whatever_its_number(notebook):
    codes = {"10_a": 'page.load("classes")', "20_b": 'page.save("classes", x)', "90_c": "1"}
    books = [notebook(code, stem=stem) for stem, code in codes.items()]
    found = scheduler.waits(books, promised)
    assert found == {"10_a": {"20_b"}, "20_b": set(), "90_c": set()}
    assert list(found).index("20_b") < list(found).index("10_a")


def test_notebooks_that_wait_for_each_other_are_refused_by_name(notebook):
    codes = {"10_a": 'page.load("classes")', "20_b": 'page.load("actions")', "90_c": 'page.load("files")'}
    with pytest.raises(Refused) as caught:
        scheduler.waits([notebook(code, stem=stem) for stem, code in codes.items()], promised)
    assert (caught.value.code, caught.value.exit_code) == ("notebook_cycle", 2)
    assert all(stem in str(caught.value) for stem in codes)


def test_each_begins_when_those_it_waits_for_have_ended_and_no_later():
    events, together = [], threading.Barrier(2)

    def work(stem):
        events.append(("begin", stem))
        if stem in ("10", "15"):  # 15 does not wait for 10
            together.wait(5)
        events.append(("end", stem))
        return stem * 2

    assert scheduler.in_order(WAITS, work, 2, None) == {stem: stem * 2 for stem in WAITS}
    for stem, before in WAITS.items():
        assert all(events.index(("end", one)) < events.index(("begin", stem)) for one in before)


@pytest.mark.parametrize(("jobs", "together"), [(1, 1), (2, 2)])
def test_no_more_run_at_once_than_jobs(jobs, together):
    running, most = set(), []

    def work(stem):
        running.add(stem)
        time.sleep(0.05)
        most.append(len(running))
        running.discard(stem)

    scheduler.in_order(dict.fromkeys("abcd", ()), work, jobs, None)
    assert max(most) == together


def test_of_those_that_may_begin_the_one_does_after_which_most_is_left():
    begun = []
    scheduler.in_order({**WAITS, "30": ()}, begun.append, 1, None, {"20": 6, "30": 28, "15": 20, "10": 27})
    assert begun == ["30", "10", "20", "15", "90"]
    begun.clear()
    scheduler.in_order({**WAITS, "30": ()}, begun.append, 1, None, {"20": 6, "30": 28, "15": 99})
    assert begun == ["20", "15", "30", "10", "90"]


def test_a_first_run_begins_with_what_takes_longest_in_the_sample():
    begun = []
    scheduler.in_order(
        {"10_data_cleanup": (), "20_abc_analysis": (), "30_consumer_segments": ()}, begun.append, 1, None
    )
    assert begun == ["30_consumer_segments", "20_abc_analysis", "10_data_cleanup"]


def test_the_notebooks_of_the_run_are_those_of_which_it_is_known_how_long_they_take():
    from custlib.report.notebook import notebooks

    books = notebooks.snapshot(Path(__file__).parents[3] / "notebooks")
    assert set(scheduler.TYPICAL) == {book.stem for book in books if book.in_the_run}


def test_a_failure_stops_the_others_and_what_would_follow():
    stopped, both, seen = threading.Event(), threading.Barrier(2), []

    def work(stem):
        seen.append(stem)
        both.wait(5)
        if stem == "20":
            raise KeyError("first")
        assert stopped.wait(5)
        raise ValueError("because it was stopped")

    with pytest.raises(KeyError, match="first"):
        scheduler.in_order({**WAITS, "30": ()}, work, 2, stopped.set)
    assert sorted(seen) == ["10", "20"]
