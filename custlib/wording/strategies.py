"""The five strategies, and what the segments brought and will bring: facts for `words/<language>/strategies.j2`."""

import pandas as pd

from custlib.segments import STRATEGIES, clearest
from custlib.segments.value import APART
from custlib.wording.forms import number
from custlib.words import LANGUAGES

_TOLD = 3  # findings of a strategy that a paragraph tells
_UNITS = {"list_price": "money", "recency_days": "days"} | dict.fromkeys(
    ("frequency", "quantity", "promoted_pieces"), "count"
)
_PROPOSALS = [f"proposal_{lang}" for lang in LANGUAGES]


def measure_value(measure: str, value) -> dict:
    """A value of a measure with its unit: money, days, count, or share (0 to 1)."""
    return {"unit": _UNITS.get(measure, "share"), "value": float(value)}


def own_mean(findings: pd.DataFrame) -> list:
    """The mean of the segment, with its unit. findings: result table `seg_strategies`, rows with figures."""
    return [measure_value(*pair) for pair in zip(findings["measure"], findings["segment_mean"], strict=True)]


def others_mean(findings: pd.DataFrame) -> list:
    """The mean of all others, likewise."""
    return [measure_value(*pair) for pair in zip(findings["measure"], findings["others_mean"], strict=True)]


def strategy_reading(findings: pd.DataFrame) -> dict | None:
    """A paragraph per strategy: its strongest findings with figures, the proposal, and how many findings lack
    evidence; None without segments.

    findings: result table `seg_strategies`.
    """
    figures = findings[findings["effect"].notna()]
    kinds = {name: figures[figures["strategy"] == name] for name in STRATEGIES}
    told = [_paragraph(name, rows) for name, rows in kinds.items() if len(rows)]
    return {"strategies": told} if told else None


def strategy_method(findings: pd.DataFrame) -> dict | None:
    """For the method box: how many comparisons there are, how many differ and held up, and what that means.

    findings: result table `seg_strategies`.
    """
    return strategy_reading(findings)


def value_reading(values: pd.DataFrame) -> dict | None:
    """What the segments brought, the forecast for next quarter, and the error of such a forecast for this one, over all
    money, that of consumers in no segment too; None without segments.

    values: result table `seg_value`.
    """
    rows = values.set_index("identity")
    segments = rows.drop(index=APART, errors="ignore").dropna(subset=["money_year"])
    if segments.empty:
        return None
    ahead = segments.dropna(subset=["forecast"])
    largest = segments.sort_values("money_year", ascending=False, kind="stable")
    return {
        "brought": _records(largest, money="money_year", share="money_share"),
        "apart": number(rows["money_share"].get(APART)),
        "quarter": ahead["next_quarter"].iloc[0] if len(ahead) else None,
        "ahead": _records(ahead, money="forecast"),
        "errors": _errors(rows),
    }


def _paragraph(name, rows):
    differ = clearest(rows)
    findings = differ.drop_duplicates("identity").head(_TOLD)
    return {
        "strategy": name,
        "compared": len(rows),
        "differ": len(differ),
        "findings": [_finding(row) for row in findings.to_dict("records")],
        "later": int(differ["came_again"].isin(["yes", "no"]).sum()),
        "again": int((differ["came_again"] == "yes").sum()),
        "first": _first_step(differ),
    }


def _finding(row):
    names = {"own": "segment_mean", "others": "others_mean", "low": "effect_low", "high": "effect_high"}
    figures = {name: measure_value(row["measure"], row[column]) for name, column in names.items()}
    return {"segment": row["identity"], "measure": row["measure"], **figures}


def _first_step(differ):
    """The segment of the clearest finding and its proposal; None if there is none."""
    rows = differ.dropna(subset=_PROPOSALS).head(1)
    return next(iter(rows.rename(columns={"identity": "segment"})[["segment", *_PROPOSALS]].to_dict("records")), None)


def _records(rows, **columns):
    return [
        {"segment": identity, **{name: float(row[column]) for name, column in columns.items()}}
        for identity, row in rows.iterrows()
    ]


def _errors(rows):
    """How far such forecasts were off, over all money that came, beside last year's quarter as a forecast; and in which
    row most of it."""
    known = rows.dropna(subset=["held_out", "held_forecast"])
    came = known["held_out"].sum()
    if not came > 0:
        return None
    off = (known["held_forecast"] - known["held_out"]).abs()
    naive = (known["held_naive"] - known["held_out"]).abs()
    return {
        "off": float(off.sum() / came),
        "most": off.idxmax(),
        "most_off": number(known.at[off.idxmax(), "error"]),
        "naive": None if naive.isna().any() else float(naive.sum() / came),
    }
