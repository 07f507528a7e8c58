"""What of a forecast each region will need, in whole pieces that add up to it."""

import numpy as np
import pandas as pd

from custlib import shrink
from custlib.demand.forecasting import reconcile


def shares(sold: pd.DataFrame) -> pd.DataFrame:
    """The share of each region in the pieces of each model: models × regions, each row adding up to 1.

    sold: `facts.region_lines`, index (product_id, region), columns lines, pieces. A model's share of order lines is
    drawn towards that of all models as far as chance may have made it (`shrink.rates`), and weighed by the pieces of
    a line in the region.
    """
    lines = sold["lines"].unstack("region", fill_value=0)
    of_all = sold.groupby(level="region")[["pieces", "lines"]].sum()
    a_line = (of_all["pieces"] / of_all["lines"]).clip(lower=0)
    parts = {name: shrink.rates(lines[name], lines.sum(axis=1))["shrunk"] for name in lines}
    weighed = pd.DataFrame(parts).mul(a_line)
    return weighed.div(weighed.sum(axis=1), axis=0)


def by_region(forecasts: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """product_id, month, region, pieces (whole): the forecasts of models that were sold in some region, whose parts add
    up to the forecast, rounded, to the piece. forecasts: product_id, month, forecast; sold: as `shares` takes it."""
    columns = ["product_id", "month", "region", "pieces"]
    if sold.empty or not sold["pieces"].gt(0).any():
        return pd.DataFrame(columns=columns).astype({"pieces": "int64"})
    parts = shares(sold)
    rows = forecasts[forecasts["product_id"].isin(parts.index)]
    top = np.rint(rows["forecast"].to_numpy("float64")).astype(np.int64)
    whole = reconcile(top, parts.loc[rows["product_id"]].to_numpy())
    keys = pd.MultiIndex.from_frame(rows[["product_id", "month"]])
    table = pd.DataFrame(whole, keys, parts.columns).rename_axis(columns="region").stack()
    return table.rename("pieces").reset_index()[columns]
