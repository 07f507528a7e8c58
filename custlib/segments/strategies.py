"""Five strategies with evidence: how each segment differs from all other consumers, how surely, and what could be done about it."""

import numpy as np
import pandas as pd
from scipy import stats

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
    "recency_days": "sales_management",
    "silent": "sales_management",
    "store_format": "sales_management",
}
DIRECTIONS = ("up", "down")
OF_THE_WINDOW = ("frequency", "recency_days", "silent")  # another length of time gives another figure
SILENT_DAYS = 180  # without a purchase for half a year
LEVEL = 0.05
DETECTABLE = 2.8  # standard errors: what 80 % power at 5 % can show (1.96 + 0.84)
_COLUMNS = [
    "strategy",
    "measure",
    "identity",
    "consumers",
    "segment_mean",
    "others_mean",
    "effect",
    "effect_low",
    "effect_high",
    "detectable",
]


def measured(features):
    """What the strategies look at, consumers × measures: the features, `silent` (1 without a purchase for more than 180 days) and a
    column of 0 and 1 for each store format of the dealers."""
    given = [name for name in features if family(name) in MEASURES and name != "store_format"]
    found = features[given].astype("float64")
    if "recency_days" in found:
        found["silent"] = (found["recency_days"] > SILENT_DAYS).astype("float64")
    if "store_format" in features:
        known = features["store_format"].where(features["store_format"] != "")
        dummies = pd.get_dummies(known, prefix="store_format", dtype="float64")
        found = found.join(dummies.where(known.notna()))
    return found


def family(measure):
    """The measure that a line of `strategies.csv` names: `category` for each category, `store_format` for each store format."""
    if measure == "other_categories" or measure.startswith("category_"):
        return "category"
    return "store_format" if measure.startswith("store_format_") else measure


def findings(features, identities):
    """How each segment differs from all other consumers: one row per strategy, measure and identity.

    features: as `facts.consumer_features` gives them; identities: Series consumer → identity; consumers without one count for
    nothing. Columns: strategy, measure, identity, consumers (of the segment, with a value; missing if 1 to 4), segment_mean, others_mean,
    effect (their difference, in the measure's own unit), effect_low, effect_high (95 % interval by Welch, for this row alone), detectable (2.8 standard
    errors: the smallest effect that would have been shown with 80 % power at 5 %), p (two-sided, Welch), enough (p holds at 5 % after
    Holm's correction over all rows), direction ("up", "down", "none" where not enough).

    The segments are drawn from the same figures, so that they differ by construction: p tells that the difference is larger than
    its noise, not that there are segments (that is for `segments.fit`), and nothing here says what caused it. `came_again` looks at
    consumers' later purchases. Rows with fewer than 5 consumers on either side have no figures.
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
    found = pd.DataFrame(rows, columns=[*_COLUMNS, "p"])
    found["consumers"] = found["consumers"].astype("Int64").mask(found["consumers"].between(1, FEWEST - 1))
    enough = holm(found["p"]) <= LEVEL
    direction = np.where(enough, np.where(found["effect"] > 0, "up", "down"), "none")
    return found.assign(enough=enough, direction=direction)


def came_again(found, later):
    """Whether each finding came again in purchases that took no part in drawing the segments; Series over `found`.

    found: `findings`; later: `findings` of the same identities on features of a later time (the identities of the quarter before,
    under the names that they keep, and the features of this quarter alone). "yes": same side, interval without 0; "no": not so;
    "not_known" where there is no figure, where nobody differs (a quarter without festival months), or where the measure hangs on
    the length of time; "" where the finding itself is not enough.
    """
    key = ["measure", "identity"]
    after = found[key].merge(later, how="left", on=key, validate="one_to_one").set_axis(found.index)
    same = ((found["direction"] == "up") & (after["effect_low"] > 0)) | (
        (found["direction"] == "down") & (after["effect_high"] < 0)
    )
    unknown = ~(after["detectable"] > 0) | found["measure"].isin(OF_THE_WINDOW)
    told = np.where(unknown, "not_known", np.where(same, "yes", "no"))
    return pd.Series(np.where(found["enough"], told, ""), found.index, name="came_again")


def holm(p):
    """P-values with Holm's correction over all that are known (Holm 1979); missing stays missing."""
    known = p.dropna().sort_values(kind="stable")
    raised = known * np.arange(len(known), 0, -1)
    return raised.cummax().clip(upper=1.0).reindex(p.index)


def proposals(found, rules, words=None):
    """What each finding suggests: `found` with a proposal in each language (`proposal_en` …), missing where there is not enough evidence.

    rules: `strategies.csv` as text, its index the line of the file. “{what}” in a proposal stands for the category or the store
    format, a category by its word of `segment_names.csv` (words, as `names.words` gives them). Raises Refused: `strategy_unknown` for a strategy, measure or direction that there is not, with its line;
    `strategy_missing` for a measure and direction without a line.
    """
    chosen = checked(rules)
    keys = pd.MultiIndex.from_arrays([found["measure"].map(family), found["direction"]])
    exported = found["measure"].str.replace("^(category|store_format)_", "", regex=True)
    texts, own = {}, {} if words is None else words[words["direction"] == "up"].set_index("feature")
    for lang in LANGUAGES:
        word, column = own.get(lang, {}), f"proposal_{lang}"
        what = [word.get(measure, name) for measure, name in zip(found["measure"], exported, strict=True)]
        told = chosen[column].reindex(keys).tolist()
        filled = [
            text.replace("{what}", name) if isinstance(text, str) else None
            for text, name in zip(told, what, strict=True)
        ]
        texts[column] = pd.Series(filled, found.index, dtype="object")
    return found.assign(**texts)


def suggested(found: pd.DataFrame, later: pd.DataFrame, words: pd.DataFrame, data_dir=None) -> pd.DataFrame:
    """The result table `seg_strategies`: findings with `came_again` and the proposals of `strategies.csv`.

    found, later: as `came_again` takes them; words: as `proposals` takes them; raises Refused as that does.
    """
    again = found.assign(came_again=came_again(found, later))
    return proposals(again, reference.lines(FILE, data_dir), words)


def clearest(found: pd.DataFrame) -> pd.DataFrame:
    """The findings with enough evidence, the largest difference beside what could just have been shown first: measures of any unit
    on one scale."""
    rows = found[found["enough"]]
    size = (rows["effect"].abs() / rows["detectable"].where(rows["detectable"] > 0)).fillna(float("inf"))
    order = rows.assign(size=size).sort_values(["size", "measure", "identity"], ascending=[False, True, True])
    return order.drop(columns="size")


def checked(rules):
    """`strategies.csv` by measure and direction. rules: as `proposals` takes them; raises Refused as it does."""
    possible = {"strategy": STRATEGIES, "measure": tuple(MEASURES), "direction": DIRECTIONS}
    for line, rule in rules.iterrows():
        own = possible | {"strategy": (MEASURES.get(rule["measure"]),)}
        for column in ("measure", "strategy", "direction"):
            if rule[column] not in own[column]:
                facts = {"line": line, "column": column, "value": rule[column], "known": ", ".join(own[column])}
                raise Refused("strategy_unknown", file=FILE, **facts)
    found = rules.set_index(["measure", "direction"])
    for measure in MEASURES:
        for direction in DIRECTIONS:
            if (measure, direction) not in found.index or found.loc[(measure, direction)].isna().any():
                raise Refused("strategy_missing", file=FILE, measure=measure, direction=direction)
    return found


def _welch(values, inside):
    """consumers, mean, others, effect, low, high, detectable, p of one segment against all others."""
    known = values.notna()
    own, rest = values[known & inside], values[known & ~inside]
    if min(len(own), len(rest)) < FEWEST:
        return (len(own), *[np.nan] * 7)
    error = np.sqrt(own.var() / len(own) + rest.var() / len(rest))
    effect = own.mean() - rest.mean()
    if error == 0:
        return len(own), own.mean(), rest.mean(), effect, effect, effect, 0.0, float(effect == 0)
    test = stats.ttest_ind(own, rest, equal_var=False)
    low, high = test.confidence_interval(1 - LEVEL)
    return len(own), own.mean(), rest.mean(), effect, low, high, DETECTABLE * error, test.pvalue
