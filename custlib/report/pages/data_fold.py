"""The data behind a figure: a fold with the first rows of its tables, and links to all of them."""

from custlib import codebook, words
from custlib.escaping import escape

ROWS, COLUMNS = 20, 12  # a longer table shows its first rows, a wider one is only linked


def links(names, folder, lang):
    """Links to the CSV files of result tables, as HTML."""
    told = {name: codebook.caption(name, lang) for name in names}
    return " · ".join(f'<a href="{escape(folder + name)}.csv">{escape(text)}</a>' for name, text in told.items())


def details(names, sources, lang):
    """A fold with the first rows of the tables (of a `bodies.Sources`) that are narrow enough, and links to all; "" without any."""
    if not names:
        return ""
    shown = [_table(name, sources.load(name), lang, sources.context) for name in names]
    return (
        f'<details class="data"><summary>{escape(words.say("report", "data_behind", lang))}</summary>{"".join(shown)}'
        f'<p class="tables">CSV{words.table("languages")[lang]["colon"]}{links(names, sources.folder, lang)}</p></details>'
    )


def _table(name, frame, lang, context):
    from custlib.page import outputs  # it loads matplotlib

    columns = [column for column in codebook.shown(name, lang) if column in frame]
    if len(columns) > COLUMNS:
        return ""
    rows = outputs.with_facts(name, frame.head(ROWS), columns)
    return outputs.table_block(name, rows, lang, context, limit=ROWS).html
