"""Yearly plans, what was checked of them, and what was corrected; the rebates that they agree on."""

from typing import NamedTuple

import numpy as np

from custlib.quarters import Quarter
from custlib.sample import plan_checks, texts
from custlib.sample.dealers import Dealers
from custlib.sample.export_file import Export
from custlib.sample.parts import Parts

YEARS = (2024, 2025)
_REBATES = "贸易促销"
_CORRECTED = "主题活动场次"
_FROM = Quarter(2025, 2)
_BEFORE, _AFTER = 6, 4
_DUE_ON = np.array(["2025-12-31", "2025-06-30"], "datetime64[D]")
_SIGNED_ON = np.array(["2025-05-16", "2025-07-18"], "datetime64[D]")  # in time; after it was missed


class Plans(NamedTuple):
    """lines, checks: the columns of the exports, lines as one dict by year; changes: of `plan_changes.csv`; rates:
    dealers × exported quarters, rebates booked as share of net sales; truth: the parts of Truth."""

    lines: dict
    checks: dict
    changes: Export
    rates: np.ndarray
    truth: dict


def make(rng: np.random.Generator, dealers: Dealers, letters: np.ndarray, parts: Parts) -> Plans:
    """The plans of 2024 and 2025, as far as these quarters are exported. letters: dealers × exported quarters.

    An A dealer of the quarter before the year has six lines, a B three. Of the planners (`Parts`) one repeats its plan,
    two are corrected, one gets half its rebate in 2025 and one half more.
    """
    exported = [str(quarter) for quarter in dealers.quarters[1:]]
    lines: dict = {}
    for year in (year for year in YEARS if any(name.startswith(str(year)) for name in exported)):
        before = str(Quarter(year - 1, 4))
        column = exported.index(before) if before in exported else 0
        lines[year] = _lines(rng, dealers, letters[:, column], parts, year)
    last = lines[YEARS[-1]]
    have = dict.fromkeys(last["dealer"].tolist())
    planned = list(dict.fromkeys([*(dealer for dealer in parts.planners if dealer in have), *have]))
    repeats = _repeated(lines, planned)
    in_time, late, short, over = [dealer for dealer in planned if dealer != repeats][:4]
    corrected = [np.flatnonzero((last["dealer"] == one) & (last["metric"] == _CORRECTED))[0] for one in (in_time, late)]
    last["target"][corrected] = _BEFORE
    last["due_on"][corrected] = _DUE_ON
    reached = {year: plan_checks.reached(rng, own, parts) for year, own in lines.items()}
    reached[YEARS[-1]][corrected] = _AFTER
    checks = [plan_checks.made(rng, lines[year], reached[year], exported, parts, set(corrected)) for year in lines]
    truth = {
        "plan_owners": {kind: getattr(parts, kind) for kind in plan_checks.KINDS},
        "copied_plan": "" if repeats is None else str(dealers.ids[repeats]),
        "late_correction": str(dealers.ids[late]),
        "rebates": {"short": str(dealers.ids[short]), "over": str(dealers.ids[over])},
    }
    return Plans(
        lines,
        {name: np.concatenate([each[name] for each in checks]) for name in checks[0]},
        _changes(dealers, last, corrected),
        _rates(lines, exported, len(dealers.ids), {short: 0.5, over: 1.5}),
        truth,
    )


def _lines(rng, dealers, letters, parts, year):
    templates, words = texts.lines("plan_lines.csv"), texts.company()["plans"]
    lines = [
        (dealer, *line.values())
        for dealer, letter in enumerate(letters)
        for line in {"A": templates, "B": templates[:3]}.get(letter, ())
    ]
    dealer, item, metric, unit, low, high, *_ = (np.array(values, object) for values in zip(*lines, strict=True))
    dealer, low, high = (values.astype(int) for values in (dealer, low, high))
    owner = np.where(item == _REBATES, words["rebates"], dealers.manager[dealer])
    # Who holds back promises little, so that half more than that can still be reached.
    high = np.where(owner == parts.holds_back, (low + high) // 2, high)
    start, rebate = np.datetime64(f"{year}-01-05"), item == _REBATES
    step = rng.choice(len(words["steps"]), len(letters), p=words["step_shares"])
    signed = start + rng.integers(0, 75, len(letters))
    return {
        "year": np.full(len(dealer), year),
        "dealer": dealer,
        "item": item,
        "metric": metric,
        "target": rng.integers(low, high + 1),
        "unit": unit,
        "owner": owner,
        "due_on": np.datetime64(f"{year}-03-31") + np.where(rebate, 275, rng.choice([0, 91, 183, 275], len(dealer))),
        "status": np.array(words["steps"], object)[step[dealer]],
        "status_on": signed[dealer],
    }


def _repeated(lines, planned):
    """Gives the first planner with the same lines in both years the targets and days of the year before; None: none."""
    if len(lines) < len(YEARS):
        return None
    old, new = (lines[year] for year in YEARS)
    for dealer in planned:
        was, now = (np.flatnonzero(each["dealer"] == dealer) for each in (old, new))
        if len(was) == len(now):
            new["target"][now] = old["target"][was]
            # Month ends, and every fourth year has a day more.
            new["due_on"][now] = (old["due_on"][was].astype("datetime64[M]") + 13).astype("datetime64[D]") - 1
            return dealer
    return None


def _changes(dealers, lines, corrected):
    """`plan_changes.csv`: both corrections from the second quarter on, signed by the account manager."""
    dealer = lines["dealer"][corrected]
    columns = {name: lines[name][corrected] for name in ("year", "item", "metric")}
    columns = {"year": columns["year"], "customer_id": dealers.ids[dealer]} | columns
    columns["from_quarter"] = np.full(2, str(_FROM), object)
    columns["target"] = np.full(2, _AFTER)
    why = np.array(texts.company()["plans"]["why_corrected"], object)
    columns |= {"who": dealers.manager[dealer], "on": _SIGNED_ON, "why": why}
    return Export("reference/plan_changes.csv", "plan_changes", columns, {column: column for column in columns})


def _rates(lines, exported, count, wrong):
    """Dealers × exported quarters: rebates as share of net sales; before the first plan as in it; wrong in the last."""
    by_year = {}
    for year, own in lines.items():
        percent = np.where(own["item"] == _REBATES, own["target"], 0)
        by_year[year] = np.bincount(own["dealer"], percent, count) / 100
    for dealer, share in wrong.items():
        by_year[YEARS[-1]][dealer] *= share
    years = [max(int(name[:4]), min(lines)) for name in exported]
    return np.stack([by_year[year] for year in years], axis=1)
