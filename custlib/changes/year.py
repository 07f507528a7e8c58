"""The quarter against last year: the headline's figures, and which customers made the change."""

import numpy as np
import pandas as pd

from custlib import quarters

NAMED = 4  # customers named on either side of the bridge: with orders and findings the front page names fifteen at most


def headline(totals: pd.DataFrame, quarter: str, measure: str) -> dict:
    """A measure against the same quarter of last year, and against the quarter before without the season.

    totals: result table `abc_totals`; measure: one of its columns. Returns now (yuan), on_year and on_quarter (relative
    changes), and with_season: on_quarter as it stands, where no season is known; each None where there is nothing to
    compare with. The season is the step between the same two quarters in the years before, their geometric mean.
    """
    values = totals.set_index("quarter")[measure]
    asked = quarters.parse(quarter)

    def step(back, apart):
        now, before = (values.get(str(asked.previous(count)), np.nan) for count in (back, back + apart))
        return now / before if now > 0 and before > 0 else np.nan

    usual = pd.Series([step(back, 1) for back in range(4, 4 * len(values), 4)], dtype="float64").dropna()
    season = np.exp(np.log(usual).mean()) if len(usual) else np.nan
    shares = {"on_year": step(0, 4) - 1, "on_quarter": step(0, 1) / season - 1}
    shares["with_season"] = step(0, 1) - 1 if np.isnan(season) else np.nan
    facts = {name: None if np.isnan(share) else float(share) for name, share in shares.items()}
    return {"now": float(values[quarter]), **facts}


def year_bridge(customers: pd.DataFrame, apart: pd.DataFrame, totals: pd.Series) -> pd.DataFrame:
    """Which customers made the change of net sales on last year: the four that gained and lost most, all others
    together, and what belongs to no customer.

    customers, apart, totals: the parts of `facts.Change` from the same quarter of last year to this one.
    Returns a DataFrame: part ("gained", "lost", "others", then the parts of `apart`, "total" and "unexplained"),
    customer_id ("" but for the customers named), customers, year_ago, net_sales and change (yuan), exact to the fen.
    """
    rows = customers[["net_sales_before", "net_sales"]].set_axis(["year_ago", "net_sales"], axis=1)
    rows = rows.assign(change=rows["net_sales"] - rows["year_ago"])
    ranked = rows[rows["change"] != 0].sort_values("change", ascending=False, kind="stable")
    gained, lost = ranked[ranked["change"] > 0].head(NAMED), ranked[ranked["change"] < 0].tail(NAMED)[::-1]
    others = rows.drop(gained.index.union(lost.index))
    parts = [
        gained.assign(part="gained", customers=1),
        lost.assign(part="lost", customers=1),
        others.sum(min_count=1).to_frame("").T.assign(part="others", customers=len(others)),
        *(
            pd.DataFrame({"year_ago": [row.net_sales_before], "net_sales": [row.net_sales], "part": row.Index}, [""])
            for row in apart.itertuples()
        ),
    ]
    table = pd.concat(parts).rename_axis("customer_id").reset_index()
    whole = {"year_ago": totals["net_sales_before"], "net_sales": totals["net_sales"]}
    left = {name: value - table[name].sum() for name, value in whole.items()}
    ends = pd.DataFrame([{"part": "total", **whole}, {"part": "unexplained", **left}]).assign(customer_id="")
    table = pd.concat([table, ends], ignore_index=True)
    money = ["year_ago", "net_sales"]
    table[money] = table[money].round(2) + 0.0
    table["change"] = (table["net_sales"] - table["year_ago"]).round(2) + 0.0
    return table[["part", "customer_id", "customers", *money, "change"]].astype({"customers": "Int64"})
