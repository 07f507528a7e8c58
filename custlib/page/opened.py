"""`open` and the `Page` that it gives."""

import inspect
import os
from functools import cached_property

import pandas as pd

from custlib import blocks, cleaning, codebook, facts, glossary, project, quarters, results, sources, wording
from custlib.page import frames, own_figure, vocabulary
from custlib.page.outputs import ONLY_FACTS, Output
from custlib.page.part import Part
from custlib.refusals import Refused


def open(quarter, data_dir="data/raw", out_dir="", *, lang="en", part="", unfinished=None):
    """The page of a notebook, and its style in JupyterLab.

    quarter: "2025Q4"; data_dir: the folder of exports; out_dir: where result tables go (empty: reports/.draft/<quarter>); lang: one of
    `glossary.LANGUAGES`; part: whose customers are shown, as in "region=华东" (empty: everyone). unfinished: whether a quarter that the
    data do not fill is allowed; None: the quarter is not checked, for notebooks that read no clean table of it.
    Raises Refused: `not_a_quarter`, whatever cannot be read, and what `facts.check_quarter` refuses; ValueError for another language.
    """
    if lang not in glossary.LANGUAGES:
        raise ValueError(f"the languages are {' and '.join(glossary.LANGUAGES)}, not “{lang}”")
    page = Page(str(quarters.parse(quarter)), data_dir, results.folder(out_dir, quarter), lang, part)
    if unfinished is not None:
        facts.check_quarter(page.clean, page.quarter, unfinished)
    own_figure.use_style()
    _display(blocks.style(lang))
    return page


class Page:
    """What a notebook writes on. quarter, previous, year_ago: texts such as "2025Q4"; out: the folder of result tables."""

    def __init__(self, quarter, data_dir, out, lang, part=""):
        self.quarter, self.data_dir, self.out, self.lang, self.part = quarter, data_dir, out, lang, part
        asked = quarters.parse(quarter)
        self.previous, self.year_ago, self.last_day = str(asked.previous()), str(asked.previous(4)), asked.last_day
        self._own_words = {}

    @cached_property
    def clean(self):
        """The clean tables (`cleaning.Clean`); the exports are cleaned first where that was not done."""
        return cleaning.open_tables(self.data_dir)

    @cached_property
    def customers(self):
        """Who all customers are, as `facts.customers` gives it."""
        return facts.customers(self.clean)

    @cached_property
    def mine(self):
        """Customer → whether it is shown here (boolean Series over `customers`); None where everyone is."""
        return facts.in_part(self.customers, self.part) if self.part else None

    @property
    def company(self):
        """The company as `sources.toml` names it."""
        return self._sources.company

    @property
    def currency(self):
        """The currency of all amounts."""
        return self._sources.currency

    @property
    def size_is(self):
        """What customer size is: "payments", or "net_sales" where the exports hold none."""
        if not (self.out / "tables" / "abc_missing.parquet").is_file():
            return "payments" if self.clean.has("payments") else "net_sales"
        missing = results.load("abc_missing", self.out).set_index("indicator")["stands_for"]
        return missing.get("size", "payments")

    def own(self, rows):
        """The rows of the customers shown here: by a column or an index named customer_id; other tables come back as they are."""
        return self._part.rows(rows)

    def save(self, name, rows):
        """Writes a result table, only the customers shown here, and returns it as written; see `results.save`."""
        rows = self.own(rows)
        if self.part:
            self._part.check(frames.encode(rows), name)
        return results.save(rows, name, self.out)

    def load(self, name):
        """A result table of this report. Raises Refused (`missing_result`), naming the notebook that makes it."""
        return results.load(name, self.out)

    def name(self, scope, names):
        """Gives keys of the data their words: `page.name("segment", {"S1": {"en": "Gift givers", "zh": "送礼者"}})`."""
        self._own_words |= {f"{scope}:{key}": dict(words) for key, words in names.items()}

    def say(self, sentence, *tables, **given):
        """A sentence: a function of `wording` with the tables it speaks of, or a text of one's own in Markdown."""
        if isinstance(sentence, str):
            return self._put({"kind": "text", "text": sentence})
        found = sentence(*tables, **given)
        if found is not None:
            self._put({"kind": "say", "sentence": _named(sentence), "facts": found})

    def table(self, name, columns=None, rows=None, limit=12, caption=None):
        """Rows of result table `name` as a table: headers, units, formats and words are those of the codebook.

        columns: which, in which order (default: all); one that stands in each language goes without its ending (`next_step`); rows: a
        DataFrame (default: the table as saved); limit: rows shown at first; caption: (function of wording, its
        tables …), its title (default: the table's term).
        Raises Refused (`unlisted_table`, `unlisted_column`).
        """
        lines = codebook.columns(name)
        if not lines:
            raise Refused("unlisted_table", table=name, line=codebook.line_to_add(name, "its_column"))
        rows = self.load(name) if rows is None else self.own(rows)
        rows = rows.reset_index() if any(rows.index.names) else rows
        columns = list(columns or [column for column in lines if column in rows or lines[column]["kind"] == "words"])
        columns = list(dict.fromkeys(own for column in columns for own in codebook.in_languages(name, column)))
        if unlisted := [column for column in columns if column not in lines]:
            raise Refused("unlisted_column", **codebook.lacking(name, unlisted))
        told = {column: _phrases(lines[column], rows) for column in columns if lines[column]["kind"] == "words"}
        shown = rows.assign(**told)[columns]
        table = {"kind": "table", "table": name, "rows": shown, "limit": limit} | _caption(caption)
        self._put(table if len(shown) else _nothing(name))

    def figure(self, draw, table=None, *, alt="", caption=None, **options):
        """A figure: a function of `figures` with the table it draws; or a figure of one's own, with `alt`, what it shows in words.

        caption: (function of wording, its tables …), a line below the figure. options: what the drawing or the function that describes
        it takes beside the table.
        """
        if not hasattr(draw, "look"):
            return self._put({"kind": "picture", **own_figure.drawn(draw, alt)})
        self._put(self._drawn(draw, table, caption, options))

    def cards(self, function, *tables, **given):
        """A row of cards with key figures, from a function of `wording` that gives the facts of each."""
        self._put({"kind": "cards", "sentence": _named(function), "facts": function(*tables, **given)})

    def actions(self, title, function, *tables, **given):
        """A numbered list of what to do, from a function of `wording` that gives the facts of each, if any. title: a term."""
        if found := function(*tables, **given):
            self._put({"kind": "actions", "title": title, "sentence": _named(function), "facts": found})

    def widget(self, control, *given, still, caption=None):
        """A control of `widgets`, live in JupyterLab; a report shows `still` instead.

        still: (function of wording, its tables …), a sentence; or (function of figures, its table), a figure with a caption, as `figure`
        takes it. Where that has nothing to draw there is no control either.
        """
        what, *tables = still
        if hasattr(what, "look"):
            told = self._drawn(what, *tables, caption, {})
        else:
            told = {"kind": "say", "sentence": _named(what), "facts": what(*tables)}
        dead = os.environ.get(ONLY_FACTS) or told["kind"] == "nothing"
        self._put(told, None if dead else control(*given, self.lang))

    def _drawn(self, draw, table, caption, options):
        """The facts of a figure of `figures`, or that there is nothing to draw."""
        table = self.own(table)
        if not draw.look.is_something(table):
            return _nothing(draw.__name__)
        describe = getattr(wording, f"{draw.__name__}_alt")
        drawn, told_of = (inspect.signature(function).parameters for function in (draw, describe))
        found = describe(table, **{name: value for name, value in options.items() if name in told_of})
        options = {name: value for name, value in options.items() if name in drawn or name not in told_of}
        told = {"kind": "figure", "figure": draw.__name__, "table": table, "options": options}
        return told | {"sentence": _named(describe), "facts": found} | _caption(caption)

    @cached_property
    def _sources(self):
        return sources.load(project.resolve(self.data_dir))

    @cached_property
    def _part(self):
        return Part(self.customers, self.mine) if self.part else Part()

    @cached_property
    def _reference_words(self):
        return vocabulary.of(self.data_dir)

    def _put(self, told, live=None):
        encoded = frames.encode(told)
        self._part.check(encoded, told["kind"])
        words = vocabulary.needed(self._reference_words | self._own_words, set(frames.texts(encoded)))
        encoded["context"] = {"currency": self.currency, "size_is": self.size_is, "vocabulary": words}
        _display(Output(encoded, self.lang, live))


def _named(function):
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def _caption(caption):
    function, *tables = caption or (None,)
    return {"caption": function and _named(function), "caption_facts": function and function(*tables)}


def _phrases(line, rows):
    room, _, name = line["format"].partition(".")
    return pd.Series(getattr(wording, name)(rows), rows.index, dtype="object")


def _nothing(what):
    return {"kind": "nothing", "what": what}


def _display(shown):
    from IPython.display import display

    display(shown)
