"""For those who edit the notebooks: JupyterLab, and what would trip a run."""

import typer

from custlib.cli.common import Language, answer, answering, say, told


def lab(lang: Language = "en"):
    """Open JupyterLab on the notebooks, without pop-ups.

    \b
    Examples:
      custlib lab
      custlib lab --lang zh      menus in Chinese; needs: pip install jupyterlab-language-pack-zh-CN
    """
    with answering(lang):
        from custlib import lab as jupyter
        from custlib import project

        folder = project.root() / "notebooks"
        if not jupyter.speaks(lang):
            say(told("no_pack", lang, pack=jupyter.pack(lang)))
        raise typer.Exit(jupyter.run(folder, lang))


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
