"""What the answers of a class say about its learners and about the items, and how sure that is."""

import numpy as np
import pandas as pd

from custlib.lessons import ways
from custlib.lessons.exercises import RIGHT, UNANSWERED, key_of

RESAMPLES = 1000
POOLED = 100  # learners from whom on item statistics are told: with 20 their intervals are ±0.4 wide (measured)
DEAD_FROM, DEAD = 60, 0.05  # learners; an option that fewer chose than this is dead (Tarrant, Ware & Mohammed 2009)
WEAK = 0.1  # an item is questioned where its correlation with the rest is surely below


def answered(exercises: list[dict], answers: pd.DataFrame) -> pd.DataFrame:
    """A row for each learner and item: name, exercise, item, letter, right (boolean; missing where unanswered).

    exercises: as `dataclasses.asdict` gives them; answers: a row for each learner, columns name and each exercise's id,
    its string of letters. Items without a right answer (a person's own) are left out.
    """
    rows = [
        (name, exercise["id"], item["id"], letter, key)
        for exercise in exercises
        for name, letters in zip(answers["name"], answers[exercise["id"]], strict=True)
        for item, letter, key in zip(
            exercise["items"], letters.ljust(len(exercise["items"]), UNANSWERED), key_of(exercise), strict=True
        )
        if key != UNANSWERED
    ]
    table = pd.DataFrame(rows, columns=["name", "exercise", "item", "letter", "key"]).astype("str")
    right = (table["letter"] == table["key"]).astype("boolean").mask(table["letter"] == UNANSWERED)
    return table.drop(columns="key").assign(right=right)


def by_item(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each item, in the order of the lesson: exercise, item, learners (who answered), right (share), wrong
    (the most chosen wrong letter, "" if none), wrong_share.

    table: as `answered` gives it.
    """
    given = table[table["letter"] != UNANSWERED]
    found = [_of_item(key, rows) for key, rows in given.groupby(["exercise", "item"], sort=False)]
    return pd.DataFrame(found, columns=["exercise", "item", "learners", "right", "wrong", "wrong_share"])


def _of_item(key, rows):
    wrong = rows.loc[~rows["right"].astype(bool)].groupby("letter", sort=True).size() / len(rows)
    letter, share = (wrong.idxmax(), float(wrong.max())) if len(wrong) else ("", 0.0)
    return (*key, len(rows), float(rows["right"].mean()), letter, share)


def profile(exercise: dict, answers: pd.Series) -> pd.Series:
    """Way of thinking → how many learners' answers are like it (`ways.nearest`), the most frequent first.

    "" is no known way, "right" all right. answers: a string of letters for each learner; those not begun are left out.
    """
    key = key_of(exercise)
    whole = answers[answers.str.len() == len(key)]
    letters = len(exercise["items"][0]["options"])
    told = [RIGHT if one == key else ways.nearest(one, key, exercise["ways"], letters) for one in whole]
    counts = pd.Series(told, dtype="str").value_counts()
    return counts.sort_index(kind="stable").sort_values(ascending=False, kind="stable")


def scores(table: pd.DataFrame) -> pd.DataFrame:
    """Learner × item → 1.0 if right, else 0.0 (an unanswered item counts as wrong)."""
    wide = table.pivot(index="name", columns=["exercise", "item"], values="right")
    return wide.astype("boolean").fillna(False).astype("float64")


def discrimination(scored: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """Item → its correlation with the sum of all others: r, low, high (95 %, bootstrap over learners).

    scored: as `scores` gives it. r is missing for an item that all, or none, got right.
    """
    values = scored.to_numpy()
    draws = np.random.default_rng(seed).integers(0, len(values), (RESAMPLES, len(values)))
    drawn = np.stack([_item_rest(values[rows]) for rows in draws])
    fixed = np.isnan(_item_rest(values))
    with np.errstate(invalid="ignore"):
        low, high = (np.array([_quantile(column, q) for column in drawn.T]) for q in (0.025, 0.975))
    low[fixed] = high[fixed] = np.nan
    return pd.DataFrame({"r": _item_rest(values), "low": low, "high": high}, scored.columns)


def _quantile(column, q):
    known = column[~np.isnan(column)]
    return np.quantile(known, q) if len(known) else np.nan


def _item_rest(values):
    """Pearson's correlation of each column with the sum of the others; missing without spread."""
    rest = values.sum(axis=1, keepdims=True) - values
    own, others = values - values.mean(axis=0), rest - rest.mean(axis=0)
    spread = np.sqrt((own**2).sum(axis=0) * (others**2).sum(axis=0))
    return np.divide((own * others).sum(axis=0), spread, out=np.full(values.shape[1], np.nan), where=spread > 0)


def kr20(scored: pd.DataFrame, seed: int = 0) -> tuple[float, float, float]:
    """Reliability by Kuder and Richardson's formula 20 (1937): value, low, high (95 %, bootstrap over learners).

    Missing where the sums of the learners do not differ.
    """
    values = scored.to_numpy()
    draws = np.random.default_rng(seed).integers(0, len(values), (RESAMPLES, len(values)))
    drawn = np.array([_kr20(values[rows]) for rows in draws])
    return _kr20(values), float(_quantile(drawn, 0.025)), float(_quantile(drawn, 0.975))


def _kr20(values):
    items, share, spread = values.shape[1], values.mean(axis=0), values.sum(axis=1).var()
    if items < 2 or spread == 0:
        return float("nan")
    return float(items / (items - 1) * (1 - (share * (1 - share)).sum() / spread))


def dead(exercises: list[dict], table: pd.DataFrame) -> pd.DataFrame:
    """Wrong options that nearly nobody chose: exercise, item, letter, share. Empty below `DEAD_FROM` learners."""
    found = []
    for exercise in exercises:
        for item in exercise["items"]:
            given = table[
                (table["exercise"] == exercise["id"]) & (table["item"] == item["id"]) & (table["letter"] != UNANSWERED)
            ]
            if len(given) < DEAD_FROM:
                continue
            shares = given["letter"].value_counts(normalize=True)
            letters = [option["letter"] for option in item["options"] if option["tag"] != RIGHT]
            found += [(exercise["id"], item["id"], letter, shares.get(letter, 0.0)) for letter in letters]
    options = pd.DataFrame(found, columns=["exercise", "item", "letter", "share"])
    return options[options["share"].astype("float64") < DEAD].reset_index(drop=True)
