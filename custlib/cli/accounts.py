"""Pages and forms of key accounts: made from a published report, and read when they come back."""

import time
from enum import StrEnum
from typing import Annotated

import typer

from custlib.cli.common import Language, Reports, answer, answering, say, told

_QUIET = 2  # seconds without a word, and between two


class What(StrEnum):
    """What can be made; `page` is that for our own people, the last two are of no customer."""

    review = "review"
    plan = "plan"
    interview = "interview"
    contract = "contract"
    page = "page"
    demand = "demand"
    coaching = "coaching"


APART = (What.demand, What.coaching)


class Reader(StrEnum):
    """Who is given what is made."""

    customer = "customer"
    internal = "internal"


def forms(
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help="Of a published report, or its RUN-ID.")],
    customer: Annotated[
        str | None, typer.Option("--for", metavar="ID", help="One key account.  [default: all]")
    ] = None,
    edition: Annotated[Reader | None, typer.Option(help="For whom.  [default: both]")] = None,
    what: Annotated[
        What | None, typer.Option(help="One kind only; demand plans and sheets of people by name only.  [default: all]")
    ] = None,
    data: Annotated[str, typer.Option(metavar="DIR", help="Folder of exports.")] = "data/raw",
    reports: Reports = None,
    lang: Language = "en",
):
    """Make the pages and forms of key accounts.

    \b
    Examples:
      custlib forms 2025Q4 --lang zh
      custlib forms 2025Q4 --for K00001 --edition customer
      custlib forms 2025Q4 --what contract
      custlib forms 2025Q4 --what demand

    They lie in reports/forms/QUARTER/. What may be given to a customer is in
    for_customers/NAME/, its own folder: the business review (HTML, and PDF
    where a Chromium is), the yearly plan and the interview, both with yellow
    cells to fill in, and a draft of the contract (Word, with the clauses of
    contract_terms.csv). accounts/NAME.html is for our own people and says so
    on each page. No file is replaced: move or remove it to make it anew.

    --what demand makes one form of the months to come, for those who plan.
    --what coaching makes a sheet for each person rated (--for: one), from a
    run of 60_presales_scorecard, in reports/people/forms/QUARTER/RUN-ID/.
    """
    with answering(lang):
        from pathlib import Path

        from custlib.report.archive import archive
        from custlib.report.forms import making
        from custlib.report.run import planning

        folder = planning.reports(reports)
        if what in APART:
            path, made_of = _apart(what, folder, quarter, customer, lang, data)
            return answer(told("sheets_written", lang, place=planning.from_here(path), sheets=made_of))
        run = archive.named(folder, quarter)
        readers = (edition.value,) if edition else making.READERS
        exports = data if data == "data/raw" else str(Path(data).resolve())
        made = making.make(run, folder, customer, readers, what and what.value, lang, exports, _progress(lang))
        place = planning.from_here(made.folder)
        answer(told("forms_made", lang, place=place, customers=made.customers, files=made.files))
        if not made.printed:
            say(told("forms_unprinted", lang))


def forms_back(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Plans and interviews that came back.")],
    to: Annotated[str, typer.Option(metavar="EXPORT", help="Folder of exports that the next run reads.")],
    lang: Language = "en",
):
    """Put forms that came back into a folder of exports.

    \b
    Example:
      custlib forms-back Plan.xlsx Interview.xlsx --to data/raw
      custlib run 2025Q4

    Checks of plans and interviews become a new workbook each, corrections of
    plans a new file in reference/. Nothing is replaced. A form in which more
    than yellow cells was changed is refused with its sheet and cell.
    """
    with answering(lang):
        from custlib.report.forms import coming_back

        for path, lines in coming_back.bring(files, to).items():
            answer(told("rows_written", lang, place=path, rows=f"{lines:,}"))


def _apart(what, folder, quarter, person, lang, data):
    """Makes the form of the demand plan, or the sheets of people, which lie beside their run in reports/people."""
    from custlib.report.archive import archive, publishing
    from custlib.report.forms import coaching, demand

    if what is What.demand:
        return demand.make(archive.named(folder, quarter), folder, lang)
    people = folder / publishing.PEOPLE
    return coaching.make(archive.named(people, quarter), people, lang, data, person)


def _progress(lang):
    """Says on standard error how far it is, not before two seconds have passed, nor more often."""
    last = [time.monotonic()]

    def said(done, of):
        if time.monotonic() - last[0] > _QUIET:
            last[0] = time.monotonic()
            say(told("forms_done", lang, done=done, of=of))

    return said
