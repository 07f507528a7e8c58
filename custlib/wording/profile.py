"""One customer and what we do with all of them, in notebook 55. Facts for `words/<language>/profile.j2`."""

from collections.abc import Collection

import pandas as pd

from custlib import words
from custlib.profile.contacts import OTHER
from custlib.profile.models import NEW_MONTHS
from custlib.profile.prices import LEAST, LOW
from custlib.wording import forms

_READ = ("visits", "inventory", "dealer_profit", "plans", "plan_checks", "targets")  # tables that a profile reads


def profile_missing(held: Collection[str], launched: pd.Series) -> dict | None:
    """What the exports lack of what a profile tells; None if nothing. held: tables that they hold; launched:
    `facts.launched`."""
    lacks = [name for name in _READ if name not in held]
    lacks += [] if launched.notna().any() else ["launched_on"]
    return {"lacks": lacks} if lacks else None


def profile_who(customer: str, customers: pd.DataFrame, history: pd.DataFrame, names: pd.DataFrame) -> dict | None:
    """Who a customer is and how sure its class; None without a customer.

    customers, history: result tables `abc_customers`, `abc_history`; names: name by customer.
    """
    if not customer:
        return None
    own = customers[customers["customer_id"] == customer]
    if own.empty:
        return {"name": names.at[customer, "name"], "letter": ""}
    row = own.iloc[0]
    past = history[history["customer_id"] == row["customer_id"]]
    return {
        "name": row["name"],
        "region": row["region"],
        "manager": row["account_manager"],
        "letter": row["decided_class"],
        "joint": row["joint_class"],
        "sure": forms.number(row["how_sure"]),
        "size": float(row["size"]),
        **{f"measure_{lang}": row[f"measure_name_{lang}"] for lang in words.LANGUAGES},
        "key_account": bool(row["key_account"]),
        "strategic": bool(row["strategic"]),
        "past": past[["quarter", "joint_class"]].to_dict("records"),
    }


def sell_in_out_alt(table: pd.DataFrame) -> dict:
    """table: as `figures.sell_in_out` takes it."""
    months = table[table["kind"] == "sold_in"]
    stock = table[table["kind"] == "stock"].sort_values("end")
    return {
        "begin": f"{months['begin'].min():%Y-%m}",
        "end": f"{months['begin'].max():%Y-%m}",
        "most": int(months["pieces"].max()),
        "least": int(months["pieces"].min()),
        "counts": len(stock),
        "held": int(stock["pieces"].iloc[-1]) if len(stock) else 0,
    }


def pieces_reading(flow: pd.DataFrame, customer: str) -> dict | None:
    """What became of the pieces between a customer's last two counts; None without them. flow: result table
    `profile_flow`."""
    own = flow[(flow["customer_id"] == customer) & flow["sold_through"].notna()]
    if own.empty:
        return None
    row = own.sort_values("to").iloc[-1]
    names = ("opening", "sold_in", "sold_through", "closing")
    return {name: round(float(row[name])) for name in names} | {
        "from": str(row["from"]),
        "to": str(row["to"]),
        "cover_days": forms.number(row["cover_days"]),
        "doubt": bool(row["doubt"]),
    }


def owed_reading(credit: pd.DataFrame, customer: str) -> dict | None:
    """What is owed by all that stated it at the end of the last quarter, and by one customer; None where nobody states
    receivables. credit: result table `profile_credit`."""
    if credit.empty:
        return None
    own = credit[credit["customer_id"] == customer]
    latest = credit[credit["as_of"] == credit["as_of"].max()]
    names = ("receivables", "dso_days", "more_than_days", "overdue", "terms_days", "limit_used_share")
    return {
        "quarter": latest["as_of"].iloc[0],
        "customers": len(latest),
        "receivables": float(latest["receivables"].sum()),
        "median": forms.number(latest["dso_days"].median()),
        "late": int((latest["overdue"] > 0).sum()),
        "overdue": float(latest["overdue"].sum()),
        "without_terms": int(latest["overdue"].isna().sum()),
        "own": {name: forms.number(own[name].iloc[0]) for name in names} | {"as_of": own["as_of"].iloc[0]}
        if len(own)
        else None,
    }


def new_models_reading(new: pd.DataFrame, customer: str) -> dict | None:
    """How many new models are carried, by all and by one customer; None without a new model. new: result table
    `profile_new_models`."""
    offered = int(new["offered"].max()) if len(new) else 0
    if not offered:
        return None
    own = new[new["customer_id"] == customer][["carried", "penetration", "low", "high", "share_of_sales"]]
    known = [
        {name: forms.number(row[name]) for name in row} | {"carried": int(row["carried"])}
        for row in own.to_dict("records")
    ]
    return {
        "offered": offered,
        "months": NEW_MONTHS,
        "customers": len(new),
        "carriers": int((new["carried"] > 0).sum()),
        "own": known[0] if known else None,
    }


def prices_reading(prices: pd.DataFrame, names: pd.DataFrame, customer: str) -> dict | None:
    """Who pays far less than is usual, and what a customer pays; None where no price can be compared.

    prices: result table `profile_prices`; names: name by customer.
    """
    known = prices.dropna(subset="price_index").join(names["name"], on="customer_id")
    if known.empty:
        return None
    low = known[known["question"].eq(True)].sort_values("given_away", ascending=False)
    others, own = known[~known["question"].eq(True)], known[known["customer_id"] == customer]
    return {
        "customers": len(known),
        "limit": LOW,
        "low": len(low),
        "named": forms.first_customers(low),
        "given_away": float(low["given_away"].sum()),
        "at_a_loss": int((low["contribution"] < 0).sum()),
        "next": forms.number(others["price_index"].min()),
        "own": forms.number(own["price_index"].iloc[0]) if len(own) else None,
    }


def service_reading(sums: pd.DataFrame, contacts: pd.DataFrame, asked_in: str) -> dict | None:
    """What was asked and made; None where nobody wrote contacts down, or nothing is asked.

    sums: result table `service_sums`; contacts: `profile_contacts`; asked_in: the quarter of the report whose measures
    ask.
    """
    classes = sums[(sums["by"] == "decided_class") & (sums["asked"] > 0)]
    if classes.empty:
        return None
    whole = classes[["asked", "made", "reviews_asked", "reviews_made"]].astype("float64").sum().round()
    columns = ["value", "asked", "made", "none_made"]
    return {name: int(value) for name, value in whole.items()} | {
        "share": float(whole["made"] / whole["asked"]),
        "classes": classes[columns].round().astype({name: "int64" for name in columns[1:]}).to_dict("records"),
        "asked_in": asked_in,
        "other": int((contacts["kind"] == OTHER).sum()),
    }


def complaints_reading(contacts: pd.DataFrame, losses: pd.DataFrame, names: pd.DataFrame) -> dict | None:
    """Complaints that are open, how long they stay so, and who left with one open; None without complaints.

    contacts: result table `profile_contacts`; losses: `facts.losses`; names: name by customer.
    """
    rows = contacts[contacts["kind"] == "complaint"].join(names["name"], on="customer_id")
    if rows.empty:
        return None
    is_open = rows["outcome"] == "open"
    lost_on = pd.to_datetime(rows["customer_id"].map(losses["lost_on"]))
    left = rows[is_open & (lost_on >= pd.to_datetime(rows["date"]))].drop_duplicates("customer_id", keep="last")
    return {
        "open": int(is_open.sum()),
        "customers": int(rows.loc[is_open, "customer_id"].nunique()),
        "open_days": forms.number(rows.loc[is_open, "open_days"].median()),
        "solved": int((~is_open).sum()),
        "solved_days": forms.number(rows.loc[~is_open, "open_days"].median()),
        "left": forms.first_customers(left.sort_values("date", ascending=False)),
    }


def profile_finding(sums: pd.DataFrame, prices: pd.DataFrame) -> dict | None:
    """The one finding: contacts made of those asked, and low prices; None where neither is known.

    sums: result table `service_sums`; prices: `profile_prices`.
    """
    classes = sums[(sums["by"] == "decided_class") & (sums["asked"] > 0)]
    compared = int(prices["price_index"].notna().sum())
    if classes.empty and not compared:
        return None
    return {
        "asked": round(float(classes["asked"].sum())),
        "made": int(classes["made"].sum()),
        "compared": compared,
        "low": int(prices["question"].eq(True).sum()),
        "limit": LOW,
    }


def profile_pages(index: pd.DataFrame, customers: pd.DataFrame) -> dict:
    """How many customers have a page, former ones among them. index: result table `profile_index`; customers:
    `abc_customers`."""
    without = int((~customers["customer_id"].isin(index["customer_id"])).sum())
    former = len(index) - (len(customers) - without)
    return {"pages": len(index), "former": former, "without": without, "customers": len(customers)}


def profile_method() -> dict:
    """By which rules models are new, prices usual and complaints open."""
    return {"months": NEW_MONTHS, "least": LEAST, "limit": LOW}
