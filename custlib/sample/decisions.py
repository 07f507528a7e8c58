"""What the people of the invented company decided: key accounts, strategic customers, classes, terms of payment."""

import numpy as np

from custlib.sample import texts
from custlib.sample.dealers import Dealers
from custlib.sample.export_file import Export
from custlib.sample.fates import STEADY


def exports(dealers: Dealers, paid_fen: np.ndarray, letters: np.ndarray):
    """Yield `key_accounts.csv` and `overrides.csv` as `data/decisions.csv` has them, and `credit_terms.csv`.

    A1 is the dealer that pays most of class A, B2 the second of class B, `newest` the one won last of those that no
    other line of the file names, `stuffed` the first of the overstocked, if there are any. paid_fen, letters: dealers ×
    exported quarters.
    """
    for name, decided in (("key_accounts", ("kind",)), ("overrides", ("class", "until"))):
        lines = [line for line in texts.lines("decisions.csv") if line["file"] == name]
        lines = [line for line in lines if line["dealer"] != "stuffed" or len(dealers.of("overstocked"))]
        dealer = _named([line["dealer"] for line in lines], dealers, paid_fen, letters)
        columns = {"customer_id": dealers.ids[dealer]}
        columns |= {column: _cells(lines, column) for column in decided}
        columns |= {"who": dealers.manager[dealer], "on": _cells(lines, "on"), "why": _cells(lines, "why")}
        yield _signed(name, columns)
    terms = texts.lines("credit_terms.csv")
    columns = {column: np.array([line[column] for line in terms], object) for column in terms[0]}
    (best,) = _named(["A1"], dealers, paid_fen, letters)
    columns["value"] = np.where(columns["value"] == "A1", dealers.ids[best], columns["value"])
    yield _signed("credit_terms", columns)


def _signed(name, columns):
    return Export(f"reference/{name}.csv", name, columns, {column: column for column in columns})


def _named(words, dealers, paid_fen, letters):
    """The dealers that words such as A1, newest and stuffed mean."""
    best = _best(dealers, paid_fen, letters)
    places = {word: best[word[0]][int(word[1]) - 1] for word in words if word[0] in best}
    trades = dealers.last == dealers.last.max()
    trades[list(places.values())] = False
    newest = int(np.argmax(np.where(trades, dealers.first, -1)))
    return [{**places, "newest": newest, "stuffed": next(iter(dealers.of("overstocked")), -1)}[word] for word in words]


def _best(dealers, paid_fen, letters):
    """Letter → the dealers that have it in the last quarter, by payments; who has a fate comes last."""
    order = np.lexsort((-paid_fen[:, -1], dealers.fate != STEADY))
    return {letter: order[letters[order, -1] == letter] for letter in "AB"}


def _cells(lines, column):
    kind = "datetime64[D]" if column in ("on", "until") else object
    return np.array([line[column] for line in lines], kind)
