"""The terms of payment that people signed (`credit_terms.csv`): who has which, on which day."""

import difflib
import re

import pandas as pd

from custlib import reference
from custlib.refusals import Refused

FILE = "credit_terms.csv"
SCOPES = ("any", "class", "customer")  # the narrowest last
CLASSES = ("A", "B", "C")
_KEY = ["scope", "value", "from"]
_MOST = {"days": 3650, "limit_yuan": 10**12}


def credit_terms(data_dir=None) -> pd.DataFrame:
    """`credit_terms.csv` as `reference.signed` gives it, with days and limit_yuan as numbers (limit_yuan may be blank)
    and `from` as days.

    Raises Refused: as `reference.signed`; `not_one_of` for a class that there is none of; `terms_value` where scope and
    value do not go together; `terms_number`; `reference_key` for two lines of one scope, value and day.
    """
    rows = reference.signed(FILE, data_dir).astype("object").fillna("")
    for line, row in rows.iterrows():
        _check(line, row)
    rows["from"] = rows["from"].map(reference.day)
    if (doubled := rows.duplicated(_KEY)).any():
        line = doubled.idxmax()
        key = ", ".join(str(rows.at[line, column]) for column in _KEY if rows.at[line, column])
        raise Refused("reference_key", file=FILE, line=line, column=", ".join(_KEY), key=key)
    return rows.assign(days=pd.to_numeric(rows["days"]), limit_yuan=pd.to_numeric(rows["limit_yuan"]))


def check_terms(known: pd.Index, data_dir=None):
    """Refuse (`terms_nobody`) a line for a customer that is none of those known, as `facts.customers` has them."""
    rows = credit_terms(data_dir)
    for line, row in rows[rows["scope"] == "customer"].iterrows():
        if row["value"] not in known:
            nearest = difflib.get_close_matches(row["value"], known, n=1, cutoff=0)[0]
            raise Refused("terms_nobody", file=FILE, line=line, value=row["value"], nearest=nearest)


def in_force(day: pd.Series, classes: pd.Series, data_dir=None) -> pd.DataFrame:
    """The terms of each customer on its day: DataFrame over the index of `day`, terms_days and limit (yuan), missing
    without terms. day: customer → day; classes: customer → class. The narrowest scope counts, and of it the latest
    line in force. Raises Refused as `credit_terms` does."""
    rows = credit_terms(data_dir).sort_values("from", kind="stable")
    found = pd.DataFrame({"terms_days": float("nan"), "limit": float("nan")}, day.index)
    own = {"any": pd.Series("", day.index), "class": classes.reindex(day.index), "customer": day.index.to_series()}
    for scope in SCOPES:
        for line in rows[rows["scope"] == scope].to_dict("records"):
            theirs = (own[scope] == line["value"]) & (day >= line["from"])
            found.loc[theirs, ["terms_days", "limit"]] = line["days"], line["limit_yuan"]
    return found


def _check(line, row):
    value, scope = row["value"], row["scope"]
    if (scope == "any") != (value == ""):
        raise Refused("terms_value", file=FILE, line=line, scope=scope, value=value)
    if scope == "class" and value not in CLASSES:
        raise Refused("not_one_of", file=FILE, line=line, column="value", value=value, possible=", ".join(CLASSES))
    for column, most in _MOST.items():
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?|", row[column]) or float(row[column] or 0) > most:
            raise Refused("terms_number", file=FILE, line=line, column=column, value=row[column], high=most)
