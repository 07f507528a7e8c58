"""What waits for a person's decision: likely doubles, restated figures. Facts for `words/<language>/decisions.j2`."""

import pandas as pd

_NAMED = 3


def doubles(waiting: dict[str, int]) -> dict:
    """How many pairs of customers may be doubles and await a signature. waiting: from `accounting.to_sign`."""
    return waiting


def restated(figures: pd.DataFrame, causes: pd.DataFrame, compared_with: str) -> dict:
    """Figures of past quarters that an earlier report gave differently: by how much, and because of which files.

    figures, causes: result tables `restated` and `restated_files`; compared_with: quarter of that report, "" if none.
    """
    worst = figures.loc[figures["difference"].abs().astype(float).sort_values(ascending=False, kind="stable").index]
    files = causes.drop_duplicates("file")
    named = worst[["table", "column", "quarter", "difference"]].head(_NAMED).to_dict("records")
    return {
        "report": compared_with,
        "changed": len(figures),
        "worst": [figure | {"difference": float(figure["difference"])} for figure in named],
        "some": len(figures) > _NAMED,
        "files": files[["file", "change"]].head(_NAMED).to_dict("records"),
        "more_files": max(len(files) - _NAMED, 0),
    }
