"""What looks odd in the quarter, and the rule for it: facts for `words/<language>/doubts.j2`."""

import numpy as np
import pandas as pd

from custlib import anomalies

_NAMED = 3
_LABEL = ["table", "column", "measure", "against"]


def odd_rule() -> dict:
    """The limits beyond which something counts as odd."""
    names = ("UNUSUAL", "FEWEST", "PLAIN", "UNIT", "SEVERAL")
    return {name.lower(): getattr(anomalies, name) for name in names}


def odd(moves: pd.DataFrame, doubts: pd.DataFrame, fresh: pd.DataFrame) -> dict:
    """Measures that moved too far, files that seem to be in another unit, values never seen before.

    moves, doubts, fresh: result tables `movements`, `unit_doubts`, `new_values`.
    """
    strange, files = moves[moves["odd"] != ""], list(doubts["file"].drop_duplicates())
    sums = moves[(moves["measure"] == "sum") & (moves["against"] == "year_before") & (moves["ratio"] > 0)]
    widest = sums.loc[np.log(sums["ratio"]).abs().sort_values(ascending=False, kind="stable").index]
    return {
        "judged": int(moves["ratio"].notna().sum()),
        "strange": len(strange),
        "named": strange[[*_LABEL, "ratio", "low", "high", "odd"]].head(_NAMED).to_dict("records"),
        "more": max(len(strange) - _NAMED, 0),
        "widest": widest[[*_LABEL, "ratio"]].head(_NAMED).to_dict("records"),
        "doubted": len(files),
        "files": files[:_NAMED],
        "fresh": len(fresh),
        "values": fresh[["column", "value", "nearest"]].head(_NAMED).to_dict("records"),
    }


def movement_labels(moves: pd.DataFrame) -> list:
    """The label of each row of result table `movements`, in the same order."""
    return moves[_LABEL].to_dict("records")


def movements_alt(table: pd.DataFrame) -> dict:
    """table: rows of result table `movements`."""
    return {"measures": table[[*_LABEL, "ratio", "low", "high", "odd"]].to_dict("records")}
