"""Why there are so many segments, or none; how far the same data give the same ones: facts for
`words/<language>/segment_evidence.j2`."""

import pandas as pd

from custlib.segments import evidence as limits
from custlib.wording.segments import known

_FIGURES = ["prediction_strength", "jaccard", "silhouette", "null_silhouette", "smallest_share", "tree_fidelity"]
_RULE = {
    "strength": limits.LEAST_STRENGTH,
    "jaccard": limits.LEAST_JACCARD,
    "margin": limits.MARGIN,
    "narrow": limits.NARROW,
    "clear": limits.CLEAR_STRENGTH,
}


def evidence_reading(evidence: pd.DataFrame, k: int) -> dict:
    """How many segments there are and why, or that there are none that are stable.

    evidence: result table `seg_evidence`, a row per number looked at; k: the number chosen, 1 for none.
    """
    tried = evidence[evidence["k"] > 1].sort_values("k")
    rows = [_figures(row) for row in tried.to_dict("records")]
    return {
        "k": int(k),
        "chosen": next((row for row in rows if row["k"] == k), None),
        "stable": [int(number) for number in tried.loc[tried["stable"].astype("bool"), "k"]],
        "strongest": max(rows, key=lambda row: row["prediction_strength"], default=None),
        "rule": _RULE,
    }


def agreement_reading(agreement: pd.DataFrame) -> dict | None:
    """How far the same data give the same segments; None where there is one segment only. agreement: result table `seg_agreement`."""
    return {"runs": agreement.to_dict("records")} if len(agreement) else None


def k_table_alt(table: pd.DataFrame, k: int = 1) -> dict:
    """The evidence on each number of segments. table: result table `seg_evidence`; k: the number chosen, 1 for none."""
    rows = [_figures(row) for row in table[table["k"] > 1].sort_values("k").to_dict("records")]
    return {"rows": rows, "k": int(k), "chosen": k in [row["k"] for row in rows], "rule": _RULE}


def _figures(row):
    return {"k": int(row["k"]), "smallest": int(row["smallest"]), **{name: known(row[name]) for name in _FIGURES}}
