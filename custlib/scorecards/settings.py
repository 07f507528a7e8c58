"""What people set: `scorecard.csv`, `rater_sources.csv`, and who is who in `people.csv`."""

import difflib
import unicodedata
from pathlib import Path

import pandas as pd

from custlib import edited, escaping, project, reference
from custlib.refusals import Refused

KINDS = ("rating", "rate", "time")
PEOPLE = "people.csv"
_COUNTS = {"yes": True, "no": False}
_PERSON = ("person_id", "name", "joined_on")


def kpis(data_dir: str | Path | None = None, given: dict | None = None) -> pd.DataFrame:
    """The KPIs of `scorecard.csv` in its order, index kpi: weight (in hundred), kind (one of `KINDS`), good, poor
    (in the unit of the exports; of a rate percent), words (list of texts).

    given: weights that count instead, by KPI. Raises Refused: what `reference.table` does, `not_one_of`, `kpi_good`,
    `kpi_unknown` (of given), `weights_sum` where the weights do not add up to 100.
    """
    rows = reference.lines("scorecard.csv", data_dir)
    _one_of(rows["kind"], KINDS, "scorecard.csv")
    words = reference.words(rows, "scorecard.csv")
    table = rows.set_index("kpi")[["kind"]]
    numbers = {name: reference.numbers(rows, name, "scorecard.csv") for name in ("weight", "good", "poor")}
    table = table.assign(**numbers, words=_by_key(words, table.index))
    for kpi in table.index[table["good"] == table["poor"]]:
        raise Refused("kpi_good", kpi=kpi)
    where = "kpi_weights" if given else "scorecard.csv"
    for kpi in set(given or ()) - set(table.index):
        raise Refused("kpi_unknown", where=where, kpi=kpi, nearest=nearest(kpi, table.index))
    if given:
        table = table.assign(weight=pd.Series(given, dtype="float64").reindex(table.index, fill_value=0.0))
    if round(table["weight"].sum(), 6) != 100:
        raise Refused("weights_sum", where=where, sum=f"{table['weight'].sum():g}")
    return table


def sources(data_dir: str | Path | None = None) -> pd.DataFrame:
    """The sources of `rater_sources.csv`, index source: counts (in the score), least_raters (behind a mean that is
    shown), words. Raises Refused as `reference.table`, `not_one_of`."""
    rows = reference.lines("rater_sources.csv", data_dir)
    _one_of(rows["counts"], tuple(_COUNTS), "rater_sources.csv")
    least = reference.numbers(rows, "least_raters", "rater_sources.csv").astype("int64")
    words = reference.words(rows, "rater_sources.csv")
    table = rows.set_index("source")
    return pd.DataFrame({"counts": table["counts"].map(_COUNTS), "least_raters": least}).assign(
        words=_by_key(words, table.index)
    )


def people(data_dir: str | Path) -> pd.DataFrame:
    """Who is who, index name: person_id, joined_on. `people.csv` lies beside the exports only, and never leaves them.

    Raises Refused as `edited.read`, `reference_key` for a name that stands twice, `not_one_of` for what is no day.
    """
    header, rows = edited.read(project.resolve(data_dir) / "reference" / PEOPLE, _PERSON, _PERSON[:1], _PERSON)
    lines = pd.Index([line for line, _ in rows], name="line")
    table = pd.DataFrame([cells for _, cells in rows], lines, header, dtype="str")[[*_PERSON]]
    table = table.map(escaping.without_apostrophe)
    for line in table.index[table["name"].duplicated()]:
        raise Refused("reference_key", file=PEOPLE, line=line, column="name", key=table.at[line, "name"])
    days = table["joined_on"].map(reference.day)
    for line in days.index[days.isna()]:
        facts = {"column": "joined_on", "value": table.at[line, "joined_on"], "possible": "2025-12-31"}
        raise Refused("not_one_of", file=PEOPLE, line=line, **facts)
    return table.assign(joined_on=pd.to_datetime(days)).set_index("name")


def likely_doubles(listed: pd.DataFrame) -> list[tuple[str, ...]]:
    """Ids whose names differ in spaces, case or full-width forms only: likely one person; nobody merges them. listed:
    as `people` gives them."""
    plain = ["".join(unicodedata.normalize("NFKC", name).casefold().split()) for name in listed.index]
    groups = listed["person_id"].groupby(pd.Index(plain)).agg(tuple)
    return [ids for ids in groups if len(ids) > 1]


def nearest(text: str, known) -> str:
    """Of known texts the one that is most like a text."""
    return next(iter(difflib.get_close_matches(text, list(known), n=1, cutoff=0)), "-")


def _one_of(values, possible, file):
    for line, value in values[~values.isin(possible)].items():
        facts = {"column": values.name, "value": value, "possible": ", ".join(possible)}
        raise Refused("not_one_of", file=file, line=line, **facts)


def _by_key(words, keys):
    return pd.Series({key: [text for text, own in words.items() if own == key] for key in keys}, dtype="object")
