"""Notebooks in the order of the tables they read, side by side where none waits for the other."""

import graphlib
import os
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from custlib.refusals import Refused
from custlib.report.notebook import lineage

# How many seconds notebooks take with the sample company: what a first run goes by, which knows no earlier one.
TYPICAL = {
    "10_data_cleanup": 4,
    "20_abc_analysis": 5,
    "22_class_changes": 2,
    "24_channel": 2,
    "30_consumer_segments": 12,
    "40_fishbone_factors": 5,
    "50_key_account": 7,
    "55_customer_profile": 4,
    "70_demand_plan": 5,
    "90_quarterly_summary": 1,
}


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def waits(books, promised) -> dict[str, set]:
    """Notebook → those whose result tables it loads, in an order in which each comes after those it waits for.

    promised: stem → names of the tables that it makes. Raises Refused (`notebook_cycle`).
    """
    makers = {table: book.stem for book in books for table in promised(book.stem)}
    loaded = {book.stem: lineage.loaded(book.node.cells) for book in books}
    before = {stem: {makers[name] for name in names if name in makers} - {stem} for stem, names in loaded.items()}
    try:
        return {stem: before[stem] for stem in graphlib.TopologicalSorter(before).static_order()}
    except graphlib.CycleError as error:
        raise Refused("notebook_cycle", notebooks=" → ".join(error.args[1])) from error


def in_order(waits, work, jobs, stop, seconds=None):
    """Calls `work(stem)` for each key of `waits`, each after those that it waits for; returns stem → result.

    jobs: how many at once at the most.
    seconds: stem → how long it took last time, else `TYPICAL`: of those that may begin, the one does from whose start
    it is longest until the last ends that waits for it.
    At the first exception (Ctrl-C too) calls `stop()`, waits for what runs, and raises it.
    """
    sorter, ready, results, running = graphlib.TopologicalSorter(waits), [], {}, {}
    left = _until_the_end(waits, TYPICAL | (seconds or {}))
    sorter.prepare()
    with ThreadPoolExecutor(jobs) as pool:
        try:
            while sorter.is_active():
                ready = sorted([*ready, *sorter.get_ready()], key=lambda stem: -left[stem])
                while ready and len(running) < jobs:
                    stem = ready.pop(0)
                    running[pool.submit(work, stem)] = stem
                ended, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)  # wakes for Ctrl-C on Windows too
                for stem in map(running.get, ended):
                    sorter.done(stem)
                results |= {running.pop(future): future.result() for future in ended}
        except BaseException:  # what ends because of `stop` is not the reason
            stop()
            pool.shutdown(cancel_futures=True)
            raise
    return {stem: results[stem] for stem in waits}


def _until_the_end(waits, seconds):
    """Stem → seconds from its start until the last one that waits for it, or for one that does, has ended."""
    left: dict[str, float] = {}
    for stem in reversed(list(graphlib.TopologicalSorter(waits).static_order())):
        after = [left[other] for other, before in waits.items() if stem in before]
        left[stem] = seconds.get(stem, 0) + max(after, default=0)
    return left
