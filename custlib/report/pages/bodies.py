"""What stands on a page, cell by cell: each reading with the way to the cell and the tables that made it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import BeautifulSoup

from custlib import codebook, words
from custlib.escaping import escape
from custlib.report.notebook import notebooks
from custlib.report.pages import cells, data_fold

COUNTED = {
    "cl-cards": ".cl-card .cl-label",
    "cl-actions": ".cl-actions h3",
}  # blocks with figures: where their arrows stand


@dataclass(frozen=True)
class Sources:
    """Where the figures of a page come from, and where the links to it lead.

    tables: cell id → names of result tables; made_at: the page that shows the cell that made a reading; folder: of the tables' CSV
    files, as an address; load: name → the table, where the page shows data (None: it only links to them); context: a `sentences.Context`
    for these.
    """

    tables: dict = field(default_factory=dict)
    made_at: str = ""
    folder: str = "tables/"
    load: Callable | None = None
    context: object = None


def whole(notebook, lang, pages=(), code=False, sources=None):
    """HTML of all cells that a reader in this language sees; below each section stand the tables behind it."""
    parts, tables = [], {}
    for cell, html in cells.shown(notebook, lang, pages, code):
        if cell.cell_type == "markdown" and "<h2" in html:
            parts.append(_list(tables, sources, lang))
            tables = {}
        parts.append(_with_origin(cell, html, sources, lang))
        tables |= dict.fromkeys(sources.tables.get(cell.id, ()) if sources else ())
    return "\n".join(filter(None, [*parts, _list(tables, sources, lang)]))


def best(notebook, lang, sources):
    """A section of the front page, with what a notebook's cells tagged `front` show, under its title; "" if there are none.

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
        parts += _chosen(cell, cells.quiet(html), said[place + 1 : place + 2], sources, lang)
    more = escape(words.say("report", "more", lang, title=title))
    return "\n".join([*parts, f'<p class="more"><a href="{escape(sources.made_at)}">{more}</a></p>'])


def _chosen(cell, html, following, sources, lang):
    yield _with_origin(cell, html, sources, lang, anchor=False)
    if not _says(cell):
        for after, _ in following:
            if "front" not in notebooks.tags(after) and _says(after):
                yield _with_arrow(cells.readings(after), after, sources, lang)


def _says(cell):
    return bool(cells.readings(cell))


def _with_origin(cell, html, sources, lang, anchor=True):
    if cell.cell_type != "code" or sources is None:
        return html
    place = f'<span class="anchor" id="cell-{escape(cell.id)}"></span>' if anchor else ""
    arrow = _with_arrow(html, cell, sources, lang)
    names = sources.tables.get(cell.id, ())
    data = data_fold.details(names, sources, lang) if sources.load and "cl-figure" in html else ""
    return place + arrow + data


def _with_arrow(html, cell, sources, lang):
    """The HTML with an arrow to the cell that made it, whose title names the tables: at the end of the last paragraph that the cell
    says, on each card, and at the head of a list of what to do."""
    if not sources.made_at or not (_says(cell) or any(mark in html for mark in COUNTED)):
        return html
    soup = BeautifulSoup(html, "html.parser")
    names = [codebook.caption(name, lang) for name in sources.tables.get(cell.id, ())]
    told = words.say("report", "made", lang) + (": " + " · ".join(names) if names else "")
    for place in [*soup.select(", ".join(COUNTED.values())), *soup.find_all("p", recursive=False)[-1:]]:
        link = soup.new_tag("a", href=f"{sources.made_at}#cell-{cell.id}", title=told)
        link["class"], link["aria-label"], link.string = "made", told, "↗"
        place.extend(["\N{NO-BREAK SPACE}", link])
    return str(soup)


def _list(names, sources, lang):
    if not names or sources is None:
        return ""
    return f'<p class="tables">{escape(words.say("report", "tables", lang))}{data_fold.links(names, sources.folder, lang)}</p>'
