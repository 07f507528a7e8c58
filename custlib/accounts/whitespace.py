"""What customers like it buy that a customer does not buy from us."""

import math

import pandas as pd

from custlib import quarters

ENOUGH = 10  # look-alikes, for a customer's profit to be said
YEAR = 4  # quarters


def whitespace(sales_by_category: pd.DataFrame, alike: pd.DataFrame, margins: pd.Series) -> pd.DataFrame:
    """The categories of which each customer buys less than most customers like it; result table `whitespace`.

    sales_by_category: customer_id, category ("" where unknown), net_sales (yuan, of four quarters), any number of rows
    of each. alike: `facts.look_alikes`. margins: customer → its own brand profit ÷ net sales, see `margins`.
    expected: the customer's net sales × the median share of the category in the net sales of its look-alikes; low,
    high: the same with the quartiles. Listed where bought < low, by customer, the largest gap first. The customer's
    profit on what it lacks, up to low and up to high, is missing without a statement (`no_statement`) and with fewer
    than ten look-alikes (`few_alike`), as `reason` says. A comparison, no forecast: its shoppers may want other things.
    """
    sales = sales_by_category.pivot_table("net_sales", "customer_id", "category", "sum").fillna(0.0)
    sales = sales.set_axis(sales.index.astype("str")).set_axis(sales.columns.astype("str"), axis=1)
    total = sales.sum(axis=1)
    shares = sales.loc[total > 0].div(total[total > 0], axis=0).drop(columns="", errors="ignore")
    pairs = alike[alike["customer_id"].isin(shares.index) & alike["like"].isin(shares.index)]
    of_alike = shares.loc[pairs["like"]].groupby(pairs["customer_id"].to_numpy())
    expected = {
        name: of_alike.quantile(part).stack() for name, part in {"expected": 0.5, "low": 0.25, "high": 0.75}.items()
    }
    rows = pd.DataFrame(expected).rename_axis(["customer_id", "category"])
    rows = rows.mul(total, axis=0, level="customer_id").join(sales.stack().rename("bought"))
    rows = rows[rows["bought"] < rows["low"]].reset_index()
    return _in_profit(rows, pairs["customer_id"].value_counts(), margins)


def _in_profit(rows, counts, margins):
    look_alikes = rows["customer_id"].map(counts).astype("int64")
    margin = rows["customer_id"].map(margins).astype("float64")  # of no row: no text either
    few = look_alikes < ENOUGH
    reason = pd.Series("", rows.index).mask(margin.isna(), "no_statement").mask(few, "few_alike")
    for end in ("low", "high"):
        rows[f"customer_profit_{end}"] = ((rows[end] - rows["bought"]) * margin).mask(few)
    rows = rows.assign(look_alikes=look_alikes, reason=reason, gap=rows["expected"] - rows["bought"])
    return rows.sort_values(["customer_id", "gap"], ascending=[True, False], ignore_index=True).drop(columns="gap")


def margins(customer_quarters: pd.DataFrame, quarter: str, tax_factor: float) -> pd.Series:
    """Customer → its own profit on our brand ÷ what it bought of us, over those of four quarters with a statement.

    customer_quarters: `facts.customer_quarters`; quarter: the last of the four; tax_factor: what amounts without tax
    are multiplied by to meet those of the statements (NaN where nobody declared it: as they stand). Customers without
    a statement, or without net sales above 0, are left out.
    """
    four = [str(each) for each in quarters.span(quarters.parse(quarter), YEAR)]
    rows = customer_quarters[customer_quarters["quarter"].isin(four)].dropna(subset="brand_profit")
    sums = rows.groupby("customer_id")[["brand_profit", "net_sales"]].sum()
    sums = sums[sums["net_sales"] > 0]
    return sums["brand_profit"] / (sums["net_sales"] * (1.0 if math.isnan(tax_factor) else tax_factor))
