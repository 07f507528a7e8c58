"""What the fishbone shows, what the stock and other exports say beside the scores: facts for `words/<language>/fishbone.j2`."""

import pandas as pd

from custlib.fishbone import holders
from custlib.wording.segments import known
from custlib.words import LANGUAGES

_FIRST = 5  # factors named in a text alternative
_TOLD, _SENTENCES = 3, 8  # customers named beside the stock; disagreements told one by one
_FEW = 0.5  # agreement below which experts and data differ


def question(causes: pd.DataFrame) -> list:
    """The question to ask when scoring, in each language that `fishbone.csv` has."""
    return causes[[f"question_{lang}" for lang in LANGUAGES]].to_dict("records")


def fishbone_alt(table: pd.DataFrame) -> dict:
    """Bones by weight, the first five factors with their intervals, where opinions differ. table: as the figure takes it."""
    weighed = table.dropna(subset="weight").sort_values("weight", ascending=False, kind="stable")
    bones = weighed.groupby("bone", sort=False)["weight"].sum().sort_values(ascending=False, kind="stable")
    first = weighed.head(_FIRST)
    own = int((table["zone"] == "A").sum())
    return {
        "factors": len(table),
        "bones": table["bone"].nunique(),
        "weights": [{"factor": bone, "weight": float(weight)} for bone, weight in bones.items()],
        "heaviest": first[["factor", "weight", "low", "high"]].to_dict("records"),
        "differ": list(first.loc[first["agreement"] < _FEW, "factor"]),
        "zone_a": own,
        "zone_b": len(table) - own,
        "without": list(table.loc[table["weight"].isna(), "factor"]),
    }


def stock_reading(slow: pd.DataFrame) -> dict:
    """How much of the stock is slow, and where most of it lies. slow: as `facts.slow_stock` gives it, with each customer's name."""
    most = holders(slow)
    return {
        "stock": float(slow["stock_at_list"].sum()),
        "slow": float(slow["slow_at_list"].sum()),
        "customers": len(slow),
        "holders": len(most),
        "most": [
            {
                "name": _name(row.Index, slow["name"]),
                "slow": float(row.slow_at_list),
                "share": float(row.slow_share),
                "days": int(row.oldest_days),
            }
            for row in most.head(_TOLD).itertuples()
        ],
    }


def factor_evidence_reading(disagreement: pd.DataFrame) -> dict:
    """How far scores and exports agree, factor by factor. disagreement: as `fishbone.disagreement` gives it."""
    worst = disagreement.sort_values(["share", "customers"], ascending=False, kind="stable")
    return {"factors": worst.reset_index()[["factor", "measure", "share", "by_chance"]].to_dict("records")}


def against_score(table: pd.DataFrame, names: pd.Series, slow: pd.DataFrame) -> dict | None:
    """Where score and evidence lie farthest apart, of those as far apart too good a score first; None where they agree.

    table: result table `factor_evidence`; names: customer → name; slow: as `facts.slow_stock` gives it.
    """
    apart = table[table["disagrees"].eq(True).fillna(False)]
    above = apart["factor_score"] - apart["evidence"]
    order = above.abs().add(above.gt(0) / 2).sort_values(ascending=False, kind="stable").index
    told = [_against(apart.loc[line], names, slow["slow_at_list"]) for line in order[:_SENTENCES]]
    return {"told": told} if told else None


def _against(row, names, slow):
    customer, of_stock = row["customer_id"], row["factor"] == "stock_age_analysis"
    return {
        "name": _name(customer, names),
        "factor": row["factor"],
        "score": int(row["factor_score"]),
        "evidence": int(row["evidence"]),
        "measure": row["measure"],
        "value": known(row["value"]),
        "of_stock": of_stock,
        "slow": float(slow.get(customer, 0)) if of_stock else 0.0,
    }


def _name(customer, names):
    name = names.get(customer)
    return name if isinstance(name, str) and name else customer
