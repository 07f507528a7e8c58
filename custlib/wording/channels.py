"""The channel in notebook 24: stock, decisions, store formats, areas. Facts for `words/<language>/channels.j2`."""

import pandas as pd

from custlib.channels.formats import SMALL
from custlib.facts.trade import OLD_DAYS
from custlib.wording import forms


def sold_reading(sold: pd.DataFrame) -> dict:
    """Which customers of class A or B may be overstocked. sold: result table `abc_sold`."""
    asked = sold[sold["stuffed"] == "stuffed"]
    return {
        "customers": len(sold),
        "stuffed": len(asked),
        "worth": float(asked["size"].sum()),
        "ask": forms.first_customers(asked),
        "unknown": int((sold["stuffed"] == "not_known").sum()),
        "old_days": OLD_DAYS,
    }


def key_account_reading(accounts: pd.DataFrame) -> dict:
    """Where classes and people's decisions differ. accounts: result table `abc_key_accounts`."""
    differs = accounts["decision_difference"]
    return {
        "keys": int(accounts["key_account"].sum()),
        "strategic": int(accounts["strategic"].sum()),
        "a": int((accounts["class"] == "A").sum()),
        "no_key_account": int((differs == "a_but_no_key_account").sum()),
        "not_a": forms.first_customers(accounts[differs == "key_account_but_not_a"]),
        "without_class": forms.first_customers(accounts[differs == "key_account_without_class"]),
    }


def formats_reading(by_format: pd.DataFrame, formats: pd.DataFrame) -> dict:
    """Shares of store formats that lie outside the reference.

    by_format: result table `abc_formats`; formats: `reference.table("formats.csv")`, which lists the known formats.
    """
    compared = by_format.dropna(subset=["share", "reference_share"])
    apart = compared[~compared["reference_share"].between(compared["share_low"], compared["share_high"])]
    present = by_format[by_format["customers"] > 0]
    return {
        "compared": len(compared),
        "apart": apart[["store_format", "area_type", "share", "reference_share"]].to_dict("records"),
        "blank": int(present["reference_share"].isna().sum()),
        "unlisted": sorted(set(present["store_format"]) - set(formats["store_format"]) - {""}),
    }


def area_reading(questions: pd.DataFrame, stores: pd.DataFrame) -> dict:
    """How many stores are far smaller than the standard area. questions: result table `abc_area_questions`; stores:
    `facts.stores`."""
    smallest = float(questions["area_ratio"].min()) if len(questions) else None
    known = int((stores["floor_area_m2"] > 0).sum())
    return {"known": known, "stores": len(questions), "part": SMALL, "smallest": smallest}
