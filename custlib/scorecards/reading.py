"""Everything that a scorecard is made of, read and checked."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from custlib.refusals import Refused
from custlib.scorecards import settings
from custlib.scorecards.figures import figures

NOTEBOOK = "60_presales_scorecard"


@dataclass(frozen=True)
class Read:
    """figures: as `figures.figures` gives them; kpis, sources, people: as `settings` does."""

    figures: pd.DataFrame
    kpis: pd.DataFrame
    sources: pd.DataFrame
    people: pd.DataFrame

    @property
    def joined(self) -> pd.Series:
        """Person → the day they joined."""
        return self.people.set_index("person_id")["joined_on"]


def read(rows: pd.DataFrame, quarter: str, data_dir: str | Path, weights: dict | None = None) -> Read:
    """rows: `facts.presales`; weights: given by hand, by KPI. Raises Refused: what `settings` and `figures` refuse, and
    `no_figures` where nothing is told of the quarter."""
    kpis, sources = settings.kpis(data_dir, weights), settings.sources(data_dir)
    if not (rows["quarter"] == quarter).any():
        raise Refused("no_figures", quarter=quarter)
    people = settings.people(data_dir)
    return Read(figures(rows, kpis, sources, people), kpis, sources, people)
