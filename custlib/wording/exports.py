"""Facts for notebook 00: what a folder's exports are taken for, and what is still open."""

import pandas as pd


def exports_reading(found: pd.DataFrame) -> dict:
    """How many files are taken for how many tables, and which are not known.

    found: result table `draft_files`, one row a sheet: file, sheet, table, known, open.
    """
    known = found[found["table"] != ""]
    return {
        "files": found["file"].nunique(),
        "tables": sorted(set(known["table"])),
        "open": int((found.groupby("file")["open"].sum() > 0).sum()),
        "unknown": sorted(set(found.loc[found["table"] == "", "file"])),
        "sales": bool((known["table"] == "sales").any()),
    }


def exports_next(found: pd.DataFrame) -> dict:
    """What to do next: name the sales, answer what is open, or run.

    found: as `exports_reading` takes it.
    """
    facts = exports_reading(found)
    return {"step": "sales" if not facts["sales"] else "answer" if facts["open"] else "run"}
