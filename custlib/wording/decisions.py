"""What waits for a person: doubles to sign, past figures that changed. Facts for `words/<language>/decisions.j2`."""

_NAMED = 3


def doubles(pairs) -> dict:
    """How many likely doubles of customers wait for a signature. pairs: as `accounting.to_sign` counts them."""
    return {"pairs": pairs}


def restated(figures, causes, compared_with) -> dict:
    """Which figures of past quarters changed since an earlier report, by how much, because of which files.

    figures, causes: result tables `restated` and `restated_files`; compared_with: quarter of that report, "" if there is none.
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
