"""What a customer could buy besides, and what promotions brought, in notebook 50. Facts for
`words/<language>/worth.j2`."""

import pandas as pd

from custlib.wording import forms

_NUMBERS = ("incremental", "pulled_forward", "cost", "margin", "roi_low", "roi_high")


def whitespace_reading(whitespace: pd.DataFrame, customer: str) -> dict | None:
    """What customers like it buy that a customer does not; None where it lacks nothing. whitespace: result table."""
    own = whitespace[whitespace["customer_id"] == customer]
    if own.empty:
        return None
    ends = own[["customer_profit_low", "customer_profit_high"]].sum(min_count=1)
    return {
        "lacks": own[["category", "bought", "expected"]].to_dict("records"),
        "gap": float((own["expected"] - own["bought"]).sum()),
        "look_alikes": int(own["look_alikes"].iloc[0]),
        "reason": own["reason"].iloc[0],
        "profit": [forms.number(end) for end in ends] if (ends > 0).all() else None,
    }


def promotions_reading(effect: pd.DataFrame) -> dict | None:
    """Which promotions paid, which did not, which cannot be told; None without promotions.

    effect: result table `promotion_effect`. Verdicts are those of all customers of a promotion together: one customer's
    months say little.
    """
    rows = effect[effect["customer_id"] == ""]
    if rows.empty:
        return None
    names = ["promotion", "category", "reason", "measured", *_NUMBERS]
    told = [
        {name: forms.number(row[name]) if name in _NUMBERS else row[name] or "" for name in names}
        for row in rows.astype({"measured": "object"}).fillna({"measured": ""}).to_dict("records")
    ]
    verdicts = zip(told, rows["verdict"], strict=True)
    by_verdict: dict[str, list] = {name: [] for name in ("paid", "did_not_pay", "cannot_tell")}
    for each, verdict in verdicts:
        by_verdict[verdict].append(each)
    return by_verdict | {"sell_in": bool(rows["measured"].eq("sell_in").any())}
