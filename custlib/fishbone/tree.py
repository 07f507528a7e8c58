"""The tree of the fishbone: factors on bones, in `data/reference/fishbone.csv`, which analysts edit."""

import pandas as pd

from custlib import reference
from custlib.refusals import Refused
from custlib.words import LANGUAGES

FILE = "fishbone.csv"
EFFECT = "customer_profit"  # what all bones lead to; the parent of bones in `pairwise`
ZONES = ("A", "B")  # what the sales team can influence, and what only headquarters can
_NAMES = tuple(f"name_{lang}" for lang in LANGUAGES)
_OF_FACTOR = ("zone", *_NAMES, *(f"question_{lang}" for lang in LANGUAGES))


def tree(data_dir=None) -> pd.DataFrame:
    """The rows of `fishbone.csv` in its order: factor, bone, zone, name and question in each language (`name_en` …).

    A row without bone and zone is itself a bone. Raises Refused with file and line: `reference_key` for an id that
    occurs twice, `fishbone_blank`, `not_one_of` (zone), `fishbone_no_bone` for a factor whose bone is missing or is a
    factor, `fishbone_bare` for a bone without factors.
    """
    rows = reference.lines(FILE, data_dir)
    is_bone = rows["bone"].isna() & rows["zone"].isna()
    bones = set(rows.loc[is_bone, "factor"])
    for line, row in rows.iterrows():
        _check(line, row, bones, set(rows["bone"].dropna()))
    return rows.reset_index(drop=True)


def causes(tree: pd.DataFrame) -> pd.DataFrame:
    """The factors of a tree, sorted by bone in the order of its bones."""
    order = {bone: place for place, bone in enumerate(bones(tree)["factor"])}
    factors = tree[tree["bone"].notna()]
    return factors.sort_values("bone", key=lambda bone: bone.map(order), kind="stable", ignore_index=True)


def bones(tree: pd.DataFrame) -> pd.DataFrame:
    """The bones of a tree, in the order of the file."""
    return tree[tree["bone"].isna()].reset_index(drop=True)


def names(tree: pd.DataFrame, lang: str) -> dict[str, str]:
    """Factor or bone → its name in one language."""
    return dict(zip(tree["factor"], tree[f"name_{lang}"], strict=True))


def _check(line, row, bones, in_use):
    at = {"file": FILE, "line": line, "id": row["factor"]}
    if row["factor"] in bones:
        needed = _NAMES
        if row["factor"] not in in_use:
            raise Refused("fishbone_bare", **at)
    else:
        needed = ("bone", *_OF_FACTOR)
    if blank := [column for column in needed if row.isna()[column]]:
        raise Refused("fishbone_blank", columns=", ".join(blank), **at)
    if row["factor"] in bones:
        return
    if row["zone"] not in ZONES:
        raise Refused("not_one_of", file=FILE, line=line, column="zone", value=row["zone"], possible=", ".join(ZONES))
    if row["bone"] not in bones:
        raise Refused("fishbone_no_bone", bone=row["bone"], known=", ".join(sorted(bones)), **at)
