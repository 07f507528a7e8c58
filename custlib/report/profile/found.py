"""What the result tables know of each customer, and which customers have a page."""

import math
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from custlib import codebook, safe_names, wording

FOLDER = "customers"
INDEX = "profile_index"
NAMES = ("abc_customers", "customer_changes", "actions_named", "abc_silent", "abc_seasons")  # tables with names
READ = (
    *(
        "profile_standing",
        "profile_months",
        "profile_flow",
        "profile_credit",
        "profile_rebates",
        "profile_support",
        "profile_models",
    ),
    *("profile_new_models", "profile_prices", "profile_contacts", "profile_service"),
    *("account_needs", "plan_lines", "abc_history", "stock_age", "factor_evidence", "actions_became", *NAMES),
)


@dataclass(frozen=True)
class Found:
    """rows: table → customer → its rows, as dicts; listed: customer → the row of `profile_index`."""

    rows: dict = field(default_factory=dict)
    listed: dict = field(default_factory=dict)

    @cached_property
    def files(self) -> dict[str, str]:
        """Customer → the name of its page without ending, safe on every system; as `profile.index` tells it."""
        return safe_names.of(self.listed)

    @cached_property
    def names(self) -> dict[str, str]:
        """Customer → its name, of all customers that the tables know; "" for one without."""
        named = (own.items() for name in reversed(NAMES) for own in [self.rows.get(name, {})])
        return {customer: rows[0].get("name") or "" for own in named for customer, rows in own}

    def addresses(self, edition) -> dict[str, str]:
        """Customer → the address of its page, from the run's folder. edition: name of a file → that in a language."""
        return {customer: f"{FOLDER}/{quote(edition(f'{name}.html'))}" for customer, name in self.files.items()}

    def of(self, customer: str) -> dict[str, list]:
        """Table → the rows of a customer; a table that is not there is left out, one without a row of it is empty."""
        return {name: own.get(customer, []) for name, own in self.rows.items()}


def find(load) -> Found:
    """What there is. load: name of a table → DataFrame, None for one that no notebook made."""
    index = load(INDEX)
    if index is None or index.empty:
        return Found()
    tables = {name: load(name) for name in READ}
    judged = tables["abc_customers"]
    if judged is not None:
        tables["abc_customers"] = judged.assign(why=wording.why(judged))
    rows = {name: by_customer(frame, _whole(name)) for name, frame in tables.items() if frame is not None}
    return Found(rows, {customer: own[0] for customer, own in by_customer(index).items()})


def by_customer(frame, whole=frozenset()) -> dict[str, list[dict]]:
    """Customer → its rows as dicts in their order, without the id; an unknown value is None. whole: names of columns of
    whole numbers, which a table that lacks some holds with decimals."""
    columns = {name: list(map(_plain, frame[name].astype("object"))) for name in frame if name != "customer_id"}
    for name in whole.intersection(columns):
        columns[name] = [None if value is None else int(value) for value in columns[name]]
    grouped: dict[str, list] = {}
    for customer, *values in zip(frame["customer_id"], *columns.values(), strict=True):
        grouped.setdefault(customer, []).append(dict(zip(columns, values, strict=True)))
    return grouped


def _whole(table):
    return {line["column"] for line in codebook.lines() if line["table"] == table and line["kind"] == "whole"}


def _plain(value):
    return None if value is None or value != value or (isinstance(value, float) and math.isinf(value)) else value
