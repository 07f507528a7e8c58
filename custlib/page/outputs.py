"""What a cell of a report puts out: its facts, and from them the text, table or figure in one language.

The facts stand in the notebook beside what Jupyter shows (`KIND`). A page in another language, or with other words, is made of them
again, without executing anything.
"""

import os
from dataclasses import dataclass

import pandas as pd

from custlib import blocks, codebook, wording
from custlib.page import frames
from custlib.wording import forms, sentences

KIND = "application/vnd.custlib+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
ONLY_FACTS = "CUSTLIB_ONLY_FACTS"  # set where a run executes: it makes the words afterwards


@dataclass(frozen=True)
class Output:
    """Facts that can be shown: `facts` as `frames.encode` gives them, `lang` that of the notebook, `live` a control in their place."""

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


def shown(facts, lang):
    """What Jupyter and pages show of an output's facts, in one language: MIME type → text."""
    return _KINDS[facts["kind"]](frames.decode(facts), lang, _context(facts))


def fill(node, lang):
    """Puts the words of one language into the outputs of an executed notebook, in place."""
    for cell in node.cells:
        for output in cell.get("outputs", ()):
            if KIND in output.get("data", {}):
                output.data = {KIND: output.data[KIND], **shown(output.data[KIND], lang)}


def _context(facts):
    own = facts.get("context", {})
    return sentences.Context(own.get("currency", "CNY"), own.get("size_is", "payments"), own.get("vocabulary", {}))


def _say(facts, lang, context):
    said = sentences.text(facts["sentence"], facts["facts"], lang=lang, context=context)
    return {"text/markdown": said, "text/plain": said}


def _text(facts, lang, context):
    return {"text/markdown": facts["text"], "text/plain": facts["text"]}


def _table(facts, lang, context):
    caption = _caption(facts, lang, context)
    return _block(table_block(facts["table"], facts["rows"], lang, context, facts["limit"], caption))


def _caption(facts, lang, context):
    if not facts["caption"]:
        return ""
    return sentences.text(facts["caption"], facts["caption_facts"], lang=lang, context=context, markdown=False)


def table_block(name, rows, lang, context, limit=12, caption=""):
    """Rows of a result table as a Block: headers, units, number formats and words from the codebook; the one renderer of tables.

    rows: columns as listed for table `name`, shown in this order; a column of kind `words` holds the facts of a sentence a row.
    caption: its title, by default the table's term. Columns in another language are left out.
    """
    lines = codebook.shown(name, lang)
    rows = rows[[column for column in rows if column in lines]]
    cells = {column: _cells(rows[column], lines[column], lang, context) for column in rows}
    caption = caption or codebook.caption(name, lang)
    if any(lines[column]["unit"] in codebook.AMOUNTS for column in rows):
        caption = forms.with_currency(caption, lang=lang, currency=context.currency)
    formats = {column: codebook.number_format(lines[column]) for column in rows}
    headers = {column: codebook.header(lines[column], lang) for column in rows}
    return blocks.table(pd.DataFrame(cells), lang=lang, caption=caption, columns=headers, formats=formats, limit=limit)


def _cells(values, line, lang, context):
    if line["kind"] in codebook.NUMBERS:
        return values.astype("float64")
    if line["kind"] == "words":
        return pd.Series(_phrases(values, line, lang, context), values.index, dtype="str")
    return pd.Series(codebook.in_words(values, line, lang, context), values.index, dtype="object")


def _phrases(values, line, lang, context):
    of = {"lang": lang, "context": context, "markdown": False}
    return [sentences.text(line["format"], one, **of) for one in values]


def cells(rows, line, lang, context):
    """The cells of a column of a result table for a reader, None where nothing is known; those of kind `words` are made of their row."""
    if line["kind"] != "words":
        return codebook.in_words(rows[line["column"]], line, lang, context)
    return _phrases(getattr(wording, line["format"].partition(".")[2])(rows), line, lang, context)


def _figure(facts, lang, context):
    from custlib import figures

    draw = getattr(figures, facts["figure"])
    given = {"lang": lang, "context": context, "markdown": False}
    alt = sentences.text(facts["sentence"], facts["facts"], **given)
    caption = _caption(facts, lang, context)

    def term(key):
        return context.term(key, lang) if context.known(key) else None

    def phrases(how, rows):
        found = getattr(wording, how.partition(".")[2])(rows)
        return [sentences.text(how, one, **given) for one in found]

    table, options = draw.look.in_words(facts["table"], facts["options"], term, phrases)
    options |= {name: getattr(context, name) for name in draw.look.context}
    picture = figures.picture(draw, table, lang=lang, alt=alt, caption=caption, **options)
    return picture._repr_mimebundle_()


def _picture(facts, lang, context):
    return {"text/html": facts["html"], "text/plain": facts["alt"]}


def _nothing(facts, lang, context):
    title = codebook.caption(facts["what"], lang)
    return _block(blocks.table(pd.DataFrame(), lang=lang, caption=title))


def _cards(facts, lang, context):
    given, card = {"lang": lang, "context": context, "markdown": False}, facts["sentence"]
    shown = [
        blocks.Card(
            **{name: sentences.text(f"{card}_{name}", one, **given) for name in ("label", "value", "unit", "change")},
            direction=one["direction"],
            trend=tuple(one["trend"]),
        )
        for one in facts["facts"]
    ]
    return _block(blocks.cards(shown))


def _actions(facts, lang, context):
    given = {"lang": lang, "context": context, "markdown": False}
    items = [sentences.text(facts["sentence"], one, **given) for one in facts["facts"]]
    return _block(blocks.actions(codebook.caption(facts["title"], lang), items))


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
}
