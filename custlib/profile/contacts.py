"""What we did for a customer: contacts asked and made, complaints and how long they stay open."""

import datetime

import pandas as pd

from custlib import reference

_SUMMED = ["asked", "made", "none_made", "reviews_asked", "reviews_made", "complaints", "open_complaints"]
OURS = ("visit", "call")  # contacts that we make; a complaint is the customer's
MONTHS = 12  # of contacts that a profile shows
OTHER = "other"  # a kind that words.csv does not list


def contacts(visits: pd.DataFrame, words: dict[str, dict[str, str]], day: datetime.date) -> pd.DataFrame:
    """Contacts with keys in place of words: customer_id, date, kind, subject, outcome, open_days; by customer and day.

    visits: as `facts.visits` gives them; words: "kind", "subject", "outcome" → text → key (`reference.keys_of`); a kind
    that is not listed is `other`, another text stays as it is. A complaint is open until the customer's next contact
    with outcome `solved`, its own included: its outcome is `solved` or `open`, open_days the days until then, or until
    `day`; NaN of other contacts.
    """
    rows = visits.sort_values(["customer_id", "date"], kind="stable", ignore_index=True)
    keys = {name: rows[name].map(words[name]).fillna(rows[name]) for name in ("subject", "outcome")}
    rows = rows.assign(kind=rows["kind"].map(words["kind"]).fillna(OTHER), **keys)
    solved = rows["date"].where(rows["outcome"] == "solved").groupby(rows["customer_id"]).bfill()
    complaint = rows["kind"] == "complaint"
    until = solved.fillna(pd.Timestamp(day))
    told = solved.notna().map({True: "solved", False: "open"})
    return rows.assign(
        outcome=rows["outcome"].mask(complaint, told), open_days=(until - rows["date"]).dt.days.where(complaint)
    )


def asked(customers: pd.DataFrame, rules: pd.DataFrame, by_corner: pd.Series) -> pd.DataFrame:
    """What we ask of ourselves for each customer; index customer_id: measure, asked, reviews_asked (a quarter; NaN
    where measures.csv does not say).

    customers: result table `abc_customers`; rules: `reference.lines("measures.csv")`; by_corner: (class, stability,
    movement) → measure, as `abc_classes.by_corner` gives it. An order is for once, a class stays: for a customer with
    an order, or with a class that a person set, the measure of its class and steadiness asks.
    """
    rows = customers.set_index("customer_id")
    corners = pd.MultiIndex.from_arrays([rows["decided_class"], rows["xyz"], pd.Series("stayed", rows.index)])
    of_class = pd.Series(by_corner.reindex(corners).to_numpy(), rows.index)
    measure = rows["measure"].where(rows["measure"].isin(rules["measure"]), of_class)
    names = {"asked": "contacts_a_quarter", "reviews_asked": "reviews_a_quarter"}
    numbers = {name: reference.numbers(rules, column, "measures.csv") for name, column in names.items()}
    return pd.DataFrame({"measure": measure} | {name: measure.map(values) for name, values in numbers.items()})


def as_last_asked(customers: pd.DataFrame, last: pd.DataFrame | None) -> pd.DataFrame:
    """The customers with class, steadiness and measure of the last report, where it has them: what was asked during the
    quarter stood there. customers, last: result tables `abc_customers`, last None without a report."""
    told = ["decided_class", "xyz", "measure"]
    if last is None or not set(told) <= set(last):
        return customers
    before = last.set_index("customer_id")[told].reindex(customers["customer_id"]).set_axis(customers.index)
    there = before["measure"].notna()
    return customers.assign(**{name: before[name].where(there, customers[name]) for name in told})


def service(contacts: pd.DataFrame, asked: pd.DataFrame, first_day: datetime.date) -> pd.DataFrame:
    """What was asked and what was made in a quarter; index customer_id as in `asked`, result table `profile_service`.

    contacts: as `contacts` gives them, up to the quarter's last day; asked: as `asked` gives it; first_day: of the
    quarter. Columns: measure, asked, made (visits and calls), met_share (made ÷ asked; NaN where nothing is asked),
    reviews_asked, reviews_made (visits and calls on `review`), complaints (of the quarter), open_complaints (at its
    end, however old), last_contact (the last visit or call ever). Without any contact at all nobody wrote them down,
    and what was made is not known.
    """
    ours = contacts["kind"].isin(OURS)
    now = contacts["date"] >= pd.Timestamp(first_day)
    complaint = contacts["kind"] == "complaint"
    counts = {
        "made": ours & now,
        "reviews_made": ours & now & (contacts["subject"] == "review"),
        "complaints": complaint & now,
        "open_complaints": complaint & (contacts["outcome"] == "open"),
    }
    sums = pd.DataFrame(counts).groupby(contacts["customer_id"]).sum().reindex(asked.index, fill_value=0)
    last = contacts[ours].groupby("customer_id")["date"].max().reindex(asked.index)
    sums = sums.astype("Int64").mask(pd.Series(contacts.empty, sums.index))
    rows = asked.join(sums).assign(last_contact=last)
    rows["met_share"] = rows["made"].astype("float64") / rows["asked"].where(rows["asked"] > 0)
    first = ["measure", "asked", "made", "met_share", "reviews_asked", "reviews_made"]
    return rows[[*first, "complaints", "open_complaints", "last_contact"]]


def recent(contacts: pd.DataFrame, day: datetime.date) -> pd.DataFrame:
    """The contacts of so many months up to a day, and older complaints that are still open; result table
    `profile_contacts`."""
    begin = pd.Timestamp(day) - pd.DateOffset(months=MONTHS)
    return contacts[(contacts["date"] > begin) | (contacts["outcome"] == "open") & (contacts["kind"] == "complaint")]


def service_sums(service: pd.DataFrame, who: pd.DataFrame, contacts: pd.DataFrame) -> pd.DataFrame:
    """What was asked and made by class and by account manager; result table `service_sums`.

    service: as `service` gives it; who: decided_class and account_manager by customer; contacts: as for `service`.
    Columns: by, value, customers, asked, made (of customers that are asked about), met_share, none_made (customers
    without a visit or call in the quarter), reviews_asked, reviews_made, complaints, open_complaints, open_days (median
    of the complaints that are open); empty without contacts.
    """
    still_open = contacts[(contacts["kind"] == "complaint") & (contacts["outcome"] == "open")]
    rows = service[service["made"].notna()].join(who[["decided_class", "account_manager"]])
    rows = rows.assign(none_made=rows["made"] == 0, made=rows["made"].where(rows["asked"].notna()))
    parts = []
    for by in ("decided_class", "account_manager"):
        groups = rows.groupby(by)
        sums = groups[_SUMMED].sum(min_count=1)
        days = still_open.groupby(still_open["customer_id"].map(who[by]))["open_days"].median()
        parts.append(sums.assign(by=by, customers=groups.size(), open_days=days.reindex(sums.index)))
    table = pd.concat(parts).rename_axis("value").reset_index()
    return table.assign(met_share=table["made"].astype("float64") / table["asked"].where(table["asked"] > 0))


def words_of_visits(data_dir=None) -> dict[str, dict[str, str]]:
    """Text → key for kind, subject and outcome of visits, from `words.csv`; see `reference.keys_of`."""
    return {name: reference.keys_of(f"visits.{name}", data_dir) for name in ("kind", "subject", "outcome")}
