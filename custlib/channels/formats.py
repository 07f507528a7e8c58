"""Store formats in towns and in the country, and floor areas, beside the trade's reference table (`formats.csv`)."""

import pandas as pd

from custlib import reference
from custlib.shrink import wilson

SMALL = 0.5  # of the standard area of a format; smaller stores are asked about
AREAS = {"城市": "urban", "农村": "rural", "urban": "urban", "rural": "rural"}
_FILE = "formats.csv"
_COLUMNS = [
    *("store_format", "area_type", "customers"),
    *("share", "share_low", "share_high", "reference_share", "share_difference"),
]


def by_format(stores: pd.DataFrame, formats: pd.DataFrame) -> pd.DataFrame:
    """Customers by store format and area, beside the reference: a row per combination that has customers or a reference
    share.

    stores: a row per customer: store_format, area_type as exported ("" if not stated); formats:
    `reference.table("formats.csv")`.
    Columns: store_format (key of formats.csv; an unlisted format as written), area_type ("urban", "rural"; others as
    written), customers, share (of the area's customers, 0 to 1), share_low and share_high (95 % Wilson interval),
    reference_share (0 to 1), share_difference (share − reference_share). Where the reference is blank the last two are
    missing.
    """
    keys = reference.words(formats, _FILE)
    counted = pd.DataFrame({"store_format": _as_keys(stores["store_format"], keys)})
    counted["area_type"] = _as_keys(stores["area_type"], AREAS)
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


def area_questions(stores: pd.DataFrame, formats: pd.DataFrame) -> pd.DataFrame:
    """Stores with a floor area below half the standard of their format, the smallest ratio first: questions, never
    errors.

    stores, formats: as for `by_format`, with floor_area_m2. Returns these stores (index customer_id) with store_format
    as key, standard_m2 and area_ratio (floor area ÷ standard). Without a standard, or an area above zero, there is no
    question.
    """
    keys = reference.words(formats, _FILE)
    standard = reference.numbers(formats, "floor_area_m2", _FILE)
    rows = stores.assign(store_format=_as_keys(stores["store_format"], keys))
    rows = rows.assign(standard_m2=rows["store_format"].map(standard).astype("float64"))
    rows = rows.assign(area_ratio=rows["floor_area_m2"].where(rows["floor_area_m2"] > 0) / rows["standard_m2"])
    return rows[rows["area_ratio"] < SMALL].sort_values("area_ratio", kind="stable")


def _as_keys(texts, keys):
    """Texts replaced by the keys that they name; others as written."""
    return texts.map(keys).fillna(texts).astype("object")


def _shares(formats):
    """(area, format) → reference share, where there is one."""
    shares = {area: reference.numbers(formats, f"{area}_share", _FILE) / 100 for area in ("urban", "rural")}
    long = pd.DataFrame(shares).unstack().dropna()
    return long.rename_axis(["area_type", "store_format"]).rename("reference_share").to_frame()
