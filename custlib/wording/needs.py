"""What customers need from us, in notebook 50. Facts for `words/<language>/needs.j2`."""

import pandas as pd

from custlib.accounts.importance import LEAST, QUADRANTS, SAID, UNDECIDED
from custlib.accounts.needs import FIRST
from custlib.wording import forms

SURE = 0.95  # of draws: of a need that is among the first in fewer the page says to ask again
_CHANCE = 0.05  # of changes beyond chance that chance makes


def needs_ideal(needs: pd.DataFrame, customer: str, names: pd.DataFrame) -> dict | None:
    """What would be ideal for a customer and what is, the largest gap first; None without any interview.

    needs: result table `account_needs`; customer: its id ("": nobody); names: name by customer.
    """
    if needs.empty or not customer:
        return None
    rows = needs[needs["customer_id"] == customer]
    open_needs = rows[rows["gap"] > 0].sort_values("gap", ascending=False, kind="stable")
    said = rows.loc[rows["said"].fillna("") != ""].sort_values("rank")["said"]
    return {
        "customer": names.at[customer, "name"],
        "quarter": None if rows.empty else rows["quarter"].max(),
        "needs": open_needs[["need", "ideal", "actual"]].to_dict("records"),
        "said": list(said.head(FIRST)),
    }


def needs_first(needs: pd.DataFrame, customer: str) -> dict | None:
    """Which gap of a customer comes first, and how sure that is; None without an open gap. needs, customer: as for
    `needs_ideal`."""
    rows = needs[(needs["gap"] > 0) & (needs["customer_id"] == customer)].sort_values("rank").head(FIRST)
    if rows.empty:
        return None
    known = bool(rows["prob_first3"].notna().any())
    return {
        "needs": rows[["need", "gap", "prob_first3", "since"]].astype({"since": "int64"}).to_dict("records"),
        "known": known,
        "unsure": rows.loc[rows["prob_first3"] < SURE, "need"].tolist(),
    }


def needs_over_served(served: pd.DataFrame) -> dict | None:
    """Which needs most customers already have met; None where that is sure of none. served: `accounts.over_served`."""
    rows = served[served["sure"]].reset_index()[["need", "customers", "served", "over"]]
    return {"needs": rows.to_dict("records")} if len(rows) else None


def needs_map_reading(table: pd.DataFrame) -> dict | None:
    """Where each need lies, and where the two cross-hairs differ; None without interviews. table: result table
    `needs_map`."""
    if table.empty:
        return None
    both = table[(table["quadrant"] != UNDECIDED) & (table["quadrant_scale"] != UNDECIDED)]
    differs = both[both["quadrant"] != both["quadrant_scale"]]
    quadrants = [{"quadrant": f"quadrant_{name}", "needs": _of(table, name)} for name in QUADRANTS]
    derived = table.dropna(subset="derived_importance").sort_values("derived_importance", ascending=False)
    return {
        "customers": int(table["customers"].max()),
        "quadrants": [one for one in quadrants if one["needs"]],
        "undecided": _of(table, UNDECIDED),
        "said_from": SAID,
        "least": LEAST,
        "differs": _places(differs, "quadrant_scale"),
        "derived": derived[["need", "derived_importance"]].head(1).to_dict("records"),
    }


def needs_ranked(table: pd.DataFrame, quadrants: pd.Series) -> dict | None:
    """What changes where each importance is taken by its rank within the interview, because some call everything
    important; None without interviews.

    table: result table `needs_map`; quadrants: `accounts.needs_ranked`.
    """
    if table.empty:
        return None
    rows = table.assign(ranked=table["need"].map(quadrants))
    return {"differs": _places(rows[rows["ranked"] != rows["quadrant"]], "ranked")}


def needs_map_alt(table: pd.DataFrame) -> dict:
    """table: as `figures.needs_map` takes it."""
    names = ["need", "importance_mean", "actual_mean", "quadrant"]
    return {"needs": table[names].assign(quadrant="quadrant_" + table["quadrant"]).to_dict("records")}


def needs_drift_reading(drift: pd.DataFrame) -> dict | None:
    """Which gaps closed and opened beyond chance; None where nobody was asked twice. drift: result table
    `needs_drift`."""
    rows = drift[drift["kind"].notna()]
    if rows.empty:
        return None
    counts = rows["kind"].value_counts()
    return {
        "customers": int(rows["customer_id"].nunique()),
        "changes": len(rows),
        "by_chance": round(_CHANCE * len(rows)),
        **{kind: int(counts.get(kind, 0)) for kind in ("closed", "opened", "rescored")},
    }


def needs_answered_for(alike: pd.DataFrame, names: pd.DataFrame) -> dict | None:
    """Account managers whose interviews say nearly the same; None without any. alike: `accounts.same_answers`; names:
    name by customer."""
    listed = names["name"].rename_axis("customer_id")
    managers = [
        row | {"asked": forms.first_customers(listed.reindex(row.pop("customer_ids")).reset_index())}
        for row in alike.reset_index().to_dict("records")
    ]
    return {"managers": managers} if managers else None


def needs_method() -> dict:
    """By which rules gaps are shrunk, ranked and called sure."""
    return {"sure": SURE, "said_from": SAID, "least": LEAST}


def _of(table, quadrant):
    return table.loc[table["quadrant"] == quadrant, "need"].tolist()


def _places(table, column):
    """Needs and the term of their quadrant."""
    return [{"need": need, "quadrant": f"quadrant_{name}"} for need, name in table[["need", column]].to_numpy()]
