"""`custlib lessons`: pages for new sales staff and their trainer, and what a class handed in."""

from typing import Annotated

import typer

from custlib.cli.common import Language, Languages, Reports, answer, answering, say

SAMPLE_QUARTER = "2025Q4"
REFUSED = 3

lessons = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Lessons for new sales staff: one page each, no install, no server.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@lessons.command()
def make(
    quarter: Annotated[str, typer.Argument(metavar="[QUARTER]", help="Quarter of the company.")] = SAMPLE_QUARTER,
    only: Annotated[str, typer.Option("--only", metavar="N", help="One lesson, 1 to 8.  [default: all]")] = "",
    data: Annotated[str | None, typer.Option(metavar="DIR", help="Folder of exports.  [default: data/raw]")] = None,
    reports: Reports = None,
    lang: Languages = "en,zh",
    jobs: Annotated[int | None, typer.Option(min=1, help="Notebooks at once.  [default: one per core]")] = None,
):
    """Make the pages of the lessons.

    \b
    Examples:
      custlib lessons make
      custlib lessons make --lang zh --only 4
      custlib lessons make 2025Q3 --data /data/exports --reports /srv/reports
    \b
    reports/lessons/          for learners: open index.html; the folder may be
                              handed out as it is, on a stick or in a chat
    reports/lessons_trainer/  notes, timing and keys; keep it to yourself
    \b
    The pages read the result tables of the quarter's report. Where it has not
    been run, the notebooks that make them are run first. Lessons that have not
    changed are not executed again. A lesson that needs what your exports do not
    hold is left out, and named. With your own exports, the pages show names
    of your own customers: they stay inside the company.
    """
    first = lang.partition(",")[0]
    with answering(first):
        from rich.console import Console

        from custlib.cli import reporting
        from custlib.report.lessons import making
        from custlib.report.notebook import NotebookFailed
        from custlib.report.run import planning, progress

        request = planning.Request(quarter, data=data, reports=reports, lang=lang, jobs=jobs)
        try:
            with progress.watch(Console(stderr=True), first) as watch:
                made = making.make(request, watch, only)
        except NotebookFailed as failed:
            reporting.say_failure(failed, first)
            raise typer.Exit(failed.exit_code) from None
        _say_made(made, quarter, first)


def _say_made(made, quarter, lang):
    from custlib.report.run import planning

    if made.executed:
        say(_told("tables", lang, quarter=quarter, stems=", ".join(made.executed)))
    for _, why in sorted(made.left_out.items()):
        say(_told("left_out", lang, why=why))
    if made.real:
        say(_told("real", lang))
    answer(_told("made", lang, place=planning.from_here(made.place / "index.html"), pages=made.pages))
    answer(_told("made_trainer", lang, place=planning.from_here(made.trainer / "index.html")))


@lessons.command()
def collect(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Chats, saved answers, earlier answers.csv.")],
    out: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Where the pages go.  [default: reports/lessons_trainer/results]"),
    ] = None,
    reports: Reports = None,
    lang: Language = "en",
):
    """Tell the trainer what a class answered, and what to discuss first.

    \b
    Example:
      custlib lessons collect chat.txt
    \b
    A file is the text of a chat, copied whole: codes are found in it, whatever
    stands around them. Files that pages saved (JSON) and an earlier answers.csv
    may be given beside it, to pool classes. A code that is not whole, or is of
    an edition of the lesson that was not made here, is named with its line and
    left out; of two by one name in a chat the first counts. If codes were left
    out, the pages are written all the same, and the exit code is 3.
    """
    with answering(lang):
        from pathlib import Path

        from custlib.report.lessons import collecting, making
        from custlib.report.run import planning

        trainer = planning.reports(reports) / making.TRAINER
        place = Path(out).resolve() if out else trainer / "results"
        found = collecting.collect(files, trainer, place, lang)
        for line in found.refused:
            say(line.refused().line(lang))
        for file, line, code in found.doubled:
            say(_told("doubled", lang, file=file, line=line, name=code.name, lesson=code.lesson))
        shown = ", ".join(planning.from_here(page) for page in found.pages)
        answer(_told("collected", lang, n=found.codes, place=shown))
        if found.refused:
            raise typer.Exit(REFUSED)


@lessons.command()
def choose(
    quarter: Annotated[str, typer.Argument(metavar="[QUARTER]", help="Of a published report.")] = SAMPLE_QUARTER,
    reports: Reports = None,
    lang: Language = "en",
):
    """Search the customers of lesson 4 whose classes wrong thinking does not find.

    \b
    Example:
      custlib lessons choose 2025Q4
    \b
    Prints lines for data/reference/lessons/chosen.csv: ten customers for the
    first exercise, fifteen others for the second. While they fit the data, the
    lesson shows these; otherwise it searches itself, fewer sets.
    """
    with answering(lang):
        from custlib import results
        from custlib.lessons import choosing
        from custlib.report.archive import archive
        from custlib.report.run import planning

        run = archive.named(planning.reports(reports), quarter)
        customers = results.load("abc_customers", run.folder).set_index("customer_id")
        for size in (choosing.GUIDED, choosing.ALONE):
            ids = choosing.search(customers, size)
            customers = customers.drop(index=ids)
            answer(f"{size},{run.folder.parent.name},{' '.join(ids)}")


def _told(key, lang, **facts):
    from custlib import words

    return words.say("teaching", key, lang, **facts)
