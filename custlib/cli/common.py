"""What all commands share: answers in one line, exit codes, options of one name and meaning."""

import contextlib
from typing import Annotated

import typer

from custlib import escaping, glossary, words
from custlib.refusals import Refused

INTERRUPTED = 130


def _language(text: str) -> str:
    if text not in glossary.LANGUAGES:
        raise typer.BadParameter(f"“{text}” is not one of {', '.join(glossary.LANGUAGES)}", param_hint="--lang")
    return text


def _languages(text: str) -> str:
    return ",".join(dict.fromkeys(_language(one.strip()) for one in text.split(",")))


Language = Annotated[
    str,
    typer.Option(
        "--lang",
        callback=_language,
        metavar=f"[{'|'.join(glossary.LANGUAGES)}]",
        help="Language of the report and of messages.",
    ),
]
Languages = Annotated[
    str,
    typer.Option(
        "--lang",
        callback=_languages,
        metavar=",".join(glossary.LANGUAGES),
        help="Language of the report and of messages; several, with commas, give a report in each.",
    ),
]
Reports = Annotated[str | None, typer.Option("--reports", metavar="DIR", help="Folder of reports.  [default: reports]")]


def told(key: str, lang: str, **facts) -> str:
    """A line of `words/cli.csv` in one language."""
    return words.say("cli", key, lang, **facts)


def say(line: str):
    """Prints a line for the person on standard error, where a pipe does not take it for a result."""
    typer.echo(escaping.terminal(line), err=True)


def answer(text: str):
    """Prints a result on standard output; what the exports hold is shown in it, and never acts on the terminal."""
    typer.echo(escaping.terminal(text))


@contextlib.contextmanager
def answering(lang: str = "en"):
    """Turns a refusal or an interruption into its line on standard error and its exit code."""
    try:
        yield
    except Refused as refused:
        say(refused.line(lang))
        raise typer.Exit(refused.exit_code) from None
    except KeyboardInterrupt:
        say(told("interrupted", lang))
        raise typer.Exit(INTERRUPTED) from None


def show(what):
    """Prints a result on standard output: a text in one piece, or a table of rich; no markup in it is followed."""
    from rich.console import Console

    what = escaping.terminal(what) if isinstance(what, str) else what
    Console().print(what, markup=False, highlight=False, soft_wrap=isinstance(what, str))
