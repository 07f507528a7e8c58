"""Makes the pages and forms of a quarter's key accounts from a published report: all, or nothing."""

import contextlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from custlib import accounts, codebook, results, safe_names, sheets, words
from custlib.page import vocabulary
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive
from custlib.report.forms import books, contract, reviews
from custlib.report.pages import pdf
from custlib.wording import forms, sentences

# Reader → what is made for it.
WHAT = {"customer": ("review", "plan", "interview", "contract"), "internal": ("page",)}
READERS = tuple(WHAT)
GIVEN = ("account_state", "review_agenda", "plan_lines", "account_needs", "whitespace")
OURS = ("plan_corrections", "plan_quality", "needs_drift", "account_requests", "promotion_effect")
TERMS = "profile_credit"  # of it a contract says what the customer is given
CHOSEN_BY = "account_list"  # says which clauses apply; no file shows it
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
    what: str | None = None,
    lang: str = "en",
    data_dir: str = "data/raw",
    said: Callable = lambda done, of: None,
) -> Made:
    """Writes `forms/<quarter>/` in the reports folder: `for_customers/<name>/` for the reader "customer",
    `accounts/<name>.html` for "internal".

    customer_id: one of the run's key accounts, None for all; what: one of `WHAT`, None for all; said: is told how many
    customers are done, of how many. No file is replaced, and where one cannot be made none is left. A customer's folder
    is made of what `accounts.edition` gives to this customer, and of nothing else.
    Raises Refused: `not_for_reader`, `missing_result`, `unknown_customer`, `file_exists`, `cannot_write`, `locked`;
    what `accounts.contract_terms` does.
    """
    asked_for, quarter = _asked_for(readers, what), run.folder.parent.name
    tables = {name: results.load(name, run.folder) for name in _needed(asked_for)}
    names = _chosen(named(tables["account_state"]), customer_id)
    target = reports / "forms" / quarter
    places = [
        (customer, reader, _place(target, name, reader)) for customer, name in names.items() for reader in asked_for
    ]
    with files.only_one(target):
        _refuse_existing(places, asked_for, lang)
        one = partial(_write, _Making(run, tables, asked_for, lang, data_dir, _context(run, data_dir)))
        staging = target / _STAGING
        files.remove(staging)
        try:
            staged = [_place(staging, names[customer], reader) for customer, reader, _ in places]
            printed = _all(one, places, staged, said)
            made = [_moved(own, place) for own, (_, _, place) in zip(staged, places, strict=True)]
        finally:
            files.remove(staging)
    return Made(target, len(names), sum(made), all(printed))


def _asked_for(readers, what):
    """Reader → what is made for it; readers that get nothing are left out."""
    asked = {reader: [each for each in WHAT[reader] if what in (None, each)] for reader in readers}
    if not any(asked.values()):
        possible = ", ".join(each for reader in readers for each in WHAT[reader])
        raise Refused("not_for_reader", what=what, edition=", ".join(readers), possible=possible)
    return {reader: own for reader, own in asked.items() if own}


def _chosen(names, customer_id):
    """The names of the customers that are asked for, all for None."""
    if customer_id is None:
        return names
    if customer_id not in names:
        nearest = next(iter(get_close_matches(customer_id, names, 1, 0)), "–")
        raise Refused("unknown_customer", customer=customer_id, nearest=nearest)
    return {customer_id: names[customer_id]}


class _Making(NamedTuple):
    """What all files are made from: the run, its tables, what is asked for by reader, language, folder of exports."""

    run: archive.Run
    tables: dict[str, pd.DataFrame]
    asked_for: dict[str, list[str]]
    lang: str
    data_dir: str
    context: sentences.Context


def _needed(asked_for):
    """The tables that a run must have."""
    ours = OURS if "internal" in asked_for else ()
    of_contract = (TERMS, CHOSEN_BY) if "contract" in asked_for.get("customer", ()) else ()
    return [name for name in (*GIVEN, *ours, *of_contract) if codebook.stored(name)]


def named(state: pd.DataFrame) -> dict[str, str]:
    """Customer → the name of its folder or page, in the order of `account_state`; no two share one."""
    own = state.drop_duplicates("customer_id").set_index("customer_id")["name"].fillna("")
    several = own[own.duplicated(keep=False)].index
    texts = {
        customer: f"{name} {customer}".strip() if customer in several or not name else name
        for customer, name in own.items()
    }
    folders = safe_names.of(texts.values())
    return {customer: folders[text] for customer, text in texts.items()}


def file_names(lang: str) -> dict[str, str]:
    """What → the name of its file in a customer's folder."""
    say = words.all_of("account_forms", lang)
    return {what: say[f"file_{what}"] + end for what, end in _ENDS.items()}


_ENDS = {"review": ".html", "printed": ".pdf", "plan": ".xlsx", "interview": ".xlsx", "contract": ".docx"}


def _place(target, name, reader):
    return target / "for_customers" / name if reader == "customer" else target / "accounts" / f"{name}.html"


def _refuse_existing(places, asked_for, lang):
    own = asked_for.get("customer", [])
    called = [file_names(lang)[what] for what in (*own, *(["printed"] if "review" in own else ()))]
    for _, reader, place in places:
        paths = [place / name for name in called] if reader == "customer" else [place]
        if there := next((path for path in paths if path.exists()), None):
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


def _write(making, customer_id, reader, place):
    """Writes what one reader is given of one customer; whether its review was printed (True where none was asked)."""
    run, tables, lang = making.run, making.tables, making.lang
    wanted = [name for name in (GIVEN if reader == "customer" else (*GIVEN, *OURS)) if name in tables]
    given = {name: accounts.edition(tables[name], name, reader, customer_id) for name in wanted}
    name = given["account_state"]["name"].iloc[0] or customer_id
    about = books.About(customer_id, name, run.folder.parent.name)
    page = partial(reviews.page, given, reader, lang, making.context, name=name, quarter=about.quarter, run=run.run)
    if reader == "internal":
        files.make_folder(place.parent)
        files.write(place, page())
        return True
    files.make_folder(place)
    what = making.asked_for[reader]
    with _printing(page, place, lang) if "review" in what else contextlib.nullcontext(lambda: True) as printed:
        for each in what:
            if each in _FORMS:
                _FORMS[each](making, given, about, place / file_names(lang)[each])
        return printed()


@contextlib.contextmanager
def _printing(page, place, lang):
    """Writes the review, and prints it while other files are made; gives a function that says whether it was."""
    text = page()
    files.write(place / file_names(lang)["review"], text)

    def done():
        if data := waiting():
            files.write_bytes(place / file_names(lang)["printed"], data)
        return data is not None

    with pdf.pdf(text) as waiting:
        yield done


def _plan(making, given, about, path):
    plan = books.plan(given["plan_lines"], about, making.lang, making.context)
    sheets.write(path, plan, books.PLAN, books.VERSION, about.quarter)


def _interview(making, given, about, path):
    asked, questions = accounts.needs_of(making.data_dir), accounts.questions(making.data_dir)
    interview = books.interview(given["account_needs"], asked, questions, about, making.lang)
    sheets.write(path, interview, books.INTERVIEW, books.VERSION, about.quarter)


def _contract(making, given, about, path):
    listed = making.tables[CHOSEN_BY].set_index("customer_id")
    own = listed.loc[about.customer_id] if about.customer_id in listed.index else None
    kinds = set() if own is None else {"key_account", *(("strategic",) if own["strategic"] else ())}
    values = _values(making, about)
    terms = accounts.contract_terms(making.data_dir)
    clauses = accounts.clauses(terms, "" if own is None else own["decided_class"], kinds, making.lang, values)
    files.write_bytes(path, contract.write(clauses, given["plan_lines"], about, making.lang, making.context))


def _values(making, about):
    """Place of a clause → its text, None for what nobody has agreed on."""
    terms = accounts.edition(making.tables[TERMS], TERMS, "customer", about.customer_id)
    agreed = {"terms_days": "terms_days", "limit": "limit"}
    numbers = {place: terms[column].iloc[0] if len(terms) else None for place, column in agreed.items()}
    return {
        **{place: None if pd.isna(number) else f"{number:,.10g}" for place, number in numbers.items()},
        "customer": about.name,
        "customer_id": about.customer_id,
        "year": str(contract.year(about.quarter)),
        "currency": forms.currency_name(making.lang, making.context.currency),
    }


_FORMS = {"plan": _plan, "interview": _interview, "contract": _contract}


def _moved(staged, place):
    """Moves a page, or what was made for a customer's folder, to its place; how many files."""
    own = sorted(staged.iterdir()) if staged.is_dir() else [staged]
    files.make_folder(place if staged.is_dir() else place.parent)
    for path in own:
        files.move(path, place / path.name if staged.is_dir() else place)
    return len(own)
