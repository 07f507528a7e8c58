"""Small scorecards for the tests of the room."""

import pandas as pd

from custlib import scorecards

KPIS, SOURCES = scorecards.kpis(), scorecards.sources()
KEYS = ("person", "kpi", "source", "rater", "value", "cases", "hits", "month")
RATED = [kpi for kpi in KPIS.index if kpi != "conversion"]


def figures(*rows, quarter="2025Q4"):
    """Figures as `scorecards.figures` gives them."""
    table = pd.DataFrame([(*row, *[None] * (len(KEYS) - len(row))) for row in rows], columns=[*KEYS])
    numbers = {name: table[name].astype("float64") for name in ("value", "cases", "hits", "month")}
    return table.assign(**numbers, quarter=quarter, aside="")


def team(people="abcd", peers="xyz", gives=lambda person, kpi, rater: 80.0):
    """Ratings of a superior, s, and of peers, of everybody in every rated KPI."""
    raters = [("superior", "s"), *(("peer", peer) for peer in peers)]
    return [(p, kpi, source, rater, gives(p, kpi, rater)) for p in people for kpi in RATED for source, rater in raters]


def joined(people="abcd", late=""):
    return pd.Series({p: pd.Timestamp("2025-11-17" if p in late else "2020-01-01") for p in people})


def judge(rows, **options):
    table = rows if isinstance(rows, pd.DataFrame) else figures(*rows)
    start = options.pop("joined", joined(sorted(set(table["person"]))))
    return scorecards.judge(table, "2025Q4", KPIS, SOURCES, start, **options)
