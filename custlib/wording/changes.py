"""What changed since the quarter before, and what is seasonal: facts for `words/<language>/changes.j2`."""

import pandas as pd

from custlib.abc_classes import CAUSES
from custlib.wording import forms

_FIGURES = ("payments", "net_sales", "gross_profit")
_LARGEST = 2  # steps named


def bridge_reading(bridge: pd.DataFrame) -> dict | None:
    """The steps that changed each total most, and the amount that the steps do not explain; None where nothing is known
    of the quarter before. bridge: result table `abc_bridge`."""
    if bridge.empty:
        return None
    rows = bridge.set_index("step")
    figures = [name for name in _FIGURES if pd.notna(rows.at["unexplained", name])]
    return {"figures": [_changed(rows[name]) for name in figures]} if figures else None


def causes_reading(moves: pd.DataFrame) -> dict | None:
    """Why classes moved; None if none did. moves: result table `abc_moves`; `cause` is set for customers judged in both
    quarters."""
    counts = moves.loc[moves["cause"].isin(CAUSES), "cause"].value_counts().reindex(CAUSES, fill_value=0)
    causes = [{"cause": cause, "customers": int(number)} for cause, number in counts.items() if number]
    return {"customers": int(counts.sum()), "causes": causes} if causes else None


def season_reading(seasons: pd.DataFrame, customers: pd.DataFrame) -> dict:
    """How many customers are seasonal, who is A only because of the season, and how class A compares with a year ago.

    seasons, customers: result tables `abc_seasons` and `abc_customers`.
    """
    names = customers.loc[customers["a_by_season"], "name"]
    class_a = customers[customers["joint_class"] == "A"]
    earlier = {
        name: int((class_a[name] == "A").sum()) if customers[name].notna().any() else None
        for name in ("class_year_ago", "class_year")
    }
    return {
        "whole_years": bool((seasons["years"] >= 2).any()),
        "years": int(seasons["years"].max()) if len(seasons) else 0,
        "seasonal": int(seasons["seasonal"].sum()),
        "by_chance": min(round(float(seasons["by_chance"].sum())), int(seasons["seasonal"].sum())),
        "lifted": list(names.head(forms.NAMED)),
        "all_lifted": len(names),
        "a": len(class_a),
        **earlier,
    }


def concentration_reading(concentration: pd.DataFrame, quarter: str, year_ago: str) -> dict | None:
    """What the ten largest bring, now and a year ago; None if the quarter has no line. concentration: result table
    `abc_concentration`."""
    rows = concentration.set_index("quarter")
    if quarter not in rows.index:
        return None
    return {
        "below_zero": int(rows.at[quarter, "below_zero"]),
        "top_ten": _on_a_year_ago(rows, "top_ten", quarter, year_ago),
    }


def inequality_reading(concentration: pd.DataFrame, quarter: str, year_ago: str) -> dict | None:
    """The same of the Gini coefficient and the Herfindahl index."""
    rows = concentration.set_index("quarter")
    if quarter not in rows.index:
        return None
    return {name: _on_a_year_ago(rows, name, quarter, year_ago) for name in ("gini", "herfindahl")}


def whale_reading(whale: pd.DataFrame) -> dict | None:
    """How much profit the best customers make and the others lose; None if no profit is known. whale: as
    `abc_classes.whale` returns it."""
    if whale.empty:
        return None
    losing, total = whale.loc[whale["value"] < 0, "value"], whale["value"].sum()
    peak = float(whale["cumulative"].max() / total) if total > 0 else None
    return {"losing": len(losing), "lost": float(-losing.sum()), "peak": peak}


def _on_a_year_ago(rows, measure, quarter, year_ago):
    """A measure now and a year ago (None if not known), and whether they differ by more than two standard errors."""
    now, then = float(rows.at[quarter, measure]), rows[measure].get(year_ago)
    changed = then is not None and bool(abs(now - then) > 2 * rows.at[quarter, f"{measure}_error"])
    return {"now": now, "then": None if then is None else float(then), "changed": changed}


def _changed(change):
    total, steps = float(change["total"]), change.drop(["total", "unexplained"]).dropna()
    same_way = steps[steps > 0] if total > 0 else steps[steps < 0]
    largest = same_way.abs().sort_values(ascending=False, kind="stable").head(_LARGEST)
    return {
        "figure": change.name,
        "total": total,
        "steps": [{"step": step, "amount": float(amount)} for step, amount in largest.items()],
        "open": abs(float(change["unexplained"])),
    }
