"""`open` and the `Page` that it returns."""

import dataclasses
import inspect
import os
from collections.abc import Callable
from functools import cached_property

import pandas as pd

from custlib import (
    blocks,
    cleaning,
    codebook,
    facts,
    figures,
    lessons,
    project,
    quarters,
    results,
    sources,
    wording,
    words,
)
from custlib.lessons import codes, controls
from custlib.page import frames, vocabulary
from custlib.page.outputs import ONLY_FACTS, Output, exercise_in_words, with_facts
from custlib.page.part import Part
from custlib.refusals import Refused

MOST_ROWS = 300  # of a table on a page: more nobody reads, and ten such tables are less than 2 MB


class Page:
    """What a notebook writes on. quarter, previous, year_ago: such as "2025Q4"; out: the folder of result tables."""

    def __init__(self, quarter, data_dir, out, lang, part=""):
        self.quarter, self.data_dir, self.out, self.lang, self.part = quarter, data_dir, out, lang, part
        asked = quarters.parse(quarter)
        self.previous, self.year_ago, self.last_day = str(asked.previous()), str(asked.previous(4)), asked.last_day
        self.first_day = asked.first_day
        self._own_words, self._exercises = {}, []

    @cached_property
    def clean(self) -> cleaning.Clean:
        """The clean tables (`cleaning.Clean`); the exports are cleaned first if they have not been."""
        clean = cleaning.open_tables(self.data_dir)
        # Or what a query no longer needs stays taken. By a thread of DuckDB's own, which nothing here forks beside.
        clean.connection.raw_sql("SET allocator_background_threads = true")
        return clean

    @cached_property
    def customers(self) -> pd.DataFrame:
        """The master data of all customers, as `facts.customers` returns it."""
        return facts.customers(self.clean)

    @cached_property
    def mine(self) -> pd.Series | None:
        """Customer → whether it is shown here (boolean Series over `customers`); None if all are."""
        return facts.in_part(self.customers, self.part) if self.part else None

    @property
    def company(self) -> str:
        """The company as `sources.toml` names it."""
        return self._sources.company

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self._sources.currency

    @property
    def size_is(self) -> str:
        """The measure of customer size: "payments", or "net_sales" if the exports hold no payments, as far as the
        notebook has opened them: notebook 00 asks what they are before they can be."""
        if not (self.out / "tables" / "abc_missing.parquet").is_file():
            return "net_sales" if "clean" in vars(self) and not self.clean.has("payments") else "payments"
        missing = results.load("abc_missing", self.out).set_index("indicator")["stands_for"]
        return missing.get("size", "payments")

    def own(self, rows):
        """The rows of the customers shown here, by a column or index customer_id; unchanged for a table without one."""
        return self._part.rows(rows)

    def save(self, name: str, rows: pd.DataFrame) -> pd.DataFrame:
        """Writes a result table with only the customers shown here, and returns it as written; see `results.save`."""
        rows = self.own(rows)
        if self.part:
            self._part.check(frames.encode(rows), name)
        return results.save(rows, name, self.out)

    def load(self, name: str) -> pd.DataFrame:
        """A result table of this report. Raises Refused (`missing_result`), naming the notebook that makes it."""
        return results.load(name, self.out)

    def name(self, scope: str, names: dict) -> None:
        """Adds words for keys of the data: `page.name("segment", {"S1": {"en": "Gift givers", "zh": "送礼者"}})`."""
        self._own_words |= {f"{scope}:{key}": dict(words) for key, words in names.items()}

    def say(self, sentence: Callable | str, *tables, **given) -> None:
        """Shows a sentence: a function of `wording` applied to its tables, or the author's own text in Markdown."""
        if isinstance(sentence, str):
            return self._put({"kind": "text", "text": sentence})
        facts = sentence(*tables, **given)
        said = {"kind": "say", "sentence": _named(sentence), "facts": facts}
        self._put(_nothing("") if facts is None else said)

    def table(
        self,
        name: str,
        columns: list[str] | None = None,
        rows: pd.DataFrame | None = None,
        limit: int = 12,
        caption: tuple | None = None,
    ) -> None:
        """Shows rows of result table `name`; headers, units, formats and words come from the codebook.

        columns: which, in order (default: all); for a column per language (`next_step_en` …) its stem is enough.
        rows: a DataFrame (default: the table as saved); limit: rows shown at first. Of more than `MOST_ROWS` the first
        are on the page, which says so: all are in the CSV file.
        caption: (function of wording, its tables …); default: the table's term.
        Raises Refused (`unlisted_table`, `unlisted_column`).
        """
        lines = codebook.columns(name)
        if not lines:
            raise Refused("unlisted_table", table=name, line=codebook.line_to_add(name, "its_column"))
        rows = self.load(name) if rows is None else self.own(rows)
        rows = rows.reset_index() if any(rows.index.names) else rows
        columns = list(columns or [column for column in lines if column in rows or lines[column]["kind"] == "words"])
        columns = list(dict.fromkeys(each for column in columns for each in codebook.in_languages(name, column)))
        if unlisted := [column for column in columns if column not in lines]:
            raise Refused("unlisted_column", **codebook.lacking(name, unlisted, rows))
        if not len(rows):
            return self._put(_nothing(name))
        more: dict = {"of": len(rows)} if len(rows) > MOST_ROWS else {}
        rows = rows.head(MOST_ROWS)
        if "customer_id" in rows:
            more["customers"] = list(rows["customer_id"].fillna(""))
        rows = with_facts(name, rows, columns)
        self._put({"kind": "table", "table": name, "rows": rows, "limit": limit} | more | _caption(caption))

    def figure(self, draw, table=None, *, alt: str = "", caption: tuple | None = None, **options) -> None:
        """Shows a figure: a function of `figures` with its table; or the author's own figure, described by `alt`.

        caption: (function of wording, its tables …), the line below the figure.
        options: further arguments of the drawing function or of the function that describes it.
        """
        if not hasattr(draw, "look"):
            html = figures.of_own(draw, alt)._repr_mimebundle_()["text/html"]
            return self._put({"kind": "picture", "html": html, "alt": alt})
        self._put(self._drawn(draw, table, caption, options))

    def cards(self, function: Callable, *tables, **given) -> None:
        """Shows cards with key figures: a function of `wording` that returns the facts of each card."""
        self._put({"kind": "cards", "sentence": _named(function), "facts": function(*tables, **given)})

    def actions(self, title: str, function: Callable, *tables, **given) -> None:
        """Shows a numbered list of actions: a function of `wording` that returns the facts of each. title: a term."""
        if facts := function(*tables, **given):
            self._put({"kind": "actions", "title": title, "sentence": _named(function), "facts": facts})

    def widget(self, control: Callable, *given, still: tuple, caption: tuple | None = None) -> None:
        """Shows a control of `widgets` in JupyterLab, and `still` in a report.

        given: arguments of the control; still: (function of wording, its tables …), or (function of figures, its table)
        with a caption as for `figure`. If there is nothing to draw, no control is shown either.
        """
        what, *tables = still
        if hasattr(what, "look"):
            facts = self._drawn(what, tables[0], caption, {})
        else:
            facts = {"kind": "say", "sentence": _named(what), "facts": what(*tables)}
        dead = os.environ.get(ONLY_FACTS) or facts["kind"] == "nothing"
        self._put(facts, None if dead else control(*given, self.lang))

    def exercise(self, exercise: lessons.Exercise) -> lessons.Exercise:
        """Shows an exercise of a lesson, in JupyterLab as a control, and returns it; nothing where it has no item."""
        if exercise.kind in lessons.ASKING and not exercise.items:
            self._put(_nothing(""))
            return exercise
        self._exercises.append(exercise)
        encoded = self._encoded({"kind": "exercise", "exercise": dataclasses.asdict(exercise)})
        told = None if os.environ.get(ONLY_FACTS) else exercise_in_words(encoded, self.lang)
        _display(Output(encoded, self.lang, told and controls.control(told, self.lang)))
        return exercise

    def hand_in(self, lesson: str) -> None:
        """Shows where a learner hands in the answers to all exercises above. lesson: its number, "1" to "8"."""
        scored = [exercise for exercise in self._exercises if exercise.items]
        names = tuple(exercise.id for exercise in scored)
        self.exercise(lessons.Exercise("hand_in", "hand_in", of=names, lesson=lesson, edition=codes.edition(scored)))

    def _drawn(self, draw, table, caption, options):
        """The facts of a figure, or that there is nothing to draw."""
        table = self.own(table)
        if not draw.look.is_something(table):
            return _nothing(draw.__name__)
        describe = getattr(wording, f"{draw.__name__}_alt")
        drawn, described = (inspect.signature(function).parameters for function in (draw, describe))
        facts = describe(table, **{name: value for name, value in options.items() if name in described})
        options = {name: value for name, value in options.items() if name in drawn or name not in described}
        table, more = draw.look.fewer(table)
        figure = {"kind": "figure", "figure": draw.__name__, "table": table, "options": options | more}
        return figure | {"sentence": _named(describe), "facts": facts} | _caption(caption)

    @cached_property
    def _sources(self):
        return sources.load(project.resolve(self.data_dir))

    @cached_property
    def _part(self):
        return Part(self.customers, self.mine) if self.part else Part()

    @cached_property
    def _reference_words(self):
        return vocabulary.of(self.data_dir)

    def _put(self, facts, live=None):
        _display(Output(self._encoded(facts), self.lang, live))

    def _encoded(self, facts):
        encoded = frames.encode(facts)
        self._part.check(encoded, facts["kind"])
        words = vocabulary.needed(self._reference_words, set(frames.texts(encoded))) | self._own_words
        encoded["context"] = {"currency": self.currency, "size_is": self.size_is, "vocabulary": words}
        return encoded


def open(
    quarter: str,
    data_dir: str = "data/raw",
    out_dir: str = "",
    *,
    lang: str = "en",
    part: str = "",
    unfinished: bool | None = None,
) -> Page:
    """The page of a notebook; in JupyterLab it also sets the style.

    quarter: "2025Q4"; data_dir: the folder of exports; out_dir: where result tables go (empty:
    reports/.draft/<quarter>).
    lang: one of `words.LANGUAGES`; part: the part of the company shown, such as "region=华东" (empty: all customers).
    unfinished: whether a quarter that the data do not fill is allowed; None skips that check, for notebooks that read
    no clean table of the quarter.
    Raises Refused (`not_a_quarter`, unreadable exports, and what `facts.check_quarter` refuses) and ValueError for an
    unknown language.
    """
    words.check_language(lang)
    page = Page(str(quarters.parse(quarter)), data_dir, results.folder(out_dir, quarter), lang, part)
    if unfinished is not None:
        facts.check_quarter(page.clean, page.quarter, unfinished)
    figures.use_style()
    _display(blocks.style(lang))
    return page


def _named(function):
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def _caption(caption):
    function, *tables = caption or (None,)
    return {"caption": function and _named(function), "caption_facts": function and function(*tables)}


def _nothing(what):
    """JupyterLab says that there is none of what; a report's page leaves it out, and a section of nothing else, too."""
    return {"kind": "nothing", "what": what}


def _display(output):
    from IPython.display import display

    display(output)
