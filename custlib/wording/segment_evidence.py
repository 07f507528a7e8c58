"""Why there are so many segments, or none, and how reproducible they are: facts for
`words/<language>/segment_evidence.j2`."""

import pandas as pd

from custlib.segments import evidence as limits
from custlib.wording.forms import number

_FIGURES = [
    "prediction_strength",
    "strength_error",
    "asked_strength",
    "jaccard",
    "silhouette",
    "null_silhouette",
    "smallest_share",
    "tree_fidelity",
]
_RULE = {
    "strength": limits.LEAST_STRENGTH,
    "stays": limits.LEAST_STRENGTH - limits.WAVER,
    "sure": limits.SURE,
    "jaccard": limits.LEAST_JACCARD,
    "margin": limits.MARGIN,
    "narrow": limits.NARROW,
    "clear": limits.CLEAR_STRENGTH,
}


def evidence_reading(evidence: pd.DataFrame, k: int, ready: pd.DataFrame | None = None) -> dict | None:
    """How many segments there are, whether that was a close decision, or that no number of segments is stable; also the
    facts of `evidence_method`, which says why. None without any consumer.

    evidence: result table `seg_evidence`, one row per number of segments tried; k: the number chosen, 1 for none;
    ready: the consumers as `segments.prepared` returns them, which tells whether they are too few or do not differ.
    """
    if ready is not None and not len(ready):
        return None
    trials = evidence[evidence["k"] > 1].sort_values("k")
    rows = [_figures(row) for row in trials.to_dict("records")]
    return {
        "k": int(k),
        "alike": ready is not None and len(ready) >= 2 * limits.EACH and not bool((ready.nunique() > 1).any()),
        "chosen": next((row for row in rows if row["k"] == k), None),
        "close": [row["k"] for row in rows if _close(row)],
        "stable": [int(number) for number in trials.loc[trials["stable"].astype("bool"), "k"]],
        "strongest": max(rows, key=lambda row: row["prediction_strength"], default=None),
        "rule": _RULE,
    }


def evidence_method(evidence: pd.DataFrame, k: int) -> dict | None:
    """The same for the method box: what stable means, what was reached, and how near the limit it was."""
    return evidence_reading(evidence, k)


def agreement_reading(agreement: pd.DataFrame) -> dict | None:
    """How far repeated runs give the same segments; None for a single segment. agreement: result table
    `seg_agreement`."""
    return {"runs": agreement.to_dict("records")} if len(agreement) else None


def k_table_alt(table: pd.DataFrame, k: int = 1) -> dict:
    """The evidence for each number of segments. table: result table `seg_evidence`; k: the chosen one, 1 for none."""
    rows = [_figures(row) for row in table[table["k"] > 1].sort_values("k").to_dict("records")]
    return {"rows": rows, "k": int(k), "chosen": k in [row["k"] for row in rows], "rule": _RULE}


def _figures(row):
    whole = {name: int(row[name]) for name in ("k", "smallest", "splits")}
    return whole | {name: number(row[name]) for name in _FIGURES}


def _close(row):
    """Whether this number was chosen or not by less than chance may move its strength."""
    limit = row["asked_strength"]
    return limit is not None and limits.close(row["prediction_strength"], row["strength_error"], limit)
