"""Names of segments, from their most distinctive features, in words that analysts edit; a name once given is kept."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from custlib import glossary, reference
from custlib.refusals import Refused
from custlib.segments.clustering import profile as profile_of
from custlib.segments.preparing import LEFT_OUT
from custlib.segments.suppression import suppressed
from custlib.words import LANGUAGES, say

FILE = "segment_names.csv"
APART = 0.5  # standard deviations from the mean of all: what counts as a trait
WORDS_IN_NAME = 2  # at first; more until no two names are the same
DIRECTIONS = ("up", "down")
CATEGORY = "category_"
FEATURES = (
    "recency_days",
    "frequency",
    "money",
    "list_price",
    "price_paid",
    "discount_share",
    "quantity",
    "festival_share",
    "bargain_share",
    "promoted_share",
    "promoted_pieces",
    "novelty",
    "other_categories",
    "tenure_days",
)


def described(features: pd.DataFrame, labels: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    """The input of `compared` and `traits`: the means of each segment with `consumers`, and the deviation over all
    consumers in one.

    features: as `facts.consumer_features` returns them; labels: Series consumer → segment.
    """
    labels = labels[labels.index.isin(features.index)]  # of many consumers only a sample has features
    rows = features.reindex(labels.index)
    values = rows.drop(columns=[name for name in LEFT_OUT if name in rows]).select_dtypes("number")
    return profile_of(values, labels), values.std(ddof=0)


def over_quarters(
    history: Mapping[str, pd.DataFrame], labels: Mapping[str, pd.Series], words: pd.DataFrame
) -> pd.DataFrame:
    """The names of all segments over the quarters, as `kept` returns them.

    history: mapping quarter → features; labels: mapping quarter → Series consumer → identity.
    """
    traits_of = {quarter: traits(*described(history[quarter], each)) for quarter, each in labels.items()}
    return kept(traits_of, words, {quarter: sorted(each.unique()) for quarter, each in labels.items()})


def compared(profile: pd.DataFrame, spread: pd.Series) -> pd.DataFrame:
    """Every segment beside all consumers: segment, feature, value, overall (mean of all), difference; in the order
    given.

    profile: DataFrame, a row per segment, its means of the features and `consumers`; spread: Series, feature → standard
    deviation over all consumers. difference: in standard deviations, missing if the feature does not vary.
    """
    means, consumers = profile[list(spread.index)], profile["consumers"]
    overall = means.mul(consumers, axis=0).sum() / means.notna().mul(consumers, axis=0).sum()
    rows = [
        (segment, feature, means.at[segment, feature], overall[feature])
        for segment in means.index
        for feature in means.columns
    ]
    table = pd.DataFrame(rows, columns=["segment", "feature", "value", "overall"])
    deviation = table["feature"].map(spread.where(spread > 0)).astype("float64")
    return table.assign(difference=(table["value"] - table["overall"]) / deviation)


def profiled(features: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """Result table `seg_profile`: `compared` by identity, with consumers, without what would reveal single consumers.

    features, labels: as for `described`.
    """
    profile, spread = described(features, labels)
    table = compared(profile, spread).rename(columns={"segment": "identity"})
    table["consumers"] = table["identity"].map(profile["consumers"])
    return suppressed(table, ["value", "difference"], "consumers")


def traits(profile: pd.DataFrame, spread: pd.Series, least: float = APART) -> pd.DataFrame:
    """The distinctive features of each segment: rows of `compared` at least `least` from the mean of all, the
    farthest first, with `direction` (up, down)."""
    table = compared(profile, spread)
    table = table[table["difference"].abs() >= least]
    table = table.assign(
        direction=table["difference"].gt(0).map({True: "up", False: "down"}), far=-table["difference"].abs()
    )
    return table.sort_values(["segment", "far", "feature"]).drop(columns="far").reset_index(drop=True)


def words(data_dir=None) -> pd.DataFrame:
    """`segment_names.csv`, checked: the words for a feature above (up) or below (down) the mean of all.

    Returns feature, direction, theme (the feature for a line without one) and a column per language; the index is the
    line of the file. A name takes one word per theme, so that it does not say the same twice. Raises Refused:
    `not_one_of` for an unknown feature or direction, and `word_twice` if one word stands for two
    themes.
    """
    table = reference.lines(FILE, data_dir)
    for line, row in table.iterrows():
        facts = {"file": FILE, "line": line}
        if not row["feature"].startswith(CATEGORY) and row["feature"] not in FEATURES:
            possible = ", ".join([*FEATURES, f"{CATEGORY}…"])
            raise Refused("not_one_of", column="feature", value=row["feature"], possible=possible, **facts)
        if row["direction"] not in DIRECTIONS:
            raise Refused(
                "not_one_of", column="direction", value=row["direction"], possible=", ".join(DIRECTIONS), **facts
            )
    table = table.assign(theme=table["theme"].where(table["theme"].notna(), table["feature"]))
    _one_theme_a_word(table)
    return table


def named(
    traits: pd.DataFrame, identities: Iterable[str], words: pd.DataFrame, earlier: pd.DataFrame | None = None
) -> pd.DataFrame:
    """A name for every segment: the words of its strongest traits, as many as it takes to differ from all others.

    traits: as `traits` returns them, by identity; identities: those to name, in order; words: as `words` returns them;
    earlier: names given before, which are kept. Returns a DataFrame over the identities: a column per language, and
    traits ("feature direction, …", "" for none). A trait without a line in `segment_names.csv` is used only if the
    others do not suffice; the last resort is the identity.
    """
    names = {} if earlier is None else earlier.to_dict("index")
    for identity in identities:
        if identity not in names:
            candidates = _words_of(traits[traits["segment"] == identity], words)
            taken = {lang: {name[lang] for name in names.values()} for lang in LANGUAGES}
            names[identity] = _first_free(candidates, identity, taken)
    rows = {identity: names[identity] for identity in identities}
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*LANGUAGES, "traits"]).rename_axis("identity")


def kept(
    traits_by_quarter: Mapping[str, pd.DataFrame],
    words: pd.DataFrame,
    identities: Mapping[str, Iterable[str]] | None = None,
) -> pd.DataFrame:
    """The names of all identities over the quarters; each keeps the name of the quarter in which it was first seen.

    traits_by_quarter: mapping quarter → traits, by identity; identities: mapping quarter → its identities, for those
    without traits. Returns a DataFrame over the identities: a column per language, traits, since (the quarter of the
    name).
    """
    names: pd.DataFrame | None = None
    since: dict[str, str] = {}
    for quarter in sorted(traits_by_quarter):
        rows = traits_by_quarter[quarter]
        present = rows["segment"].drop_duplicates() if identities is None else identities[quarter]
        new = [identity for identity in present if identity not in since]
        since |= dict.fromkeys(new, quarter)
        names = named(rows, list(since), words, names)
    empty = pd.DataFrame(columns=[*LANGUAGES, "traits", "since"], index=pd.Index([], name="identity"), dtype="object")
    return empty if names is None else names.assign(since=pd.Series(since))


def single_traits(traits: str) -> list[tuple[str, str]]:
    """(feature, direction) of each trait of a name, from column `traits` as `named` returns it."""
    return re.findall(r"(.+?) (up|down)(?:, |$)", traits)


def still_fits(names: pd.DataFrame, traits: pd.DataFrame) -> pd.Series:
    """Whether a kept name still applies: Series over `names`.

    True if at least one trait of the name still holds, or if it was made of none.
    """
    now = set(zip(traits["segment"], traits["feature"], traits["direction"], strict=True))
    return pd.Series(
        {
            identity: not kept_traits or any((identity, *trait) in now for trait in single_traits(kept_traits))
            for identity, kept_traits in names["traits"].items()
        },
        dtype="bool",
    ).rename_axis("identity")


def _words_of(traits, words):
    """The words for a name, in order: (trait, words by language), one per theme; traits without a line last."""
    line_of = {(row.feature, row.direction): row for row in words.itertuples()}
    listed, unlisted, themes = [], [], set()
    for row in traits.itertuples():
        word = line_of.get((row.feature, row.direction))
        theme = word.theme if word else row.feature
        if theme in themes:
            continue
        themes.add(theme)
        trait = f"{row.feature} {row.direction}"
        texts = {lang: getattr(word, lang) for lang in LANGUAGES} if word else _without_line(row)
        (listed if word else unlisted).append((trait, texts))
    return [*listed, *unlisted]


def _without_line(trait):
    key = "more_of" if trait.direction == "up" else "less_of"
    what = trait.feature.removeprefix(CATEGORY)
    return {lang: glossary.term(key, lang).format(what) for lang in LANGUAGES}


def _first_free(candidates, identity, taken):
    """The shortest name that is not taken."""
    for length in range(min(WORDS_IN_NAME, len(candidates)), len(candidates) + 1):
        name = _joined(candidates[:length])
        if not any(name[lang] in taken[lang] for lang in taken):
            return name
    return name | {lang: f"{name[lang]} ({identity})" for lang in taken}


def _joined(parts):
    name = {lang: _in_one([texts[lang] for _, texts in parts], lang) for lang in LANGUAGES}
    return name | {"traits": ", ".join(trait for trait, _ in parts)}


def _in_one(parts, lang):
    *first, last = parts or [glossary.term("average_consumers", lang)]
    between, before_last = (say("segments", key, lang) for key in ("between", "before_last"))
    name = before_last.join(filter(None, [between.join(first), last]))
    return name[:1].upper() + name[1:]


def _one_theme_a_word(table):
    for lang in LANGUAGES:
        for word, rows in table.groupby(lang, sort=False):
            if rows["theme"].nunique() > 1:
                first, second = rows.drop_duplicates("theme")["feature"].iloc[:2]
                raise Refused("word_twice", file=FILE, word=word, one=first, other=second)
