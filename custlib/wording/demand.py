"""Demand plans and forecasts, in notebook 70. Facts for `words/<language>/demand.j2`."""

import pandas as pd

from custlib.wording import forms

_SIGNAL = 1.959964 * 1.2533  # × √months: beyond it errors of one sign are no chance (σ is 1.2533 mean errors)
_NAMED = 3


def plans_came(lines: pd.DataFrame) -> dict:
    """Which plans came and where they stand. lines: `demand.lines`, one row a planned line."""
    kinds = lines.groupby("plan_kind").size().reindex(["annual", "monthly", "ad_hoc"]).dropna()
    return {
        "kinds": [{"kind": kind, "lines": int(count)} for kind, count in kinds.items()],
        "late": _places(lines[lines["late"].eq(True)]),
        "skipped": _places(lines[lines["skipped_step"].eq(True)]),
    }


def basis_reading(asked: str, found: str) -> dict | None:
    """What demand is, where what customers sold on was asked for; None otherwise. found: as `demand.basis` gives it."""
    return {"known": found == asked} if asked == "sold_through" else None


def accuracy_reading(accuracy: pd.DataFrame) -> dict | None:
    """How right the released plans were; None without one whose period is over. accuracy: result table
    `plan_accuracy`."""
    rows = accuracy[accuracy["level"] == "company"]
    monthly = accuracy[(accuracy["level"] == "product") & (accuracy["plan_kind"] == "monthly")]
    if rows.empty:
        return None
    return {
        "plans": rows[["plan_kind", "wape", "bias"]].to_dict("records"),
        "models": len(monthly),
        "one_sided": int((monthly["tracking_signal"].abs() > _SIGNAL * monthly["months"] ** 0.5).sum()),
    }


def plan_value_reading(value: pd.DataFrame) -> dict | None:
    """Which steps made the company's plans better or worse; None without steps. value: result table
    `forecast_value_added`."""
    own = value[(value["group"] == "company") & value["fva_points"].notna()]
    if own.empty:
        return None
    rows = {
        name: own.loc[own["verdict"] == name, ["step", "fva_points", "low", "high"]] for name in ("better", "worse")
    }
    # worse by 5.5 points: from 3.6 to 7.3
    turned = rows["worse"].assign(low=-rows["worse"]["high"], high=-rows["worse"]["low"])
    return {"better": rows["better"].to_dict("records"), "worse": turned.to_dict("records")} | {
        "lines": int(own["lines"].max())
    }


def outlook_reading(table: pd.DataFrame, forecasts: pd.DataFrame, backtest: pd.DataFrame, level: float) -> dict:
    """What is expected, and how sure. table: `demand.company_months`; forecasts, backtest: result tables."""
    ahead = table[table["forecast"].notna()]
    own, total = (backtest[backtest["level"] == level].set_index("method") for level in ("product", "company"))
    method, other = "pooled_calendar", "seasonal_naive"
    return {
        "first": ahead["month"].iloc[0],
        "last": ahead["month"].iloc[-1],
        "pieces": round(float(ahead["forecast"].sum())),
        "year_ago": round(float(ahead["year_ago"].sum())) if ahead["year_ago"].notna().all() else None,
        "ranged": bool(forecasts["low"].notna().any()),
        "level": level,
        "wape": forms.number(own["wape"].get(method)),
        "covered": forms.number(own["covered_share"].get(method)),
        "naive": forms.number(own["wape"].get(other)),
        "total": forms.number(total["wape"].get(method)),
        "total_naive": forms.number(total["wape"].get(other)),
        "short": int(forecasts.loc[forecasts["kind"] == "mean", "product_id"].nunique()),
    }


def regions_reading(regions: pd.DataFrame) -> dict | None:
    """What each region will need of all models; None without regions. regions: result table `demand_regions`."""
    sums = regions.groupby("region")["pieces"].sum().sort_values(ascending=False)
    if len(sums) < 2:
        return None
    return {"regions": [{"name": name, "pieces": int(pieces)} for name, pieces in sums.items()]}


def demand_outlook_alt(table: pd.DataFrame) -> dict:
    """table: as `figures.demand_outlook` takes it."""
    past, ahead = table[table["actual"].notna()], table[table["forecast"].notna()]
    return {
        "begin": past["month"].iloc[0],
        "end": past["month"].iloc[-1],
        "most": round(float(past["actual"].max())),
        "least": round(float(past["actual"].min())),
        "ahead": [{"month": row.month, "pieces": round(row.forecast)} for row in ahead.itertuples()],
        "ranged": bool(ahead["low"].notna().any()),
    }


def value_steps_alt(table: pd.DataFrame) -> dict:
    """table: as `figures.value_steps` takes it."""
    return {"steps": table[table["fva_points"].notna()][["step", "fva_points"]].to_dict("records")}


def company_reading(company: pd.DataFrame) -> dict:
    """What the company's next quarter brings. company: result table `company_forecast`."""
    given = {name: [forms.number(value) for value in company[name]] for name in ("low", "high", "error", "naive_error")}
    rows = company[["measure", "quarter", "forecast"]].assign(
        **{name: pd.Series(given[name], company.index, "object") for name in given}
    )
    return {"rows": rows.to_dict("records")}


def aims_reading(aims: pd.DataFrame, quarter: str) -> dict | None:
    """Targets of a quarter beside what came; None without any. aims: as `demand.aims` gives them."""
    known = aims[aims["came"].notna() & (aims["target"] > 0)]
    if known.empty:
        return None
    return {"quarter": quarter, "rows": known.assign(share=known["came"] / known["target"]).to_dict("records")}


def apart_reading(against: pd.DataFrame) -> dict | None:
    """Where plan and forecast part ways; None without months that have both. against: result table
    `plan_against_forecast`."""
    if against.empty:
        return None
    outside = against[against["inside"].eq(False)]
    return {
        "lines": len(against),
        "first": against["month"].min(),
        "last": against["month"].max(),
        "ranged": bool(against["inside"].notna().any()),
        "outside": len(outside),
        "above": int((outside["planned"] > outside["high"]).sum()),
        "money": float(outside["money_at_risk"].sum()),
    }


def cover_reading(cover: pd.DataFrame) -> dict:
    """Whether plans fill stores. cover: result table `stock_cover`."""
    planned = cover[cover["excess"].notna()]
    return {
        "counted": len(cover),
        "as_of": str(cover["as_of"].iloc[0]) if len(cover) else "",
        "planned": len(planned),
        "excess": int((planned["excess"] > 0).sum()),
        "pieces": round(float(planned["excess"].clip(lower=0).sum())),
        "doubt": int(cover["doubt"].eq(True).sum()),
    }


def festival_reading(factors: pd.DataFrame, moved: pd.DataFrame) -> dict:
    """What Spring Festival does to the months to come. factors: result table `festival_factors`; moved:
    `demand.moved_months`."""
    known = factors[factors["low"].notna()]
    known = known.assign(window="festival_" + known["window"])
    apart = moved[(moved["weight"] / moved["weight_year_ago"] - 1).abs() >= 0.03]  # less is no matter of planning
    return {
        "factors": known[["festival", "window", "factor", "low", "high"]].to_dict("records"),
        "moved": [
            {"month": row.month, "change": row.weight / row.weight_year_ago - 1}
            for row in apart.itertuples(index=False)
        ],
        "first": moved["month"].iloc[0],
        "last": moved["month"].iloc[-1],
    }


def corrections_reading(made: pd.DataFrame) -> dict:
    """Whether corrections were right. made: result table `plan_corrections_made`."""
    known = made[made["better"].notna()]
    return {
        "known": len(known),
        "better": int(known["better"].sum()),
        "models": sorted(known["product_id"].unique())[:_NAMED],
    }


def differences_reading(differences: pd.DataFrame) -> dict | None:
    """Where the year's plan is not the sum of the months'; None where it is. differences: `demand.year_differences`."""
    if differences.empty:
        return None
    first = differences.iloc[0]
    return {"models": len(differences), "model": first["product_id"], "difference": round(float(first["difference"]))}


def demand_finding(accuracy: pd.DataFrame, table: pd.DataFrame, company: pd.DataFrame) -> dict:
    """The card: how far off the plan is, and what comes. accuracy, company: result tables; table:
    `demand.company_months`."""
    plan = accuracy[(accuracy["level"] == "company") & (accuracy["plan_kind"] == "monthly")]
    ahead, sales = table[table["forecast"].notna()], company.iloc[0]
    return {
        "wape": float(plan["wape"].iloc[0]) if len(plan) else None,
        "bias": float(plan["bias"].iloc[0]) if len(plan) else None,
        "first": ahead["month"].iloc[0],
        "last": ahead["month"].iloc[-1],
        "pieces": round(float(ahead["forecast"].sum())),
        "quarter": sales["quarter"],
        "money": float(sales["forecast"]),
    }


def demand_method() -> dict:
    """How plans and forecasts are computed."""
    return {}


def _places(lines):
    return lines[["product_id", "period"]].head(_NAMED).to_dict("records")
