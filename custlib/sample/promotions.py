"""Promotions and what they do to the sales; and the dealers' targets."""

import numpy as np

from custlib.sample import texts
from custlib.sample.columns import Money
from custlib.sample.dealers import Dealers
from custlib.sample.parts import Parts
from custlib.sample.products import CATEGORIES, Products

_BASE = 12  # months before a promotion that say what is usual
_MONTHS_AFTER = 2  # in which what was pulled forward is missing
_OUT_OF_REACH = 1.6


def held(dealers: Dealers, parts: Parts) -> list[dict]:
    """The lines of `data/promotions.csv` that begin within the exported quarters, each with its dealers (`who`)."""
    first = str(dealers.quarters[1].first_day)
    lines = zip(texts.lines("promotions.csv"), parts.promoted, strict=True)
    return [line | {"who": who} for line, who in lines if line["starts_on"] >= first]


class Effects:
    """What the promotions do to the sales of one quarter after the other."""

    def __init__(self, goods: Products, promotions: list[dict]):
        self._goods, self._promotions = goods, promotions
        self._before: list = [[] for _ in promotions]

    def applied(self, lines: dict) -> dict:
        """Sales lines of the next quarter (`sales.of_quarter`) with more pieces in each promotion, and fewer in the two
        months after it where some were pulled forward.

        The promoted dealers together sell what they sold in a month of the year before, changed as at all others, and
        the uplift on it: what chance would do to a few lines hides no effect.
        """
        old, factor = lines["quantity"], np.ones(len(lines["dealer"]))
        for promotion, before in zip(self._promotions, self._before, strict=True):
            category = self._goods.category[lines["product"]] == CATEGORIES.index(promotion["category"])
            own, month = np.isin(lines["dealer"], promotion["who"]), lines["date"].astype("datetime64[M]")
            for each in np.unique(month):
                here = category & (month == each) & (old > 0)
                sold = np.array([old[here & own].sum(), old[here & ~own].sum()])
                if change := _change(promotion, each):
                    factor[here & own] *= _factor(
                        sold, np.mean(before[-_BASE:], axis=0), change, 1 + len(promotion["who"]) / 20
                    )
                elif each < np.datetime64(promotion["starts_on"], "M"):
                    before.append(sold)
        new = np.where(old > 0, np.maximum(1, np.round(old * factor)), old).astype(np.int64)
        money = {name: lines[name] // old * new for name in ("net_fen", "cost_fen")}
        return lines | {"quantity": new} | money


def _change(promotion, month):
    """What the promotion multiplies the sales of a month by; None in a month that it does not touch."""
    start, end = (np.datetime64(promotion[name], "M") for name in ("starts_on", "ends_on"))
    uplift = float(promotion["uplift"])
    if start <= month <= end:
        return 1 + uplift
    missing = uplift * float(promotion["pulled_forward"]) * ((end - start).astype(int) + 1) / _MONTHS_AFTER
    return 1 - missing if end < month <= end + _MONTHS_AFTER else None


def _factor(sold, usual, change, limit):
    """For the promoted dealers' pieces. sold, usual: theirs and the others', in the month and in a month before; limit:
    of what is put right: a few dealers' lines shall not become many."""
    own, others = sold
    if not (own and others and usual.all()):
        return change
    wanted = usual[0] * others / usual[1]
    return change * min(max(wanted / own, 1 / limit), limit)


def table(dealers: Dealers, promotions: list[dict]) -> dict:
    """The columns of the export: a line per promotion and dealer, one without a dealer where all have it."""
    rows = [
        (*(each[name] for name in ("promotion_id", "category", "kind", "starts_on", "ends_on")), dealer)
        + tuple(each[name] for name in ("discount_share", "cost", "planned_uplift"))
        for each in promotions
        for dealer in (dealers.ids[each["who"]] if each["ranks"] else [""])
    ]
    names = ("promotion_id", "category", "kind", "starts_on", "ends_on", "customer_id", "discount_share", "cost")
    columns = zip((*names, "planned_uplift"), zip(*rows, strict=True), strict=True)
    told = {name: np.array(values, object) for name, values in columns}
    told |= {name: told[name].astype("datetime64[D]") for name in ("starts_on", "ends_on")}
    return told | {"product_id": np.full(len(rows), "", object), "cost": Money(told["cost"].astype(int) * 100)}


def targets(rng: np.random.Generator, dealers: Dealers, letters: np.ndarray, amounts_fen: dict, parts: Parts) -> dict:
    """Quarterly targets of the last four quarters, for the dealers of class A and B a quarter before them, near what
    comes; out of reach for one manager. amounts_fen: net_sales and payments, dealers × exported quarters."""
    count, rows = letters.shape[1], []
    words = texts.company()["targets"]
    for quarter in range(max(0, count - 4), count):
        planned = np.flatnonzero(np.isin(letters[:, max(0, quarter - 1)], ["A", "B"]))
        for measure, fen in amounts_fen.items():
            near = fen[planned, quarter] * rng.normal(1.02, 0.06, len(planned))
            near *= np.where(dealers.manager[planned] == parts.out_of_reach, _OUT_OF_REACH, 1)
            rounded = np.maximum(np.round(near / 1_000_000), 1).astype(np.int64) * 1_000_000
            rows += [(quarter, dealer, words[measure], goal) for dealer, goal in zip(planned, rounded, strict=True)]
    quarters, dealer, measure, goal = (np.array(values) for values in zip(*rows, strict=True))
    return {"quarter": quarters, "dealer": dealer, "measure": measure.astype(object), "amount": Money(goal)}
