"""Figures of the exports with their keys and ids: what counts, and what is set aside."""

import pandas as pd

from custlib.refusals import Refused
from custlib.scorecards import settings

COLUMNS = ("quarter", "person", "kpi", "source", "rater", "month", "value", "cases", "hits", "aside")
ASIDE = ("self_as_peer", "hits_above_cases")


def figures(rows: pd.DataFrame, kpis: pd.DataFrame, sources: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """`COLUMNS`, one row for each line: kpi and source as keys, person and rater as ids (a rater not named: ""),
    aside: why a figure does not count, one of `ASIDE`, or "".

    rows: as `facts.presales` gives them; kpis, sources, people: as `settings` does.
    Raises Refused, naming file and line: `score_word` (with the nearest word), `no_person`, `kpi_scale`.
    """
    keys = {
        "kpi": _keys(rows, "kpi", kpis, "scorecard.csv"),
        "source": _keys(rows, "source", sources, "rater_sources.csv"),
        "person": _ids(rows, "person", people),
        "rater": _ids(rows, "rater", people),
    }
    table = rows.assign(**keys)
    _check_scale(table, kpis)
    own = (table["source"] != "self") & (table["rater"] == table["person"])
    above = table["hits"] > table["cases"]
    aside = pd.Series("", table.index).mask(above, "hits_above_cases").mask(own, "self_as_peer")
    # who rates themself is known without a name
    rater = table["rater"].where((table["source"] != "self") | (table["rater"] != ""), table["person"])
    return table.assign(aside=aside, rater=rater)[[*COLUMNS]]


def _keys(rows, column, table, file):
    known = {text: key for key, words in table["words"].items() for text in words}
    keys = rows[column].str.strip().map(known)
    for _, row in rows[keys.isna()].iterrows():
        nearest = settings.nearest(row[column], known)
        facts = {"column": column, "value": row[column], "table": file, "nearest": nearest}
        raise Refused("score_word", file=row["file"], line=row["line"], **facts)
    return keys.astype("str")


def _ids(rows, column, people):
    ids = rows[column].map(people["person_id"]).where(rows[column] != "", "")
    for _, row in rows[ids.isna()].iterrows():
        raise Refused("no_person", file=row["file"], line=row["line"], column=column)
    return ids.astype("str")


def _check_scale(table, kpis):
    """A KPI whose values all lie between 0 and 1: shares, or very low scores, nobody knows which."""
    of_100 = table[table["kpi"].map(kpis["kind"]) != "time"]
    for kpi, own in of_100.groupby("kpi", sort=False):
        if own["value"].max() <= 1 and (own["value"] > 0).any():
            raise Refused("kpi_scale", file=own["file"].iloc[0], line=own["line"].iloc[0], kpi=kpi)
