"""What key accounts need and what we promised them, in notebook 50. Facts for `words/<language>/accounts.j2`."""

import datetime
from collections.abc import Collection

import pandas as pd

from custlib.wording import forms

SURE = 0.8  # from which probability on a need is said to be among the first three
_READ = ("plans", "plan_checks", "needs", "promotions", "dealer_profit")  # tables that a key account's page reads


def accounts_missing(held: Collection[str]) -> dict | None:
    """What the exports lack of what the notebook tells; None if nothing. nothing: whether they hold nothing of it."""
    lacks = [name for name in _READ if name not in held]
    return {"lacks": lacks, "nothing": not {"plans", "needs", "promotions"} & set(held)} if lacks else None


def accounts_who(listed: pd.DataFrame, customer: str, names: pd.DataFrame) -> dict:
    """Who the key accounts are, and which customer is shown. listed: result table `account_list`; names: name and
    account_manager by customer."""
    shown = names.loc[customer] if customer in names.index else None
    return {
        "accounts": len(listed),
        "candidates": bool(listed["basis"].eq("candidate").any()),
        "name": "" if shown is None else forms.first_customers(_one(names, customer))["names"][0],
        "manager": "" if shown is None or pd.isna(shown["account_manager"]) else shown["account_manager"],
        "listed": bool(listed["customer_id"].eq(customer).any()),
    }


def _one(names, customer):
    return names.loc[[customer]].rename_axis("customer_id").reset_index()


def promises(plan_lines: pd.DataFrame, sizes: pd.Series, names: pd.DataFrame, day: datetime.date) -> dict | None:
    """How many promises were due by a day, kept, missed and not measured, and the missed one that matters most: of the
    largest customer, furthest from its target. None without a promise that was due.

    plan_lines: result table `plan_lines`; sizes: size by customer; names: name by customer.
    """
    due = plan_lines[pd.to_datetime(plan_lines["due_on"]) <= pd.Timestamp(day)]
    if due.empty:
        return None
    missed = due[due["state"] == "missed"]
    first = missed.assign(size=missed["customer_id"].map(sizes))
    first = first.sort_values(["size", "attained_share"], ascending=[False, True], kind="stable").head(1)
    return {
        "day": str(day),
        "due": len(due),
        "kept": int((due["state"] == "done").sum()),
        "missed": len(missed),
        "unmeasured": int((due["state"] == "not_measured").sum()),
        "customers": int(due["customer_id"].nunique()),
        "first": [_promise(row, names) for row in first.to_dict("records")],
    }


def _promise(row, names):
    (name,) = forms.first_customers(_one(names, row["customer_id"]))["names"]
    values = {key: forms.number(row[key]) for key in ("target_signed", "actual")}
    return values | {"name": name, "metric": row["metric"], "unit": row["unit"], "owner": row["owner"]}


def accounts_finding(*tables) -> dict | None:
    """The one finding, of the same tables as `promises`."""
    return promises(*tables)


def corrections_reading(corrections: pd.DataFrame, copied: pd.DataFrame, names: pd.DataFrame) -> dict | None:
    """Targets that were corrected, those signed after they had been missed, and plans copied from last year; None
    without any. corrections: result table `plan_corrections`; copied: as `accounts.copied`; names: name by customer."""
    if corrections.empty and copied.empty:
        return None
    late = corrections[corrections["after_missed"].eq(True)].join(names["name"], on="customer_id")
    columns = ["name", "metric", "who", "on", "before", "after"]
    return {
        "corrected": len(corrections),
        "late": [_signed(row) for row in late[columns].to_dict("records")],
        "copied": len(copied),
        "named": forms.first_customers(copied.join(names["name"], on="customer_id")),
    }


def _signed(row):
    return {name: row[name] for name in ("name", "metric", "who")} | {
        "on": str(pd.Timestamp(row["on"]).date()),
        "before": float(row["before"]),
        "after": float(row["after"]),
    }


def owners_reading(owners: pd.DataFrame) -> dict | None:
    """Who promises more or less than is kept; None without an owner of five lines. owners: result table
    `plan_owners`."""
    if owners.empty:
        return None
    columns = ["owner", "lines", "kept", "bias"]
    of_word = {
        word: owners.loc[owners["word"] == word, columns].to_dict("records") for word in ("over_promises", "holds_back")
    }
    return {"owners": len(owners), **of_word}


def needs_reading(needs: pd.DataFrame, customer: str) -> dict | None:
    """The largest gaps of a customer's last interview, and how sure their order is; None without one. needs: result
    table `account_needs`."""
    own = needs[needs["customer_id"] == customer].sort_values("rank")
    open_ = own[own["gap"] > 0]
    if own.empty:
        return None
    columns = ["need", "importance", "ideal", "actual", "prob_first3", "since"]
    first = [
        {name: row[name] if name == "need" else forms.number(row[name]) for name in columns}
        for row in open_[columns].head(3).to_dict("records")
    ]
    return {
        "quarter": own["quarter"].iloc[0],
        "first": first,
        "sure": [row["need"] for row in first if row["prob_first3"] is not None and row["prob_first3"] >= SURE],
        "over": list(own.loc[own["gap"] < 0, "need"]),
        "known": bool(own["prob_first3"].notna().any()),
        "limit": SURE,
    }


def needs_map_reading(needs_map: pd.DataFrame) -> dict | None:
    """Which needs of all customers call for more and which for less; None without interviews. needs_map: result table
    `needs_map`."""
    if needs_map.empty:
        return None
    quadrants = {
        name: list(needs_map.loc[needs_map["quadrant"] == name, "need"])
        for name in ("concentrate", "overkill", "undecided")
    }
    differs = needs_map["quadrant"] != needs_map["quadrant_scale"]
    differs &= (needs_map["quadrant"] != "undecided") & (needs_map["quadrant_scale"] != "undecided")
    return quadrants | {"customers": int(needs_map["customers"].max()), "differs": list(needs_map.loc[differs, "need"])}


def drift_reading(drift: pd.DataFrame) -> dict | None:
    """How many gaps closed, opened or only were scored otherwise since the interview before; None without two. drift:
    result table `needs_drift`."""
    if drift.empty:
        return None
    counts = drift["kind"].value_counts()
    return {"gaps": len(drift)} | {name: int(counts.get(name, 0)) for name in ("closed", "opened", "rescored")}


def same_answers_reading(same: pd.DataFrame) -> dict | None:
    """Account managers of whom several interviews say nearly the same; None without one. same: as
    `accounts.same_answers`."""
    if same.empty:
        return None
    return {"managers": same.reset_index()[["account_manager", "interviews", "alike", "customers"]].to_dict("records")}


def promotions_reading(effects: pd.DataFrame) -> dict | None:
    """Which promotions paid, did not, or cannot be told; None without one. effects: result table `promotion_effect`."""
    whole = effects.drop_duplicates("promotion")
    if whole.empty:
        return None
    verdicts = {name: int((whole["verdict"] == name).sum()) for name in ("paid", "did_not_pay", "cannot_tell")}
    return {"promotions": len(whole)} | verdicts


def requests_reading(requests: pd.DataFrame, customer: str) -> dict | None:
    """What is asked of headquarters, for all and for one customer; None without a request. requests: result table
    `account_requests`."""
    if requests.empty:
        return None
    own = requests[requests["customer_id"] == customer]
    return {
        "requests": len(requests),
        "customers": int(requests["customer_id"].nunique()),
        "amount": forms.number(requests["amount"].sum(min_count=1)),
        "own": len(own),
    }


def accounts_method() -> dict:
    """By which rules a promise is kept and a need comes first."""
    return {"limit": SURE}
