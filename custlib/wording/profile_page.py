"""What stands on a customer's page. Facts for `words/<language>/profile_page.j2`.

Each function takes rows of result tables as dicts, of one customer; unknown values are None.
"""

_AGES = ("days_0_90", "days_91_180", "days_181_365", "days_over_365")
_WHO = ("region", "area_type", "store_format", "account_manager", "key_account", "strategic")
_FELL = ("step", "how_sure", "more_often", "joint_class", "decided_class", "class_before")


def page_who(customer_id: str, judged: dict | None, changed: dict | None) -> dict:
    """Who the customer is. judged: its row of `abc_customers`, None for one without business this quarter; changed:
    that of `customer_changes`."""
    manager = (changed or {}).get("account_manager")
    known = {name: (judged or {}).get(name) or "" for name in _WHO}
    return {"id": customer_id} | known | {"account_manager": known["account_manager"] or manager or ""}


def page_class(judged: dict | None, silent: dict | None, quarter: str) -> dict:
    """Which class it has and how sure that is; without business this quarter, since when it is silent.

    judged, silent: its rows of `abc_customers` and `abc_silent`.
    """
    if judged is None:
        quiet = {name: (silent or {}).get(name) for name in ("last_order", "best_year")}
        return {"judged": False, "quarter": quarter} | quiet
    return {"judged": True, "quarter": quarter} | {name: judged.get(name) for name in _FELL}


def page_measure(judged: dict | None, lang: str) -> dict | None:
    """What we do with a customer of its class, as `measures.csv` says it; None without one."""
    texts = ("measure_name", "visit_rhythm", "terms", "next_step")
    told = {name: (judged or {}).get(f"{name}_{lang}") or "" for name in texts}
    return told if told["measure_name"] else None


def page_target(standing: dict) -> dict | None:
    """How much of its target for net sales it reached; None without a target. standing: its row of
    `profile_standing`."""
    target, sold = standing.get("target"), standing.get("net_sales")
    return {"target": target, "reached": (sold or 0.0) / target} if target else None


def page_stock(ages: list[dict]) -> dict | None:
    """How old its stock is, at list price; None without a count. ages: its rows of `stock_age`."""
    total = sum(row["stock_at_list"] or 0 for row in ages)
    if not total > 0:
        return None
    parts = {age: sum(row[age] or 0 for row in ages) for age in _AGES}
    slow = sum(row["slow_at_list"] or 0 for row in ages)
    return {"total": total, "slow": slow, "slow_share": slow / total, "parts": parts}


def page_owed(credit: dict) -> dict:
    """What it owes and for how long. credit: its row of `profile_credit`."""
    names = "receivables as_of dso_days more_than_days dso_best overdue terms_days limit limit_used_share reconciles"
    return {name: credit.get(name) for name in names.split()} | {"difference": credit.get("difference")}


def page_flow_doubt(flow: list[dict]) -> dict | None:
    """How many intervals between counts cannot be right; None if none. flow: its rows of `profile_flow`."""
    doubtful = sum(bool(row.get("doubt")) for row in flow)
    return {"doubtful": doubtful, "intervals": len(flow)} if doubtful else None


def page_new(new: dict) -> dict | None:
    """Which new models it carries; None where there are none. new: its row of `profile_new_models`."""
    if not new.get("offered"):
        return None
    return {name: new.get(name) for name in ("carried", "offered", "low", "high", "share_of_sales")}


def page_price(price: dict) -> dict | None:
    """At what price it buys; None where no model can be compared. price: its row of `profile_prices`."""
    if price.get("price_index") is None:
        return None
    names = ("compared_share", "price_index", "below_share", "given_away", "contribution", "question")
    return {name: price.get(name) for name in names}


def page_visits(service: dict) -> dict:
    """What was asked of us and what we did. service: its row of `profile_service`."""
    names = "asked made met_share reviews_asked reviews_made complaints open_complaints last_contact"
    return {name: service.get(name) for name in names.split()}


def page_last_report(became: list[dict]) -> list[dict]:
    """What the last report asked for and what became of it. became: its rows of `actions_became`."""
    return [
        {"action": row["action"], "outcome": f"outcome_{row['outcome']}", "recorded": row["recorded"]} for row in became
    ]


def manager_who(classes: list[dict], lines: list[dict], missed: list[dict]) -> dict:
    """How many customers an account manager looks after, and how many promises to them were missed.

    classes: customers and size by class and measure; lines, missed: rows of `plan_lines` of these customers.
    """
    letters = dict.fromkeys(sorted({row["decided_class"] for row in classes}), 0)
    for row in classes:
        letters[row["decided_class"]] += row["customers"]
    return {
        "customers": sum(letters.values()),
        "size": float(sum(row["size"] for row in classes)),
        "letters": [{"letter": letter, "customers": count} for letter, count in letters.items()],
        "lines": len(lines),
        "missed": len(missed),
    }


def manager_accounts(accounts: list[dict]) -> dict:
    """How many of the customers people decided on. accounts: key accounts and strategic customers."""
    counts = {kind: sum(bool(row[kind]) for row in accounts) for kind in ("key_account", "strategic")}
    return counts | {"customers": len(accounts)}
