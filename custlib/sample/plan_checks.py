"""What was found when the lines of the yearly plans were checked: some managers promise too much, some too little."""

import numpy as np

from custlib.quarters import Quarter
from custlib.sample import texts
from custlib.sample.parts import Parts

KINDS = ("honest", "over_promises", "holds_back")
# Attained share of a line's target: mean and spread, by how its owner plans.
_ATTAINED = {"honest": (1.0, 0.12), "over_promises": (0.6, 0.06), "holds_back": (1.6, 0.12), "": (0.97, 0.2)}


def reached(rng: np.random.Generator, lines: dict, parts: Parts) -> np.ndarray:
    """What each line of a year's plans comes to by its day, in its unit."""
    kinds = {getattr(parts, kind): kind for kind in KINDS}
    mean, spread = np.array([_ATTAINED[kinds.get(owner, "")] for owner in lines["owner"]]).T
    return np.round(lines["target"] * rng.normal(mean, spread).clip(0.2, 1.9)).astype(int)


def made(
    rng: np.random.Generator, lines: dict, total: np.ndarray, exported: list[str], parts: Parts, always: set
) -> dict[str, np.ndarray]:
    """The columns of the export: a check at the end of each exported quarter up to a line's day, but of rebates.

    total: as `reached` gives it; always: places of lines that are checked whoever owns them; of those of owners without
    a part, two in three.
    """
    ways = {line["metric"]: line for line in texts.lines("plan_lines.csv")}
    named = {getattr(parts, kind) for kind in KINDS}
    checkers = texts.company()["plans"]["checkers"]
    drawn, rows = rng.random(len(total)) < 0.67, []
    for at in np.flatnonzero([way != "" for way in (ways[metric]["together"] for metric in lines["metric"])]):
        if not (drawn[at] or at in always or lines["owner"][at] in named):
            continue
        due = lines["due_on"][at].astype(object)
        quarters = [Quarter(due.year, number) for number in range(1, (due.month + 2) // 3 + 1)]
        way = ways[lines["metric"][at]]
        for place, quarter in enumerate(quarters, 1):
            if str(quarter) in exported:
                actual = _so_far(way["together"], total[at], place, len(quarters))
                day = np.datetime64(quarter.last_day) - rng.integers(0, 12)
                rows.append((exported.index(str(quarter)), at, actual, day, way["evidence"]))
    column, line, actuals, checked, evidence = (list(values) for values in zip(*rows, strict=True))
    return {name: lines[name][line] for name in ("dealer", "item", "metric")} | {
        "quarter": np.array(column),
        "actual": np.array(actuals),
        "checked_on": np.array(checked, "datetime64[D]"),
        "checked_by": np.array(checkers, object)[rng.integers(0, len(checkers), len(line))],
        "evidence": np.array(evidence, object),
    }


def _so_far(together, total, place, places):
    """What a check finds: what was added in its quarter, or (`last`) how far it is, from seven tenths on."""
    if together == "last":
        return round(total * (0.7 + 0.3 * place / places))
    return total * place // places - total * (place - 1) // places
