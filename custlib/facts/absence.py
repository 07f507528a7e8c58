"""Customers of the quarter before that are not there any more, all at once: then the exports are to be asked first."""

from typing import NamedTuple

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.indicators import active, customer_quarters, fills

MOST = 0.8  # share of the customers before: hardly a company loses so many in a quarter; ours
FEWEST = 5  # customers before: of fewer, four fifths may really leave


class Absence(NamedTuple):
    """before: customers that bought or paid in the quarter before, 0 where the data do not fill it; absent: those of
    them that did neither in the quarter."""

    before: int
    absent: int

    @property
    def doubtful(self) -> bool:
        """Whether it is the data that are in doubt, not the customers."""
        return self.before >= FEWEST and self.absent >= MOST * self.before


def stated(data: pd.Series) -> Absence:
    """The `Absence` that the one row of result table `data_facts` tells."""
    return Absence(int(data["customers_before"]), int(data["customers_absent"]))


def absence(clean: Clean, quarter: str) -> Absence:
    """The `Absence` in a quarter such as "2025Q4"."""
    previous = str(quarters.parse(quarter).previous())
    if not fills(clean, previous):
        return Absence(0, 0)
    rows = customer_quarters(clean)
    rows = rows[active(rows)]
    before, now = (set(rows.loc[rows["quarter"] == name, "customer_id"]) for name in (previous, quarter))
    return Absence(len(before), len(before - now))
