"""Lesson 3: what sets a segment apart, which name and which measure are whose, and which differences are evidence.

Where there are no two segments each function returns None: the lesson then asks what one does without."""

import zlib

import numpy as np
import pandas as pd

from custlib import wording
from custlib.lessons import tables
from custlib.lessons.exercises import Exercise, Text, said
from custlib.lessons.ways import card, named
from custlib.segments import clearest, feature_names, single_traits
from custlib.words import LANGUAGES

ROOM = "lessons_goods"
LETTERS = "ABCDEFGHJK"
CLEAR, LIKE = 0.5, 0.15  # standard deviations from the mean of all: set apart above, like all below
MUCH = 0.25  # of a share: what looks like much to whoever looks at no mean
APART = (6, 4)  # cards on which that misleads, and on which it does not
SHOWN = 8  # features on the card of a segment
TO_TRY = 2  # measures of each segment
LARGE = 0.03  # of a share: what looks like a difference to whoever looks at no interval
SHOWN_AS_ZERO = 0.01  # an end of an interval nearer to 0 would be read as 0
TENTH = 0.1  # the reduction of the hook
JUDGED = {"N large": 3, "N small": 3, "U": 2, "D": 2}  # differences to judge, by what they are


def feature_words(profile: pd.DataFrame, found: pd.DataFrame, words: pd.DataFrame, data_dir=None) -> dict:
    """The names of all features and measures, for `page.name("feature", …)`. profile, found: result tables
    `seg_profile`, `seg_strategies`; words: `segments.words`."""
    named = dict.fromkeys([*profile["feature"], *found["measure"]])
    return feature_names(pd.DataFrame(columns=list(named), dtype="float64"), words, data_dir)


def apart(id: str, profile: pd.DataFrame, hints: dict[str, Text]) -> Exercise | None:
    """Figures of segments to sort into well above the mean of all, well below, or like all. profile: `seg_profile`."""
    rows = _figures(profile)
    if rows["identity"].nunique() < 2:
        return None
    bins = tuple((letter, said(f"{ROOM}.apart_bin", which=letter)) for letter in "MSL")
    vectors = {"size": "".join(rows["looks"])}
    items = tuple(_figure(at, row, bins, vectors) for at, row in enumerate(rows.to_dict("records")))
    heads = (said(f"{ROOM}.own_mean"), said(f"{ROOM}.all_mean"))
    return named(Exercise("sort", id, items, heads=heads, bins=bins), vectors, hints)


def _figures(profile):
    """The figures to sort: shares that are clearly apart from the mean or clearly not, those that mislead first."""
    rows = profile[profile["value"].between(0, 1) & profile["overall"].between(0, 1)]
    rows = _of_shares(rows, wording.feature_value, "feature", "value")
    size = rows["difference"].abs()
    rows = rows.assign(size=size)[(size > CLEAR) | (size < LIKE)]
    away = rows["difference"].map(lambda value: "M" if value > CLEAR else "L" if value < -CLEAR else "S")
    looks = rows["value"].map(lambda value: "M" if value >= MUCH else "L")
    rows = rows.assign(verdict=away.astype("object"), looks=looks.astype("object")).sort_values(["identity", "feature"])
    misleads = rows["verdict"] != rows["looks"]
    parts = [_spread(part, most) for part, most in zip((rows[misleads], rows[~misleads]), APART, strict=True)]
    return pd.concat(parts).sort_values(["feature", "identity"], ignore_index=True)


def _of_shares(rows, in_unit, name, value):
    """The rows whose figure is a share, as `wording` knows it."""
    units = [in_unit(*pair)["unit"] for pair in zip(rows[name], rows[value], strict=True)]
    return rows[pd.Series(units, rows.index, dtype="str") == "share"]


def _spread(rows, most):
    """Some rows, of each verdict in turn, the clearest first."""
    rows = rows.sort_values("size", ascending=False, kind="stable")
    turn = rows.groupby("verdict").cumcount()
    return rows.assign(turn=turn).sort_values(["turn", "verdict"], kind="stable").head(most)


def _figure(at, row, bins, vectors):
    own, all_ = (wording.feature_value(row["feature"], row[column]) for column in ("value", "overall"))
    facts = {"segment": row["identity"], "feature": row["feature"], "own": own, "all": all_}

    def says(letter):
        return said(f"{ROOM}.apart_said", key=row["verdict"], letter=letter, **facts)

    text = said(f"{ROOM}.figure_of", **facts)
    values = (said(f"{ROOM}.feature_amount", **own), said(f"{ROOM}.feature_amount", **all_))
    parts = (float(row["value"]), float(row["overall"]))
    return card(f"a{at}", text, row["verdict"], bins, says, vectors, at, values=values, parts=parts)


def names(id: str, profile: pd.DataFrame, names: pd.DataFrame) -> Exercise | None:
    """Cards of segments, without names, to match with their names. names: `seg_names`."""
    profile = profile.dropna(subset=["value", "difference"])
    named = [identity for identity in names["identity"] if identity in set(profile["identity"])]
    if len(named) < 2:
        return None
    traits = _traits(profile, names.set_index("identity")["traits"].reindex(named).fillna(""))
    features = list(dict.fromkeys(feature for each in traits.values() for feature in each))[:SHOWN]
    of = dict(zip(LETTERS, sorted(named, key=_mixed), strict=False))
    bins = tuple((letter, said(f"{ROOM}.segment_name", identity=each)) for letter, each in of.items())
    best = {identity: each[0] for identity, each in traits.items()}
    means = profile.pivot(index="identity", columns="feature", values="value")
    overall = profile.groupby("feature")["overall"].first()
    items = tuple(_card(at, each, bins, of, best, features, means, overall) for at, each in enumerate(named))
    heads = tuple(said(f"{ROOM}.feature_name", key=feature) for feature in features)
    return Exercise("match", id, items, heads=heads, bins=bins)


def _traits(profile, named_for):
    """Segment → the features that it was named for; of one named for none that which is farthest from the mean."""
    far = profile.assign(size=profile["difference"].abs()).sort_values("size", ascending=False, kind="stable")
    far = far.drop_duplicates("identity").set_index("identity")["feature"]
    known = set(profile["feature"])
    traits = {
        identity: [feature for feature, _ in single_traits(text) if feature in known]
        for identity, text in named_for.items()
    }
    return {identity: each or [far[identity]] for identity, each in traits.items()}


def _mixed(identity):
    return zlib.crc32(identity.encode())


def _card(at, identity, bins, of, best, features, means, overall):
    value = wording.feature_value

    def says(letter):
        feature = best[of[letter]]
        shown = {"feature": feature, "own": value(feature, means.at[identity, feature])}
        beside = {"all": value(feature, overall[feature]), "there": value(feature, means.at[of[letter], feature])}
        return said(f"{ROOM}.named_said", right=of[letter] == identity, identity=of[letter], **shown, **beside)

    key = next(letter for letter, each in of.items() if each == identity)
    values = tuple(
        said(f"{ROOM}.with_mean", own=value(name, means.at[identity, name]), all=value(name, overall[name]))
        for name in features
    )
    return card(f"n{at}", said(f"{ROOM}.card", number=at + 1), key, bins, says, {}, at, values=values)


def plans(id: str, found: pd.DataFrame) -> Exercise | None:
    """Proposals to give to segments: those whose difference no other segment shares. found: `seg_strategies`."""
    rows = _to_try(found)
    if rows["identity"].nunique() < 2:
        return None
    identities = sorted(found["identity"].unique())
    letter = dict(zip(identities, LETTERS, strict=False))
    bins = tuple((at, said(f"{ROOM}.segment_name", identity=identity)) for identity, at in letter.items())
    means = found.dropna(subset=["segment_mean"]).set_index(["measure", "identity"])
    items = tuple(_plan(at, row, bins, letter, means) for at, row in enumerate(rows.to_dict("records")))
    return Exercise("sort", id, items, bins=bins)


def _to_try(found):
    """Of each segment its clearest proposals, of differences that are its alone."""
    same = found[found["enough"]].groupby(["measure", "direction"]).size()
    rows = clearest(found).dropna(subset=[f"proposal_{lang}" for lang in LANGUAGES])
    same = rows[["measure", "direction"]].merge(same.rename("same").reset_index(), how="left")["same"]
    rows = rows[(same == 1).to_numpy()].groupby("identity", sort=False).head(TO_TRY)
    return rows.sort_values(["strategy", "measure"], ignore_index=True)


def _plan(at, row, bins, letter, means):
    def says(chosen):
        identity = next(each for each, name in letter.items() if name == chosen)
        if (row["measure"], identity) not in means.index:
            return said(f"{ROOM}.plan_unknown", identity=identity, measure=row["measure"])
        of = means.loc[(row["measure"], identity)]
        amounts = {name: wording.measure_value(row["measure"], of[f"{name}_mean"]) for name in ("segment", "others")}
        facts = {"right": identity == row["identity"], "measure": row["measure"], "direction": row["direction"]}
        return said(f"{ROOM}.plan_said", identity=identity, **facts, **amounts)

    return card(f"p{at}", tables.text(row, "proposal_"), letter[row["identity"]], bins, says, {}, at)


def evidence(id: str, found: pd.DataFrame, hints: dict[str, Text]) -> Exercise | None:
    """Differences between a segment and the others, to sort into more, less, or may be chance. found:
    `seg_strategies`; only measures that are shares, so that their sizes can be compared."""
    rows = _to_judge(found)
    if rows["verdict"].nunique() < 2:
        return None
    bins = tuple((letter, said(f"{ROOM}.evidence_bin", which=letter)) for letter in "UND")
    sign = rows["effect"].map(lambda effect: "U" if effect > 0 else "D")
    vectors = {"mean": "".join(sign), "large": "".join(sign.where(rows["effect"].abs() >= LARGE, "N"))}
    items = tuple(_difference(at, row, bins, vectors) for at, row in enumerate(rows.to_dict("records")))
    heads = tuple(said(f"{ROOM}.evidence_head", which=which) for which in ("own", "others", "span"))
    return named(Exercise("sort", id, items, guided=False, heads=heads, bins=bins), vectors, hints)


def _to_judge(found):
    """Of each kind some differences: large and small ones that may be chance, and the smallest that are not."""
    rows = found[(found["measure"] != "price_paid") | ~found["measure"].eq("discount_share").any()]
    rows = rows.dropna(subset=["effect"])  # a price paid is the other side of a discount
    rows = _of_shares(rows, wording.measure_value, "measure", "effect")
    rows = rows[rows[["effect_low", "effect_high"]].abs().min(axis=1) >= SHOWN_AS_ZERO]
    size = rows["effect"].abs()
    kind = rows["direction"].map({"none": "N", "up": "U", "down": "D"}).astype("object")
    kind = kind.mask(kind == "N", np.where(size >= LARGE, "N large", "N small"))
    rows = rows.assign(size=size.where(kind.str.startswith("N"), -size), kind=kind, verdict=kind.str[0])
    rows = rows.sort_values("size", ascending=False, kind="stable")
    parts = [rows[rows["kind"] == kind].head(most) for kind, most in JUDGED.items()]
    return pd.concat(parts).sort_values(["measure", "identity"], ignore_index=True)


def _difference(at, row, bins, vectors):
    facts = {"segment": row["identity"], "measure": row["measure"]}
    low, high = (wording.measure_value(row["measure"], row[name]) for name in ("effect_low", "effect_high"))
    own, others = (wording.measure_value(row["measure"], row[f"{name}_mean"]) for name in ("segment", "others"))

    def says(letter):
        return said(f"{ROOM}.evidence_said", key=row["verdict"], letter=letter, low=low, high=high, **facts)

    text = said(f"{ROOM}.difference_of", **facts)
    values = (
        said(f"{ROOM}.of_measure", **own),
        said(f"{ROOM}.of_measure", **others),
        said(f"{ROOM}.span", low=low, high=high),
    )
    parts = (float(row["segment_mean"]), float(row["others_mean"]))
    return card(f"d{at}", text, row["verdict"], bins, says, vectors, at, values=values, parts=parts)


def reduced(names: pd.DataFrame, found: pd.DataFrame, values: pd.DataFrame) -> dict[str, Text] | None:
    """Texts for the places of a question: a reduction of a tenth for the segment that pays most; None without segments.

    values: result table `seg_value`.
    """
    rows = values[values["identity"].isin(names["identity"])].dropna(subset=["money_year"])
    if len(rows) < 2:
        return None
    most = rows.loc[rows["money_year"].idxmax()]
    bought = found[found["measure"] == "discount_share"].set_index("identity")["segment_mean"]
    share = bought.get(most["identity"])
    return {
        "segment": said(f"{ROOM}.segment_name", identity=most["identity"]),
        "year": said(f"{ROOM}.money_of", value=float(most["money_year"])),
        "part": said(f"{ROOM}.percent_of", value=float(most["money_share"])),
        "cost": said(f"{ROOM}.money_of", value=float(most["money_year"]) * TENTH),
        "usual": said(f"{ROOM}.percent_of", value=None if share is None or share != share else float(share)),
    }
