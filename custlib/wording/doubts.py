"""What looks odd in the quarter, and the rule for it: facts for `words/<language>/doubts.j2`."""

import pandas as pd

from custlib import anomalies

_NAMED = 3
_LABEL = ["table", "column", "measure"]


def odd_rule() -> dict:
    """The limits beyond which something counts as odd."""
    return {"wider": anomalies.WIDER, "fewest": anomalies.FEWEST, "plain": anomalies.PLAIN, "unit": anomalies.UNIT}


def odd(moves: pd.DataFrame, doubts: pd.DataFrame, fresh: pd.DataFrame) -> dict:
    """Measures that moved too far, files that seem to be in another unit, values never seen before.

    moves, doubts, fresh: result tables `movements`, `unit_doubts`, `new_values`.
    """
    strange, files = moves[moves["odd"] != ""], list(doubts["file"].drop_duplicates())
    return {
        "judged": int(moves["ratio"].notna().sum()),
        "strange": len(strange),
        "named": strange[[*_LABEL, "ratio", "odd"]].head(_NAMED).to_dict("records"),
        "more": max(len(strange) - _NAMED, 0),
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
