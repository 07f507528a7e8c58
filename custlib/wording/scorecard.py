"""The pre-sales scorecard, in notebook 60. People are named by their ids. Facts for `words/<language>/scorecard.j2`."""

import datetime

import pandas as pd

from custlib import reference
from custlib.scorecards import ASIDE, FLAT, Judged, Read, likely_doubles
from custlib.wording import forms


def scorecard_came(read: Read, judged: Judged, quarter: str) -> dict:
    """How many figures came from whom, and what of them does not count. read: of `scorecards.read`; judged: of the
    quarter."""
    now = read.figures[read.figures["quarter"] == quarter]
    sources = now["source"].value_counts(sort=False)
    without = now[(now["source"] != "self") & (now["rater"] == "")]
    hidden = judged.kpis[judged.kpis["withheld"]]
    return {
        "figures": len(now),
        "people": now["person"].nunique(),
        "sources": [{"key": key, "number": int(sources[key])} for key in read.sources.index if key in sources],
        "aside": {key: int((now["aside"] == key).sum()) for key in ASIDE} if now["aside"].any() else {},
        "joined": sorted(judged.score.index[judged.score.isna()]) if judged.linked else [],
        "months": bool(now["month"].notna().any()),
        "raters": len(without) < len(now[now["source"] != "self"]),
        "no_interval": sorted(judged.score.index[judged.score.notna() & judged.error.isna()]),
        "withheld": sorted(set(hidden["person"])),
        "doubles": [list(ids) for ids in likely_doubles(read.people)],
    }


def sources_agree(agreement: pd.DataFrame) -> dict | None:
    """agreement: result table `source_agreement`; None where nothing could be compared."""
    known = agreement[agreement["icc_consistency"].notna()]
    if known.empty:
        return None
    worst = known.loc[known["icc_consistency"].idxmin()]
    return {
        "kpi": worst["kpi"],
        "consistency": float(worst["icc_consistency"]),
        "agreement": float(worst["icc_agreement"]),
        "low": float(worst["consistency_low"]),
        "high": float(worst["consistency_high"]),
        "left_out": int(agreement["left_out"].max()),
    }


def severity_reading(raters: pd.DataFrame, judged: Judged) -> dict | None:
    """raters: result table `rater_severity`; judged: of the quarter. None without a rater of five people."""
    if raters.empty and judged.linked:
        return None
    islands = judged.island.loc[["rater"]].groupby(judged.island.loc[["rater"]])
    known = raters[raters["severity"].notna()] if len(raters) else raters
    return {
        "islands": [] if judged.linked else [list(own.index.get_level_values("name")) for _, own in islands],
        "harsh": _end(known, 0),
        "mild": _end(known, -1),
        "flat": list(known.loc[known["halo"] < FLAT, "rater"]) if len(known) else [],
        "same": sorted(raters.loc[raters["range_used"] == 0, "rater"]) if len(raters) else [],
        "residual": forms.number(judged.residual_sd),
    }


def scheme_reading(development: pd.DataFrame, feedback: pd.DataFrame, last_day: datetime.date) -> dict | None:
    """What was agreed with people and said of the scheme, counted alone: nobody's words leave the data. None without
    either. development, feedback: `development.csv`, `scheme_feedback.csv`; last_day: of the quarter."""
    if development.empty and feedback.empty:
        return None
    due = sum(day <= last_day for day in map(reference.day, development["by_when"]) if day)
    people = development["person_id"].nunique()
    return {"steps": len(development), "people": people, "due": due, "remarks": len(feedback)}


def _end(raters, at):
    if raters.empty:
        return None
    row = raters.sort_values("severity").iloc[at]
    return {"rater": row["rater"], "points": float(row["severity"])}


def told_apart_reading(pairs: pd.DataFrame) -> dict | None:
    """pairs: as `scorecards.told_apart` gives them; None where nobody can be compared."""
    if pairs.empty:
        return None
    apart = pairs[pairs["apart"]]
    return {
        "pairs": len(pairs),
        "apart": [{"one": row["one"], "other": row["other"]} for row in apart.to_dict("records")],
    }
