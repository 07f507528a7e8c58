"""Demand plans: the year's, the monthly ones of the best sellers in all their steps, and ad hoc ones."""

from collections.abc import Sequence

import numpy as np

from custlib.quarters import Quarter
from custlib.sample import texts
from custlib.sample.products import Products

OPTIMISM = 1.12  # of the joint review
DRAFT_SPREAD = 0.25  # of the drafts around what comes
_BEST = 15
# Days before the month begins on which each step is done.
_DAYS_BEFORE = (26, 22, 17, 11, 6)
_OLDEST_LAUNCH = np.datetime64("2024-01-01")  # so that the same month a year ago is known


def make(
    rng: np.random.Generator, goods: Products, pieces: np.ndarray, quarters: Sequence[Quarter]
) -> tuple[dict, dict]:
    """The columns of the export, and the parts of Truth. pieces: products × months of the exported quarters.

    The year of the last quarter. A draft lies near what comes; the head of department changes it little, the joint
    review lifts it, approval and release leave it. For one model the plans of three months are far too low and an ad
    hoc plan is right; one line is released without approval, one issued after its month began.
    """
    year, steps = quarters[-1].year, texts.company()["demand"]["steps"]
    sold = pieces[:, -3 * sum(quarter.year == year for quarter in quarters) :]
    months = [f"{year}-{month:02d}" for month in range(13 - sold.shape[1], 13)]
    best = [at for at in np.argsort(-goods.popularity, kind="stable") if goods.launched[at] < _OLDEST_LAUNCH][:_BEST]
    owners = texts.company()["people"]["planners"]
    annual = goods.popularity * 2_000_000 * rng.uniform(0.8, 1.2, len(goods.ids))
    issued = np.datetime64(f"{year - 1}-12-16")
    rows = [("年度", str(year), at, annual[at], steps[-1], issued, owners[0]) for at in range(len(goods.ids))]
    # Places of a month and a model.
    ad_hoc, skipped, late = [(month, 3) for month in (-7, -4, -2) if -month <= len(months)], (-5, 5), (-3, 7)
    for month in range(-len(months), 0):
        for place, product in enumerate(best):
            draft = (
                sold[product, month] * np.exp(rng.normal(0, DRAFT_SPREAD)) * (0.55 if (month, place) in ad_hoc else 1)
            )
            reviewed = draft * np.exp(rng.normal(0, 0.03))
            first, owner = np.datetime64(f"{months[month]}-01"), owners[place % len(owners)]
            for step, quantity in enumerate([draft, reviewed, *[reviewed * OPTIMISM] * 3]):
                day = first - _DAYS_BEFORE[step] + (10 if (month, place, step) == (*late, 4) else 0)
                if (month, place, step) != (*skipped, 3):
                    rows.append(("月度", months[month], product, quantity, steps[step], day, owner))
    for month, place in ad_hoc:
        day = np.datetime64(f"{months[month]}-01") - 3
        rows.append(("临时", months[month], best[place], sold[best[place], month], steps[3], day, owners[1]))
    columns = (list(values) for values in zip(*rows, strict=True))
    kind, period, product, quantity, status, issued_on, owner = columns
    told = {
        "plan_kind": np.array(kind, object),
        "period": np.array(period, object),
        "product": np.array(product),
        "quantity": np.maximum(np.round(np.array(quantity, float), -1), 10).astype(np.int64),
        "status": np.array(status, object),
        "issued_on": np.array(issued_on, "datetime64[D]"),
        "owner": np.array(owner, object),
    }
    named = {
        name: (str(goods.ids[best[place]]), months[month]) for name, (month, place) in _named(skipped, late, months)
    }
    return told, {"demand_lines": named, "ad_hoc": [(str(goods.ids[best[p]]), months[m]) for m, p in ad_hoc]}


def _named(skipped, late, months):
    """Those of the two lines whose month is planned."""
    both = {"released_without_approval": skipped, "issued_late": late}
    return [(name, place) for name, place in both.items() if -place[0] <= len(months)]
