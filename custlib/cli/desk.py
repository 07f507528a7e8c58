"""For those who edit the notebooks: JupyterLab, and what would trip a run."""

from typing import Annotated

import typer

from custlib.cli.common import Language, answer, answering, say, told


def lab(
    options: Annotated[list[str] | None, typer.Argument(metavar="[OPTIONS OF JUPYTERLAB]")] = None,
    lang: Language = "en",
):
    """Open JupyterLab on the project, without pop-ups.

    Options that are not ours are JupyterLab's own.

    \b
    Examples:
      custlib lab
      custlib lab --no-browser --port 8890
      custlib lab --lang zh      menus in Chinese; needs: pip install jupyterlab-language-pack-zh-CN
    """
    with answering(lang):
        from custlib import lab as jupyter
        from custlib import project

        if not jupyter.speaks(lang):
            say(told("no_pack", lang, pack=jupyter.pack(lang)))
        raise typer.Exit(jupyter.run(project.root(), lang, options or []))


def check(lang: Language = "en"):
    """Say what in the notebooks would trip a run.

    Each finding with its mend; nothing is executed.

    \b
    Exit codes: 0 nothing to mend, 1 something to mend.
    """
    with answering(lang):
        from custlib import project
        from custlib.report.notebook import checking

        findings, count = checking.check(project.root() / "notebooks")
        answer("\n".join(checking.lines(findings, count, lang)))
    if findings:
        raise typer.Exit(1)
