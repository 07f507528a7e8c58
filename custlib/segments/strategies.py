"""Five strategies with evidence: how each segment differs from all others, how surely, and what to do about it."""

import numpy as np
import pandas as pd
import scipy

from custlib import reference
from custlib.refusals import Refused
from custlib.segments.suppression import FEWEST
from custlib.words import LANGUAGES

FILE = "strategies.csv"
STRATEGIES = ("product_strategy", "price_strategy", "season_strategy", "promotion_strategy", "sales_management")
MEASURES = {  # measure or family of measures → strategy
    "novelty": "product_strategy",
    "category": "product_strategy",
    "list_price": "price_strategy",
    "price_paid": "price_strategy",
    "quantity": "price_strategy",
    "festival_share": "season_strategy",
    "bargain_share": "season_strategy",
    "discount_share": "promotion_strategy",
    "promoted_share": "promotion_strategy",
    "promoted_pieces": "promotion_strategy",
    "frequency": "sales_management",
    "silent": "sales_management",
    "store_format": "sales_management",
}
DIRECTIONS = ("up", "down")
OF_THE_WINDOW = ("frequency", "silent")  # depend on the length of time
LEVEL = 0.05
DETECTABLE = 2.8  # standard errors for 80 % power at 5 % (1.96 + 0.84)
_COLUMNS = [
    "strategy",
    "measure",
    "identity",
    "consumers",
    "segment_mean",
    "others_mean",
    "effect",
]


def measured(features: pd.DataFrame) -> pd.DataFrame:
    """The measures of the strategies, consumers × measures: the features that a strategy looks at (`silent` as in
    `with_silence`), and a 0/1 column per store format of the dealers."""
    columns = [name for name in features if family(name) in MEASURES and name != "store_format"]
    values = features[columns].astype("float64")
    if "store_format" in features:
        formats = features["store_format"].where(features["store_format"] != "")
        dummies = pd.get_dummies(formats, prefix="store_format", dtype="float64")
        values = values.join(dummies.where(formats.notna()))
    return values


def family(measure: str) -> str:
    """The measure as named in `strategies.csv`: `category` for any category, `store_format` for any store format."""
    if measure == "other_categories" or measure.startswith("category_"):
        return "category"
    return "store_format" if measure.startswith("store_format_") else measure


def findings(features: pd.DataFrame, identities: pd.Series) -> pd.DataFrame:
    """How each segment differs from all other consumers: one row per strategy, measure and identity.

    features: as `facts.consumer_features` returns them; identities: Series consumer → identity; other consumers are
    ignored.
    Columns: strategy, measure, identity, consumers (of the segment, with a value; missing if 1 to 4), segment_mean,
    others_mean, effect (their difference, in the measure's unit), effect_low, effect_high (its Welch interval, so wide
    that with 95 % all rows' hold at once (Bonferroni): that the largest are picked out is allowed for), detectable (2.8
    standard errors: the smallest effect that has 80 % power at 5 %), p (two-sided, Welch), enough (the interval
    excludes 0), direction ("up", "down", "none" if not enough).

    Segments are made from the same figures, so they differ by construction: p says that the difference exceeds its
    noise, not that there are segments (see `segments.fit`), and nothing here says what caused it. `came_again` looks at
    later purchases. Rows with fewer than 5 consumers on either side have no figures.
    """
    values = measured(features).reindex(identities.index)
    names = sorted(identities.unique(), key=lambda name: (len(str(name)), str(name)))
    order = sorted(
        values.columns, key=lambda name: (STRATEGIES.index(MEASURES[family(name)]), values.columns.get_loc(name))
    )
    rows = [
        (MEASURES[family(name)], name, each, *_welch(values[name], identities == each))
        for name in order
        for each in names
    ]
    table = pd.DataFrame(rows, columns=[*_COLUMNS, "error", "freedom", "p"])
    reach = scipy.stats.t.isf(LEVEL / 2 / max(table["p"].count(), 1), table["freedom"]) * table["error"]
    limits = {"effect_low": table["effect"] - reach, "effect_high": table["effect"] + reach}
    table = table.assign(**limits, detectable=DETECTABLE * table["error"])[[*_COLUMNS, *limits, "detectable", "p"]]
    table["consumers"] = table["consumers"].astype("Int64").mask(table["consumers"].between(1, FEWEST - 1))
    enough = (table["effect_low"] > 0) | (table["effect_high"] < 0)
    direction = np.where(enough, np.where(table["effect"] > 0, "up", "down"), "none")
    return table.assign(enough=enough, direction=direction)


def came_again(found: pd.DataFrame, later: pd.DataFrame) -> pd.Series:
    """Whether each finding holds in purchases that the segments were not made from; Series over `found`.

    found: `findings`; later: `findings` of the same identities on features of a later time (identities of the quarter
    before, features of this quarter alone). "yes": same direction, p below 5 %; "no": otherwise;
    "not_known": no figure, no variation (a quarter without festival months), or a measure that depends on the length of
    time; "" if the finding itself is not enough.
    """
    key = ["measure", "identity"]
    after = found[key].merge(later, how="left", on=key, validate="one_to_one").set_axis(found.index)
    same_way = found["direction"] == np.where(after["effect"] > 0, "up", "down")
    agrees = same_way & (after["p"] <= LEVEL)
    unknown = ~(after["detectable"] > 0) | found["measure"].isin(OF_THE_WINDOW)
    answers = np.where(unknown, "not_known", np.where(agrees, "yes", "no"))
    return pd.Series(np.where(found["enough"], answers, ""), found.index, name="came_again")


def proposals(found: pd.DataFrame, rules: pd.DataFrame, words: pd.DataFrame | None = None) -> pd.DataFrame:
    """What to try: `found` with a proposal in each language (`proposal_en` …) at the clearest finding of each segment
    and strategy that has enough evidence, and at the clearest of those with the same proposal; missing elsewhere.

    rules: `strategies.csv` as text, indexed by line of the file; words: as `names.words` returns them. “{what}” in a
    proposal stands for the store format, or for the category by its word of `segment_names.csv`.
    Raises Refused: `strategy_unknown` for an unknown strategy, measure or direction, with its line; `strategy_missing`
    for a measure and direction without a line.
    """
    chosen = checked(rules)
    keys = pd.MultiIndex.from_arrays([found["measure"].map(family), found["direction"]])
    exported = found["measure"].str.replace("^(category|store_format)_", "", regex=True)
    columns, categories = {}, {} if words is None else words[words["direction"] == "up"].set_index("feature")
    for lang in LANGUAGES:
        word, column = categories.get(lang, {}), f"proposal_{lang}"
        what = [word.get(measure, name) for measure, name in zip(found["measure"], exported, strict=True)]
        texts = [
            text.replace("{what}", name) if isinstance(text, str) else None
            for text, name in zip(chosen[column].reindex(keys), what, strict=True)
        ]
        columns[column] = pd.Series(texts, found.index, dtype="object")
    ranked = clearest(found.assign(**columns))
    # a category that is bought less is the other side of one that is bought more
    beside = (ranked["measure"].map(family) == "category") & (ranked["direction"] == "down")
    lead = pd.concat([ranked[~beside], ranked[beside]]).drop_duplicates(["strategy", "identity"])
    lead = lead.drop_duplicates(list(columns)).index
    return found.assign(**{column: texts.where(texts.index.isin(lead), None) for column, texts in columns.items()})


def suggested(found: pd.DataFrame, later: pd.DataFrame, words: pd.DataFrame, data_dir=None) -> pd.DataFrame:
    """Result table `seg_strategies`: findings with `came_again` and the proposals of `strategies.csv`.

    Parameters as for `came_again` and `proposals`; raises Refused as the latter does.
    """
    again = found.assign(came_again=came_again(found, later))
    return proposals(again, reference.lines(FILE, data_dir), words)


def clearest(found: pd.DataFrame) -> pd.DataFrame:
    """The findings with enough evidence, by effect ÷ detectable, largest first: one scale for measures of any unit."""
    rows = found[found["enough"]]
    size = (rows["effect"].abs() / rows["detectable"].where(rows["detectable"] > 0)).fillna(float("inf"))
    order = rows.assign(size=size).sort_values(["size", "measure", "identity"], ascending=[False, True, True])
    return order.drop(columns="size")


def checked(rules: pd.DataFrame) -> pd.DataFrame:
    """`strategies.csv` by measure and direction. rules: as for `proposals`; raises Refused as it does."""
    for line, rule in rules.iterrows():
        # the measure is checked first, so that it has a strategy
        possible = {
            "measure": tuple(MEASURES),
            "strategy": (MEASURES.get(rule["measure"], ""),),
            "direction": DIRECTIONS,
        }
        for column, values in possible.items():
            if rule[column] not in values:
                facts = {"line": line, "column": column, "value": rule[column], "known": ", ".join(values)}
                raise Refused("strategy_unknown", file=FILE, **facts)
    table = rules.set_index(["measure", "direction"])
    for measure in MEASURES:
        for direction in DIRECTIONS:
            if (measure, direction) not in table.index or table.loc[(measure, direction)].isna().any():
                raise Refused("strategy_missing", file=FILE, measure=measure, direction=direction)
    return table


def _welch(values, inside):
    """consumers, mean, others, effect, its standard error, degrees of freedom, p of one segment against all others."""
    is_known = values.notna()
    members, rest = values[is_known & inside], values[is_known & ~inside]
    if min(len(members), len(rest)) < FEWEST:
        return (len(members), *[np.nan] * 6)
    error = np.sqrt(members.var() / len(members) + rest.var() / len(rest))
    effect = members.mean() - rest.mean()
    if error == 0:
        return len(members), members.mean(), rest.mean(), effect, 0.0, 1.0, float(effect == 0)
    test = scipy.stats.ttest_ind(members, rest, equal_var=False)
    return len(members), members.mean(), rest.mean(), effect, error, test.df, test.pvalue
