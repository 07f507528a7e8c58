"""What all commands share: answers in one line, exit codes, options of one name and meaning."""

import contextlib
from typing import Annotated, Literal

import typer

from custlib.refusals import Refused

INTERRUPTED = 130
WORDS = {
    "en": {
        "published": "Published: {page}",
        "up to date": "Nothing has changed. The report is: {page}",
        "draft": "Draft, not published: {page}",
        "open": "Open it with: {command}",
        "error page": "Error page: {page}",
        "standing": "The published report is as it was.",
        "interrupted": "Interrupted. The published report is as it was.",
        "interrupted parts": "Interrupted. Each part has its new report or, as before, its old one.",
    },
    "zh": {
        "published": "已发布：{page}",
        "up to date": "没有变化。报告位于：{page}",
        "draft": "草稿，未发布：{page}",
        "open": "打开方式：{command}",
        "error page": "错误页面：{page}",
        "standing": "已发布的报告没有改变。",
        "interrupted": "已中断。已发布的报告没有改变。",
        "interrupted parts": "已中断。各部分的报告或是新的，或与之前相同。",
    },
}
Language = Annotated[Literal["en", "zh"], typer.Option("--lang", help="Language of the report and of messages.")]
Reports = Annotated[str | None, typer.Option("--reports", metavar="DIR", help="Folder of reports.  [default: reports]")]


def say(line):
    """Prints a line for the person on standard error, where a pipe does not take it for a result."""
    typer.echo(line, err=True)


@contextlib.contextmanager
def answering(lang="en"):
    """Turns a refusal or an interruption into its line on standard error and its exit code."""
    try:
        yield
    except Refused as refused:
        say(refused.line(lang))
        raise typer.Exit(refused.exit_code) from None
    except KeyboardInterrupt:
        say(WORDS[lang]["interrupted"])
        raise typer.Exit(INTERRUPTED) from None


def show(what):
    """Prints a result on standard output: a text in one piece, or a table of rich; no markup in it is followed."""
    from rich.console import Console

    Console().print(what, markup=False, highlight=False, soft_wrap=isinstance(what, str))
