"""By what tables of customers filter on a page: who looks after each, its region, class and store format."""

import json
import re

import pandas as pd

from custlib import codebook
from custlib.escaping import visible

TABLE = "abc_customers"
COLUMNS = ("account_manager", "region", "decided_class", "store_format")
_TABLES = re.compile(r'<table\b[^>]*\bdata-limit="(\d+)".*?</table>', re.DOTALL)
_ROW = re.compile(r'<tr data-key="([^"]*)"')


def of(customers: pd.DataFrame, lang: str, context=None) -> dict:
    """What a page needs to filter: heads ([column, header] …), words (value → as shown, where it differs), rows
    (customer id → its values, "" where unknown).

    customers: result table `abc_customers`; context: a `sentences.Context` with the words of store formats.
    """
    lines = codebook.columns(TABLE)
    columns = [column for column in COLUMNS if column in customers]
    values = customers[columns].astype("object").where(customers[columns].notna(), "")
    formats = {value: f"format:{value}" for value in values.get("store_format", ())}
    terms = {value: context.term(key, lang) for value, key in formats.items() if context and context.known(key)}
    return {
        "heads": [[column, codebook.header(lines[column], lang)] for column in columns],
        "words": {value: word for value, word in terms.items() if word != value},
        "rows": dict(zip(customers["customer_id"], values.to_numpy().tolist(), strict=True)),
    }


def script(body: str, facets: dict) -> str:
    """The element that a page's script reads, "" if no table of the body is long enough to be filtered by customers."""
    long = (one for one in _TABLES.finditer(body) if one[0].count("<tr data-key") > int(one[1]))
    shown = dict.fromkeys(customer for one in long for customer in _ROW.findall(one[0]))
    rows = {customer: facets["rows"][customer] for customer in shown if customer in facets.get("rows", {})}
    if not rows:
        return ""
    used = {value for row in rows.values() for value in row}
    words = {value: word for value, word in facets["words"].items() if value in used}
    text = json.dumps(facets | {"words": words, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    harmless = visible(text).replace("<", "\\u003c")  # no name ends the element
    return f'<script type="application/json" id="cl-customers">{harmless}</script>'
