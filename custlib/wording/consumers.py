"""Which consumers have enough purchases to be put in a segment: facts for `words/<language>/consumers.j2`."""

import pandas as pd

from custlib.facts import MOST_CONSUMERS as MOST
from custlib.segments import FEWEST_PURCHASES
from custlib.wording.forms import number


def known_reading(rows: pd.DataFrame) -> dict:
    """How many consumers bought often enough to be described, and what share they paid. rows: result table
    `seg_known`."""
    described, few = (int(number) for number in rows["consumers"])
    paid = number(rows["money_share"].iloc[0])
    return {"consumers": described + few, "described": described, "few": few, "paid": paid, "fewest": FEWEST_PURCHASES}


def sample_reading(share: float, sample: pd.DataFrame, described: pd.Series) -> dict | None:
    """That the segments of many consumers are made of a sample; None where they are made of everybody.

    share: `facts.consumer_share`; sample: the prepared features; described: consumer → segment, of everybody.
    """
    return {"sample": len(sample), "described": len(described), "most": MOST} if share < 1 else None


def purchases_missing(lacking: list[str]) -> dict | None:
    """Months of which the exports hold no purchase; None without any. lacking: of purchases, as `absent.spans` gives
    them."""
    return {"months": ", ".join(text.split(" ", 1)[1] for text in lacking)} if lacking else None
