"""Steps that a plan goes through, `steps.csv`: which were late, which were left out, which went back."""

import difflib
from datetime import date
from pathlib import Path

import pandas as pd

from custlib import reference
from custlib.refusals import Refused

PROCESSES = ("yearly_plan", "demand_plan")
_FILE = "steps.csv"


def of(process: str, data_dir: str | Path | None = None) -> pd.DataFrame:
    """The steps of one of `PROCESSES` in their order: status (key), order, en, zh, words, days_allowed (until the next
    step; missing: it may rest), who (a role, key of the glossary).

    Raises Refused: what `reference.table` does, `steps_process` for a process that nobody reads, `steps_lacking` for
    one without a step, `steps_order` for two steps in one place.
    """
    rows = reference.lines(_FILE, data_dir)
    strange = rows[~rows["process"].isin(PROCESSES)]
    for line, row in strange.iterrows():
        raise Refused("steps_process", file=_FILE, line=line, value=row["process"], possible=", ".join(PROCESSES))
    own = rows[rows["process"] == process].drop(columns="process")
    if own.empty:
        raise Refused("steps_lacking", file=_FILE, process=process)
    own = own.assign(order=own["order"].astype("float64"), days_allowed=own["days_allowed"].astype("float64"))
    for line, row in own[own["order"].duplicated()].iterrows():
        raise Refused("steps_order", file=_FILE, line=line, status=row["status"], process=process)
    reference.words(own[["status", *reference.LANGUAGES, "words"]], _FILE)
    return own.sort_values("order", ignore_index=True)


def check(rows: pd.DataFrame, steps: pd.DataFrame, day: date) -> pd.DataFrame:
    """Where each thing stands on a day, and how it came there.

    rows: thing, status (as exported or a key), on (day it was reached, or missing), file, line; without a status a row
    says nothing. steps: as `of` gives them.
    Returns by thing: status (key), days (whole, in this status), late (stood longer than allowed before the next
    step, or stands so now), skipped (a step between its first and its last is lacking), back (a step came after a later
    one); days, late and back are missing where no day is known.
    Raises Refused (`step_unknown`), naming the line and the nearest word.
    """
    places = steps.rename_axis("place").reset_index().set_index("status")["place"]
    allowed = steps["days_allowed"].to_numpy()
    told = rows[rows["status"].notna()]
    told = told.assign(place=places.loc[_keys(told, steps)].to_numpy(), on=pd.to_datetime(told["on"]))
    told = told[pd.Timestamp(day) >= told["on"].fillna(pd.Timestamp(day))]
    told = told.sort_values(["thing", "on", "place"], na_position="first", ignore_index=True)
    by = told.groupby("thing")
    stood = (by["on"].shift(-1).fillna(pd.Timestamp(day)) - told["on"]).dt.days
    dated = told.assign(
        late=(stood > allowed[told["place"]]).astype("boolean").where(told["on"].notna()),
        back=(told["place"] < by["place"].cummax()).astype("boolean").where(told["on"].notna()),
        days=stood.astype("Int64"),
    )
    by = dated.groupby("thing")
    now, reached = by.tail(1).set_index("thing"), by["place"].agg(["min", "max", "nunique"])
    return pd.DataFrame(
        {
            "status": steps["status"].reindex(now["place"]).to_numpy(),
            "days": now["days"],
            "late": by["late"].max(),
            "skipped": reached["max"] - reached["min"] >= reached["nunique"],
            "back": by["back"].max(),
        }
    )


def _keys(told, steps):
    known = reference.words(steps[["status", *reference.LANGUAGES, "words"]], _FILE)
    keys = told["status"].str.strip().map(known)
    for _, row in told[keys.isna()].iterrows():
        nearest = difflib.get_close_matches(row["status"], list(known), n=1, cutoff=0)[0]
        raise Refused("step_unknown", file=row["file"], line=row["line"], value=row["status"], nearest=nearest)
    return keys
