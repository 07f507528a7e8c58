"""Notebooks in the order of the data's way, side by side where they do not know of each other."""

import os
from concurrent.futures import ThreadPoolExecutor, wait
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
    first = []  # the exception that came first; those that follow are only what stop() does to the others

    def guarded(book):
        if first:
            return None
        try:
            return work(book)
        except BaseException as error:
            first.append(error)
            stop()
            raise

    with ThreadPoolExecutor(jobs) as pool:
        futures = {book.stem: pool.submit(guarded, book) for book in books}
        try:
            _all_done(futures.values())
        except BaseException:  # Ctrl-C
            stop()
            pool.shutdown(cancel_futures=True)
            raise
    if first:
        raise first[0]
    return {stem: future.result() for stem, future in futures.items()}


def _all_done(futures):
    waiting = set(futures)
    while waiting:
        _, waiting = wait(waiting, timeout=0.5)  # wakes for Ctrl-C on Windows too
