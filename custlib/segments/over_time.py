"""Segments over the quarters: fitted to each quarter's consumers, then under names that they keep."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from custlib import quarters
from custlib.segments import clustering, identity, names
from custlib.segments.preparing import apart, prepared
from custlib.segments.suppression import suppressed


class Identified(NamedTuple):
    """now, before: Series consumer → identity, of the quarter and of the one before (empty without segments).
    described, described_before: those of them whose features are known, all but of a company with many consumers.
    names: as `names.kept` returns them; events: result table `seg_events`, also beside the year before.
    """

    now: pd.Series
    before: pd.Series
    described: pd.Series
    described_before: pd.Series
    names: pd.DataFrame
    events: pd.DataFrame


def fitted(history: dict, seed: int = 0, folder: Path | None = None) -> tuple:
    """(features, fits) by quarter: the prepared features of the consumers with enough purchases, and their `Fit`.

    history: quarter → `facts.consumer_features`. Segments are numbered by what their consumers paid.
    folder: of clean tables, where evidence is kept.
    """
    features = {quarter: prepared(rows[apart(rows) == ""]) for quarter, rows in history.items()}
    paid = {quarter: rows["money"] for quarter, rows in history.items() if len(rows)}
    return features, clustering.over_quarters(features, seed, paid, folder)


def identified(history: dict, fits: dict, quarter: str, words: pd.DataFrame) -> Identified:
    """The segments of `quarter` and of the one before, under the names that they keep.

    history: as for `fitted`; fits: as `fitted` returns them; words: as `names.words` returns them.
    """
    asked = quarters.parse(quarter)
    identities = identity.identities({name: fit.labels for name, fit in fits.items()})
    none = pd.Series(dtype="object")
    now, before = (identities.labels.get(str(each), none) for each in (asked, asked.previous()))
    beside_a_year_ago = identity.since(identities.labels, quarter, str(asked.previous(4)))
    events = pd.concat([identities.events, beside_a_year_ago]).drop_duplicates()
    ids = (history[str(each)].index if str(each) in history else [] for each in (asked, asked.previous()))
    described, described_before = (
        all_of[all_of.index.isin(own)] for all_of, own in zip((now, before), ids, strict=True)
    )
    named = names.over_quarters(history, identities.labels, words)
    return Identified(now, before, described, described_before, named, suppressed(events, [], "consumers"))
