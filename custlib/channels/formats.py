"""Store formats in towns and in the country, and floor areas, beside the reference table of the trade (`formats.csv`)."""

import pandas as pd

from custlib import reference
from custlib.channels.churn import wilson

SMALL = 0.5  # of the standard area of its format: a store below it is asked about
AREAS = {"城市": "urban", "农村": "rural", "urban": "urban", "rural": "rural"}
_FILE = "formats.csv"
_COLUMNS = [
    *("store_format", "area_type", "customers"),
    *("share", "share_low", "share_high", "reference_share", "share_difference"),
]


def by_format(stores, formats):
    """Customers by store format and area, beside the reference.

    stores: DataFrame, a row per customer to count: store_format, area_type as exported ("" where not stated); formats:
    `reference.table("formats.csv")`. Returns a row per format and area that a customer or a reference share has: store_format (key
    of formats.csv; another format stays as it is written), area_type ("urban", "rural"; others as written), customers, share (of the
    area's customers, 0 to 1), share_low and share_high (95 % Wilson interval of it), reference_share (0 to 1), share_difference (share −
    reference_share). Blank in the reference stays missing, and so does the difference.
    """
    keys = reference.words(formats, _FILE)
    counted = pd.DataFrame({"store_format": _known(stores["store_format"], keys)})
    counted["area_type"] = _known(stores["area_type"], AREAS)
    sizes = counted.value_counts(["area_type", "store_format"]).rename("customers")
    rows = _shares(formats).join(sizes, how="outer").fillna({"customers": 0}).reset_index()
    of_area = rows.groupby("area_type")["customers"].transform("sum")
    rows = rows.assign(
        customers=rows["customers"].astype("int64"), share=rows["customers"] / of_area.where(of_area > 0)
    )
    rows[["share_low", "share_high"]] = wilson(rows["customers"], of_area)
    rows["share_difference"] = rows["share"] - rows["reference_share"]
    rank = rows["store_format"].map({key: at for at, key in enumerate(formats["store_format"])}).fillna(len(formats))
    area = rows["area_type"].map({"urban": 0, "rural": 1}).fillna(2)
    ordered = rows.assign(rank=rank, area=area).sort_values(["area", "area_type", "rank", "store_format"])
    return ordered[_COLUMNS].reset_index(drop=True)


def area_questions(stores, formats):
    """Stores whose floor area is below half of the standard of their format, smallest part first: a question, never an error.

    stores, formats: as for `by_format`, with floor_area_m2. Returns them (index customer_id) with store_format as key, standard_m2
    and area_ratio (floor area ÷ standard). Formats without a standard, and areas not stated or zero, raise no question.
    """
    keys = reference.words(formats, _FILE)
    standard = reference.numbers(formats, "floor_area_m2", _FILE)
    rows = stores.assign(store_format=_known(stores["store_format"], keys))
    rows = rows.assign(standard_m2=rows["store_format"].map(standard).astype("float64"))
    rows = rows.assign(area_ratio=rows["floor_area_m2"].where(rows["floor_area_m2"] > 0) / rows["standard_m2"])
    return rows[rows["area_ratio"] < SMALL].sort_values("area_ratio", kind="stable")


def _known(texts, keys):
    """Texts by the keys that they name; others as they are written."""
    return texts.map(keys).fillna(texts).astype("object")


def _shares(formats):
    """(area, format) → share of the reference, where it has one."""
    shares = {area: reference.numbers(formats, f"{area}_share", _FILE) / 100 for area in ("urban", "rural")}
    long = pd.DataFrame(shares).unstack().dropna()
    return long.rename_axis(["area_type", "store_format"]).rename("reference_share").to_frame()
