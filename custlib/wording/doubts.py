"""What looks odd in the quarter, and the rule by which it does: facts for `words/<language>/doubts.j2`."""

from custlib import anomalies

_NAMED = 3
_LABEL = ["table", "column", "measure"]


def odd_rule() -> dict:
    """By which rule something counts as odd, with its numbers."""
    return {"wider": anomalies.WIDER, "fewest": anomalies.FEWEST, "plain": anomalies.PLAIN, "unit": anomalies.UNIT}


def odd(moves, doubts, fresh) -> dict:
    """What is odd: measures that moved too far, files in another unit, values never seen.

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


def movement_labels(moves) -> list:
    """What names each row of result table `movements`, in their order."""
    return moves[_LABEL].to_dict("records")


def movements_alt(table) -> dict:
    """table: rows of result table `movements`."""
    return {"measures": table[[*_LABEL, "ratio", "low", "high", "odd"]].to_dict("records")}
