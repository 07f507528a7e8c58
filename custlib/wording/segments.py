"""The segments: their features, a sentence and a rule for each. Facts for `words/<language>/segments.j2`."""

import pandas as pd

from custlib.segments import single_traits, still_fits
from custlib.wording.forms import number

_TRAITS = 3  # in a sentence
_WEAK = 0.5  # a rule that holds for more others than members
_UNITS = {
    "money": "money",
    "list_price": "money",
    "recency_days": "days",
    "tenure_days": "days",
    "price_paid": "share",
    "novelty": "share",
    "other_categories": "share",
}


def feature_value(feature: str, value) -> dict:
    """A feature's value with its unit: money, share (0 to 1), days or number; none if it is missing."""
    if pd.isna(value):
        return {"unit": "none", "value": None}
    shares = feature.endswith("_share") or feature.startswith("category_")
    return {"unit": _UNITS.get(feature, "share" if shares else "number"), "value": float(value)}


def profile_value(profile: pd.DataFrame) -> list:
    """The cells of the heat map: each segment's own mean, with its unit. profile: result table `seg_profile`."""
    return [feature_value(*pair) for pair in zip(profile["feature"], profile["value"], strict=True)]


def of_segment(rows: pd.DataFrame) -> list:
    """The name of the segment of each row. rows: has a column identity; `apart` stands for consumers in no segment."""
    return [{"segment": identity} for identity in rows["identity"]]


def traits_of_name(names: pd.DataFrame) -> list:
    """What each name was made of. names: result table `seg_names`."""
    pairs = [single_traits(traits) for traits in names["traits"].fillna("")]
    return [{"traits": [{"feature": feature, "direction": way} for feature, way in traits]} for traits in pairs]


def axis_names(axes: pd.DataFrame) -> list:
    """The features that load most on each axis of the map, and in which direction. axes: as in `segments.Map`."""
    return [{"features": _loading(rows)} for _, rows in axes.groupby("axis", sort=False)]


def segments_reading(
    profile: pd.DataFrame, values: pd.DataFrame, traits: pd.DataFrame, names: pd.DataFrame
) -> dict | None:
    """A sentence on each segment: its share of all consumers and of all money, and what distinguishes it; None if there
    are none.

    profile: result table `seg_profile`; values: `segments.value`, by identity; traits: `segments.traits`; names: as
    `segments.kept` returns them. A name that no longer describes its segment is marked as kept from earlier.
    """
    fits = still_fits(names, traits)
    sentences = [
        {
            "segment": identity,
            "of_consumers": number(values.at[identity, "consumers_share"]),
            "of_money": number(values.at[identity, "money_share"]),
            "traits": _traits(traits[traits["segment"] == identity]),
            "fits": bool(fits[identity]),
        }
        for identity in profile["identity"].unique()
    ]
    return {"segments": sentences, "consumers": int(values["consumers"].sum())} if sentences else None


def cards_reading(rules: pd.DataFrame) -> dict | None:
    """The rule of each segment, and how well rules stand in for segments; None if there are none. rules: result table
    `seg_rules`."""
    if rules.empty:
        return None
    cards = [{"segment": identity, **_rule(card)} for identity, card in rules.groupby("identity", sort=False)]
    return {"cards": cards, "fidelity": number(rules["fidelity"].iloc[0])}


def _loading(rows):
    return [{"feature": row.feature, "more": bool(row.loading > 0)} for row in rows.itertuples(index=False)]


def _traits(rows):
    """The strongest traits; of two that mean the same (price paid and discount) only the first."""
    same = rows["feature"].replace({"price_paid": "discount_share"})
    return [
        {
            "feature": row.feature,
            "own": feature_value(row.feature, row.value),
            "of_all": feature_value(row.feature, row.overall),
        }
        for row in rows[~same.duplicated()].head(_TRAITS).itertuples(index=False)
    ]


def _rule(card):
    first = card.iloc[0]
    conditions = [
        {"feature": row.feature, "above": row.op == ">", "threshold": feature_value(row.feature, row.threshold)}
        for row in card.sort_values("step").itertuples(index=False)
        if row.feature
    ]
    figures = {"coverage": float(first["coverage"]), "precision": float(first["precision"])}
    return {"conditions": conditions, **figures, "weak": bool(first["precision"] < _WEAK)}
