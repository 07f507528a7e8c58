"""Exercises of lesson 5 on the climb: which factor is raised first, and what is asked of it next quarter."""

import itertools

import numpy as np
import pandas as pd

from custlib.fishbone import path
from custlib.fishbone.climb import QUARTERS, ZONE_FACTOR
from custlib.lessons import ways
from custlib.lessons.exercises import RIGHT, Exercise, Item, Option, Text, said
from custlib.lessons.tables import thinking
from custlib.refusals import Refused

SHOWN = 5  # factors to put in order
TO_RAISE = ("climb", "request", "later")  # kinds of a factor with a gap that is no chance
PLACES = 2  # places at which any two of the order and the wrong orders differ, if the plan has such factors
CLEAR = 1.15  # so many times the priority of the next one, for the figures shown to tell them apart
COST = 80_000.0  # that the hook gives away, in the currency of the exports
BANDS = {1: (0.05, 0.175, 0.375), 3: (0.5, 0.82, 0.97)}  # quarter of the path → ends of bands, as parts of the gap
TAGS = {1: ("no_move", RIGHT, "straight_line", "at_once"), 3: ("too_slow", "straight_line", RIGHT, "at_once")}


def order(id: str, plan: pd.DataFrame, *, guided: bool = True, data_dir=None) -> Exercise:
    """Factors to put in the order in which they are raised: by weight × gap × zone.

    plan: result table `climb_plan`. Of the factors that can be raised those are shown whose wrong orders (by gap, by
    weight, without the zone) differ most from the right one; without three such factors there is no card.
    """
    rows = _apart(_to_raise(plan))
    wrong = _wrong(rows)
    bins = tuple((str(place), str(place)) for place in range(1, len(rows) + 1))
    items = tuple(_step(row, place, bins, rows, wrong) for place, row in enumerate(rows.to_dict("records")))
    heads = tuple(said("lessons_fishbone.head", name=name) for name in ("weight", "gap", "zone"))
    done = said("lessons_fishbone.all_in_order")
    exercise = Exercise("order", id, items, guided=guided, heads=heads, bins=bins, done=done)
    return ways.named(exercise, wrong, thinking("5", data_dir))


def targets(id: str, plan: pd.DataFrame, *, guided: bool = True) -> Exercise:
    """Two targets of the factor that is raised first, to be estimated: after one quarter of its path and after three.

    plan: result table `climb_plan`. Without a factor that climbs there is nothing to estimate.
    """
    begun = plan[plan["kind"] == "climb"].sort_values(["stage", "priority"], ascending=[True, False], kind="stable")
    items = tuple(_estimate(rows, after) for _, rows in begun.groupby("factor", sort=False) for after in BANDS)
    return Exercise("quiz", id, items[: len(BANDS)], guided=guided)


def of_hook(plan: pd.DataFrame) -> dict[str, Text]:
    """{place} → text of the hook: the factor that is raised first, the one with the largest gap, the one that weighs
    most beside it, and headquarters' largest.

    plan: result table `climb_plan`. Raises Refused (`lesson_lacks`) without four such factors.
    """
    rows = plan.drop_duplicates("factor").sort_values("priority", ascending=False)
    chosen: dict[str, pd.Series] = {}
    for name, kind, by in (
        ("first", rows["kind"] == "climb", "priority"),
        ("gap", rows["zone"] == "A", "gap"),
        ("heavy", rows["zone"] == "A", "weight"),
        ("theirs", rows["zone"] == "B", "priority"),
    ):
        left = rows[kind & ~rows["factor"].isin({row["factor"] for row in chosen.values()})]
        if left.empty:
            raise Refused("lesson_lacks", lesson=5, problem="factors_of_the_hook")
        chosen[name] = left.sort_values(by, ascending=False).iloc[0]
    texts: dict[str, Text] = {"cost": said("lessons_classes.amount", yuan=COST)}
    for name, row in chosen.items():
        texts[name] = said("lessons_fishbone.named", factor=row["factor"])
        texts[f"{name}_weight"] = said("lessons_fishbone.weighs", weight=float(row["weight"]))
        texts[f"{name}_gap"] = said("lessons_fishbone.points", score=float(row["gap"]))
    return texts


def as_shown(row) -> float:
    """Weight in per cent × gap × zone, of the figures on the card."""
    return round(100 * row["weight"], 1) * round(row["gap"], 2) * ZONE_FACTOR[row["zone"]]


def _to_raise(plan):
    rows = plan.drop_duplicates("factor")
    rows = rows[rows["kind"].isin(TO_RAISE) & (rows["priority"] > 0)]
    return rows[["factor", "zone", "weight", "gap", "priority"]].sort_values("priority", ascending=False).head(10)


def _apart(rows):
    """Of all sets of five rows the one to show, in an order that gives nothing away."""
    sets = [rows.iloc[list(places)] for places in itertools.combinations(range(len(rows)), min(SHOWN, len(rows)))]
    best = max(sets, key=_worth)
    return best.sort_values("factor", key=lambda names: names.str[::-1]) if len(best) > 2 else best.head(0)


def _worth(rows):
    """Whether both zones stand in it, how far its orders are apart, and how clear they are."""
    if len(rows) < 3:
        return (False, 0, 0.0)
    falling = rows["priority"].to_numpy()
    clear = float((falling[:-1] / falling[1:]).min())
    distance = ways.distance(_places(rows["priority"]), _wrong(rows))
    return (clear >= CLEAR, min(distance, PLACES), set(rows["zone"]) == set(ZONE_FACTOR), distance, clear)


def _places(values):
    """The place of each row as a digit, the largest value first."""
    return "".join(str(place) for place in values.rank(ascending=False, method="first").astype("int64"))


def _wrong(rows):
    return {
        "largest_gap": _places(rows["gap"]),
        "heaviest": _places(rows["weight"]),
        "zones_alike": _places(rows["weight"] * rows["gap"]),
    }


def _step(row, at, bins, rows, wrong):
    by_place = rows.assign(place=list(_places(rows["priority"]))).set_index("place")
    factors = {"weight": float(row["weight"]), "gap": float(row["gap"]), "zone": row["zone"]}
    own = list(_places(rows["priority"]))[at]
    options = []
    for letter, text in bins:
        facts = {"right": letter == own, "place": int(letter), "half": ZONE_FACTOR[row["zone"]] < 1}
        facts |= {"own": as_shown(row), "there": as_shown(by_place.loc[letter])}
        options.append(
            Option(letter, text, said("lessons_fishbone.ordered", **factors, **facts), ways.tag(letter, own, wrong, at))
        )
    values = (
        said("lessons_fishbone.weighs", weight=factors["weight"]),
        said("lessons_fishbone.points", score=factors["gap"]),
        row["zone"],
    )
    return Item(row["factor"], said("lessons_fishbone.named", factor=row["factor"]), tuple(options), values)


def _estimate(rows, after):
    """What is asked after so many quarters of a factor's path; its bands are parts of its gap."""
    row = rows.iloc[0]
    present, goal = float(row["present_score"]), float(row["goal"])
    target = float(path(present, goal, QUARTERS)[after - 1])
    due = rows.sort_values("due")["due"].iloc[after - 1]
    facts = {"factor": row["factor"], "present": present, "goal": goal, "after": after, "due": due}
    ends = [present + part * (goal - present) for part in BANDS[after]] + [None]
    options = tuple(
        Option(
            str(place),
            said("lessons_fishbone.band", upto=end or 0.0, last=end is None),
            said("lessons_fishbone.estimated", tag=tag, target=target, **facts),
            tag,
            upto=end,
        )
        for place, (end, tag) in enumerate(zip(ends, TAGS[after], strict=True), 1)
    )
    low, high = np.floor(20 * present - 1) / 20, np.ceil(20 * goal + 1) / 20
    return Item(f"after{after}", said("lessons_fishbone.asked", **facts), options, scale=(low, high, 0.01))
