"""Notebooks in the order of the data's way, side by side where they do not know of each other."""

import os
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from itertools import groupby


def cores():
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_waves(books, work, jobs, stop):
    """Calls `work(book)` for each notebook, at most `jobs` at once, a wave only after the one before.

    Returns stem → result. At the first exception (Ctrl-C too) calls `stop()`, waits for what runs, and raises it.
    """
    results = {}
    for _, wave in groupby(sorted(books, key=lambda book: book.wave), key=lambda book: book.wave):
        results |= _side_by_side(list(wave), work, jobs, stop)
    return results


def _side_by_side(books, work, jobs, stop):
    with ThreadPoolExecutor(jobs) as pool:
        futures = {book.stem: pool.submit(work, book) for book in books}
        try:
            _all_done(futures.values())
        except BaseException:
            stop()
            pool.shutdown(cancel_futures=True)
            raise
    return {stem: future.result() for stem, future in futures.items()}


def _all_done(futures):
    waiting = set(futures)
    while waiting:
        done, waiting = wait(waiting, timeout=0.5, return_when=FIRST_EXCEPTION)  # wakes for Ctrl-C on Windows too
        for future in futures:
            if future in done:
                future.result()
