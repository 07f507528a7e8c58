"""The command line, from `custlib run` to `custlib answers`. Nothing heavy is loaded before a command is given."""

import sys
import traceback
from typing import Annotated

import typer

import custlib
from custlib import escaping, words
from custlib.cli import accounts, desk, exports, kept, reporting, teaching
from custlib.cli.common import INTERRUPTED, say, told

USAGE, DEFECT = 2, 4
_UsageError = typer.BadParameter.__base__  # typer has no name of its own for it
# As `custlib --help` lists them: the report, what looks after it, forms made from it, what goes into it, the analysts'
# desk.
COMMANDS = (
    reporting.run,
    kept.verify,
    kept.runs,
    kept.publish,
    kept.clean,
    kept.diff,
    accounts.forms,
    accounts.forms_back,
    exports.draft_sources,
    exports.explain,
    exports.sample,
    exports.questionnaire,
    exports.answers,
    desk.lab,
    desk.check,
)

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
    strange = next((text for text in sys.argv if not escaping.is_text(text)), None)
    if strange is not None:
        say(words.say("refusals", "name_not_utf8", "en", file=strange))
        sys.exit(USAGE)
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except _UsageError as error:
        error.message = escaping.terminal(error.message or "")
        error.show()
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(INTERRUPTED)
    except Exception:
        say(traceback.format_exc())
        say(told("defect", "en", version=custlib.__version__))
        sys.exit(DEFECT)


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


for command in COMMANDS:
    # what follows `custlib lab` and is not ours, JupyterLab answers
    app.command(context_settings={"ignore_unknown_options": command is desk.lab})(command)

app.add_typer(teaching.lessons, name="lessons")

if __name__ == "__main__":
    main()
