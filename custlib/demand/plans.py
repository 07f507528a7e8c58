"""Demand plans as they came: where they stand, which versions there were, and how right they turned out."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from custlib import reference, steps
from custlib.demand import checks, errors
from custlib.refusals import Refused

ANNUAL, MONTHLY, AD_HOC = KINDS = ("annual", "monthly", "ad_hoc")
FIELD = "demand_plan.plan_kind"
RELEASED, APPROVED = "released", "approved"
LEAST_LINES = 12  # of a person's plans, before anything is said of them
_LINE = ["plan_kind", "period", "product_id"]


def read(rows: pd.DataFrame, data_dir: str | Path | None = None) -> pd.DataFrame:
    """The lines of `facts.demand_plans` with keys in place of words: plan_kind (one of `KINDS`), status.

    Raises Refused (`plan_word`, `step_unknown`, `plan_period`), naming the line.
    """
    kinds, keys = reference.keys_of(FIELD, data_dir), steps.of("demand_plan", data_dir)
    kind, status = rows["plan_kind"].str.strip().map(kinds), rows["status"].str.strip()
    for _, row in rows[kind.isna()].iterrows():
        facts = {"file": row["file"], "line": row["line"], "value": row["plan_kind"]}
        raise Refused("plan_word", **facts, possible=", ".join(kinds))
    steps.check(rows.assign(thing=rows["file"], on=pd.NaT), keys, date.max.replace(year=2199))
    words = reference.words(keys[["status", *reference.LANGUAGES, "words"]], "steps.csv")
    plans = rows.assign(plan_kind=kind.astype("object"), status=status.map(words).astype("object"))
    checks.check_periods(plans)
    return plans


def lines(plans: pd.DataFrame, known: pd.DataFrame, day: date) -> pd.DataFrame:
    """Each planned line on a day: plan_kind, period, product_id, quantity (of its last version), status,
    days_in_status, late (released when its period had begun, or not released though it has; missing where no day
    is known), skipped_step (a step before its last is lacking).

    plans: as `read` gives them; known: `steps.of`.
    """
    if plans.empty:
        return pd.DataFrame(columns=[*_LINE, "quantity", "status", "days_in_status", "late", "skipped_step"])
    told = plans.assign(thing=plans[_LINE].agg("|".join, axis=1), on=plans["issued_on"])
    told = told[~(told["on"] > pd.Timestamp(day))]
    stands = steps.check(told, known, day)
    order = known["status"].tolist()
    told = told.assign(place=told["status"].map(order.index)).sort_values(["on", "place"], na_position="first")
    last = told.groupby("thing").tail(1).set_index("thing")
    begins = pd.to_datetime(last["period"].str[:7].where(last["period"].str.len() > 4, last["period"] + "-01"))
    final = np.where(last["plan_kind"] == AD_HOC, order.index(APPROVED), len(order) - 1)
    done = last["place"] >= final
    late = (done & (last["on"] >= begins)) | (~done & (begins <= pd.Timestamp(day)))
    late = late.astype("boolean").where(last["on"].notna())
    table = last[[*_LINE, "quantity"]].assign(
        status=stands["status"], days_in_status=stands["days"], late=late, skipped_step=stands["skipped"]
    )
    return table.sort_values(_LINE).reset_index(drop=True)


def status(of_lines: pd.DataFrame) -> pd.DataFrame:
    """The lines of `lines` together: plan_kind, period, lines, quantity, status, days_in_status (the longest), late,
    skipped_step; lines that are late or skipped a step are rows of their own."""
    by = ["plan_kind", "period", "status", "late", "skipped_step"]
    found = of_lines.groupby(by, dropna=False, sort=True).agg(
        lines=("product_id", "size"), quantity=("quantity", "sum"), days_in_status=("days_in_status", "max")
    )
    return found.reset_index()


def versions(plans: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Monthly plans by step: (product_id, month) × steps in their order, pieces; missing where a line has not the step.

    Of each step the last version issued before the month began counts, one without a day, too: what comes later could
    not be followed. An ad hoc plan counts once it is approved, from that step on.
    """
    named = plans[plans["plan_kind"].isin([MONTHLY, AD_HOC])]
    in_time = named["issued_on"].isna() | (named["issued_on"] < pd.to_datetime(named["period"]))
    named = named[in_time].sort_values("issued_on", na_position="first", kind="stable")
    wide = {kind: _wide(named[named["plan_kind"] == kind], known["status"]) for kind in (MONTHLY, AD_HOC)}
    later = wide[AD_HOC].loc[:, APPROVED:].ffill(axis=1)
    # an ad hoc line of a model that no monthly plan names is a plan, too
    both = wide[MONTHLY].reindex(wide[MONTHLY].index.union(later.index))
    both.loc[later.index, later.columns] = later.where(later.notna(), both.loc[later.index, later.columns])
    return both


def released(plans: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The last released lines of a kind of plan (of ad hoc ones: the last approved) that were issued before their
    period began: product_id, month (or year), planned, lag_months (from the month of issue), owner, reason."""
    final = [RELEASED, APPROVED] if kind == AD_HOC else [RELEASED]
    own = plans[(plans["plan_kind"] == kind) & plans["status"].isin(final)]
    begins = pd.to_datetime(own["period"].where(own["period"].str.len() > 4, own["period"] + "-01"))
    own = own.assign(begins=begins)[own["issued_on"].isna() | (own["issued_on"] < begins)]
    own = own.sort_values("issued_on", na_position="first", kind="stable").drop_duplicates(_LINE, keep="last")
    issued = own["issued_on"]
    lag = (own["begins"].dt.year - issued.dt.year) * 12 + own["begins"].dt.month - issued.dt.month
    table = own.rename(columns={"period": "month", "quantity": "planned"}).assign(lag_months=lag)
    return table[["product_id", "month", "planned", "lag_months", "owner", "reason"]].reset_index(drop=True)


def accuracy(plans: pd.DataFrame, months: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """How right released plans were, line by line together: level (company, category, product), name, plan_kind,
    lag_months (the usual one), months, actual, planned, wape, wape_low, wape_high (95 %, over redrawn months), bias,
    mase (of monthly plans), tracking_signal. Lines whose period is not over do not count.

    months: pieces, models × months (`facts.product_months`).
    """
    scale = (months.T.diff(12).T.abs()).mean(axis=1)
    parts = []
    for kind in KINDS:
        own = released(plans, kind)
        own = own.assign(actual=_came(own, months)).dropna(subset="actual")
        own = own.assign(
            category=own["product_id"].map(groups).fillna(""), company="", scale=own["product_id"].map(scale)
        )
        for level, by in (("company", "company"), ("category", "category"), ("product", "product_id")):
            for name, rows in own.groupby(by):
                parts.append({"level": level, "name": name, "plan_kind": kind} | _accuracy(rows, kind))
    columns = ["level", "name", "plan_kind", "lag_months", "months", "actual", "planned", "wape"]
    return pd.DataFrame(parts, columns=[*columns, "wape_low", "wape_high", "bias", "mase", "tracking_signal"])


def steps_value(
    of_steps: pd.DataFrame, forecasts: pd.Series, months: pd.DataFrame, groups: pd.Series, owners: pd.Series
) -> pd.DataFrame:
    """What each step added (`errors.value_added`), from last year's same month on: group, step, lines, wape,
    fva_points, low, high, verdict; group: "company", a category, or a person with 12 lines or more.

    of_steps: `versions`; forecasts: Series over (product_id, month), made before the draft; owners: over the same.
    """
    lines = of_steps.rename_axis(["product_id", "month"])
    flat = months.stack().rename_axis(["product_id", "month"])
    actual = flat.reindex(lines.index)
    year_before = lines.index.set_levels([str(pd.Period(month, "M") - 12) for month in lines.index.levels[1]], level=1)
    naive = flat.reindex(year_before).set_axis(lines.index) if len(lines) else actual
    both = pd.concat([forecasts.reindex(lines.index).rename("forecast"), lines], axis=1)
    category = lines.index.get_level_values(0).map(groups) if len(groups) else np.full(len(lines), None)
    owner = owners.reindex(lines.index).to_numpy()
    sets = [("company", np.full(len(lines), True))]
    sets += [(name, category == name) for name in sorted(set(category[pd.notna(category)]))]
    names = pd.Series(owner).dropna().value_counts()
    sets += [(name, owner == name) for name in sorted(names[names >= LEAST_LINES].index)]
    parts = [
        errors.value_added(both[of], actual[of], naive[of]).assign(group=name)
        for name, of in sets
        if (actual[of].notna() & naive[of].notna()).any()
    ]
    columns = ["group", "step", "lines", "wape", "fva_points", "low", "high", "verdict"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def owners(plans: pd.DataFrame) -> pd.Series:
    """Who made the monthly plan of each (product_id, month): who issued its last version."""
    own = plans[(plans["plan_kind"] == MONTHLY)].dropna(subset="owner").sort_values("issued_on", kind="stable")
    return own.groupby(["product_id", "period"])["owner"].last().rename_axis(["product_id", "month"])


def corrections(plans: pd.DataFrame, forecasts: pd.Series, months: pd.DataFrame) -> pd.DataFrame:
    """Where an ad hoc plan changed a released monthly one: product_id, month, planned, corrected, forecast, actual,
    better (nearer to what came; missing while that is unknown), reason (the kind of plan)."""
    keys = ["product_id", "month"]
    found = released(plans, AD_HOC).merge(released(plans, MONTHLY), on=keys, suffixes=("_corrected", ""))
    found = found.rename(columns={"planned_corrected": "corrected"}).assign(actual=_came(found, months), reason=AD_HOC)
    found["forecast"] = forecasts.reindex(pd.MultiIndex.from_frame(found[keys])).to_numpy()
    nearer = (found["corrected"] - found["actual"]).abs() < (found["planned"] - found["actual"]).abs()
    found["better"] = nearer.astype("boolean").where(found["actual"].notna())
    return found[[*keys, "planned", "corrected", "forecast", "actual", "better", "reason"]]


def against_forecast(planned: pd.DataFrame, ranges: pd.DataFrame, prices: pd.Series) -> pd.DataFrame:
    """Plans beside the forecast of the same months: product_id, month, planned, forecast, low, high, inside,
    money_at_risk (pieces outside × mean net price), reason (as the planner wrote), the largest first; only lines that
    both have.

    planned: product_id, month, planned, reason; ranges: `outlook.with_ranges`.
    """
    both = planned.merge(ranges, on=["product_id", "month"])
    outside = np.maximum(both["planned"] - both["high"], both["low"] - both["planned"])
    both["inside"] = (outside <= 0).astype("boolean").where(outside.notna())
    both["money_at_risk"] = outside.clip(lower=0) * both["product_id"].map(prices).astype("float64")
    both = both.sort_values(["money_at_risk", "product_id", "month"], ascending=[False, True, True], ignore_index=True)
    return both[["product_id", "month", "planned", "forecast", "low", "high", "inside", "money_at_risk", "reason"]]


def cover(flow: pd.DataFrame, planned: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """What stores hold beside what they sell on and what is planned: product_id, as_of, stock_pieces, sold_through (a
    month), cover_months, usual_cover (median of the counts before), plan_pieces, excess, doubt; by excess.

    flow: `facts.product_flow`, of which the last count before the planned months counts; planned: product_id, month,
    planned. excess = stock + plan − (horizon + usual cover) × sold-through a month. doubt: sold-through below 0; then
    there is no cover.
    """
    columns = ["product_id", "as_of", "stock_pieces", "sold_through", "cover_months", "usual_cover"]
    columns += ["plan_pieces", "excess", "doubt"]
    flow = flow.assign(to=pd.to_datetime(flow["to"]), opened=pd.to_datetime(flow["from"]))
    if len(planned):
        flow = flow[flow["to"] < pd.to_datetime(planned["month"]).min()]
    if flow.empty:
        return pd.DataFrame(columns=columns)
    months = (flow["to"] - flow["opened"]).dt.days / (365.25 / 12)
    flow["sold_through"] = flow["sold_through"] / months
    flow["cover_months"] = flow["closing"] / flow["sold_through"].where(flow["sold_through"] > 0)
    last = flow["to"] == flow["to"].max()
    usual = flow[~last].groupby("product_id")["cover_months"].median()
    found = flow[last].rename(columns={"closing": "stock_pieces"})
    found = found.assign(as_of=found["to"].dt.date, doubt=found["sold_through"] < 0)
    found["usual_cover"] = found["product_id"].map(usual)
    # a model with fewer planned months than asked for is compared over those
    pieces = (
        planned.groupby("product_id")["planned"].agg(["sum", "size"]).reindex(found["product_id"]).set_axis(found.index)
    )
    found["plan_pieces"], needed = pieces["sum"], pieces["size"].clip(upper=horizon) + found["usual_cover"]
    excess = found["stock_pieces"] + found["plan_pieces"] - needed * found["sold_through"]
    found["excess"] = excess.where(~found["doubt"])
    return found[columns].sort_values(["excess", "product_id"], ascending=[False, True], ignore_index=True)


def year_differences(plans: pd.DataFrame) -> pd.DataFrame:
    """Models whose annual plan is not the sum of their twelve monthly ones: product_id, year, annual, monthly,
    difference; the largest first. A question, no error: annual plans come first."""
    annual, monthly = (released(plans, kind) for kind in (ANNUAL, MONTHLY))
    sums = monthly.assign(year=monthly["month"].str[:4]).groupby(["product_id", "year"])["planned"].agg(["sum", "size"])
    both = annual.rename(columns={"month": "year", "planned": "annual"}).join(sums, on=["product_id", "year"])
    both = both[both["size"] == 12].rename(columns={"sum": "monthly"})
    both["difference"] = both["monthly"] - both["annual"]
    both = both[both["difference"] != 0].sort_values("difference", key=abs, ascending=False, kind="stable")
    return both[["product_id", "year", "annual", "monthly", "difference"]].reset_index(drop=True)


def _wide(rows, order):
    last = rows.drop_duplicates(["product_id", "period", "status"], keep="last")
    index = pd.MultiIndex.from_frame(last[["product_id", "period"]], names=["product_id", "month"])
    wide = last.set_axis(index).set_index("status", append=True)["quantity"].unstack("status")
    return wide.reindex(columns=list(order)).astype("float64")


def _came(rows, months):
    """What came in the month or year of each line; missing unless all of it is over and known."""
    years = months.T.groupby([month[:4] for month in months.columns]).sum(min_count=12).T
    both = pd.concat([months, years], axis=1).stack()
    return both.reindex(pd.MultiIndex.from_frame(rows[["product_id", "month"]])).to_numpy()


def _accuracy(rows, kind):
    actual, planned = rows["actual"].to_numpy(), rows["planned"].to_numpy()
    low, high = errors.redrawn(actual, planned, rows["month"])
    sums = errors.by_month(rows[["actual", "planned"]].to_numpy(), rows["month"])
    scaled = (abs(rows["planned"] - rows["actual"]) / rows["scale"].where(rows["scale"] > 0)).mean()
    return {
        "lag_months": rows["lag_months"].median() // 1 if rows["lag_months"].notna().any() else None,
        "months": len(sums) * (12 if kind == ANNUAL else 1),
        "actual": actual.sum(),
        "planned": planned.sum(),
        "wape": errors.wape(actual, planned),
        "wape_low": low,
        "wape_high": high,
        "bias": errors.bias(actual, planned),
        "mase": scaled if kind != ANNUAL else np.nan,
        "tracking_signal": errors.tracking_signal(*sums.T),
    }
