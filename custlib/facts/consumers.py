"""What each consumer bought: features for segments, and money by quarter; summed exactly in the engine."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from custlib import absent, quarters
from custlib.cleaning import Clean
from custlib.facts.sums import between, priced, user_files

if TYPE_CHECKING:
    import ibis

WINDOW = 4  # quarters: a rolling year, so that no season weighs on one consumer more than on another
NEW_DAYS = 500  # a model launched less than this before the purchase is new
PROMOTED = 10  # a purchase is promoted if a tenth or more was taken off
FESTIVAL_MONTHS = (1, 2)  # Spring Festival
BARGAIN_MONTHS = (6, 11)  # the shopping festivals
MOST_CONSUMERS = 50_000  # consumers whose features leave the engine; of more a sample does
CATEGORIES = 12  # so many categories, the largest by list value, are features of their own

_TEXTS = ["store_format"]
_QUARTERS = ["consumer_id", "quarter", "purchases", "money"]
_MONTHS = ["consumer_id", "month", "purchases", "money"]


def consumer_features(clean: Clean, quarter: str, window: int = WINDOW, share: float = 1.0) -> pd.DataFrame:
    """One row per consumer with a purchase in the `window` quarters up to `quarter`; index consumer_id, sorted.

    Where the data begin later, what there is. Columns, as far as the exports tell (the others are left out):
    recency_days (from the last purchase to the last day, or to where the data end before it), frequency (purchases),
    money (paid, yuan; returns taken off), quantity (pieces a purchase), festival_share and bargain_share (of what was
    paid, in months 1, 2 and 6, 11); with a product list list_price (mean of a piece, yuan), price_paid (paid ÷ list
    price), novelty (share of pieces of models launched less than 500 days before), category_<as exported> (share of
    list value; beyond the 12 largest together in other_categories); with discounts discount_share (discount ÷ list),
    promoted_share (purchases at a tenth off or more) and promoted_pieces (pieces a purchase when promoted less those
    when not; NaN without both kinds); with user files tenure_days (since registration) and store_format (of the dealer,
    as exported; "" where not known). But for money, returns do not count. No personal column is used.
    share: below 1 only about such a share of the consumers, see `consumer_share`.
    """
    rows = feature_rows(clean, quarter, window, share)
    if rows is None:
        return pd.DataFrame(index=pd.Index([], name="consumer_id", dtype="str"))
    features = rows.order_by("consumer_id").to_pandas().set_index("consumer_id")
    texts = [column for column in _TEXTS if column in features]
    features[texts] = features[texts].fillna("")
    numbers = features.columns.difference(texts)
    features[numbers] = features[numbers].astype("float64")
    return features.dropna(axis="columns", how="all")


def consumer_share(clean: Clean, quarter: str, most: int = MOST_CONSUMERS, window: int = WINDOW) -> float:
    """The share of the consumers with a purchase in the `window` quarters up to `quarter` that are about `most` of
    them; 1.0 where they are no more. Who is in it is drawn by the id, so it is the same people in each quarter."""
    if not clean.has("purchases"):
        return 1.0
    asked = quarters.parse(quarter)
    rows = between(clean.table("purchases"), asked.previous(window - 1).first_day, asked.last_day)
    number = int(rows.consumer_id.nunique(where=rows.quantity > 0).to_pandas())
    return min(1.0, most / max(number, 1))


def consumer_sums(clean: Clean, quarter: str) -> pd.DataFrame:
    """frequency and money of `consumer_features` of all consumers, where the other features stay in the engine."""
    rows, columns = feature_rows(clean, quarter), ["consumer_id", "frequency", "money"]
    if rows is None:
        return pd.DataFrame(columns=columns).set_index("consumer_id")
    return rows.select(columns).order_by("consumer_id").to_pandas().set_index("consumer_id")


def consumer_history(clean: Clean, quarter: str, window: int = WINDOW, share: float = 1.0) -> dict[str, pd.DataFrame]:
    """Quarter → its `consumer_features`, oldest first, for each quarter up to `quarter` with a purchase in its window,
    and for that one itself."""
    asked, names = quarters.parse(quarter).previous(), [quarter]
    while clean.has("purchases") and clean.data_from and asked.last_day >= clean.data_from:
        names, asked = [str(asked), *names], asked.previous()
    history = {name: consumer_features(clean, name, window, share) for name in names}
    return {name: features for name, features in history.items() if len(features) or name == quarter}


def feature_rows(clean: Clean, quarter: str, window: int = WINDOW, share: float = 1.0) -> "ibis.Table | None":
    """The same as an expression, so that millions of consumers stay in the engine; None without a purchase."""
    if not clean.has("purchases"):
        return None
    asked = quarters.parse(quarter)
    first, last = asked.previous(window - 1).first_day, asked.last_day
    rows = priced(clean, between(clean.table("purchases"), first, last), "category", "launched_on")
    end = min(last, clean.data_until) if clean.data_until else last
    mix = _by_category(rows, rows.quantity > 0)
    if share < 1:
        rows = rows.filter(rows.consumer_id.hexdigest("md5") < f"{int(share * 16**8):08x}")
    sums = _sums(rows, rows.quantity > 0) | {name: amount(rows) for name, amount in mix.items()}
    by = rows.group_by("consumer_id").agg(**sums)
    by = by.filter(by.purchases > 0)
    return _with_files(clean, by.select(consumer_id=by.consumer_id, **_features(by, end)), end)


def consumer_quarters(clean: Clean, quarter: str) -> pd.DataFrame:
    """What each consumer paid in each quarter up to `quarter`: consumer_id, quarter, purchases, money (yuan, returns
    taken off); one row per consumer and quarter with a purchase or a return, sorted; empty where no purchase was
    exported."""
    if not clean.has("purchases"):
        return pd.DataFrame(columns=_QUARTERS).astype({"purchases": "int64", "money": "float64"})
    rows = clean.table("purchases")
    rows = rows.filter(rows.date <= quarters.parse(quarter).last_day)
    rows = rows.mutate(quarter=rows.date.year().cast("string") + "Q" + rows.date.quarter().cast("string"))
    return _paid(rows, "quarter")[_QUARTERS].astype({"purchases": "int64"})


def known_quarters(clean: Clean, table: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The rows of `consumer_quarters` without the quarters of which the exports lack a month of purchases: what they
    hold is not all that was bought."""
    months = (text.split()[1] for text in absent.missing(clean, quarter, ["purchases"]))
    return table[~table["quarter"].isin({str(quarters.of_month(month)) for month in months})]


def consumer_months(clean: Clean, quarter: str, window: int = WINDOW) -> pd.DataFrame:
    """The same by month of the year, over `window` quarters up to `quarter`: consumer_id, month, purchases, money."""
    if not clean.has("purchases"):
        return pd.DataFrame(columns=_MONTHS).astype({"month": "int64", "purchases": "int64", "money": "float64"})
    asked = quarters.parse(quarter)
    rows = between(clean.table("purchases"), asked.previous(window - 1).first_day, asked.last_day)
    rows = rows.mutate(month=rows.date.month())
    return _paid(rows, "month")[_MONTHS].astype({"month": "int64", "purchases": "int64"})


def _paid(rows, period):
    """Purchases and money by consumer and period, sorted."""
    sums = rows.group_by("consumer_id", period).agg(
        purchases=rows.purchase_id.nunique(where=rows.quantity > 0), money=rows.paid_amount.sum().cast("float64")
    )
    return sums.order_by("consumer_id", period).to_pandas()


def _sums(rows, bought):
    """Exact sums by consumer. bought: which rows are purchases, not returns."""
    month, off = rows.date.month(), rows.discount_amount
    promoted = bought & (off * PROMOTED >= rows.paid_amount + off) & (off > 0)
    plain = bought & ~promoted.coalesce(False)
    sums = {
        "last": rows.date.max(where=bought),
        "purchases": rows.purchase_id.nunique(where=bought),
        "money": rows.paid_amount.sum(),
        "paid": rows.paid_amount.sum(where=bought),
        "pieces": rows.quantity.sum(where=bought),
        "festival": rows.paid_amount.sum(where=bought & month.isin(FESTIVAL_MONTHS)),
        "bargain": rows.paid_amount.sum(where=bought & month.isin(BARGAIN_MONTHS)),
        "off": off.sum(where=bought),
        "off_known": rows.paid_amount.sum(where=bought & off.notnull()),
        "with_discount": rows.purchase_id.nunique(where=bought & off.notnull()),
        "promoted": rows.purchase_id.nunique(where=promoted),
        "promoted_pieces": rows.quantity.sum(where=promoted),
        "plain": rows.purchase_id.nunique(where=plain & off.notnull()),
        "plain_pieces": rows.quantity.sum(where=plain & off.notnull()),
    }
    if "at_list" not in rows.columns:
        return sums
    priced, dated = bought & (rows.at_list > 0), bought & rows.launched_on.notnull()
    new = _days(rows.date) - _days(rows.launched_on) < NEW_DAYS
    return sums | {
        "at_list": rows.at_list.sum(where=priced),
        "priced": rows.quantity.sum(where=priced),
        "paid_priced": rows.paid_amount.sum(where=priced),
        "dated": rows.quantity.sum(where=dated),
        "new": rows.quantity.sum(where=dated & new),
    }


def _by_category(rows, bought):
    """List value by category, column → its sum over rows: the largest categories of the window, and all others
    together."""
    if "at_list" not in rows.columns:
        return {}
    priced = rows.filter(bought & (rows.at_list > 0) & rows.category.notnull())
    totals = priced.group_by("category").agg(total=priced.at_list.sum())
    names = totals.order_by(totals.total.desc(), "category").to_pandas()["category"].tolist()
    of = {f"category_{name}": [name] for name in sorted(names[:CATEGORIES])}
    if len(names) > CATEGORIES:
        of["other_categories"] = names[CATEGORIES:]
    return {name: partial(_at_list, categories=own) for name, own in of.items()}


def _at_list(rows, categories):
    return rows.at_list.sum(where=(rows.quantity > 0) & (rows.at_list > 0) & rows.category.isin(categories))


def _features(by, end):
    """The sums of each consumer as features."""
    features = {
        "recency_days": (_day(end) - _days(by.last)).cast("float64"),
        "frequency": by.purchases.cast("float64"),
        "money": by.money.cast("float64"),
        "quantity": _ratio(by.pieces, by.purchases),
        "festival_share": _share(by.festival, by.paid),
        "bargain_share": _share(by.bargain, by.paid),
        "discount_share": _ratio(by.off, by.off_known + by.off),
        "promoted_share": _share(by.promoted, by.with_discount),
        "promoted_pieces": _ratio(by.promoted_pieces, by.promoted) - _ratio(by.plain_pieces, by.plain),
    }
    if "at_list" in by.columns:
        features["list_price"] = _ratio(by.at_list, by.priced)
        features["price_paid"] = _ratio(by.paid_priced, by.at_list)
        features["novelty"] = _share(by.new, by.dated)
    mix = [name for name in by.columns if name.startswith("category_") or name == "other_categories"]
    return features | {name: _share(by[name], by.at_list) for name in mix}


def _with_files(clean, features, end):
    """With what the user file and the dealer's list tell."""
    if not clean.has("consumers"):
        return features
    features = features.left_join(user_files(clean, "registered_on"), "consumer_id").drop("consumer_id_right")
    tenure = (_day(end) - _days(features.registered_on)).cast("float64")
    features = features.mutate(tenure_days=tenure).drop("registered_on")
    if not clean.has("customers"):
        return features.drop("customer_id")
    stores = clean.table("customers")
    stores = stores.group_by("customer_id").agg(store_format=stores.store_format.min())
    return features.left_join(stores, "customer_id").drop("customer_id_right", "customer_id")


def _share(part, whole):
    """A part of a whole, 0 where there is no part; null where there is no whole."""
    return _ratio(part.coalesce(0), whole)


def _ratio(part, whole):
    """Two exact sums divided, null where the lower is not above zero."""
    whole = whole.cast("float64")
    return part.cast("float64") / (whole > 0).ifelse(whole, None)


def _days(day):
    """A day's number: engines differ in how they take one date from another."""
    return day.cast("timestamp").epoch_seconds() // 86_400


def _day(day):
    """The same of a day that is given."""
    return (day - type(day)(1970, 1, 1)).days
