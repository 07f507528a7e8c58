"""The clauses of a draft contract, `contract_terms.csv`: read strictly, chosen for a customer, filled in."""

import difflib
import re

import pandas as pd

from custlib import reference
from custlib.refusals import Refused, raise_all

FILE = "contract_terms.csv"
PLACES = ("customer", "customer_id", "year", "terms_days", "limit", "currency")
BLANK = "________"  # what is not known is filled in by hand
_APPLIES = {"class": ("any", "A", "B", "C"), "kind": ("any", "key_account", "strategic")}
_PLACE = re.compile(r"\{([^{}]*)\}|[{}]")


def contract_terms(data_dir=None) -> pd.DataFrame:
    """The clauses, in their order: clause (key), order, class and kind (whom it applies to: `any`, or several with
    spaces between), the heading in each language (en, zh), text_en, text_zh with `PLACES` in braces.

    Raises Refused as `reference.lines` does; all at once: `contract_place` for a place that nobody fills, or a brace
    alone, `not_one_of` for a class or kind that there is none of, `order_twice`.
    """
    rows = reference.lines(FILE, data_dir)
    rows = rows.assign(order=rows["order"].astype("float64"))
    raise_all([refusal for line, row in rows.iterrows() for refusal in _strange(line, row)] + _twice(rows))
    return rows.sort_values("order", ignore_index=True)


def clauses(terms: pd.DataFrame, letter: str, kinds: set[str], lang: str, values: dict) -> list[tuple[str, str]]:
    """(heading, text) of each clause that applies to a customer.

    terms: as `contract_terms` gives them; letter, kinds: the customer's class ("" without one) and `key_account`,
    `strategic`; values: place → text, None for what is not known. A value is inserted as it is, whatever it looks like.
    """
    texts = {place: BLANK if value is None else value for place, value in values.items()}
    fits = [_applies(row["class"], {letter}) and _applies(row["kind"], kinds) for row in terms.to_dict("records")]
    return [
        (row[lang], _PLACE.sub(lambda place: texts[place[1]], row[f"text_{lang}"]))
        for row in terms[fits].to_dict("records")
    ]


def _applies(cell, own):
    return bool({"any", *own} & set(cell.split()))


def _strange(line, row):
    """What is wrong with a clause."""
    for column, possible in _APPLIES.items():
        for value in set(row[column].split()) - set(possible):
            facts = {"column": column, "value": value, "possible": ", ".join(possible)}
            yield Refused("not_one_of", file=FILE, line=line, **facts)
    for lang in reference.LANGUAGES:
        for place in _PLACE.finditer(row[f"text_{lang}"]):
            if place[1] not in PLACES:
                nearest = difflib.get_close_matches(place[1] or "", PLACES, n=1, cutoff=0)[0]
                facts = {"column": f"text_{lang}", "value": place[0], "nearest": nearest}
                yield Refused("contract_place", file=FILE, line=line, **facts, possible=", ".join(PLACES))


def _twice(rows):
    again = rows[rows["order"].duplicated()]
    return [Refused("order_twice", file=FILE, line=line, key=row["clause"]) for line, row in again.iterrows()]
