"""What goes into a report: exports, an invented company, one raw line, the experts' answers."""

from typing import Annotated

import typer

from custlib.cli.common import INTERRUPTED, Language, answer, answering, say, told


def draft_sources(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder of exports.")],
    ask: Annotated[bool, typer.Option("--ask", help="Ask file by file what it is; write at the end.")] = False,
    lang: Language = "en",
):
    """Write a first sources.toml, a question at each doubt.

    \b
    Examples:
      custlib draft-sources /data/exports
      (answer its questions in an editor)
      custlib run 2025Q4 --data /data/exports
      custlib draft-sources /data/exports --ask

    --ask shows the headers of each file, what they are taken for and why,
    asks for the table and for columns that are lacking, and shows the first
    rows as they would be cleaned. Enter takes what is proposed. The text is
    shown before it is written; a sources.toml that is there is never changed.
    """
    with answering(lang):
        from pathlib import Path

        from custlib.reading import draft

        written = _asked(Path(folder), lang) if ask else draft.draft(Path(folder), lang)
    answer(told("written", lang, place=written))
    say(told("draft_open", lang, questions=draft.questions(written.read_text(encoding="utf-8"))))


def _asked(folder, lang):
    from custlib.cli import asking
    from custlib.reading import draft

    draft.refuse_existing(folder)
    try:
        text = asking.ask(folder, lang)
        answer(text)
        agreed = typer.confirm(told("ask_write", lang), err=True)
    except typer.Abort:
        agreed = False
    if not agreed:
        say(told("ask_nothing", lang))
        raise typer.Exit(INTERRUPTED)
    draft.refuse_existing(folder)  # it may have come in the meantime
    return draft.write(folder, text)[0]


def explain(
    place: Annotated[str, typer.Argument(metavar="FILE:LINE", help="A line of an export, as reports name it.")],
    data: Annotated[str, typer.Option(metavar="DIR", help="Folder of exports.")] = "data/raw",
    lang: Language = "en",
):
    """Tell what became of one raw line, and why.

    \b
    Examples:
      custlib explain 销售明细_2025Q4.csv:120
      custlib explain "回款 2025.xlsx:14" --lang zh
      custlib explain sales.csv:2 --data /data/exports

    It shows raw cells, so keep what it prints as private as the exports.
    """
    with answering(lang):
        answer(_story(place, data, lang))


def _story(place, data, lang):
    from pathlib import Path

    from custlib import cleaning, project, wording
    from custlib import explain as explaining

    folder = data if data == "data/raw" else Path(data).resolve()
    clean = cleaning.open_tables(project.resolve(folder), say)
    return wording.story(explaining.tell(clean, project.resolve(folder), place), lang=lang)


def sample(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    customers: Annotated[int, typer.Option(help="Dealers, 30 to 250,000.")] = 240,
    consumers: Annotated[int, typer.Option(help="Consumers behind them, 50 to 50,000,000.")] = 3000,
    quarters: Annotated[int, typer.Option(help="Quarters up to 2025Q4, 2 to 40.")] = 9,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 20251231,
):
    """Write the exports of an invented company.

    \b
    Example:
      custlib sample /tmp/company --customers 50 --seed 7
      custlib run 2025Q4 --data /tmp/company
    """
    with answering():
        from custlib import sample as company

        company.write(folder, customers=customers, consumers=consumers, quarters=quarters, seed=seed)
    answer(told("written", "en", place=folder))


def questionnaire(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The workbook to write, such as experts.xlsx.")],
    expert: Annotated[list[str], typer.Option("-e", "--expert", metavar="NAME", help="An expert; once for each.")],
    data: Annotated[str | None, typer.Option(metavar="DIR", help="Exports whose fishbone is asked about.")] = None,
    lang: Language = "en",
):
    """Write the questionnaire for the fishbone's experts.

    A sheet for each, only the pairs that are needed.

    \b
    Example:
      custlib questionnaire experts.xlsx -e 张三 -e 李四 --lang zh
      (they fill in the yellow cells)
      custlib answers experts.xlsx --to data/raw/两两比较.xlsx
    """
    with answering(lang):
        from custlib import fishbone
        from custlib.weights import questionnaire as asked

        asked.write(file, fishbone.tree(data), expert, lang)
    answer(told("written", lang, place=file))


def answers(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Questionnaires that came back.")],
    to: Annotated[str, typer.Option(metavar="FILE", help="The export to write; it must not be there yet.")],
    lang: Language = "en",
):
    """Put the experts' answers together as an export.

    \b
    Example:
      custlib answers zhang.xlsx li.xlsx --to data/raw/两两比较.xlsx
    """
    with answering(lang):
        import pandas as pd

        from custlib.weights import questionnaire as asked

        rows = pd.concat([asked.answers(file) for file in files], ignore_index=True)
        asked.save_answers(rows, to)
    answer(told("rows_written", lang, place=to, rows=f"{len(rows):,}"))
