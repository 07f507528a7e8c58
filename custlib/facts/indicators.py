"""What each customer bought, paid and earned in a quarter, and the three indicators; summed exactly in the engine."""

from dataclasses import dataclass

import pandas as pd

from custlib import absent, quarters
from custlib.cleaning import Clean
from custlib.facts.sums import SUMS, frame, known_profit, of_customers, once, summed
from custlib.refusals import Refused

INDICATORS = ("size", "contribution", "brand_share")
_MONEY = ("net_sales", "gross_profit", "payments", "brand_profit", "total_profit")
SHARE_HOLDS = 4  # quarters for which a brand share stands in for a missing statement; ours


@dataclass(frozen=True)
class Indicators:
    """The three indicators of one quarter's customers.

    table: one row per customer that bought or paid (index customer_id, sorted); columns size and contribution (yuan),
    brand_share (our brand's share of the customer's own profit; where the quarter's statement is missing the last one
    known, at most `SHARE_HOLDS` quarters old; NaN where that profit is zero or less), as far as the data allow.
    share_of: the quarter that each brand share is of, "" where there is none.
    amounts: the rows and columns of table in yuan; behind brand_share stands what the customer earned with our brand
    in the quarter, NaN where it is not stated; without brand_share if nobody's is. size_is: "payments" or "net_sales".
    missing: indicators that cannot be computed.
    """

    table: pd.DataFrame
    share_of: pd.Series
    amounts: pd.DataFrame
    size_is: str
    missing: tuple


def check_quarter(clean: Clean, quarter: str, unfinished: bool = False):
    """Refuse a quarter outside the data (`quarter_outside_data`), or not filled by them (`quarter_unfinished`), or
    data that lack a month up to its end (`quarter_has_gaps`) unless allowed."""
    asked = quarters.parse(quarter)
    if "sales" not in clean.names:
        raise Refused("missing_table", table="sales", needed_by="the_report")
    if not clean.has("sales"):
        raise Refused("no_rows", table="sales", why=clean.why_aside("sales"))
    first, last = clean.period
    if asked.last_day < first or asked.first_day > last:
        raise Refused("quarter_outside_data", quarter=asked, first=first, last=last)
    if unfinished:
        return
    if asked.first_day < first or last < asked.last_day:
        raise Refused("quarter_unfinished", quarter=asked, first=first, last=last)
    if lacking := absent.missing(clean, quarter):
        months = ", ".join(f'"{month}"' for month in sorted({text.split()[1] for text in lacking}))
        raise Refused("quarter_has_gaps", quarter=asked, gaps=", ".join(absent.spans(lacking)), months=months)


@once
def customer_quarters(clean: Clean) -> pd.DataFrame:
    """One row per quarter and customer that bought, paid or stated a profit, sorted by both.

    Columns in yuan: net_sales, gross_profit, payments (0 where nothing happened; NaN where the exports do not hold the
    figure: of gross profit, where they hold no cost), brand_profit, total_profit (NaN where not stated). Lines without
    a customer are left out, and so are fees (`fees.csv`): nobody is a large customer by its postage.
    """
    parts = [_sales(clean)]
    if clean.has("payments"):
        parts.append(_payments(clean))
    if clean.has("dealer_profit"):
        parts.append(_statements(clean))
    together = pd.concat(parts, axis=1).reset_index().sort_values(["quarter", "customer_id"], ignore_index=True)
    idle = together["net_sales"].isna()
    for column in ("net_sales", *(["payments"] if clean.has("payments") else [])):
        together[column] = together[column].fillna(0.0)
    # Whoever bought at an unknown cost brought an unknown profit, not none.
    if together["gross_profit"].notna().any():
        together.loc[idle, "gross_profit"] = 0.0
    return together.reindex(columns=["quarter", "customer_id", *_MONEY])


def indicators(clean: Clean, quarter: str) -> Indicators:
    """The three indicators of the customers that bought or paid in one quarter; see `Indicators`."""
    return _indicators(clean, _of(with_last_share(customer_quarters(clean)), quarter))


def indicator_history(clean: Clean, quarter: str) -> dict[str, Indicators]:
    """Quarter → `Indicators`, oldest first: each quarter up to `quarter` that is `whole`, and that one itself."""
    rows, asked = with_last_share(customer_quarters(clean)), quarters.parse(quarter)
    earlier = [name for name in rows.loc[active(rows), "quarter"].unique() if quarters.parse(name) < asked]
    held = absent.whole(clean, earlier)
    return {name: _indicators(clean, _of(rows, name)) for name in [*held, quarter]}


def year_together(clean: Clean, quarter: str) -> pd.DataFrame | None:
    """The indicators over the last four quarters together, of the customers active in `quarter`: size and contribution
    summed, brand share of the summed profits (the last one known if none of the four is stated). Returns a DataFrame as
    `Indicators.table`, or None where not all four quarters are `whole`."""
    four = [str(each) for each in quarters.span(quarters.parse(quarter), 4)]
    if absent.whole(clean, four) != four:
        return None
    rows = with_last_share(customer_quarters(clean))
    last = _of(rows, quarter)[["brand_share", "brand_share_of"]]
    rows = rows[rows["quarter"].isin(four) & rows["customer_id"].isin(last.index)]
    stated = rows[["brand_profit", "total_profit"]].where(rows[["brand_profit", "total_profit"]].notna().all(axis=1))
    by_customer = rows.assign(**stated).groupby("customer_id")
    sums = by_customer[["net_sales", "payments", "brand_profit", "total_profit"]].sum(min_count=1)
    profit = by_customer["gross_profit"].sum(skipna=False)
    share = brand_share(sums).where(sums["total_profit"].notna(), last["brand_share"])
    year = sums.assign(gross_profit=profit, brand_share=share, brand_share_of=last["brand_share_of"])
    return _indicators(clean, year).table


def systems(who: pd.DataFrame, system: str) -> pd.Series:
    """Customer → the system of customers within which it is judged: Series of names, "" where it is not known.

    who: as `customers` gives it; system: "company" (all are one), "region" or "account_manager". Raises ValueError for
    another.
    """
    if system == "company":
        return pd.Series("", who.index)
    if system not in ("region", "account_manager"):
        raise ValueError(
            f"customers are judged within the company, a region or an account_manager, not within “{system}”"
        )
    return who[system]


def known_weights(table: pd.DataFrame, weights: dict[str, float]) -> dict[str, float] | None:
    """The weights of those indicators that a table holds, None (all equal) where none is given.

    Raises ValueError for a name that is no indicator.
    """
    if strange := sorted(set(weights) - set(INDICATORS)):
        raise ValueError(f"no indicator is called {', '.join(strange)}; there are {', '.join(INDICATORS)}")
    return {name: weights.get(name, 0) for name in table} if weights else None


def check_weights(clean: Clean, quarter: str, weights: dict[str, float]):
    """Refuse (`absent_weights`) weights of which none counts: what has one cannot be computed for the quarter.

    weights: indicator → weight; empty: all equal.
    """
    known = indicators(clean, quarter).table.columns if weights else ()
    if weights and not any(weights.get(name) for name in known):
        named = ", ".join(filter(weights.get, weights))
        raise Refused("absent_weights", quarter=quarter, named=named, known=", ".join(known))


def missing_indicators(indicators: Indicators) -> pd.DataFrame:
    """What an `Indicators` lacks: indicator, stands_for (what it shows instead, or ""), reason (what is missing)."""
    lacks = {"contribution": "cost", "brand_share": "dealer_profit"}
    rows = [(name, "", lacks[name]) for name in indicators.missing]
    if indicators.size_is != "payments":
        rows.insert(0, ("size", indicators.size_is, "payments"))
    return pd.DataFrame(rows, columns=["indicator", "stands_for", "reason"])


def _indicators(clean, rows):
    size_is = "payments" if clean.has("payments") else "net_sales"
    columns = {"size": rows[size_is], "contribution": rows["gross_profit"], "brand_share": rows["brand_share"]}
    missing = tuple(name for name in INDICATORS if columns[name].isna().all())
    table = pd.DataFrame(columns).drop(columns=list(missing))
    amounts = pd.DataFrame(columns | {"brand_share": rows["brand_profit"]})[table.columns]
    return Indicators(table, rows["brand_share_of"], amounts.dropna(axis="columns", how="all"), size_is, missing)


def _of(rows, quarter):
    return rows[(rows["quarter"] == quarter) & active(rows)].set_index("customer_id")


def active(rows: pd.DataFrame) -> pd.Series:
    """Which rows of `customer_quarters` show a purchase or a payment (boolean Series)."""
    return rows[["net_sales", "payments"]].fillna(0).ne(0).any(axis=1)


def brand_share(rows: pd.DataFrame) -> pd.Series:
    """Our brand's share of each customer's own profit; NaN where the customer earned nothing."""
    earned = rows["total_profit"].where(rows["total_profit"] > 0)
    return rows["brand_profit"] / earned


def with_last_share(rows: pd.DataFrame) -> pd.DataFrame:
    """`customer_quarters` with brand_share and brand_share_of, the quarter that it is of ("" where there is none).

    rows: as `customer_quarters` returns them. Where a quarter's statement is missing, the customer's last known share
    counts, for `SHARE_HOLDS` quarters; a statement of no profit at all is not missing, and leaves the share unknown.
    """
    share, number = brand_share(rows), rows["quarter"].map(lambda name: int(name[:4]) * 4 + int(name[-1]))
    own = pd.DataFrame({"share": share, "of": rows["quarter"], "number": number}).where(share.notna())
    last = own.groupby(rows["customer_id"]).ffill()
    missing = rows[["brand_profit", "total_profit"]].isna().any(axis=1) & (number - last["number"] <= SHARE_HOLDS)
    return rows.assign(
        brand_share=share.where(~missing, last["share"]),
        brand_share_of=own["of"].where(~missing, last["of"]).fillna(""),
    )


@once
def customers(clean: Clean) -> pd.DataFrame:
    """Who the customers are: index customer_id, columns name, region, store_format, area_type, account_manager (text,
    "" where unknown). A customer that bought or paid but is not in the list goes by its id; of one listed twice the
    first line counts."""
    columns = ["name", "region", "store_format", "area_type", "account_manager"]
    listed_rows = pd.DataFrame(columns=columns, dtype="str")
    if clean.has("customers"):
        listed = clean.table("customers").order_by("file", "sheet", "line").select("customer_id", *columns)
        # Without a declared key an id may stand twice (contract `key_repeated`): the first line speaks for it.
        listed_rows = listed.to_pandas().drop_duplicates("customer_id").set_index("customer_id")
    active_ids = customer_quarters(clean)["customer_id"].unique()
    rows = listed_rows.reindex(listed_rows.index.union(active_ids)).rename_axis("customer_id").fillna("").sort_index()
    return rows.assign(name=rows["name"].where(rows["name"] != "", rows.index))


def _sales(clean):
    sums = summed(of_customers(clean), "date", "customer_id", **SUMS)
    return known_profit(frame(sums, ["quarter", "customer_id"]))


def _payments(clean):
    paid = summed(clean.table("payments"), "date", "customer_id", payments=lambda t: t.amount.sum())
    return frame(paid, ["quarter", "customer_id"])


def _statements(clean):
    # Two customers that were merged stated a profit each.
    by_customer = clean.table("dealer_profit").group_by("quarter", "customer_id")
    profits = {name: lambda t, name=name: t[name].sum() for name in ("brand_profit", "total_profit")}
    return frame(by_customer.agg(**profits), ["quarter", "customer_id"])
