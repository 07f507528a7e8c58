"""Makes the pages and forms of a quarter's key accounts from a published report: all, or nothing."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from custlib import accounts, codebook, results, sheets, words
from custlib.page import vocabulary
from custlib.refusals import Refused
from custlib.report import files, names
from custlib.report.archive import archive
from custlib.report.forms import books, reviews
from custlib.report.pages import pdf
from custlib.wording import sentences

READERS = ("customer", "internal")
GIVEN = ("account_state", "review_agenda", "plan_lines", "account_needs", "whitespace")
OURS = ("plan_corrections", "plan_quality", "needs_drift", "account_requests", "promotion_effect")
_STAGING = ".staging"
_AT_ONCE = 4  # Chromium takes a core each


class Made(NamedTuple):
    """What was made: the folder, how many customers and files, whether reviews were printed (a Chromium was there)."""

    folder: Path
    customers: int
    files: int
    printed: bool


def make(
    run: archive.Run,
    reports: Path,
    customer_id: str | None = None,
    readers: tuple[str, ...] = READERS,
    lang: str = "en",
    data_dir: str = "data/raw",
    said: Callable = lambda done, of: None,
) -> Made:
    """Writes `forms/<quarter>/` in the reports folder: `for_customers/<name>/` for the reader "customer",
    `accounts/<name>.html` for "internal".

    customer_id: one of the run's key accounts, None for all; said: is told how many customers are done, of how many.
    No file is replaced, and where one cannot be made none is left. A customer's folder is made of what
    `accounts.edition` gives to this customer, and of nothing else.
    Raises Refused: `missing_result`, `unknown_customer`, `file_exists`, `cannot_write`, `locked`.
    """
    quarter = run.folder.parent.name
    listed = [name for name in (*GIVEN, *OURS) if codebook.stored(name)]
    tables = {name: results.load(name, run.folder) for name in listed}
    names = named(tables["account_state"])
    if customer_id is not None and customer_id not in names:
        nearest = next(iter(get_close_matches(customer_id, names, 1, 0)), "–")
        raise Refused("unknown_customer", customer=customer_id, nearest=nearest)
    asked = list(names) if customer_id is None else [customer_id]
    target = reports / "forms" / quarter
    places = [(customer, reader, _place(target, names[customer], reader)) for customer in asked for reader in readers]
    with files.only_one(target):
        _refuse_existing(places, lang)
        one = partial(_write, tables, run=run, lang=lang, data_dir=data_dir, context=_context(run, data_dir))
        staging = target / _STAGING
        files.remove(staging)
        try:
            staged = [_place(staging, names[customer], reader) for customer, reader, _ in places]
            printed = _all(one, places, staged, said)
            made = [_moved(own, place) for own, (_, _, place) in zip(staged, places, strict=True)]
        finally:
            files.remove(staging)
    return Made(target, len(asked), sum(made), all(printed))


def named(state: pd.DataFrame) -> dict[str, str]:
    """Customer → the name of its folder or page, in the order of `account_state`; no two share one."""
    own = state.drop_duplicates("customer_id").set_index("customer_id")["name"].fillna("")
    several = own[own.duplicated(keep=False)].index
    texts = {
        customer: f"{name} {customer}".strip() if customer in several or not name else name
        for customer, name in own.items()
    }
    folders = names.folder_names(texts.values())
    return {customer: folders[text] for customer, text in texts.items()}


def file_names(lang: str) -> dict[str, str]:
    """What → the name of its file in a customer's folder."""
    say = words.all_of("account_forms", lang)
    return {what: say[f"file_{what}"] + end for what, end in _ENDS.items()}


_ENDS = {"review": ".html", "printed": ".pdf", "plan": ".xlsx", "interview": ".xlsx"}


def _place(target, name, reader):
    return target / "for_customers" / name if reader == "customer" else target / "accounts" / f"{name}.html"


def _refuse_existing(places, lang):
    for _, reader, place in places:
        own = [place / name for name in file_names(lang).values()] if reader == "customer" else [place]
        if there := next((path for path in own if path.exists()), None):
            raise Refused("file_exists", file=there)


def _all(one, places, staged, said):
    """Makes them side by side; what fails stops those that have not begun."""
    printed = []
    with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
        waiting = [
            pool.submit(one, customer, reader, own) for (customer, reader, _), own in zip(places, staged, strict=True)
        ]
        try:
            for done, each in enumerate(waiting, 1):
                printed.append(each.result())
                said(done, len(waiting))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return printed


def _context(run, data_dir):
    currency = results.load("data_facts", run.folder)["currency"].iloc[0]
    return sentences.Context(currency, vocabulary=vocabulary.of(data_dir))


def _write(tables, customer_id, reader, place, *, run, lang, data_dir, context):
    """Writes what one reader is given of one customer; whether its review was printed (nothing is, for our own)."""
    wanted = GIVEN if reader == "customer" else tables
    given = {name: accounts.edition(tables[name], name, reader, customer_id) for name in wanted}
    name = given["account_state"]["name"].iloc[0] or customer_id
    about = books.About(customer_id, name, run.folder.parent.name)
    page = reviews.page(given, reader, lang, context, name=name, quarter=about.quarter, run=run.run)
    if reader == "internal":
        files.make_folder(place.parent)
        files.write(place, page)
        return True
    files.make_folder(place)
    names = file_names(lang)
    with pdf.pdf(page) as printed:
        files.write(place / names["review"], page)
        plan = books.plan(given["plan_lines"], about, lang, context)
        sheets.write(place / names["plan"], plan, books.PLAN, books.VERSION, about.quarter)
        asked, questions = accounts.needs_of(data_dir), accounts.questions(data_dir)
        interview = books.interview(given["account_needs"], asked, questions, about, lang)
        sheets.write(place / names["interview"], interview, books.INTERVIEW, books.VERSION, about.quarter)
        data = printed()
    if data:
        files.write_bytes(place / names["printed"], data)
    return data is not None


def _moved(staged, place):
    """Moves a page, or what was made for a customer's folder, to its place; how many files."""
    own = sorted(staged.iterdir()) if staged.is_dir() else [staged]
    files.make_folder(place if staged.is_dir() else place.parent)
    for path in own:
        files.move(path, place / path.name if staged.is_dir() else place)
    return len(own)
