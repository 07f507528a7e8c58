"""`custlib run`: the report of a quarter, or why each of its notebooks would run."""

import signal
from typing import Annotated, Literal

import typer

from custlib.cli.common import INTERRUPTED, Languages, Reports, answer, answering, say, show, told
from custlib.refusals import Refused

LONGEST = 800  # characters of a notebook's message: a line of the codebook to add is long


def run(
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help="The quarter to report, such as 2025Q4.")],
    parameter: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME=VALUE", help="A parameter of the notebooks; may be repeated."),
    ] = None,
    data: Annotated[str | None, typer.Option(metavar="DIR", help="Folder of exports.  [default: data/raw]")] = None,
    reports: Reports = None,
    lang: Languages = "en",
    jobs: Annotated[int | None, typer.Option(min=1, help="Notebooks at once.  [default: one per core]")] = None,
    only: Annotated[str | None, typer.Option(metavar="NAME", help="Draft of one notebook; never published.")] = None,
    beside: Annotated[
        str | None,
        typer.Option(
            "--with", metavar="NAME", help="A notebook of people by itself, into reports/people; in no report."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Execute again though nothing has changed.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each notebook would run; run nothing.")] = False,
    unfinished: Annotated[
        bool, typer.Option("--unfinished", help="Allow a quarter that the data do not fill.")
    ] = False,
    cell_seconds: Annotated[int, typer.Option(min=1, help="How long one cell may run.")] = 3600,
    engine: Annotated[
        str | None, typer.Option(metavar="URL", help="What cleans the exports: pyspark://MASTER.  [default: DuckDB]")
    ] = None,
    by: Annotated[
        Literal["region", "store_format", "account_manager"] | None,
        typer.Option(help="A report for each region, store format or account manager, and a page that lists them."),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="With --by: the workers of this Dask cluster make the reports, tcp://HOST:PORT."
        ),
    ] = None,
    cold: Annotated[
        bool, typer.Option("--cold", help="Start each kernel from nothing, to compare; slower, same report.")
    ] = False,
):
    """Make and publish the report of a quarter.

    \b
    Examples:
      custlib run 2025Q4
      custlib run 2025Q4 --lang zh
      custlib run 2025Q4 --lang en,zh
      custlib run 2025Q4 -p "ratio=[1, 2, 2]"
      custlib run 2025Q3 --data /data/exports --reports /srv/reports
      custlib run 2025Q4 --only 20_abc_analysis
      custlib run 2025Q4 --with 60_presales_scorecard
      custlib run 2025Q4 --explain
      custlib run 2025Q4 --by region
      custlib run 2025Q4 --by account_manager --cluster tcp://10.0.0.5:8786
      custlib run 2025Q4 --engine "pyspark://local[2]"
    \b
    Exit codes: 0 published or up to date, 1 a notebook failed, 2 usage or
    parameters, 3 data refused, 4 infrastructure, 5 rendering failed,
    75 another run is at work, 130 interrupted.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, with its kernels
    given = _named(parameter or [])
    if beside and (by or only):
        raise typer.BadParameter(
            "a notebook of people is made by itself; leave out --by and --only", param_hint="--with"
        )
    if by and only:
        raise typer.BadParameter("a draft is of one notebook; leave out --by or --only", param_hint="--by")
    if by and explain:
        raise typer.BadParameter(
            "the report of the company is explained; leave out --by or --explain", param_hint="--by"
        )
    if cluster and not by:
        raise typer.BadParameter("a cluster makes the reports of parts; add --by", param_hint="--cluster")
    with answering(lang.partition(",")[0]):
        if not explain:
            _refuse_held(reports, f"by-{by}" if by else "people" if beside else "")
        from custlib.report.run import planning

        answers = (quarter, given, data, reports, lang, jobs, only, force, unfinished, cell_seconds, engine)
        request = planning.Request(*answers, by=by, cold=cold, cluster=cluster, beside=beside)
        if explain:
            _explain_run(request)
        else:
            _run(request)


def _first(request):
    """The language of messages: the first of the report's."""
    return request.lang.partition(",")[0]


def _named(texts):
    """`["a=1"]` → {"a": "1"}; a usage error for a text without a name, or a name given twice."""
    given = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (equals and name):
            raise typer.BadParameter(f"write NAME=VALUE, not “{text}”", param_hint="-p")
        if name in given:
            raise typer.BadParameter(f"“{name}” is given twice", param_hint="-p")
        given[name] = value
    return given


def _explain_run(request):
    from custlib.report.run import ports, why_executed

    show(why_executed.as_table(why_executed.explain(request, ports.real().promised), _first(request)))


def _refuse_held(reports, within):
    """A second starter is told before all that takes a while to load."""
    from pathlib import Path

    from custlib import project
    from custlib.report import files

    folder = project.root() / "reports" if reports is None else Path(reports).resolve()
    files.refuse_held(folder / within)


def _run(request):
    from custlib.report.archive import publishing
    from custlib.report.run import planning

    place = planning.reports(request.reports) / (publishing.PEOPLE if request.beside else "")
    page = place / request.quarter / publishing.INDEX
    stood = publishing.stamp(page)
    try:
        state, page, failed = _made(request)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # all is done
    except KeyboardInterrupt:
        if request.by:
            say(told("interrupted_parts", _first(request)))
            raise typer.Exit(INTERRUPTED) from None
        if publishing.stamp(page) == stood:
            raise
        state, failed = "published", {}
    if failed:
        _say_parts(failed, _first(request))
        raise typer.Exit(next(iter(failed.values())).exit_code)
    answer(told(state, _first(request), page=planning.from_here(page)))


def _made(request):
    """How the run ended (a state of `quarterly.Outcome`), its page, and the parts that failed."""
    from rich.console import Console

    from custlib.report.notebook import failures
    from custlib.report.run import progress, quarterly

    failed = {}
    try:
        with progress.watch(Console(stderr=True), _first(request)) as watch:
            if request.by:
                from custlib.report.by_part import reports

                outcome, failed = reports.run(request, watch)
            else:
                outcome = quarterly.run(request, watch)
    except failures.NotebookFailed as error:
        say_failure(error, _first(request))
        raise typer.Exit(error.exit_code) from None
    return outcome.state, outcome.page, failed


def say_failure(failed, lang):
    """Says which notebook failed, where, and how to look at it."""
    from custlib.report.run.planning import from_here

    lines = [
        failed.describe(lang),
        failed.message and f"  {failed.message.splitlines()[0][:LONGEST]}",
        told("open", lang, command=failed.command),
        failed.page and told("error_page", lang, page=from_here(failed.page)),
        told("standing", lang),
    ]
    for line in filter(None, lines):
        say(line)


def _say_parts(failed, lang):
    """Says of each part of the company that has no new report why."""
    for name, error in failed.items():
        say(f"{name}:")
        if isinstance(error, Refused):
            say(error.line(lang))
        else:
            say_failure(error, lang)
