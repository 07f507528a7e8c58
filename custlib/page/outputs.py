"""The outputs of a report's cells: facts, from which text, table or figure are made in any language.

The facts are kept in the notebook (MIME type `KIND`) beside what Jupyter shows, so that a page in another language, or
with other words, needs no execution.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from custlib import blocks, codebook, wording, words
from custlib.lessons import texts, worksheet
from custlib.page import frames
from custlib.wording import forms, sentences

KIND = "application/vnd.custlib+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
ONLY_FACTS = "CUSTLIB_ONLY_FACTS"  # set where a run executes: it makes the words afterwards


@dataclass(frozen=True)
class Output:
    """Facts to show, from `frames.encode`. lang: the notebook's; live: a control that replaces them in JupyterLab."""

    facts: dict
    lang: str
    live: object = None

    def _repr_mimebundle_(self, include=None, exclude=None):
        if os.environ.get(ONLY_FACTS):
            return {KIND: self.facts, "text/plain": self.facts["kind"]}
        return {KIND: self.facts, **self._control(), **shown(self.facts, self.lang)}

    def _control(self):
        live = self.live._repr_mimebundle_() if self.live else {}
        return {kind: state for kind, state in live.items() if kind == WIDGET}


def shown(facts: dict, lang: str) -> dict[str, str]:
    """What Jupyter and pages show of the facts in one language: MIME type → text."""
    return _KINDS[facts["kind"]](frames.decode(facts), lang, _context(facts))


def fill(node, lang: str) -> None:
    """Puts the words of one language into the outputs of an executed notebook, in place."""
    for cell in node.cells:
        for output in cell.get("outputs", ()):
            if KIND in output.get("data", {}):
                output.data = {KIND: output.data[KIND], **shown(output.data[KIND], lang)}


def _context(facts):
    context = facts.get("context", {})
    defaults = {"currency": "CNY", "size_is": "payments", "vocabulary": {}}
    return sentences.Context(**{name: context.get(name, value) for name, value in defaults.items()})


def _say(facts, lang, context):
    text = sentences.text(facts["sentence"], facts["facts"], lang=lang, context=context)
    return {"text/markdown": text, "text/plain": text}


def _text(facts, lang, context):
    return {"text/markdown": facts["text"], "text/plain": facts["text"]}


def _table(facts, lang, context):
    caption = _caption(facts, lang, context)
    if "of" in facts:
        counts = {"shown": len(facts["rows"]), "count": facts["of"]}
        caption = caption or codebook.caption(facts["table"], lang)
        caption = words.say("report", "first_rows", lang, caption=caption, **counts)
    options = {"limit": facts["limit"], "caption": caption, "customers": facts.get("customers", ())}
    return _block(table_block(facts["table"], facts["rows"], lang, context, **options))


def _caption(facts, lang, context):
    if not facts["caption"]:
        return ""
    return _plain(facts["caption"], facts["caption_facts"], lang, context)


def table_block(
    name: str,
    rows: pd.DataFrame,
    lang: str,
    context: sentences.Context,
    limit: int = 12,
    caption: str = "",
    customers: Sequence[str] = (),
) -> blocks.Block:
    """Rows of a result table as a Block; headers, units, number formats and words come from the codebook.

    name: the table; rows: its columns in the order to show; as `with_facts` returns them.
    caption: default is the table's term. customers: the id of each row's customer, if they are.
    Columns in other languages are left out.
    """
    lines = codebook.shown(name, lang)
    rows = rows[[column for column in rows if column in lines]]
    cells = {column: _cells(rows[column], lines[column], lang, context) for column in rows}
    caption = caption or codebook.caption(name, lang)
    if any(lines[column]["unit"] in codebook.AMOUNTS for column in rows):
        caption = forms.with_currency(caption, lang=lang, currency=context.currency)
    formats = {column: codebook.number_format(lines[column]) for column in rows}
    headers = {column: codebook.header(lines[column], lang) for column in rows}
    sums = [column for column in rows if codebook.adds_up(lines[column])]
    more = {"limit": limit, "name": name, "customers": customers, "sums": sums}
    return blocks.table(pd.DataFrame(cells), lang=lang, caption=caption, columns=headers, formats=formats, **more)


def _cells(values, line, lang, context):
    if line["kind"] in codebook.NUMBERS:
        return values.astype("float64")
    if codebook.sentence(line):
        texts = [_plain(line["format"], facts, lang, context) for facts in values]
        return pd.Series(texts, values.index, dtype="str")
    return pd.Series(codebook.in_words(values, line, lang, context), values.index, dtype="object")


def cells(rows: pd.DataFrame, line: dict, lang: str, context: sentences.Context) -> list:
    """A column of a result table in words, None where unknown; a sentence is made of its row."""
    if not codebook.sentence(line):
        return codebook.in_words(rows[line["column"]], line, lang, context)
    return _phrases(line["format"], rows, lang, context)


def with_facts(name: str, rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """These columns of table `name`; one that is shown as a sentence holds the facts of each row."""
    lines = codebook.columns(name)
    sentences_of = {column: codebook.sentence(lines[column]) for column in columns}
    facts = {
        column: pd.Series(_row_facts(sentence, rows), rows.index, dtype="object")
        for column, sentence in sentences_of.items()
        if sentence
    }
    return rows.assign(**facts)[columns]


def _row_facts(sentence, rows):
    return getattr(wording, sentence.partition(".")[2])(rows)


def _phrases(sentence, rows, lang, context):
    return [_plain(sentence, facts, lang, context) for facts in _row_facts(sentence, rows)]


def _plain(sentence, facts, lang, context):
    return sentences.text(sentence, facts, lang=lang, context=context, markdown=False)


def _figure(facts, lang, context):
    from custlib import figures

    draw = getattr(figures, facts["figure"])
    alt = _plain(facts["sentence"], facts["facts"], lang, context)
    caption = _caption(facts, lang, context)

    def term(key):
        return context.term(key, lang) if context.known(key) else None

    def phrases(sentence, rows):
        return _phrases(sentence, rows, lang, context)

    table, options = draw.look.in_words(facts["table"], facts["options"], term, phrases)
    options |= {name: getattr(context, name) for name in draw.look.context}
    picture = figures.picture(draw, table, lang=lang, alt=alt, caption=caption, **options)
    return picture._repr_mimebundle_()


def _picture(facts, lang, context):
    return {"text/html": facts["html"], "text/plain": facts["alt"]}


def _nothing(facts, lang, context):
    if not facts["what"]:
        return {"text/plain": ""}
    title = codebook.caption(facts["what"], lang)
    return _block(blocks.table(pd.DataFrame(), lang=lang, caption=title))


def _cards(facts, lang, context):
    texts, sentence = ("label", "value", "unit", "change"), facts["sentence"]
    cards = [
        blocks.Card(
            **{name: _plain(f"{sentence}_{name}", card, lang, context) for name in texts},
            direction=card["direction"],
            trend=tuple(card["trend"]),
        )
        for card in facts["facts"]
    ]
    return _block(blocks.cards(cards))


def exercise_in_words(facts: dict, lang: str) -> dict:
    """The exercise of an output's facts, as `texts.in_words` gives it."""
    return texts.in_words(frames.decode(facts)["exercise"], lang, _context(facts))


def _exercise(facts, lang, context):
    return _block(worksheet.block(texts.in_words(facts["exercise"], lang, context), lang))


def _actions(facts, lang, context):
    items = [_plain(facts["sentence"], action, lang, context) for action in facts["facts"]]
    customers = [action.get("customer_id", "") for action in facts["facts"]]
    return _block(blocks.actions(codebook.caption(facts["title"], lang), items, customers))


def _block(block):
    return {"text/html": block.html, "text/plain": block.words}


_KINDS = {
    "say": _say,
    "text": _text,
    "table": _table,
    "figure": _figure,
    "picture": _picture,
    "nothing": _nothing,
    "cards": _cards,
    "actions": _actions,
    "exercise": _exercise,
}
