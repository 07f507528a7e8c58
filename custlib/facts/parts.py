"""Parts of the company, such as one region: whose customers they are, and what they bring."""

import pandas as pd

from custlib.facts.indicators import customers, indicators
from custlib.refusals import Refused

PARTED_BY = ("region", "store_format", "account_manager")


def parts(clean, quarter, by):
    """The parts in which a customer bought or paid in the quarter, the largest first: part, customers, size (yuan), share (of all size).

    by: one of `PARTED_BY`; the part of customers of whom it is not known is "". Raises Refused (`wrong_part`) for another.
    """
    _check(by)
    size = indicators(clean, quarter).table["size"]
    of = customers(clean)[by].reindex(size.index).rename("part")
    found = size.groupby(of).agg(customers="size", size="sum").reset_index()
    found["share"] = found["size"] / found["size"].sum()
    return found.sort_values(["size", "part"], ascending=[False, True], ignore_index=True)


def in_part(who, part):
    """Customer → whether it belongs to a part (boolean Series over the rows of `who`, which is as `customers` gives it).

    part: "" for the whole company, or as in "region=华东". Raises Refused (`wrong_part`).
    """
    if not part:
        return pd.Series(True, who.index)
    by, _, value = part.partition("=")
    _check(by)
    return who[by] == value


def _check(by):
    if by not in PARTED_BY:
        raise Refused("wrong_part", by=by, known=", ".join(PARTED_BY))
