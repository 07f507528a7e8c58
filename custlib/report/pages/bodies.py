"""What stands on a page, cell by cell: each reading with the way to the cell and the tables that made it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import BeautifulSoup

from custlib import codebook, words
from custlib.escaping import escape
from custlib.report.notebook import notebooks
from custlib.report.pages import cells

COUNTED = {"cl-cards": ".cl-card .cl-label", "cl-actions": ".cl-actions h3"}  # block of figures → where arrows stand
METHOD = "method"  # a tag: how the figures were computed, which stands folded at the end of the page
HEADS = re.compile(r"<(/?)h[12]\b")
ROWS, COLUMNS = 20, 12  # the data behind a figure: a longer table shows its first rows, a wider one is only linked


@dataclass(frozen=True)
class Sources:
    """Where the figures of a page come from, and where the links to it lead.

    tables: cell id → names of result tables; made_at: the page that shows the cell that made a reading; folder: of the
    tables' CSV files, as an address; load: name → the table, where the page shows data (None: it only links to them);
    context: a `sentences.Context` for these.
    """

    tables: dict = field(default_factory=dict)
    made_at: str = ""
    folder: str = "tables/"
    load: Callable | None = None
    context: object = None


def whole(notebook, lang: str, pages=(), code: bool = False, sources: Sources | None = None) -> str:
    """HTML of all cells that a reader in this language sees; below each section stand the tables behind it.

    Cells tagged `method` stand in one folded box at the end, in their order.
    """
    both = cells.shown(notebook, lang, pages, code)
    flow, method = ([one for one in both if (METHOD in notebooks.tags(one[0])) == boxed] for boxed in (False, True))
    return "\n".join(filter(None, [_flow(flow, sources, lang), _box(_flow(method, sources, lang), lang)]))


def _flow(both, sources, lang):
    """The HTML of cells one after another; both: (cell, HTML)."""
    parts, tables = [], dict[str, None]()
    for cell, html in both:
        if cell.cell_type == "markdown" and "<h2" in html:
            parts.append(_list(tables, sources, lang))
            tables = {}
        parts.append(_with_origin(cell, html, sources, lang))
        tables |= dict.fromkeys(sources.tables.get(cell.id, ()) if sources else ())
    return "\n".join(filter(None, [*parts, _list(tables, sources, lang)]))


def _box(html, lang):
    """The box of the method; its summary is a section of the page, what stands in it is none."""
    if not html:
        return ""
    summary = escape(words.say("report", "method", lang))
    inside = HEADS.sub(r"<\g<1>h3", html)
    return f'<details class="method"><summary><h2>{summary}</h2></summary>\n{inside}\n</details>'


def best(notebook, lang: str, sources: Sources) -> str:
    """A section of the front page: what a notebook's cells tagged `front` show, under its title; "" without any.

    Each is followed by its reading: what the cell itself says, or else the next one that runs.
    """
    said = [(cell, html) for cell, html in cells.raw(notebook, lang) if cell.cell_type == "code"]
    chosen = [place for place, (cell, _) in enumerate(said) if "front" in notebooks.tags(cell)]
    if not chosen:
        return ""
    title = notebooks.title(notebook.cells, lang)
    parts = [f"<h2>{escape(title)}</h2>"]
    for place in chosen:
        cell, html = said[place]
        parts.append(_with_origin(cell, cells.quiet(html), sources, lang, anchor=False))
        after = next((cell for cell, _ in said[place + 1 : place + 2]), None)
        if after and not _says(cell) and _says(after) and "front" not in notebooks.tags(after):
            parts.append(_with_arrow(cells.readings(after), after, sources, lang))
    more = escape(words.say("report", "more", lang, title=title))
    return "\n".join([*parts, f'<p class="more"><a href="{escape(sources.made_at)}">{more}</a></p>'])


def _says(cell):
    return bool(cells.readings(cell))


def _with_origin(cell, html, sources, lang, anchor=True):
    if cell.cell_type != "code" or sources is None:
        return html
    place = f'<span class="anchor" id="cell-{escape(cell.id)}"></span>' if anchor else ""
    names = sources.tables.get(cell.id, ()) if sources.load and "cl-figure" in html else ()
    return place + _with_arrow(html, cell, sources, lang) + _data_behind(names, sources, lang)


def _with_arrow(html, cell, sources, lang):
    """The HTML with an arrow to the cell that made it, whose title names the tables.

    It stands at the end of the last paragraph that the cell says, on each card, and at the head of a list of actions.
    """
    if not sources.made_at or not (_says(cell) or any(mark in html for mark in COUNTED)):
        return html
    soup = BeautifulSoup(html, "html.parser")
    names = [codebook.caption(name, lang) for name in sources.tables.get(cell.id, ())]
    title = words.say("report", "made", lang) + (": " + " · ".join(names) if names else "")
    for place in [*soup.select(", ".join(COUNTED.values())), *soup.find_all("p", recursive=False)[-1:]]:
        link = soup.new_tag("a", href=f"{sources.made_at}#cell-{cell.id}", title=title)
        link["class"], link["aria-label"], link.string = "made", title, "↗"
        place.extend(["\N{NO-BREAK SPACE}", link])
    return str(soup)


def _list(names, sources, lang):
    if not names or sources is None:
        return ""
    behind = escape(words.say("report", "tables", lang))
    return f'<p class="tables">{behind}{_links(names, sources.folder, lang)}</p>'


def _links(names, folder, lang):
    """Links to the CSV files of result tables."""
    captions = {name: codebook.caption(name, lang) for name in names}
    return " · ".join(f'<a href="{escape(folder + name)}.csv">{escape(text)}</a>' for name, text in captions.items())


def _data_behind(names, sources, lang):
    """A fold with the first rows of the tables that are narrow enough, and links to all; "" without any."""
    if not names:
        return ""
    summary = escape(words.say("report", "data_behind", lang))
    tables = "".join(_table(name, sources.load(name), lang, sources.context) for name in names)
    colon = words.table("languages")[lang]["colon"]
    links = f'<p class="tables">CSV{colon}{_links(names, sources.folder, lang)}</p>'
    return f'<details class="data"><summary>{summary}</summary>{tables}{links}</details>'


def _table(name, frame, lang, context):
    from custlib.page import outputs  # it loads matplotlib

    columns = [column for column in codebook.shown(name, lang) if column in frame]
    if len(columns) > COLUMNS:
        return ""
    rows = outputs.with_facts(name, frame.head(ROWS), columns)
    return outputs.table_block(name, rows, lang, context, limit=ROWS).html
