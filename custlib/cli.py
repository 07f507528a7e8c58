"""The command line: `custlib run`, `lab`, `sample`, `explain` and `draft-sources`. Nothing heavy is loaded before one is given."""

import contextlib
import signal
import sys
import traceback
from typing import Annotated, Literal

import typer

import custlib
from custlib.refusals import Refused

INTERRUPTED, DEFECT = 130, 4
WORDS = {
    "en": {
        "published": "Published: {page}",
        "up to date": "Nothing has changed. The report is: {page}",
        "draft": "Draft, not published: {page}",
        "open": "Open it with: {command}",
        "error page": "Error page: {page}",
        "standing": "The published report is as it was.",
        "interrupted": "Interrupted. The published report is as it was.",
    },
    "zh": {
        "published": "已发布：{page}",
        "up to date": "没有变化。报告位于：{page}",
        "draft": "草稿，未发布：{page}",
        "open": "打开方式：{command}",
        "error page": "错误页面：{page}",
        "standing": "已发布的报告没有改变。",
        "interrupted": "已中断。已发布的报告没有改变。",
    },
}
NO_PACK = "未安装 JupyterLab 中文语言包，菜单将显示英文。安装：pip install jupyterlab-language-pack-zh-CN"
Language = Annotated[Literal["en", "zh"], typer.Option("--lang", help="Language of the report and of messages.")]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main():
    """Runs the command line. Exit codes: 0 done, 1 a notebook failed, 2 usage, 3 data refused, 4 infrastructure or a
    defect of custlib (the only case in which a traceback is shown), 5 rendering failed, 75 locked, 130 interrupted."""
    try:
        app()
    except Exception:
        traceback.print_exc()
        _say(f"This is a defect of custlib {custlib.__version__}. Please report it with the lines above.")
        sys.exit(DEFECT)


def _say(line):
    typer.echo(line, err=True)


@contextlib.contextmanager
def _answering(lang="en"):
    """Turns a refusal or an interruption into its line on standard error and its exit code."""
    try:
        yield
    except Refused as refused:
        _say(refused.line(lang))
        raise typer.Exit(refused.exit_code) from None
    except KeyboardInterrupt:
        _say(WORDS[lang]["interrupted"])
        raise typer.Exit(INTERRUPTED) from None


def _version(asked):
    if asked:
        typer.echo(f"custlib {custlib.__version__}")
        raise typer.Exit()


@app.callback()
def _custlib(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
):
    """From raw exports to a published quarterly report about your customers.

    \b
    Examples:
      custlib run 2025Q4                             the report of a quarter
      custlib lab                                    JupyterLab on the notebooks
      custlib sample /tmp/company --customers 50     an invented company to try things on
      custlib draft-sources /data/exports            a first sources.toml for your own exports
      custlib explain 销售明细_2025Q4.csv:120        what became of one line, and why
    """


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


@app.command()
def run(
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help="The quarter to report, such as 2025Q4.")],
    parameter: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME=VALUE", help="A parameter of the notebooks; may be repeated."),
    ] = None,
    data: Annotated[str | None, typer.Option(metavar="DIR", help="Folder of exports.  [default: data/raw]")] = None,
    reports: Annotated[str | None, typer.Option(metavar="DIR", help="Folder of reports.  [default: reports]")] = None,
    lang: Language = "en",
    jobs: Annotated[int | None, typer.Option(min=1, help="Notebooks at once.  [default: one per core]")] = None,
    only: Annotated[str | None, typer.Option(metavar="NAME", help="Draft of one notebook; never published.")] = None,
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
    cold: Annotated[
        bool, typer.Option("--cold", help="Start each kernel from nothing, to compare; slower, same report.")
    ] = False,
):
    """Make and publish the report of a quarter.

    \b
    Examples:
      custlib run 2025Q4
      custlib run 2025Q4 --lang zh
      custlib run 2025Q4 -p "ratio=[1, 2, 2]"
      custlib run 2025Q3 --data /data/exports --reports /srv/reports
      custlib run 2025Q4 --only 20_abc_analysis
      custlib run 2025Q4 --explain
      custlib run 2025Q4 --by region
      custlib run 2025Q4 --engine "pyspark://local[2]"
    \b
    Exit codes: 0 published or up to date, 1 a notebook failed, 2 usage or
    parameters, 3 data refused, 4 infrastructure, 5 rendering failed,
    75 another run is at work, 130 interrupted.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, with its kernels
    given = _named(parameter or [])
    if by and only:
        raise typer.BadParameter("a draft is of one notebook; leave out --by or --only", param_hint="--by")
    with _answering(lang):
        from custlib.report import planning

        request = planning.Request(
            quarter, given, data, reports, lang, jobs, only, force, unfinished, cell_seconds, engine, by=by, cold=cold
        )
        if explain:
            _explain_run(request)
        else:
            _run(request)


def _explain_run(request):
    from custlib.report import reasons, steps

    _print(reasons.told(reasons.explain(request, steps.real().promised), request.lang))


def _run(request):
    from rich.console import Console

    from custlib.report import failures, many, planning, progress, runs

    words, failed = WORDS[request.lang], {}
    try:
        with progress.watch(Console(stderr=True), request.lang) as watch:
            if request.by:
                outcome, failed = many.run(request, watch)
            else:
                outcome = runs.run(request, watch)
    except failures.NotebookFailed as failed:
        _say_failure(failed, request.lang)
        raise typer.Exit(failed.exit_code) from None
    if failed:
        _say_parts(failed, request.lang)
        raise typer.Exit(next(iter(failed.values())).exit_code)
    typer.echo(words[outcome.state].format(page=planning.from_here(outcome.page)))


def _say_failure(failed, lang):
    from custlib.report.planning import from_here

    words = WORDS[lang]
    lines = [
        failed.describe(lang),
        failed.message and f"  {failed.message.splitlines()[0][:200]}",
        words["open"].format(command=failed.command),
        failed.page and words["error page"].format(page=from_here(failed.page)),
        words["standing"],
    ]
    for line in filter(None, lines):
        _say(line)


def _say_parts(failed, lang):
    """Says of each part of the company that has no new report why."""
    for name, error in failed.items():
        _say(f"{name}:")
        if isinstance(error, Refused):
            _say(error.line(lang))
        else:
            _say_failure(error, lang)


Reports = Annotated[str | None, typer.Option("--reports", metavar="DIR", help="Folder of reports.  [default: reports]")]


@app.command()
def verify(
    quarter: Annotated[str | None, typer.Argument(metavar="[QUARTER]", help="Which report; all if left out.")] = None,
    reports: Reports = None,
    lang: Language = "en",
):
    """Hash every file of the published reports anew, front page included.

    \b
    Example:
      custlib verify 2025Q4
    \b
    Exit codes: 0 all is as it was made, 1 a file differs (it is named).
    """
    with _answering(lang):
        from custlib.report import planning, shelf, telling

        found = shelf.verify(planning.reports(reports), quarter)
        typer.echo("\n".join(telling.verified(found, lang)))
    if any(found.values()):
        raise typer.Exit(1)


@app.command()
def runs(reports: Reports = None, lang: Language = "en"):
    """List the runs that are kept: quarter, name, when made, language, whether published."""
    with _answering(lang):
        from custlib.report import planning, shelf, telling

        folder = planning.reports(reports)
        kept = shelf.kept(folder)
        _print(telling.runs(kept, lang) if kept else telling.WORDS[lang]["no runs"].format(folder=folder))


def _print(what):
    from rich.console import Console

    Console().print(what, markup=False, highlight=False, soft_wrap=isinstance(what, str))


@app.command()
def publish(
    run_id: Annotated[str, typer.Argument(metavar="RUN-ID", help="As `custlib runs` lists it.")],
    reports: Reports = None,
    lang: Language = "en",
):
    """Go back to an earlier run of a quarter: its front page becomes the published one.

    \b
    Example:
      custlib runs
      custlib publish 3f2a9c0d1e4b
    """
    with _answering(lang):
        from custlib.report import planning, shelf

        page = shelf.go_back(planning.reports(reports), run_id)
        typer.echo(WORDS[lang]["published"].format(page=planning.from_here(page)))


@app.command()
def clean(
    keep: Annotated[int, typer.Option(min=0, metavar="N", help="Runs to keep of each quarter, the newest.")],
    reports: Reports = None,
    lang: Language = "en",
):
    """Remove old runs and what failed or was killed; a published run always stays.

    \b
    Example:
      custlib clean --keep 3
    """
    with _answering(lang):
        from custlib.report import planning, shelf, telling

        typer.echo("\n".join(telling.removed(shelf.clean(planning.reports(reports), keep), lang)))


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A quarter, or the RUN-ID of a run.")],
    now: Annotated[str, typer.Argument(metavar="NOW", help="Likewise.")],
    tolerance: Annotated[float, typer.Option(min=0, help="How much of its value a figure may change untold.")] = 0.05,
    reports: Reports = None,
    lang: Language = "en",
):
    """Show which figures and classes changed between two reports, here and on a page.

    \b
    Examples:
      custlib diff 2025Q3 2025Q4
      custlib diff 3f2a9c0d1e4b 8d7c6b5a4f3e --tolerance 0.01
    """
    with _answering(lang):
        from custlib.report import difference, pages, planning, shelf

        folder = planning.reports(reports)
        runs = [shelf.named(folder, name) for name in (before, now)]
        compared = difference.compare(*runs, tolerance)
        page = difference.write(compared, folder, lang, pages.render)
        for part in difference.told(compared, planning.from_here(page), lang):
            _print(part)


@app.command()
def check(lang: Language = "en"):
    """Look through the notebooks for what would trip a run or a review; say the exact mend. Runs nothing.

    \b
    Exit codes: 0 nothing to mend, 1 something to mend.
    """
    with _answering(lang):
        from custlib import project
        from custlib.report import checking

        findings, count = checking.check(project.root() / "notebooks")
        typer.echo("\n".join(checking.told(findings, count, lang)))
    if findings:
        raise typer.Exit(1)


@app.command()
def sample(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    customers: Annotated[int, typer.Option(min=1, help="Dealers.")] = 240,
    consumers: Annotated[int, typer.Option(min=1, help="Consumers behind them.")] = 3000,
    quarters: Annotated[int, typer.Option(min=1, help="Quarters up to 2025Q4.")] = 9,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 20251231,
):
    """Write the exports of an invented company.

    \b
    Example:
      custlib sample /tmp/company --customers 50 --seed 7
      custlib run 2025Q4 --data /tmp/company
    """
    with _answering():
        from custlib import sample as company

        company.write(folder, customers=customers, consumers=consumers, quarters=quarters, seed=seed)
    typer.echo(f"Written: {folder}")


@app.command()
def explain(
    place: Annotated[str, typer.Argument(metavar="FILE:LINE", help="A line of an export, as reports name it.")],
    data: Annotated[str, typer.Option(metavar="DIR", help="Folder of exports.")] = "data/raw",
    lang: Language = "en",
):
    """Tell the story of one raw line: what stands in it, what was changed, why it was set aside.

    \b
    Examples:
      custlib explain 销售明细_2025Q4.csv:120
      custlib explain "回款 2025.xlsx:14" --lang zh
      custlib explain sales.csv:2 --data /data/exports

    It shows raw cells, so keep what it prints as private as the exports.
    """
    with _answering(lang):
        typer.echo(_story(place, data, lang))


def _story(place, data, lang):
    from pathlib import Path

    from custlib import cleaning, project, wording
    from custlib import explain as explaining

    folder = data if data == "data/raw" else Path(data).resolve()
    clean = cleaning.open_tables(project.resolve(folder), _say)
    return wording.story(explaining.tell(clean, project.resolve(folder), place), lang=lang)


@app.command()
def lab(lang: Language = "en"):
    """Open JupyterLab on the notebooks, without news and other pop-ups.

    \b
    Examples:
      custlib lab
      custlib lab --lang zh      menus in Chinese; needs: pip install jupyterlab-language-pack-zh-CN
    """
    with _answering(lang):
        from custlib import lab as jupyter
        from custlib import project

        folder = project.root() / "notebooks"
        if not jupyter.speaks(lang):
            _say(NO_PACK)
        raise typer.Exit(jupyter.run(folder, lang))


@app.command("draft-sources")
def draft_sources(folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder of exports.")]):
    """Write a first sources.toml for a folder of exports, with a question at each doubt.

    \b
    Example:
      custlib draft-sources /data/exports
      (answer its questions in an editor)
      custlib run 2025Q4 --data /data/exports
    """
    with _answering():
        from pathlib import Path

        from custlib.reading.draft import draft

        written = draft(Path(folder))
    typer.echo(f"Written: {written}")


@app.command()
def questionnaire(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The workbook to write, such as experts.xlsx.")],
    expert: Annotated[list[str], typer.Option("-e", "--expert", metavar="NAME", help="An expert; once for each.")],
    data: Annotated[str | None, typer.Option(metavar="DIR", help="Exports whose fishbone is asked about.")] = None,
    lang: Language = "en",
):
    """Write the questionnaire for the experts of the fishbone: a sheet for each, only the pairs that are needed.

    \b
    Example:
      custlib questionnaire experts.xlsx -e 张三 -e 李四 --lang zh
      (they fill in the yellow cells)
      custlib answers experts.xlsx --to data/raw/两两比较.xlsx
    """
    with _answering(lang):
        from custlib import fishbone
        from custlib.weights import questionnaire as asked

        asked.write(file, fishbone.tree(data), expert, lang)
    typer.echo(f"Written: {file}")


@app.command()
def answers(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Questionnaires that came back.")],
    to: Annotated[str, typer.Option(metavar="FILE", help="The export to write; it must not be there yet.")],
    lang: Language = "en",
):
    """Put the experts' answers together as an export that the next run reads.

    \b
    Example:
      custlib answers zhang.xlsx li.xlsx --to data/raw/两两比较.xlsx
    """
    with _answering(lang):
        import pandas as pd

        from custlib.weights import questionnaire as asked

        found = pd.concat([asked.answers(file) for file in files], ignore_index=True)
        asked.save_answers(found, to)
    typer.echo(f"Written: {to} ({len(found):,})")


if __name__ == "__main__":
    main()
