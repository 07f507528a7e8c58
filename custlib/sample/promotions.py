"""Promotions and what they do to the sales; and the dealers' targets."""

import numpy as np

from custlib.sample import texts
from custlib.sample.columns import Money
from custlib.sample.dealers import Dealers
from custlib.sample.parts import Parts
from custlib.sample.products import CATEGORIES, Products

_MONTHS_AFTER = 2  # in which what was pulled forward is missing
_OUT_OF_REACH = 1.6


def held(dealers: Dealers, parts: Parts) -> list[dict]:
    """The lines of `data/promotions.csv` that begin within the exported quarters, each with its dealers (`who`)."""
    first = str(dealers.quarters[1].first_day)
    lines = zip(texts.lines("promotions.csv"), parts.promoted, strict=True)
    return [line | {"who": who} for line, who in lines if line["starts_on"] >= first]


def applied(lines: dict, goods: Products, promotions: list[dict]) -> dict:
    """Sales lines (`sales.of_quarter`) with more pieces sold in each promotion, and fewer in the two months after it
    where some were pulled forward."""
    factor = np.ones(len(lines["dealer"]))
    for promotion in promotions:
        category = CATEGORIES.index(promotion["category"])
        own = (goods.category[lines["product"]] == category) & np.isin(lines["dealer"], promotion["who"])
        start, end = (np.datetime64(promotion[name]) for name in ("starts_on", "ends_on"))
        until = (end + 1).astype("datetime64[M]") + _MONTHS_AFTER
        uplift, pulled = float(promotion["uplift"]), float(promotion["pulled_forward"])
        during = own & (lines["date"] >= start) & (lines["date"] <= end)
        after = own & (lines["date"] > end) & (lines["date"] < until)
        length = (end + 1 - start) / (until.astype("datetime64[D]") - (end + 1))
        factor += np.where(during, uplift, 0) - np.where(after, uplift * pulled * length, 0)
    old = lines["quantity"]
    new = np.where(old > 0, np.maximum(1, np.round(old * factor)), old).astype(np.int64)
    money = {name: lines[name] // old * new for name in ("net_fen", "cost_fen")}
    return lines | {"quantity": new} | money


def table(dealers: Dealers, promotions: list[dict]) -> dict:
    """The columns of the export: a line per promotion and dealer, one without a dealer where all have it."""
    rows = [
        (*(each[name] for name in ("promotion_id", "category", "kind", "starts_on", "ends_on")), dealer)
        + tuple(each[name] for name in ("discount_share", "cost", "planned_uplift"))
        for each in promotions
        for dealer in ([""] if each["customers"] == "all" else dealers.ids[each["who"]])
    ]
    names = ("promotion_id", "category", "kind", "starts_on", "ends_on", "customer_id", "discount_share", "cost")
    columns = zip((*names, "planned_uplift"), zip(*rows, strict=True), strict=True)
    told = {name: np.array(values, object) for name, values in columns}
    told |= {name: told[name].astype("datetime64[D]") for name in ("starts_on", "ends_on")}
    return told | {"product_id": np.full(len(rows), "", object), "cost": Money(told["cost"].astype(int) * 100)}


def targets(
    rng: np.random.Generator, dealers: Dealers, letters: np.ndarray, amounts_fen: dict, parts: Parts
) -> dict[str, np.ndarray]:
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
    quarter, dealer, measure, goal = (list(values) for values in zip(*rows, strict=True))
    told = {"quarter": np.array(quarter), "dealer": np.array(dealer), "measure": np.array(measure, object)}
    return told | {"amount": Money(np.array(goal))}
