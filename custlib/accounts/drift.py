"""Which gaps closed and opened between two interviews of a customer, beyond what answers change by themselves."""

import numpy as np
import pandas as pd

from custlib import quarters
from custlib.accounts.needs import answer_error, gaps

_Z = 1.959964
_KEY = ["customer_id", "need"]


def drift(before: pd.DataFrame, now: pd.DataFrame, error: float) -> pd.DataFrame:
    """What changed from one interview to a later one: customer_id, need, gap_change (points; below 0: the gap closed),
    by_chance (1.96 · error · √2: chance alone changes a gap by less in 95 of 100 cases), kind; by customer and need.

    before, now: as `gaps` gives them; error: `answer_error`. kind: steady (within chance); beyond it: rescored (the
    ideal moved, the actual did not: we did nothing), closed, opened; missing where the error is not known. Customers
    with one interview are left out.
    """
    names = [*_KEY, "quarter", "ideal", "actual", "gap"]
    rows = now[names].merge(before[names], on=_KEY, suffixes=("", "_before"), validate="one_to_one")
    rows = rows[rows["quarter"] > rows["quarter_before"]].reset_index(drop=True)
    change, chance = rows["gap"] - rows["gap_before"], _Z * error * np.sqrt(2)
    same = (rows["actual"] - rows["actual_before"]).abs() < 1e-9
    kind = pd.Series("opened", rows.index).mask(change < 0, "closed").mask(same, "rescored")
    kind = kind.mask(change.abs() <= chance, "steady").mask((change * chance).isna(), None)
    return rows[_KEY].assign(gap_change=change, by_chance=chance, kind=kind)


def needs_drift(needs: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The result table of that name: `drift` from each customer's interview before the last to its last, both within
    four quarters. needs: as for `gaps`."""
    known = needs[needs["quarter"] <= str(quarters.parse(quarter))]
    now = gaps(known, quarter)
    last = known["customer_id"].map(now.groupby("customer_id")["quarter"].first())
    return drift(gaps(known[known["quarter"] < last], quarter), now, answer_error(known))
