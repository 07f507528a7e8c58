"""One finding of each room, for its card on the front page, and what stands above all. Facts for
`words/<language>/findings.j2`."""

import pandas as pd

from custlib.wording.classes import size_meaning
from custlib.wording.forms import number

_BEGUN = 2  # factors named
_APART = "apart"  # consumers in no segment


def missing_warning(missing: pd.DataFrame) -> dict | None:
    """What stands in for size and which indicators are missing; None if none is. missing: result table
    `abc_missing`."""
    return size_meaning(missing) if len(missing) else None


def customers_finding(summary: pd.DataFrame) -> dict:
    """How few customers are A jointly, and their share of customer size. summary: result table `abc_summary`, one
    quarter."""
    joint = summary[summary["indicator"] == "joint"].set_index("class")
    counts, shares = joint["customers"], joint["share"]
    return {"total": int(counts.sum()), "a": int(counts.get("A", 0)), "a_share": float(shares.get("A", 0))}


def segments_finding(values: pd.DataFrame) -> dict | None:
    """The segment that brings the most, with its share of all consumers and of all money; None without
    consumers, or where no share may be told.

    values: result table `seg_value`, or `segments.value`, a column or index identity.
    """
    table = values.reset_index().set_index("identity")
    consumers, segments = table["consumers"], table.drop(_APART, errors="ignore")
    shares = segments["money_share"].dropna()
    if not consumers.sum() > 0 or (len(segments) and shares.empty):
        return None
    first = None if shares.empty else shares.idxmax()
    return {
        "segments": len(segments),
        "segment": first,
        "of_consumers": number(consumers.get(first) / consumers.sum(skipna=False)) if first else None,
        "of_money": float(shares[first]) if first else None,
    }


def factors_finding(weights: pd.DataFrame, plan: pd.DataFrame, kinds: pd.DataFrame) -> dict | None:
    """The factor that weighs most, and those to begin with; None where nothing weighs them.

    weights: result table `factor_weights`; plan: `climb_plan`; kinds: `weight_kinds`, of which a single one that counts
    is named.
    """
    mixed = weights.set_index("factor")["mixed"].dropna()
    if mixed.empty:
        return None
    counted = list(kinds.loc[kinds["counts"] > 0, "kind"])
    first = plan[(plan["kind"] == "climb") & (plan["stage"] == 1)].drop_duplicates("factor")["factor"]
    return {
        "factors": len(mixed),
        "first": mixed.idxmax(),
        "weight": float(mixed.max()),
        "alone": counted[0] if len(counted) == 1 else None,
        "begin": list(first.head(_BEGUN)),
    }
