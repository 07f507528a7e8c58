"""What a customer could buy besides, and what promotions brought, in notebook 50. Facts for
`words/<language>/worth.j2`."""

import pandas as pd

from custlib.wording import forms


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
