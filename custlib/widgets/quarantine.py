"""The lines set aside, to page through. Raw cells are read and sent only when a person presses a button."""

from custlib import accounting, blocks, glossary, lines, schema, words
from custlib.escaping import escape

PAGE = 10
OWN = {"line_text", *(column.name for table in schema.TABLES.values() for column in table.columns)}


def quarantine(clean, lang):
    """A control to choose a table and reason and to page through the raw cells of what was set aside.

    clean: `cleaning.Clean`. Until a person presses a button it holds counts by table and reason only.
    """
    return _control(_Pages(clean, lang), lang)


class _Pages:
    """What is shown: the table and reason chosen, and from which line on."""

    def __init__(self, clean, lang):
        self.clean, self.lang, self.start, self.chosen = clean, lang, 0, 0
        counts = accounting.quarantine_reasons(clean).groupby(["table", "reason"], as_index=False)["lines"].sum()
        self.groups = list(counts.itertuples(index=False, name=None))
        self.counts = counts.replace(glossary.terms([*counts["table"], *counts["reason"]], lang))

    def names(self):
        """(what a person chooses, its number) for each table and reason."""
        groups = [{"table": table, "reason": reason, "lines": f"{n:,}"} for table, reason, n in self.counts.values]
        return [(_say("group", self.lang, **group), place) for place, group in enumerate(groups)]

    def turn(self, by):
        """Goes on or back; never beyond the ends."""
        last = (self.groups[self.chosen][2] - 1) // PAGE * PAGE if self.groups else 0
        self.start = max(0, min(self.start + by, last))

    def page(self):
        """The raw cells of the page."""
        table, reason, of = self.groups[self.chosen]
        rows = lines.with_cells(self.clean, lines.set_aside(self.clean, table, reason, self.start, PAGE))
        headers = glossary.terms(["place", "column"], self.lang)
        headers |= {name: _header(name, self.lang) for name in rows if name not in headers}
        rows["column"] = [_header(name, self.lang) for name in rows["column"]]
        where = _say("where", self.lang, first=self.start + 1, last=self.start + len(rows), of=of)
        return blocks.table(rows, lang=self.lang, caption=where, columns=headers, limit=PAGE)


def _say(key, lang, **facts):
    return words.say("widgets", f"quarantine_{key}", lang, **facts)


def _header(name, lang):
    return glossary.term(name, lang) if name in OWN else name


def _control(pages, lang):
    import ipywidgets

    choice = ipywidgets.Dropdown(options=pages.names(), layout={"width": "26em"})
    show, back, on, hide = (ipywidgets.Button(description=_say(name, lang)) for name in ("show", "back", "on", "hide"))
    shown = ipywidgets.HTML()

    def look(_=None):
        shown.value = f"<p>{escape(_say('private', lang))}</p>{pages.page().html}" if pages.groups else ""

    def choose(change):
        pages.chosen, pages.start = change["new"], 0
        look()

    def turn(by):
        pages.turn(by)
        look()

    def clear(_):
        shown.value = ""

    choice.observe(choose, "value")
    show.on_click(look)
    back.on_click(lambda _: turn(-PAGE))
    on.on_click(lambda _: turn(PAGE))
    hide.on_click(clear)
    return ipywidgets.VBox([ipywidgets.HBox([choice, show, back, on, hide]), shown])
