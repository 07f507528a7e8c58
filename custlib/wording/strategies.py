"""What the five strategies find in the segments, and what the segments brought and will bring: facts for
`words/<language>/strategies.j2`."""

import pandas as pd

from custlib.segments import STRATEGIES, clearest
from custlib.segments.value import APART
from custlib.wording.segments import known
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
    """The mean of the segment in its unit. findings: result table `seg_strategies`, rows with figures."""
    return [measure_value(*pair) for pair in zip(findings["measure"], findings["segment_mean"], strict=True)]


def others_mean(findings: pd.DataFrame) -> list:
    """The same of the mean of all others."""
    return [measure_value(*pair) for pair in zip(findings["measure"], findings["others_mean"], strict=True)]


def proposal(findings: pd.DataFrame) -> list:
    """What a finding suggests, in each language that `strategies.csv` has."""
    return findings[_PROPOSALS].to_dict("records")


def strategy_reading(findings: pd.DataFrame) -> dict:
    """A paragraph for each strategy: its strongest findings with figures, what they suggest, and how much is not enough.

    findings: result table `seg_strategies`.
    """
    figures = findings[findings["effect"].notna()]
    kinds = {name: figures[figures["strategy"] == name] for name in STRATEGIES}
    return {"strategies": [_paragraph(name, rows) for name, rows in kinds.items() if len(rows)]}


def value_reading(values: pd.DataFrame) -> dict:
    """What the segments brought, what is forecast for the next quarter, and how wrong such a forecast was for the last one.

    values: result table `seg_value`.
    """
    rows = values.set_index("identity")
    own = rows.drop(index=APART, errors="ignore").dropna(subset=["money_year"])
    ahead = own.dropna(subset=["forecast"])
    largest = own.sort_values("money_year", ascending=False, kind="stable")
    return {
        "brought": _records(largest, money="money_year", share="money_share"),
        "apart": known(rows["money_share"].get(APART)),
        "quarter": ahead["next_quarter"].iloc[0] if len(ahead) else None,
        "ahead": _records(ahead, money="forecast"),
        "errors": _errors(ahead.dropna(subset=["error"])),
    }


def _paragraph(name, rows):
    differ = clearest(rows)
    told = differ.drop_duplicates("identity").head(_TOLD)
    return {
        "strategy": name,
        "compared": len(rows),
        "differ": len(differ),
        "findings": [_finding(row) for row in told.to_dict("records")],
        "later": int(differ["came_again"].isin(["yes", "no"]).sum()),
        "again": int((differ["came_again"] == "yes").sum()),
        "first": _first_step(differ),
    }


def _finding(row):
    names = {"own": "segment_mean", "others": "others_mean", "low": "effect_low", "high": "effect_high"}
    figures = {name: measure_value(row["measure"], row[column]) for name, column in names.items()}
    return {"segment": row["identity"], "measure": row["measure"], **figures}


def _first_step(differ):
    """The segment of the clearest finding and what is proposed for it; None where nothing is."""
    rows = differ.head(1).dropna(subset=_PROPOSALS)
    return next(iter(rows.rename(columns={"identity": "segment"})[["segment", *_PROPOSALS]].to_dict("records")), None)


def _records(rows, **columns):
    return [
        {"segment": identity, **{name: float(row[column]) for name, column in columns.items()}}
        for identity, row in rows.iterrows()
    ]


def _errors(rows):
    """How far such forecasts were off, in the middle and in the worst segment, and how far the year before would have been."""
    if rows.empty:
        return None
    off = rows["error"].abs()
    naive = known(rows["naive_error"].abs().median())
    return {"middle": float(off.median()), "worst": float(off.max()), "segment": off.idxmax(), "naive": naive}
