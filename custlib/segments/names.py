"""Names of segments from what sets them apart, in words that analysts edit; a name once given is kept."""

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


def described(features, labels):
    """What `compared` and `traits` look at: the means of each segment and `consumers`, and the spread over all consumers in one.

    features: as `facts.consumer_features` gives them; labels: Series consumer → segment.
    """
    own = features.reindex(labels.index)
    values = own.drop(columns=[name for name in LEFT_OUT if name in own]).select_dtypes("number")
    return profile_of(values, labels), values.std(ddof=0)


def over_quarters(history, labels, words):
    """The names of all segments over the quarters, as `kept` gives them. history: mapping quarter → features; labels: mapping quarter →
    Series consumer → identity."""
    own = {quarter: traits(*described(history[quarter], each)) for quarter, each in labels.items()}
    return kept(own, words, {quarter: sorted(each.unique()) for quarter, each in labels.items()})


def compared(profile, spread):
    """Every segment beside all consumers, feature by feature.

    profile: DataFrame, a row per segment, its means of the features and `consumers`; spread: Series, feature → standard
    deviation over all consumers. Returns segment, feature, value, overall (the mean of all), difference (their distance in
    standard deviations; missing where the feature does not differ), in the order given.
    """
    means, consumers = profile[list(spread.index)], profile["consumers"]
    overall = means.mul(consumers, axis=0).sum() / means.notna().mul(consumers, axis=0).sum()
    rows = [
        (segment, feature, means.at[segment, feature], overall[feature])
        for segment in means.index
        for feature in means.columns
    ]
    found = pd.DataFrame(rows, columns=["segment", "feature", "value", "overall"])
    deviation = found["feature"].map(spread.where(spread > 0)).astype("float64")
    return found.assign(difference=(found["value"] - found["overall"]) / deviation)


def profiled(features, labels):
    """The result table `seg_profile`: identity, feature, consumers, value, overall, difference, as `compared` gives them; without what
    would tell of single consumers. features, labels: as `described` takes them."""
    profile, spread = described(features, labels)
    found = compared(profile, spread).rename(columns={"segment": "identity"})
    found["consumers"] = found["identity"].map(profile["consumers"])
    return suppressed(found, ["value", "difference"], "consumers")


def traits(profile, spread, least=APART):
    """What sets each segment apart: the rows of `compared` at least this far from the mean of all, the farthest first, with
    `direction` (up, down).
    """
    found = compared(profile, spread)
    found = found[found["difference"].abs() >= least]
    found = found.assign(
        direction=found["difference"].gt(0).map({True: "up", False: "down"}), far=-found["difference"].abs()
    )
    return found.sort_values(["segment", "far", "feature"]).drop(columns="far").reset_index(drop=True)


def words(data_dir=None):
    """`segment_names.csv`, the words for a feature that is above (up) or below (down) the mean of all, checked.

    Returns feature, direction, theme (its own for a line without one), en, zh; the index is the line of the file. A name takes
    one word of each theme, so that what says the same is not said twice. Raises Refused: `not_one_of` for a feature or direction
    that there is not, `segment_word_blank`, and `word_twice` where one word stands for two themes.
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
        for column in LANGUAGES:
            if pd.isna(row[column]):
                raise Refused("segment_word_blank", column=column, feature=row["feature"], **facts)
    table = table.assign(theme=table["theme"].where(table["theme"].notna(), table["feature"]))
    _one_theme_a_word(table)
    return table


def named(traits, identities, words, earlier=None):
    """A name for every segment: the words of its strongest traits, and more of them until it differs from all others.

    traits: as `traits` gives them, their `segment` the identity; identities: all that are to have a name, in the order of naming;
    words: as `words` gives them; earlier: names given before, which are kept. Returns a DataFrame over the identities: a column for each language,
    traits ("feature direction, …", those that the name was made of; "" for a name of none). A trait without a line in
    `segment_names.csv` is used only where those with one do not suffice; the last resort is the identity.
    """
    names = {} if earlier is None else earlier.to_dict("index")
    for identity in identities:
        if identity not in names:
            own = _words_of(traits[traits["segment"] == identity], words)
            taken = {lang: {name[lang] for name in names.values()} for lang in LANGUAGES}
            names[identity] = _first_free(own, identity, taken)
    rows = {identity: names[identity] for identity in identities}
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*LANGUAGES, "traits"]).rename_axis("identity")


def kept(traits_by_quarter, words, identities=None):
    """The names of all identities over the quarters: each keeps the name of the quarter in which it was first seen.

    traits_by_quarter: mapping quarter → traits, their `segment` the identity; identities: mapping quarter → the identities of that
    quarter, for those without traits. Returns a DataFrame over the identities: a column for each language, traits, since (the quarter of the name).
    """
    names, since = None, {}
    for quarter in sorted(traits_by_quarter):
        own = traits_by_quarter[quarter]
        there = own["segment"].drop_duplicates() if identities is None else identities[quarter]
        new = [one for one in there if one not in since]
        since |= dict.fromkeys(new, quarter)
        names = named(own, list(since), words, names)
    empty = pd.DataFrame(columns=[*LANGUAGES, "traits", "since"], index=pd.Index([], name="identity"), dtype="object")
    return empty if names is None else names.assign(since=pd.Series(since))


def still_fits(names, traits):
    """Whether a kept name says what is so now: Series over `names`, True where at least one trait of the name still holds,
    or where the name was made of none.
    """
    now = set(zip(traits["segment"], traits["feature"] + " " + traits["direction"], strict=True))
    return pd.Series(
        {
            identity: not told or any((identity, trait) in now for trait in told.split(", "))
            for identity, told in names["traits"].items()
        },
        dtype="bool",
    ).rename_axis("identity")


def _words_of(traits, words):
    """The words that a name may be made of, in order: (trait, language → word), one for each theme; those without a line last."""
    known = {(row.feature, row.direction): row for row in words.itertuples()}
    found, without, themes = [], [], set()
    for row in traits.itertuples():
        word = known.get((row.feature, row.direction))
        theme = word.theme if word else row.feature
        if theme in themes:
            continue
        themes.add(theme)
        trait = f"{row.feature} {row.direction}"
        own = {lang: getattr(word, lang) for lang in LANGUAGES} if word else _without_line(row)
        (found if word else without).append((trait, own))
    return [*found, *without]


def _without_line(trait):
    key = "more_of" if trait.direction == "up" else "less_of"
    what = trait.feature.removeprefix(CATEGORY)
    return {lang: glossary.term(key, lang).format(what) for lang in LANGUAGES}


def _first_free(own, identity, taken):
    """The shortest name that nobody has yet."""
    for length in range(min(WORDS_IN_NAME, len(own)), len(own) + 1):
        name = _joined(own[:length])
        if not any(name[lang] in taken[lang] for lang in taken):
            return name
    return name | {lang: f"{name[lang]} ({identity})" for lang in taken}


def _joined(parts):
    name = {lang: _in_one([own[lang] for _, own in parts], lang) for lang in LANGUAGES}
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
                one, other = rows.drop_duplicates("theme")["feature"].iloc[:2]
                raise Refused("word_twice", file=FILE, word=word, one=one, other=other)
