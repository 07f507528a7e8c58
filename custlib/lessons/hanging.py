"""Exercises of lesson 5 on the fishbone: factors onto bones, zones, and what three comparisons of bones weigh."""

import itertools
from fractions import Fraction

import pandas as pd

from custlib import fishbone, weights
from custlib.fishbone.tree import ZONES
from custlib.lessons import tables, ways
from custlib.lessons.exercises import OTHER, RIGHT, Exercise, Item, Option, Slider, said
from custlib.lessons.tables import thinking
from custlib.words import LANGUAGES

OF_A_BONE = 2  # factors of a bone for which no line stands in `cases.csv`
SAATY = tuple(Fraction(1, ratio) for ratio in (9, 7, 5, 3)) + tuple(map(Fraction, (1, 3, 5, 7, 9)))


def bones(id: str, tree: pd.DataFrame, lines: pd.DataFrame, data_dir=None) -> Exercise:
    """Factors to hang on the bones of the tree.

    tree: as `fishbone.tree` returns it; lines: of `lines("cases", …)`, part `id`: the factors, and to some of their
    wrong bones what is said, with the thinking behind it. A bone without a line brings its first two factors.
    """
    causes, order = fishbone.causes(tree), list(fishbone.bones(tree)["factor"])
    own = _known(lines, id, causes)
    is_listed = causes["factor"].isin(set(own["case"]))
    is_bare = ~causes["bone"].isin(set(causes.loc[is_listed, "bone"]))
    taken = causes[is_listed | (is_bare & (causes.groupby("bone").cumcount() < OF_A_BONE))]
    bins = {bone: (str(place), said("lessons_fishbone.named", factor=bone)) for place, bone in enumerate(order, 1)}
    return _hung(id, taken, "bone", bins, own, data_dir, done=said("lessons_fishbone.all_hung"))


def zones(id: str, tree: pd.DataFrame, lines: pd.DataFrame, *, guided: bool = True, data_dir=None) -> Exercise:
    """Factors to sort into zone A, ours, and zone B, headquarters'. Parameters as for `bones`; of a tree without any of
    the factors listed the first ones of either zone are taken."""
    causes = fishbone.causes(tree)
    own = _known(lines, id, causes)
    taken = causes[causes["factor"].isin(set(own["case"]))]
    taken = taken if len(taken) else causes[causes.groupby("zone").cumcount() < 2 * OF_A_BONE]
    bins = {zone: (zone, said("lessons_fishbone.whose", zone=zone)) for zone in ZONES}
    done = said("lessons_fishbone.all_zoned")
    return _hung(id, taken, "zone", bins, own, data_dir, guided=guided, done=done)


def pairs(id: str, three: list[str]) -> Exercise:
    """Three bones compared two by two on Saaty's nine steps: their weights and the consistency ratio of each of the 729
    settings. Setting "4,6,8": the steps of first to second, first to third and second to third."""
    steps = tuple(said("lessons_fishbone.step", one=ratio.numerator, other=ratio.denominator) for ratio in SAATY)
    couples = itertools.combinations(three, 2)
    limit = weights.consistent(len(three))
    verdicts = tuple(said(f"lessons_fishbone.{name}", limit=limit) for name in ("consistent", "contradicts", "circle"))
    return Exercise(
        "weigh",
        id,
        sliders=tuple(Slider(said("lessons_fishbone.couple", one=one, other=other), steps) for one, other in couples),
        shows=(*(said("lessons_fishbone.named", factor=bone) for bone in three), said("lessons_fishbone.ratio")),
        settings={
            ",".join(map(str, at)): weighed(at) for at in itertools.product(range(len(SAATY)), repeat=len(three))
        },
        verdicts=verdicts,
        start="4,4,4",
    )


def weighed(at: tuple[int, ...]) -> tuple:
    """What a setting shows: the three weights in whole per cent, the consistency ratio with two decimals, and the
    number of the verdict: 0 consistent enough, 1 above the limit, 2 a circle (each beats the next)."""
    ab, ac, bc = (float(SAATY[step]) for step in at)
    found = weights.ahp(pd.DataFrame([[1, ab, ac], [1 / ab, 1, bc], [1 / ac, 1 / bc, 1]]))
    is_circle = (ab > 1 and bc > 1 and ac < 1) or (ab < 1 and bc < 1 and ac > 1)
    ratio = found.consistency_ratio or 0.0
    verdict = 2 if is_circle else int(ratio > weights.consistent(3))
    shares = (f"{100 * share:.0f}%" for share in found.weights)
    return (*shares, f"{ratio:.2f}", verdict)


def _known(lines, part, causes):
    """The lines of a part about factors that the tree has."""
    return lines[(lines["part"] == part) & lines["case"].isin(set(causes["factor"]))]


def _hung(id, taken, by, bins, lines, data_dir, **given):
    """Factors to sort by a column of the tree. bins: its values → (letter, text)."""
    told = {(row["case"], row["bin"]): row for row in lines[lines["bin"] != ""].to_dict("records")}
    items = tuple(
        Item(
            row["factor"],
            said("lessons_fishbone.named", factor=row["factor"]),
            tuple(_option(row, by, key, *bins[key], told.get((row["factor"], key))) for key in bins),
        )
        for row in _mixed(taken)
    )
    exercise = Exercise("sort", id, items, bins=tuple(bins.values()), **given)
    return ways.with_ways(exercise, thinking("5", data_dir))


def _mixed(taken):
    """The factors in an order that gives nothing away, the same each time."""
    return taken.sort_values("factor", key=lambda names: names.str[::-1]).to_dict("records")


def _option(row, by, key, letter, text, line):
    right = row[by] == key
    if line and not right:
        return Option(letter, text, tables.text(line), line["tag"])
    question = {f"question_{lang}": row[f"question_{lang}"] for lang in LANGUAGES}
    says = said(f"lessons_fishbone.of_{by}", right=right, chosen=key, key=row[by], **question)
    return Option(letter, text, says, RIGHT if right else OTHER)
