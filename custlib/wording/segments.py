"""What the segments are: their features, a sentence and a rule for each. Facts for the sentences of `words/<language>/segments.j2`."""

import pandas as pd

from custlib.segments import still_fits

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


def known(value) -> float | None:
    """A number as a fact: None where it is missing."""
    return None if pd.isna(value) else float(value)


def feature_value(feature: str, value) -> dict:
    """A value of a feature with its unit: money, share (0 to 1), days, number, or none where it is missing."""
    if pd.isna(value):
        return {"unit": "none", "value": None}
    shares = feature.endswith("_share") or feature.startswith("category_")
    return {"unit": _UNITS.get(feature, "share" if shares else "number"), "value": float(value)}


def profile_value(profile: pd.DataFrame) -> list:
    """What stands in a cell of the heat map: the segment's own mean. profile: result table `seg_profile`."""
    return [feature_value(*pair) for pair in zip(profile["feature"], profile["value"], strict=True)]


def of_segment(rows: pd.DataFrame) -> list:
    """A segment as a table shows it, with its name. rows: a column identity, in which `apart` stands for consumers in none."""
    return [{"segment": identity} for identity in rows["identity"]]


def axis_names(axes: pd.DataFrame) -> list:
    """What each axis of the map goes by: the features that load most on it, and which way. axes: as `segments.Map` holds them."""
    return [{"features": _loading(rows)} for _, rows in axes.groupby("axis", sort=False)]


def segments_reading(
    profile: pd.DataFrame, values: pd.DataFrame, traits: pd.DataFrame, names: pd.DataFrame
) -> dict | None:
    """A sentence on each segment: its share of consumers and of the money, and what sets it apart; None where there are none.

    profile: result table `seg_profile`; values: `segments.value`, by identity; traits: `segments.traits`; names: as `segments.kept`
    gives them; a name that no longer says what is so is said to be kept.
    """
    sizes = profile.drop_duplicates("identity").set_index("identity")["consumers"].astype("float64")
    fits = still_fits(names, traits)
    told = [
        {
            "segment": identity,
            "of_consumers": known(size / sizes.sum()),
            "of_money": known(values.at[identity, "money_share"]),
            "traits": _traits(traits[traits["segment"] == identity]),
            "fits": bool(fits[identity]),
        }
        for identity, size in sizes.items()
    ]
    return {"segments": told} if told else None


def cards_reading(rules: pd.DataFrame) -> dict | None:
    """The rule of each segment, and how far the rules stand for the segments; None where there are none. rules: result table `seg_rules`."""
    if rules.empty:
        return None
    cards = [{"segment": identity, **_rule(card)} for identity, card in rules.groupby("identity", sort=False)]
    return {"cards": cards, "fidelity": known(rules["fidelity"].iloc[0])}


def _loading(rows):
    return [{"feature": row.feature, "more": bool(row.loading > 0)} for row in rows.itertuples(index=False)]


def _traits(rows):
    """The strongest traits; of two that say the same (what is paid and the discount) the first."""
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
