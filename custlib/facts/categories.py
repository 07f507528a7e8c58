"""What each customer bought of each category, month by month; summed exactly in the engine."""

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.sums import between, by_category, frame, in_floats, of_customers, priced

WEEK = 7  # days before the end of a month in which a count counts for it

_KEYS = ["customer_id", "category", "month"]
_WRITTEN = ["promotion", "customer_id", "kind", "starts_on", "ends_on"]
_PROMOTIONS = ["promotion", "customer_id", "category", "kind", "starts_on", "ends_on", "discount", "cost"]


def category_months(clean: Clean, quarter: str, span: int = 4) -> pd.DataFrame:
    """What each customer bought of each category in each month of `span` quarters up to `quarter`, sorted.

    Columns: customer_id, category ("" where the product list does not tell) and month ("2025-11"), all as categories;
    pieces, at_list (pieces × list price), net_sales (all with returns taken off), cost (yuan; missing where that of
    one line is). Months without a line have no row; fees are left out.
    """
    asked = quarters.parse(quarter)
    rows = between(of_customers(clean), asked.previous(span - 1).first_day, asked.last_day)
    rows = _in_categories(clean, rows).mutate(month=lambda t: t.date.cast("string").substr(0, 7))
    sums = rows.group_by(_KEYS).agg(
        pieces=rows.quantity.sum(),
        at_list=rows.at_list.sum(),
        net_sales=rows.net_amount.sum(),
        cost=rows.cost.sum(),
        at_unknown_cost=rows.cost.isnull().sum(),
    )
    found = by_category(sums, _KEYS)
    return found.assign(cost=found["cost"].where(found["at_unknown_cost"] == 0)).drop(columns="at_unknown_cost")


def counted_months(clean: Clean, quarter: str, span: int = 4) -> pd.DataFrame:
    """What each customer had of each category when its stock was counted at the end of a month (in its last week), in
    `span` quarters up to `quarter`: customer_id, category, month, at_list, sorted; empty without counts."""
    if not clean.has("inventory"):
        return pd.DataFrame(columns=[*_KEYS, "at_list"]).astype({"at_list": "float64"})
    asked = quarters.parse(quarter)
    rows = between(clean.table("inventory"), asked.previous(span - 1).first_day, asked.last_day, "snapshot_date")
    rows = _in_categories(clean, rows).mutate(month=lambda t: t.snapshot_date.cast("string").substr(0, 7))
    sums = rows.group_by([*_KEYS, "snapshot_date"]).agg(at_list=lambda t: t.at_list.sum())
    found = frame(sums, [*_KEYS, "snapshot_date"]).reset_index()
    day = pd.to_datetime(found["snapshot_date"])
    found = found[day.dt.days_in_month - day.dt.day < WEEK]
    return found.drop_duplicates(_KEYS, keep="last").drop(columns="snapshot_date")


def _in_categories(clean, rows):
    """The rows with at_list and category, "" where it is not known."""
    if clean.has("products"):
        return priced(clean, rows, "category").mutate(category=lambda t: t.category.coalesce(""))
    return rows.mutate(category=rows.customer_id.substr(0, 0), at_list=rows.quantity.nullif(rows.quantity))


def promotions(clean: Clean, quarter: str) -> pd.DataFrame:
    """The promotions that began by the end of a quarter, a row per promotion and customer, sorted by both.

    Columns: promotion, customer_id ("" for all customers), category (that of the model where a model is promoted; ""
    where neither is known), kind (text of the exports), starts_on, ends_on (days), discount (0 to 1), cost (yuan), both
    0 where nothing is written. Those that end before they begin are left out. Empty without promotions.
    """
    if not clean.has("promotions"):
        return pd.DataFrame(columns=_PROMOTIONS)
    rows = clean.table("promotions")
    rows = rows.filter((rows.starts_on <= quarters.parse(quarter).last_day) & (rows.starts_on <= rows.ends_on))
    if clean.has("products") and "product_id" in rows.columns:
        listed = clean.table("products").group_by("product_id").agg(own=lambda t: t.category.min())
        rows = rows.left_join(listed, "product_id")
    found = in_floats(rows).to_pandas().rename(columns={"promotion_id": "promotion"})
    found = found.reindex(columns=[*_WRITTEN, "category", "own", "discount_share", "cost"])
    money = {"discount": found["discount_share"], "cost": found["cost"]}
    money = {name: pd.to_numeric(values).fillna(0.0).astype("float64") for name, values in money.items()}
    category = found["category"].fillna(found["own"]).fillna("").astype("str")
    found = found[_WRITTEN].assign(category=category, **money, customer_id=found["customer_id"].fillna(""))
    return found.drop_duplicates().sort_values(["promotion", "customer_id"], ignore_index=True)[_PROMOTIONS]
