"""What stands on a page, cell by cell: each reading with the way to the cell and the tables that made it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import BeautifulSoup

from custlib import codebook, words
from custlib.escaping import escape
from custlib.report.notebook import notebooks
from custlib.report.pages import cells

COUNTED = {
    "cl-cards": ".cl-card .cl-label",
    "cl-actions": ".cl-actions .cl-head",
}  # block of figures → where arrows stand
PLACES = ("warning", "headline", "orders", "cards")  # tags: places of the front page, from the top
AS_CARDS = {*PLACES, "phone-cards"}  # tags: on a phone each row of the tables is a card
METHOD = "method"  # a tag: how the figures were computed, which stands folded at the end of the page
REGION, LABEL = re.compile(r'<div\b[^>]*\brole="region"[^>]*>'), re.compile(r'(aria-label="[^"]*)"')
HEADS = re.compile(r"<(/?)h[12]\b")
ROWS, COLUMNS = 20, 12  # the data behind a figure: a longer table shows its first rows, a wider one is only linked


@dataclass(frozen=True)
class Sources:
    """Where the figures of a page come from, and where the links to it lead.

    tables: cell id → names of result tables; made_at: the page that shows the cell that made a reading; folder: of the
    tables' CSV files, as an address; load: name → the table, where the page shows data (None: it only links to them);
    context: a `sentences.Context` for these. facets: by what tables of customers filter, as `facets.of` gives it.
    """

    tables: dict = field(default_factory=dict)
    made_at: str = ""
    folder: str = "tables/"
    load: Callable | None = None
    context: object = None
    facets: dict = field(default_factory=dict)


def whole(notebook, lang: str, pages=(), code: bool = False, sources: Sources | None = None) -> str:
    """HTML of all cells that a reader in this language sees; below each section stand the tables behind it.

    Cells tagged `method` stand in one folded box at the end, in their order.
    """
    both = cells.shown(notebook, lang, pages, code)
    flow, method = ([one for one in both if (METHOD in notebooks.tags(one[0])) == boxed] for boxed in (False, True))
    return _apart("\n".join(filter(None, [_flow(flow, sources, lang), _box(_flow(method, sources, lang), lang)])))


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


def front(notebook, lang: str, sources: Sources, findings=(), pages=()) -> str:
    """The front page: what the cells tagged with a place show, in the fixed order of `PLACES`, and where all else
    stands.

    findings: HTML of the other notebooks' cards, as `finding` gives it. A notebook that tags no place is shown whole.
    """
    shown = cells.shown(notebook, lang, pages)
    if not any(set(PLACES).intersection(notebooks.tags(cell)) for cell, _ in shown):
        return "\n".join([whole(notebook, lang, pages, sources=sources), _section("cards", [_cards(findings)])])
    held = {
        place: [_placed(cell, body, sources, lang) for cell, body in shown if place in notebooks.tags(cell)]
        for place in PLACES
    }
    held["cards"].append(_cards(findings))
    more = f'<p class="more"><a href="{escape(sources.made_at)}">{escape(words.say("report", "in_full", lang))}</a></p>'
    box = _box(_flow([one for one in shown if METHOD in notebooks.tags(one[0])], sources, lang), lang)
    title = f"<h1>{escape(notebooks.title(notebook.cells, lang))}</h1>"
    return _apart("\n".join(filter(None, [title, *(_section(*one) for one in held.items()), more, box])))


def _apart(html):
    """The HTML with a name of its own for each table: the same data may stand behind two figures."""
    met = Counter[str]()

    def named(found):
        met[found[0]] += 1
        return LABEL.sub(rf'\1 ({met[found[0]]})"', found[0]) if met[found[0]] > 1 else found[0]

    return REGION.sub(named, html)


def finding(notebook, lang: str, sources: Sources) -> str:
    """A card of the front page: what the cells tagged `front` say, under the title that leads to their page; or ""."""
    tagged = [cell for cell in cells.tagged(notebook, lang, "front") if _says(cell)]
    said = [_with_arrow(cells.readings(cell), cell, sources, lang) for cell in tagged]
    title = f'<a href="{escape(sources.made_at)}">{escape(notebooks.title(notebook.cells, lang))}</a>'
    return f'<div class="cl-card"><div class="cl-label">{title}</div>{"".join(said)}</div>' if said else ""


def _section(place, parts):
    html = "\n".join(filter(None, parts))
    return f'<section class="place {place}">\n{html}\n</section>' if html else ""


def _cards(findings):
    html = "".join(findings)
    return f'<div class="cl-cards findings">{html}</div>' if html else ""


def _placed(cell, html, sources, lang):
    """A cell on the front page: of a long table the rows shown at first, and how many more there are where."""
    html = _with_origin(cell, html, sources, lang, anchor=False)
    if "<table" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for table in soup.select(".cl-table > table"):
        rest = table.select("tbody tr")[int(table["data-limit"]) :]
        for row in rest:
            row.decompose()
        if rest:
            table.parent.insert_after(_more(soup, f"{sources.made_at}#cell-{cell.id}", len(rest), lang))
    return str(soup)


def _as_cards(html):
    """The HTML with tables of which on a phone each row is a card: each cell knows its header."""
    if "<table" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for table in soup.select(".cl-table > table"):
        table.parent["class"].append("as-cards")
        heads = [head.get_text() for head in table.select("th")]
        for row in table.select("tbody tr"):
            for head, value in zip(heads, row.find_all("td"), strict=True):
                value["data-label"] = head
    return str(soup)


def _more(soup, address, count, lang):
    line, link = soup.new_tag("p"), soup.new_tag("a", href=address)
    line["class"], link.string = "more", words.say("report", "rows_more", lang, count=count)
    line.append(link)
    return line


def _says(cell):
    return bool(cells.readings(cell))


def _with_origin(cell, html, sources, lang, anchor=True):
    if cell.cell_type != "code" or sources is None:
        return html
    place = f'<span class="anchor" id="cell-{escape(cell.id)}"></span>' if anchor else ""
    html = _as_cards(html) if AS_CARDS.intersection(notebooks.tags(cell)) else html
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
