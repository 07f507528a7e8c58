"""Made sales of a category with one promotion in them: lines fall by chance, a customer four times as large has twice as
many, each twice as large; look-alikes are the nearest in size."""

import numpy as np
import pandas as pd

from custlib import accounts

MONTHS = [str(each) for each in pd.period_range("2023-10", periods=24, freq="M")]
FIRST, LENGTH = 14, 3
PRICE, UNIT_COST = 10.0, 7.0


def make(seed, promoted=1, uplift=0.0, customers=120, lines=3.0, discount=0.1, cost=50.0):
    """Sold pieces, the promotion's rows, look-alikes, and the pieces that the promotion really added."""
    chance = np.random.default_rng(seed)
    size = np.sort(np.exp(chance.normal(0, 0.3, customers)))
    season = 1 + 0.3 * np.sin(np.arange(24) / 12 * 2 * np.pi)
    count = chance.poisson(lines * size[:, None] ** 0.5 * season)
    pieces = np.where(count > 0, chance.gamma(2 * np.maximum(count, 1)), 0) * size[:, None] ** 0.5 * 10
    ids = np.array([f"K{at:03d}" for at in range(customers)])
    own = np.linspace(20, customers - 20, promoted).astype(int)
    more = np.zeros_like(pieces)
    more[own, FIRST : FIRST + LENGTH] = uplift * pieces[own, FIRST : FIRST + LENGTH]
    days = {"from": pd.Timestamp("2024-12-01"), "to": pd.Timestamp("2025-02-28")}
    event = {"first": MONTHS[FIRST], "last": MONTHS[FIRST + LENGTH - 1], "discount": discount, "cost": cost} | days
    event |= {"promotion": "P", "category": "pans", "kind": "trade"}
    events = pd.DataFrame({"customer_id": ids[own]}).assign(**event)
    alike = pd.concat([_nearest(ids, size, at) for at in own])
    return pd.DataFrame(pieces + more, ids, MONTHS), events, alike, more.sum()


def _nearest(ids, size, at):
    order = np.argsort(abs(np.log(size) - np.log(size[at])), kind="stable")
    order = order[order != at][:40]
    return pd.DataFrame({"customer_id": ids[at], "like": ids[order], "times": size[at] / size[order]})


def judged(seed, resamples=200, **made):
    """The row of the sum in `promotion_effect`, with `truth`: the roi that the pieces really added give."""
    sold, events, alike, added = make(seed, **made)
    found = accounts.uplift(sold, events, alike, None, resamples, seed)
    level = np.full(len(events), 1.0)
    row = accounts.judged(events, found, PRICE * level, UNIT_COST * level).iloc[0]
    return row.to_dict() | {"added": added, "truth": (PRICE - UNIT_COST) * added / row["cost"] - 1}


def counted(seeds, **made):
    """Of so many companies: in how many roi's interval holds the truth, and which verdicts were given."""
    rows = pd.DataFrame([judged(seed, **made) for seed in range(seeds)])
    covered = ((rows["roi_low"] <= rows["truth"]) & (rows["truth"] <= rows["roi_high"])).sum()
    return int(covered), rows["verdict"].value_counts().to_dict()
