"""What the result tables know of each customer, and which customers have a page."""

import math
from dataclasses import dataclass, field, replace
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
MANAGED = {  # what a manager's page tells of customers that have no page; columns, or how those of each language begin
    "abc_customers": (
        *("name", "account_manager", "size", "decided_class", "measure", "visit_rhythm_", "next_step_"),
        *("key_account", "strategic"),
    ),
    "plan_lines": ("metric", "state", "unit", "target_signed", "actual", "due_on"),
    "account_needs": ("need", "gap", "rank"),
    "actions_named": ("name", "action", "why", "what_", "by_when"),
}


@dataclass(frozen=True)
class Found:
    """listed: customer → the row of `profile_index`; names: customer → its name, of all customers that the tables know,
    "" for one without; managers: who looks after customers of the quarter; rows: as `with_rows` gives them."""

    listed: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    managers: tuple = ()
    rows: dict = field(default_factory=dict)

    @cached_property
    def files(self) -> dict[str, str]:
        """Customer → the name of its page without ending, safe on every system; as `profile.index` tells it."""
        return safe_names.of(self.listed)

    def addresses(self, edition) -> dict[str, str]:
        """Customer → the address of its page, from the run's folder. edition: name of a file → that in a language."""
        return {customer: f"{FOLDER}/{quote(edition(f'{name}.html'))}" for customer, name in self.files.items()}

    def of(self, customer: str) -> dict[str, list]:
        """Table → the rows of a customer; a table that is not there is left out, one without a row of it is empty."""
        return {name: own.get(customer, []) for name, own in self.rows.items()}


def find(load) -> Found:
    """What there is, without rows. load: name of a table → DataFrame, None for one that no notebook made."""
    index = load(INDEX)
    if index is None or index.empty:
        return Found()
    names: dict[str, str] = {}
    managers: tuple = ()
    for name in reversed(NAMES):
        frame = load(name)  # one at a time: those of a large company are large
        if frame is None:
            continue
        own = frame.drop_duplicates("customer_id").set_index("customer_id")["name"]
        names |= {customer: _plain(text) or "" for customer, text in own.items()}
        if name == "abc_customers":
            managers = tuple(sorted({*frame["account_manager"].dropna()} - {""}))
    return Found({customer: own[0] for customer, own in by_customer(index).items()}, names, managers)


def with_rows(known: Found, load) -> Found:
    """The same with rows: table → customer → its rows, as dicts, whole for those who have a page. They are many: only
    who writes the pages holds them. load: as for `find`."""
    if not known.listed:
        return known
    rows = {name: _rows(name, frame, [*known.listed]) for name in READ if (frame := load(name)) is not None}
    return replace(known, rows=rows)


def _rows(name, frame, listed):
    """Customer → its rows of a table: whole of those who are listed, of others what their manager's page tells."""
    own = frame["customer_id"].isin(listed)
    rows = frame[own]
    rows = rows.assign(why=wording.why(rows)) if name == "abc_customers" else rows
    told = [column for column in frame if column.startswith(("customer_id", *MANAGED.get(name, ())))]
    others = by_customer(frame.loc[~own, told]) if name in MANAGED else {}
    return by_customer(rows, _whole(name)) | others


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
