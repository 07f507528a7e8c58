"""What raters give more or less than others for the same people, and what people would have without it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from custlib.refusals import Refused


@dataclass(frozen=True)
class Severity:
    """raters: DataFrame by rater, severity (points given more than the others; above 0: generous), low, high (95 %),
    ratings; people: Series by (person, kpi), what all raters together give; covariance: of people, DataFrame over the
    same index; residual_sd: points, of one rating."""

    raters: pd.DataFrame
    people: pd.Series
    covariance: pd.DataFrame
    residual_sd: float


def islands(ratings: pd.DataFrame) -> pd.Series:
    """Island of each person and rater, numbered from 0: Series by (kind, name). Whoever is linked by ratings, however
    many lie between, has the same; with more than one, scores cannot be compared between them.

    ratings: person, rater, one row or more for each pair.
    """
    nodes = [
        *(("person", name) for name in ratings["person"].unique()),
        *(("rater", name) for name in ratings["rater"].unique()),
    ]
    places = {node: at for at, node in enumerate(nodes)}
    root = np.arange(len(nodes))
    for person, rater in ratings[["person", "rater"]].drop_duplicates().itertuples(index=False):
        one, other = root[places["person", person]], root[places["rater", rater]]
        root[root == max(one, other)] = min(one, other)
    index = pd.MultiIndex.from_tuples(nodes, names=["kind", "name"])
    return pd.Series(np.unique(root, return_inverse=True)[1], index, dtype="int64")


def severity(ratings: pd.DataFrame) -> Severity:
    """rating = person × KPI + rater + error by least squares, where the raters add up to 0.

    ratings: person, kpi, rater, value (points), one row for each rating. A rater that gives all the same value tells
    nobody apart and counts for nothing here, but where nobody else would be left. Intervals by Student's t; missing
    where as many values are sought as there are ratings.
    Raises Refused (`rater_islands`, naming them) where ratings do not link everybody.
    """
    ratings = _telling(ratings)
    check_linked(ratings)
    cells = pd.MultiIndex.from_frame(ratings[["person", "kpi"]])
    people, of_cell = np.unique(cells.to_numpy(), return_inverse=True)
    raters, of_rater = np.unique(ratings["rater"].to_numpy("str"), return_inverse=True)
    design = np.zeros((len(ratings), len(people) + len(raters)))
    rows = np.arange(len(ratings))
    design[rows, of_cell] = design[rows, len(people) + of_rater] = 1
    values = ratings["value"].to_numpy("float64")
    contrast = np.concatenate([np.zeros(len(people)), np.ones(len(raters))])
    inverse = np.linalg.inv(design.T @ design + np.outer(contrast, contrast))  # the sum of the raters is held at 0
    found = inverse @ (design.T @ values)
    free = len(values) - len(people) - len(raters) + 1
    variance = ((values - design @ found) ** 2).sum() / free if free else np.nan
    # what the constraint adds to the inverse says nothing of the ratings
    spread = variance * (inverse @ (design.T @ design) @ inverse)
    half = scipy.stats.t.ppf(0.975, free) * np.sqrt(np.diag(spread)[len(people) :]) if free else np.nan
    given = pd.DataFrame({"severity": found[len(people) :]}, pd.Index(raters, name="rater"))
    given = given.assign(low=given["severity"] - half, high=given["severity"] + half, ratings=np.bincount(of_rater))
    index = pd.MultiIndex.from_tuples(people, names=["person", "kpi"])
    covariance = pd.DataFrame(spread[: len(people), : len(people)], index, index)
    return Severity(given, pd.Series(found[: len(people)], index), covariance, float(np.sqrt(variance)))


def check_linked(ratings: pd.DataFrame) -> None:
    """Raises Refused (`rater_islands`) where ratings, as `islands` takes them, do not link everybody."""
    apart = islands(ratings)
    if apart.nunique() > 1:
        groups = [", ".join(own.loc[["rater"]].index.get_level_values("name")) for _, own in apart.groupby(apart)]
        raise Refused("rater_islands", islands=" | ".join(groups))


def _telling(ratings):
    """Without raters that give everybody the same, where each KPI of each person keeps a rating."""
    telling = ratings[ratings.groupby("rater")["value"].transform("nunique") > 1]
    cells = ["person", "kpi"]
    return telling if len(telling[cells].drop_duplicates()) == len(ratings[cells].drop_duplicates()) else ratings


def adjusted(ratings: pd.DataFrame, found: Severity) -> pd.Series:
    """Each rating less what its rater gives more than others, in points; a rater that is not in `found` counts as 0."""
    return ratings["value"] - ratings["rater"].map(found.raters["severity"]).fillna(0.0)
