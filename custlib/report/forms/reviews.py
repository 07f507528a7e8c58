"""The page of one key account: the business review that it is given, or our own page with all that we know."""

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from custlib import blocks, codebook, words
from custlib.escaping import escape, visible
from custlib.page import outputs
from custlib.report.pages import pages, webfont
from custlib.wording import forms
from custlib.wording.sentences import Context

AGENDA = "review_agenda"
KINDS = ("mistake", "achievement", "gap", "opportunity")  # what we did not do comes first
_KEYS = ("customer_id", "name", "edition", "year", "quarter")  # said by the page itself
_OF_ROW = "unit of the line"
_LARGE = 1000  # from here on a number has no decimals


def page(
    given: dict[str, pd.DataFrame], reader: str, lang: str, context: Context, *, name: str, quarter: str, run: str
) -> str:
    """The page of one customer in one language; the same tables give the same bytes.

    given: table → this customer's rows, in the order of the page, as `accounts.edition` gives them to the reader
    ("customer" or "internal"); context: of the report; name, quarter, run: what the page is about. A page for our own
    people says so on each sheet of paper.
    """
    kept = Environment(
        loader=FileSystemLoader(pages.TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=_visible
    )
    template = kept.get_template("account.html.j2")
    say = words.all_of("account_forms", lang)
    content = {
        "lang": words.table("languages")[lang]["html"],
        "title": f"{say[f'title_{reader}']} – {name}",
        "about": say["about"].format(quarter=quarter, run=run),
        "mark": say["internal"] if reader == "internal" else "",
        "note": "" if _sold(given["account_state"]) else say["no_sales"],
        "sections": [(say[table], Markup(_section(table, rows, lang, context))) for table, rows in given.items()],
        "style": Markup(blocks.css()),
    }
    used = "".join(sorted(set(template.render(fonts="", **content))))
    return template.render(fonts=Markup(webfont.font_faces(used)), **content)


def in_words(table: str, rows: pd.DataFrame, lang: str, context: Context) -> pd.DataFrame:
    """The same columns of a result table in the reader's words; numbers and days stay what they are."""
    lines = codebook.columns(table)
    texts = [name for name in rows if lines[name]["kind"] not in (*codebook.NUMBERS, "date")]
    worded = {name: outputs.cells(rows, lines[name], lang, context) for name in texts}
    return rows.assign(**{name: pd.Series(values, rows.index, dtype="object") for name, values in worded.items()})


def _section(table, rows, lang, context):
    if table == AGENDA:
        return _agenda(rows, lang, context)
    lines = {name: line for name, line in codebook.shown(table, lang).items() if name in rows and name not in _KEYS}
    formats = {name: codebook.number_format(line) for name, line in lines.items()}
    worded = in_words(table, rows, lang, context)
    if "unit" in rows:
        worded["unit"] = worded["unit"].mask(rows["unit"] == "amount", forms.currency_name(lang, context.currency))
        mixed = [name for name, line in lines.items() if line["unit"] == _OF_ROW]
        formats |= {name: list(map(_form, rows[name], rows["unit"])) for name in mixed}
    headers = {name: _header(line, lang, context, "unit" in rows) for name, line in lines.items()}
    caption = codebook.caption(table, lang)
    return blocks.table(worded, lang=lang, caption=caption, columns=headers, formats=formats).html


def _header(line, lang, context, mixed):
    """The header of a column with its unit, unless each row has its own or cells say so themselves."""
    named = codebook.unit(line, lang, forms.currency_name(lang, context.currency))
    unit = "" if mixed or line["unit"] in (*codebook.PER_ONE, "points") else named
    return codebook.header(line, lang) + (f" ({unit})" if unit else "")


def _agenda(rows, lang, context):
    """Points by kind, what we did not do first."""
    say, parts = words.all_of("account_forms", lang), []
    texts = pd.Series(outputs.cells(rows, codebook.columns(AGENDA)["text"], lang, context), rows.index, dtype="object")
    for kind in KINDS:
        points = "".join(f"<li>{escape(text)}</li>" for text in texts[rows["kind"] == kind])
        parts.append(f"<h3>{escape(say[kind])}</h3>" + (f"<ul>{points}</ul>" if points else f"<p>{say['none']}</p>"))
    return "".join(parts)


def _form(value, unit):
    """The format of a number whose unit stands in its row: shares as percent, large ones without decimals."""
    whole = pd.isna(value) or abs(value) >= _LARGE or value == int(value)
    return ".1%" if unit == "share" else ",.0f" if whole else ",.1f"


def _sold(state):
    return (state.loc[state["measure"] == "net_sales", "now"].fillna(0) != 0).any()


def _visible(value):
    return value if isinstance(value, Markup) else visible(value)
