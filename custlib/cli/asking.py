"""`custlib draft-sources --ask`: what notebook 00 asks, in a terminal, one file after the other."""

from pathlib import Path

import typer

from custlib import glossary
from custlib.cleaning import preview
from custlib.cli.common import say, show, told
from custlib.reading import draft, fits
from custlib.refusals import Refused
from custlib.report.archive import messages

LIST, NONE = "?", "-"
SEEN, SHOWN = 2, 3  # values beside a header, rows of a preview


def ask(folder: Path, lang: str) -> str:
    """The text of `sources.toml` as a person answers; nothing is written. Raises Refused as `draft.entries`."""
    found = draft.entries(folder)
    for at in range(len(found)):
        say(told("ask_file", lang, at=at + 1, of=len(found), file=found[at].files, sheet=found[at].looks[0].sheet))
        while not _settled(folder, found, at, lang):
            pass
    return draft.text(draft.together(found), lang)


def _settled(folder, found, at, lang):
    """Asks what one file is, shows what comes of it, and returns whether that is right."""
    if found[at].looks[0].refused:
        say(found[at].looks[0].refused.line(lang))
        return True
    _show_headers(found[at], lang)
    table = _table(found[at], lang)
    if table != found[at].table:
        found[at] = draft.changed(found[at], table, {})
        _show_headers(found[at], lang)
    if found[at].fit is None:
        return True
    found[at] = _columns(found[at], lang)
    _show_preview(folder, found, at, lang)
    return typer.confirm(told("ask_right", lang), default=True, err=True)


def _table(entry, lang):
    """The table that a person names, "-" for none of them."""
    names = [*fits.TABLES, *([entry.table] if entry.table and entry.table not in fits.TABLES else [])]
    while True:
        said = typer.prompt(told("ask_table", lang), default=entry.table or NONE, err=True).strip()
        if said in names or said == NONE:
            return None if said == NONE else said
        show(messages.table(("", ""), [(name, _row(name, lang)) for name in names]))


def _columns(entry, lang):
    """The entry with the headers that a person gives to columns, those that are lacking first."""
    chosen = {}
    for column in entry.fit.asked:
        if header := _header(entry.looks[0].texts, told("ask_lacking", lang, column=_term(column, lang))):
            chosen[header] = column
    columns = fits.columns(entry.fit.table)
    while said := typer.prompt(told("ask_column", lang), default="", show_default=False, err=True).strip():
        number, _, column = said.partition("=")
        header = _numbered(entry.looks[0].texts, number)
        if header and column in (*columns, ""):
            chosen[header] = column
        else:
            show(messages.table(("", ""), [(name, _term(name, lang)) for name in columns]))
    return draft.changed(entry, entry.fit.table, chosen) if chosen else entry


def _header(texts, question):
    while said := typer.prompt(question, default="", show_default=False, err=True).strip():
        if header := _numbered(texts, said):
            return header
    return None


def _numbered(texts, number):
    """The header of a number as it is shown, None where there is none."""
    return texts[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(texts) else None


def _show_headers(entry, lang):
    look, fit = entry.looks[0], entry.fit
    taken = {at: column for column, at in fit.columns.items()} if fit else {}
    rows = [
        (
            str(at + 1),
            text,
            " | ".join(look.column(at)[:SEEN]),
            _term(taken[at], lang) if at in taken else "",
            told(f"ask_because_{fit.reasons[taken[at]]}", lang) if at in taken else "",
        )
        for at, text in enumerate(look.texts)
    ]
    show(
        messages.table([told(f"ask_{name}", lang) for name in ("number", "header", "values", "taken", "because")], rows)
    )


def _show_preview(folder, found, at, lang):
    try:
        clean, aside = preview.preview(folder, draft.together(found), at, lang)
    except Refused as refused:
        say(refused.line(lang))
        return
    rows = clean.astype("string").fillna("")[:SHOWN]
    rows = rows.loc[:, rows.ne("").any()]
    show(messages.table([_term(name, lang).partition(" (")[0] for name in rows], rows.to_numpy()))
    for line, reason in aside.to_numpy():
        say(told("ask_aside", lang, line=line, reason=glossary.term(reason, lang)))


def _row(table, lang):
    from custlib import words

    return words.say("draft", f"row_{table}", lang)


def _term(name, lang):
    return f"{fits.term(name, lang)} ({name})"
