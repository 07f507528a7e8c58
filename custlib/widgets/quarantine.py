"""The lines set aside, to page through. Raw cells are read and sent only when a person presses a button: what a run executes holds counts."""

from custlib import accounting, blocks, glossary, lines, schema
from custlib.escaping import escape
from custlib.widgets.still import still_box

PAGE, _NAMED = 10, 3
OWN = {"line_text", *(column.name for table in schema.TABLES.values() for column in table.columns)}
WORDS = {
    "en": {
        "still": "{lines:,} lines set aside, by table and reason in {groups:,} groups; the largest: {most}. Open this notebook in JupyterLab to page"
        " through their raw cells; a report never shows them.",
        "show": "Show the raw cells",
        "back": "Back",
        "on": "On",
        "where": "{first} to {last} of {of}",
        "private": "Raw cells stay in this window: hide them before you save or share.",
        "hide": "Hide",
    },
    "zh": {
        "still": "隔离 {lines:,} 行，按表和原因分为 {groups:,} 组，最大的是：{most}。请在 JupyterLab 中打开本笔记本翻看原始单元格；报告中从不显示。",
        "show": "显示原始单元格",
        "back": "上一页",
        "on": "下一页",
        "where": "第 {first} 至 {last} 行，共 {of} 行",
        "private": "原始单元格只在此窗口显示：保存或分享前请先隐藏。",
        "hide": "隐藏",
    },
}


def quarantine(clean, lang):
    """A control to choose a table and reason and to page through the raw cells of what was set aside.

    Until a person presses a button it holds counts by table and reason; so does every executed notebook and page.
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
        return [(f"{table} · {reason} ({n:,})", place) for place, (table, reason, n) in enumerate(self.counts.values)]

    def still(self):
        """Counts by table and reason, the only thing that a report shows."""
        most = {"en": ", ", "zh": "、"}[self.lang].join(
            name for name, _ in sorted(self.names(), key=lambda one: -self.groups[one[1]][2])[:_NAMED]
        )
        facts = {"lines": self.counts["lines"].sum(), "groups": len(self.groups), "most": most or "–"}
        words = WORDS[self.lang]["still"].format(**facts)
        return blocks.Block(f"<p>{escape(words)}</p>", words)

    def turn(self, by):
        """Goes on or back; never beyond the ends."""
        last = (self.groups[self.chosen][2] - 1) // PAGE * PAGE if self.groups else 0
        self.start = max(0, min(self.start + by, last))

    def page(self):
        """The raw cells of the page."""
        table, reason, of = self.groups[self.chosen]
        rows = lines.with_cells(self.clean, lines.set_aside(self.clean, table, reason, self.start, PAGE))
        known = set(rows.columns) - {"column", "place"}
        headers = {"place": glossary.term("place", self.lang), "column": glossary.term("column", self.lang)}
        headers |= {name: _header(name, self.lang) for name in rows if name in known}
        rows["column"] = [_header(name, self.lang) for name in rows["column"]]
        where = WORDS[self.lang]["where"].format(first=self.start + 1, last=self.start + len(rows), of=of)
        return blocks.table(rows, lang=self.lang, caption=where, columns=headers, limit=PAGE)


def _header(name, lang):
    return glossary.term(name, lang) if name in OWN else name


def _control(pages, lang):
    import ipywidgets

    words = WORDS[lang]
    choice = ipywidgets.Dropdown(options=pages.names(), layout={"width": "26em"})
    show, back, on, hide = (ipywidgets.Button(description=words[name]) for name in ("show", "back", "on", "hide"))
    shown = ipywidgets.HTML()

    def look(_=None):
        shown.value = f"<p>{words['private']}</p>{pages.page().html}" if pages.groups else ""

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
    return still_box([ipywidgets.HBox([choice, show, back, on, hide]), shown], pages.still())
