"""Sums over transaction rows, exact in the engine; what leaves it is small."""


def of_customers(clean):
    """The lines of sales (a table of the engine) that are a customer's and no fee."""
    sales = clean.table("sales")
    return sales.filter(sales.customer_id.notnull() & ~clean.is_fee(sales))


SUMS = {
    "net_sales": lambda t: t.net_amount.sum(),
    "gross_profit": lambda t: (t.net_amount - t.cost).sum(),
    "at_unknown_cost": lambda t: t.cost.isnull().sum(),
}


def summed(rows, day, *by, **sums):
    """Sums by the quarter of a day; its name is written when few rows are left."""
    found = rows.mutate(quarter=rows[day].truncate("Q")).group_by("quarter", *by).agg(**sums)
    name = found.quarter.year().cast("string") + "Q" + found.quarter.quarter().cast("string")
    return found.mutate(quarter=name)


def known_profit(rows):
    """Where one line's cost is unknown the whole profit is: a sum over the other lines would be another quantity."""
    profit = rows["gross_profit"].where(rows["at_unknown_cost"] == 0)
    return rows.drop(columns="at_unknown_cost").assign(gross_profit=profit)


def frame(expression, index):
    """Exact sums become float64 in the engine: as decimals, pandas would hold each as an object."""
    values = {name: expression[name].cast("float64") for name in expression.columns if name not in index}
    return expression.mutate(**values).order_by(index).to_pandas().set_index(index)
