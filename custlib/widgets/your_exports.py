"""Which file is what: a person looks at exports, corrects what they are taken for, and writes `sources.toml`.

Nothing of a file is read into the notebook before a person chooses it, and nothing is written but by a button.
"""

from pathlib import Path

import pandas as pd

from custlib import blocks, glossary, words
from custlib.cleaning import preview
from custlib.escaping import escape
from custlib.reading import draft, fits
from custlib.refusals import Refused

ROWS = 5
_AS_IT_IS, _NOTHING = "\0", ""


def your_exports(folder, found, lang):
    """A control to choose a file, its table and columns, to see what comes of it, and to write `sources.toml`.

    folder: of the exports; found: list of `reading.draft.Entry`, as `reading.draft.entries` gives it.
    """
    return _Control(_Draft(Path(folder), list(found), lang), lang).box()


class _Draft:
    """What the exports are taken for as it stands, the entry that is looked at, and what a person chose for it."""

    def __init__(self, folder, found, lang):
        self.folder, self.found, self.lang, self.at = folder, found, lang, None
        self.chosen = [{} for _ in found]

    @property
    def entry(self):
        return self.found[self.at]

    def files(self):
        """(what a person chooses, its number) for each kind of file."""
        names = [
            f"{entry.files} [{entry.looks[0].sheet}]" if entry.looks[0].sheet else entry.files for entry in self.found
        ]
        return [(_say("choose", self.lang), None), *zip(names, range(len(names)), strict=True)]

    def tables(self):
        """(what a person chooses, table) for each table; "" for none of them."""
        terms = [(words.say("draft", f"row_{name}", self.lang), name) for name in fits.TABLES]
        return [(_say("no_table", self.lang), _NOTHING), *terms]

    def columns(self):
        """Columns that a header may be of the table chosen."""
        names = fits.columns(self.entry.fit.table) if self.entry.fit else ()
        own = [(fits.term(name, self.lang), name) for name in names]
        return [(_say("as_it_is", self.lang), _AS_IT_IS), (_say("no_column", self.lang), _NOTHING), *own]

    def choose_table(self, table):
        self.chosen[self.at] = {}
        self._change(table)

    def choose_column(self, header, column):
        """Takes a header for a column ("" for none of ours; `_AS_IT_IS`: as it was suggested)."""
        chosen = {text: name for text, name in self.chosen[self.at].items() if text != header and name != column}
        self.chosen[self.at] = chosen if column == _AS_IT_IS else chosen | {header: column}
        self._change(self.entry.table)

    def text(self):
        """`sources.toml` as it stands."""
        return draft.text(draft.together(self.found), self.lang)

    def first_rows(self):
        """The first rows of the file, a column for each header."""
        look = self.entry.looks[0]
        if look.refused:
            return blocks.Block(f"<p>{escape(look.refused.line(self.lang))}</p>", "")
        width = max([len(look.texts), *map(len, look.rows[:ROWS])])
        heads = [text or str(at + 1) for at, text in enumerate([*look.texts, *[""] * (width - len(look.texts))])]
        rows = pd.DataFrame([[*row, *[""] * (width - len(row))] for row in look.rows[:ROWS]], columns=_apart(heads))
        return blocks.table(rows, lang=self.lang, caption=_say("first_rows", self.lang, file=look.file))

    def reasons(self):
        """Header, column and why, of what is taken for something."""
        look, fit = self.entry.looks[0], self.entry.fit
        if fit is None:
            return blocks.Block("", "")
        rows = [
            (look.texts[at], fits.term(name, self.lang), _say(f"because_{fit.reasons[name]}", self.lang))
            for name, at in sorted(fit.columns.items(), key=lambda one: one[1])
        ]
        rows += [("?", fits.term(name, self.lang), _say("because_lacking", self.lang)) for name in fit.asked]
        heads = {name: _say(name, self.lang) for name in ("header", "column", "because")}
        caption = _say("taken_for", self.lang, table=words.say("draft", f"row_{fit.table}", self.lang))
        return blocks.table(
            pd.DataFrame(rows, columns=list(heads)), lang=self.lang, caption=caption, columns=heads, limit=40
        )

    def preview(self):
        """Ten rows as they would be cleaned, and what would be set aside."""
        if self.entry.fit is None:
            return ""
        try:
            clean, aside = preview.preview(self.folder, draft.together(self.found), self.at, self.lang)
        except Refused as refused:
            return f"<p>{escape(refused.line(self.lang))}</p>"
        aside["reason"] = [glossary.term(reason, self.lang) for reason in aside["reason"]]
        heads = {"line": _say("line", self.lang), "reason": glossary.term("reason", self.lang)}
        shown = [
            blocks.table(
                clean.astype("string"),
                lang=self.lang,
                caption=_say("cleaned", self.lang),
                columns=_heads(clean, self.lang),
            ),
            blocks.table(aside, lang=self.lang, caption=_say("set_aside", self.lang), columns=heads),
        ]
        return "".join(block.html for block in shown)

    def difference(self):
        """What writing would change, or the whole text where no `sources.toml` is there."""
        return draft.difference(self.folder, self.text()) or self.text()

    def write(self):
        """Writes `sources.toml`, and says where."""
        path, kept = draft.write(self.folder, self.text())
        return _say("written_beside" if kept else "written", self.lang, file=path.name, kept=kept.name if kept else "")

    def _change(self, table):
        self.found[self.at] = draft.changed(self.entry, table or None, self.chosen[self.at])


def _say(key, lang, **facts):
    return words.say("widgets", f"exports_{key}", lang, **facts)


def _heads(rows, lang):
    return {name: fits.term(name, lang) for name in rows}


def _apart(heads):
    return [text if heads.index(text) == at else f"{text} ({at + 1})" for at, text in enumerate(heads)]


def _pre(text):
    return f"<pre>{escape(text)}</pre>"


class _Control:
    """The drop-downs, buttons and texts that a person sees, and what each of them does."""

    def __init__(self, drafted, lang):
        import ipywidgets

        self.drafted = drafted
        wide = {"width": "30em"}
        self.file = ipywidgets.Dropdown(options=drafted.files(), value=None, layout=wide)
        self.table = ipywidgets.Dropdown(options=drafted.tables(), value=_NOTHING, layout=wide)
        self.header, self.column = (ipywidgets.Dropdown(options=[], layout=wide) for _ in range(2))
        acts = {"look": self.show, "compare": self.compare, "write": self.write, "hide": self.hide}
        self.buttons = [ipywidgets.Button(description=_say(name, lang)) for name in acts]
        self.shown, self.told = ipywidgets.HTML(), ipywidgets.HTML()
        for control, choose in (
            (self.file, self.choose_file),
            (self.table, self.choose_table),
            (self.header, self.choose_header),
            (self.column, self.choose_column),
        ):
            control.observe(choose, "value")
        for button, act in zip(self.buttons, acts.values(), strict=True):
            button.on_click(act)

    def box(self):
        """All of them, as JupyterLab shows them."""
        import ipywidgets

        rows = [[self.file, self.table], [self.header, self.column], self.buttons]
        return ipywidgets.VBox([*(ipywidgets.HBox(row) for row in rows), self.told, self.shown])

    def show(self, *_):
        if self.drafted.at is not None:
            drafted = self.drafted
            self.shown.value = drafted.first_rows().html + drafted.reasons().html + drafted.preview()

    def choose_file(self, change):
        self.drafted.at = change["new"]
        if self.drafted.at is None:
            self.shown.value = ""
            return
        fit = self.drafted.entry.fit
        with _silent(self.table, self.choose_table):
            self.table.value = (fit and fit.table) or _NOTHING
        self.offer()
        self.show()

    def offer(self):
        """The headers of the file, and what each may be."""
        with _silent(self.column, self.choose_column), _silent(self.header, self.choose_header):
            self.header.options = [text for text in self.drafted.entry.looks[0].texts if text]
            self.column.options, self.column.value = self.drafted.columns(), _AS_IT_IS

    def choose_table(self, change):
        if self.drafted.at is not None:
            self.drafted.choose_table(change["new"])
            self.offer()
            self.show()

    def choose_header(self, change):
        with _silent(self.column, self.choose_column):
            self.column.value = self.drafted.chosen[self.drafted.at].get(change["new"], _AS_IT_IS)

    def choose_column(self, change):
        if self.drafted.at is not None and self.header.value:
            self.drafted.choose_column(self.header.value, change["new"])
            self.show()

    def compare(self, _):
        self.told.value = _pre(self.drafted.difference())

    def write(self, _):
        self.told.value = f"<p>{escape(self.drafted.write())}</p>"

    def hide(self, _):
        self.shown.value = self.told.value = ""


class _silent:
    """While a control is set by the code, its observer sleeps."""

    def __init__(self, control, act):
        self.control, self.act = control, act

    def __enter__(self):
        self.control.unobserve(self.act, "value")

    def __exit__(self, *_):
        self.control.observe(self.act, "value")
