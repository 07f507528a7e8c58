"""The reports that were made: hashed anew, listed, gone back to, cleared out, compared."""

from typing import Annotated

import typer

from custlib.cli.common import Language, Reports, answer, answering, show, told


def verify(
    quarter: Annotated[str | None, typer.Argument(metavar="[QUARTER]", help="Which report; all if left out.")] = None,
    reports: Reports = None,
    lang: Language = "en",
):
    """Hash the published reports anew, file by file.

    \b
    Example:
      custlib verify 2025Q4
    \b
    Exit codes: 0 all is as it was made, 1 a file differs (it is named).
    """
    with answering(lang):
        from custlib.report.archive import archive, messages
        from custlib.report.run import planning

        found = archive.verify(planning.reports(reports), quarter)
        answer("\n".join(messages.verified(found, lang)))
    if any(found.values()):
        raise typer.Exit(1)


def runs(reports: Reports = None, lang: Language = "en"):
    """List the runs that are kept."""
    with answering(lang):
        from custlib.report.archive import archive, messages
        from custlib.report.run import planning

        folder = planning.reports(reports)
        kept = archive.runs(folder)
        show(messages.runs(kept, lang) if kept else told("no_runs", lang, folder=folder))


def publish(
    run_id: Annotated[str, typer.Argument(metavar="RUN-ID", help="As `custlib runs` lists it.")],
    reports: Reports = None,
    lang: Language = "en",
):
    """Go back to an earlier run of a quarter.

    Its front page becomes the published one.

    \b
    Example:
      custlib runs
      custlib publish 3f2a9c0d1e4b
    """
    with answering(lang):
        from custlib.report.archive import archive, shelf
        from custlib.report.run import planning

        page = archive.go_back(planning.reports(reports), run_id)
        shelf.write(planning.reports(reports))
        answer(told("published", lang, page=planning.from_here(page)))


def clean(
    keep: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="How many to keep: newest runs of each quarter, clean tables last used."),
    ],
    reports: Reports = None,
    lang: Language = "en",
):
    """Remove old and failed runs, and old clean tables.

    A published run stays, and so do the tables that the runs kept are made of. Tables that another folder of reports
    is made of are made again when they are needed.

    \b
    Example:
      custlib clean --keep 3
    """
    with answering(lang):
        from custlib import project
        from custlib.report.archive import archive, messages
        from custlib.report.run import planning

        folder = planning.reports(reports)
        removed = archive.clean(folder, keep)
        removed += archive.clean_tables(project.root() / "data" / "clean", folder, keep)
        answer("\n".join(messages.removed(removed, lang)))


def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A quarter, or the RUN-ID of a run.")],
    now: Annotated[str, typer.Argument(metavar="NOW", help="Likewise.")],
    tolerance: Annotated[float, typer.Option(min=0, help="How much of its value a figure may change untold.")] = 0.05,
    reports: Reports = None,
    lang: Language = "en",
):
    """Show what changed between two reports.

    Figures beyond a tolerance and every class, here and on a page.

    \b
    Examples:
      custlib diff 2025Q3 2025Q4
      custlib diff 3f2a9c0d1e4b 8d7c6b5a4f3e --tolerance 0.01
    """
    with answering(lang):
        from custlib.report.archive import archive
        from custlib.report.diff import difference
        from custlib.report.pages import pages
        from custlib.report.run import planning

        folder = planning.reports(reports)
        compared = difference.compare(archive.named(folder, before), archive.named(folder, now), tolerance)
        page = difference.write(compared, folder, lang, pages.render)
        for part in difference.summary(compared, planning.from_here(page), lang):
            show(part)
