"""Exercises of lesson 4 on classes: customers into A, B and C, and the weights of their three indicators."""

import pandas as pd

from custlib import abc_classes
from custlib.lessons import choosing, ways
from custlib.lessons.exercises import RIGHT, Exercise, Item, Option, Slider, Text, said
from custlib.lessons.tables import thinking

CLASSES = tuple((letter, letter) for letter in "ABC")
TENTHS = 10
EQUAL = "equal"  # the setting of equal weights, which are no tenths


def classes(id: str, table: pd.DataFrame, names: pd.Series, *, guided: bool = True, data_dir=None) -> Exercise:
    """Customers to sort into A, B and C by three indicators together.

    table: customers × `choosing.INDICATORS`, as `choosing.chosen` returns them; names: customer → its name. The key is
    `abc_classes.joint`; what is said to a letter are ranks, never scores.
    """
    key, wrong = choosing.key_and_ways(table)
    ranks = table.rank(ascending=False, method="min").astype("int64")
    score = abc_classes.joint(table, ratio=choosing.RATIO)["score"]
    together = score.rank(ascending=False, method="min").astype("int64")
    parts = table / table.max()
    items = [
        Item(
            customer,
            str(names[customer]),
            _letters(key, place, wrong, dict(ranks.loc[customer]), together[customer]),
            _shown(table.loc[customer]),
            tuple(parts.loc[customer].round(3)),
        )
        for place, customer in enumerate(table.index)
    ]
    exercise = Exercise(
        "sort",
        id,
        tuple(items),
        guided=guided,
        heads=tuple(said("lessons_classes.head", indicator=name) for name in table),
        bins=CLASSES,
        quota={letter: key.count(letter) for letter, _ in CLASSES},
        done=said("lessons_classes.all_classed", n=len(key)),
    )
    return ways.named(exercise, wrong, thinking("4", data_dir))


def weights(id: str, table: pd.DataFrame, names: pd.Series, of: str) -> Exercise:
    """The classes of the same customers under every weighting of the three indicators in tenths, and under equal ones.

    of: the exercise that has to be answered before. 66 settings, "3,4,3" (the weight of each indicator in tenths), and
    `EQUAL`, the start.
    """
    tenths = [(a, b, TENTHS - a - b) for a in range(TENTHS + 1) for b in range(TENTHS + 1 - a)]
    keys = {EQUAL: _joint(table, None)} | {",".join(map(str, one)): _joint(table, one) for one in tenths}
    steps = tuple(said("lessons_classes.share", part=step / TENTHS) for step in range(TENTHS + 1))
    verdicts = ("no_weight_moves", "one_weight", "weights_move")
    return Exercise(
        "weigh",
        id,
        sliders=tuple(Slider(said("lessons_classes.head", indicator=name), steps) for name in table),
        shows=tuple(str(names[customer]) for customer in table.index),
        settings={name: (*letters, _verdict(name, letters, keys[EQUAL])) for name, letters in keys.items()},
        verdicts=tuple(said(f"lessons_classes.{verdict}") for verdict in verdicts),
        start=EQUAL,
        of=(of,),
    )


def _letters(key, place, wrong, ranks, together):
    """The three options of one customer."""
    facts = {**{name: int(rank) for name, rank in ranks.items()}, "together": int(together), "n": len(key)}
    options = []
    for letter, text in CLASSES:
        tag = ways.tag(letter, key[place], wrong, place)
        ends = {"letter": letter, "first": _first(key, letter), "last": _first(key, letter) + key.count(letter) - 1}
        options.append(Option(letter, text, said("lessons_classes.ranks", right=tag == RIGHT, **facts, **ends), tag))
    return tuple(options)


def _first(key, letter):
    """The place of the first customer of a class."""
    return 1 + sum(other < letter for other in key)


def _shown(row) -> tuple[Text, ...]:
    amounts = [said("lessons_classes.amount", yuan=float(row[name])) for name in ("size", "contribution")]
    return (*amounts, said("lessons_classes.share", part=float(row["brand_share"])))


def _joint(table, tenths):
    weights = None if tenths is None else dict(zip(table, tenths, strict=True))
    return "".join(abc_classes.joint(table, weights=weights, ratio=choosing.RATIO)["joint"].astype(str))


def _verdict(name, letters, equal):
    """0: every class as with equal weights; 1: one indicator has all the weight; 2: classes differ."""
    return 0 if letters == equal else 1 if str(TENTHS) in name.split(",") else 2
