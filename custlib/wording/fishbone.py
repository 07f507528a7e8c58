"""The fishbone, and what stock and exports say beside the scores: facts for `words/<language>/fishbone.j2`."""

import pandas as pd

from custlib.fishbone import holders
from custlib.wording.forms import number

_FIRST = 5  # factors named in a text alternative
_TOLD, _SENTENCES = 3, 3  # customers named beside the stock; disagreements told one by one
_FEW = 0.5  # agreement below which experts and data differ


def fishbone_alt(table: pd.DataFrame) -> dict:
    """Bones by weight, the first five factors with their ranges, factors without a weight. table: as the figure
    takes it."""
    weighed = table.dropna(subset="weight").sort_values("weight", ascending=False, kind="stable")
    bones = weighed.groupby("bone", sort=False)["weight"].sum().sort_values(ascending=False, kind="stable")
    first = weighed.head(_FIRST)
    ours = int((table["zone"] == "A").sum())
    return {
        "factors": len(table),
        "bones": table["bone"].nunique(),
        "weights": [{"factor": bone, "weight": float(weight)} for bone, weight in bones.items()],
        "heaviest": first[["factor", "weight", "low", "high"]].to_dict("records"),
        "differ": list(first.loc[first["agreement"] < _FEW, "factor"]),
        "zone_a": ours,
        "zone_b": len(table) - ours,
        "without": list(table.loc[table["weight"].isna(), "factor"]),
        "effect": table["effect"].iloc[0],
    }


def stock_reading(slow: pd.DataFrame) -> dict:
    """How much of the stock is slow, and which customers hold most of it. slow: as `facts.slow_stock` returns it, with
    names."""
    owners = holders(slow)
    return {
        "stock": float(slow["stock_at_list"].sum()),
        "slow": float(slow["slow_at_list"].sum()),
        "customers": len(slow),
        "holders": len(owners),
        "most": [
            {
                "name": _name(row.Index, slow["name"]),
                "slow": float(row.slow_at_list),
                "share": float(row.slow_share),
                "days": int(row.oldest_days),
            }
            for row in owners.head(_TOLD).itertuples()
        ],
    }


def factor_evidence_reading(disagreement: pd.DataFrame) -> dict:
    """For which factors the scores agree with the exports better than chance, and for which they do not.
    disagreement: as `fishbone.disagreement` returns it."""
    agrees = disagreement["agrees"].astype("bool")
    return {"agree": list(disagreement.index[agrees]), "doubtful": list(disagreement.index[~agrees])}


def factor_evidence_method(disagreement: pd.DataFrame) -> dict | None:
    """How often score and evidence lie apart, by factor, beside chance; None without any."""
    worst = disagreement.sort_values(["share", "customers"], ascending=False, kind="stable")
    rows = worst.rename_axis("factor").reset_index()[["factor", "measure", "share", "by_chance", "p"]]
    return {"factors": rows.to_dict("records")} if len(rows) else None


def against_score(table: pd.DataFrame, names: pd.Series, slow: pd.DataFrame, disagreement: pd.DataFrame) -> dict | None:
    """Customers and factors whose score and evidence differ most, a score that is too good first; None if none differ.

    table: result table `factor_evidence`; names: customer → name; slow: as `facts.slow_stock` returns it; disagreement:
    as `fishbone.disagreement` returns it. Where scores agree with the evidence no better than chance, a customer that
    differs is chance too and is not named.
    """
    agree = disagreement.index[disagreement["agrees"].astype("bool")]
    apart = table[table["disagrees"].eq(True).fillna(False) & table["factor"].isin(agree)]
    above = apart["factor_score"] - apart["evidence"]
    order = above.abs().add(above.gt(0) / 2).sort_values(ascending=False, kind="stable").index
    cases = [_against(apart.loc[line], names, slow["slow_at_list"]) for line in order[:_SENTENCES]]
    return {"told": cases} if cases else None


def _against(row, names, slow):
    customer, of_stock = row["customer_id"], row["factor"] == "stock_age_analysis"
    return {
        "name": _name(customer, names),
        "factor": row["factor"],
        "score": int(row["factor_score"]),
        "evidence": int(row["evidence"]),
        "measure": row["measure"],
        "value": number(row["value"]),
        "of_stock": of_stock,
        "slow": float(slow.get(customer, 0)) if of_stock else 0.0,
    }


def _name(customer, names):
    name = names.get(customer)
    return name if isinstance(name, str) and name else customer
