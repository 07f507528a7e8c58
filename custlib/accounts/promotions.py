"""Which promotions paid: result table `promotion_effect`."""

import pandas as pd

from custlib import absent, facts, quarters
from custlib.accounts.pieces import sold
from custlib.accounts.uplift import AFTER, BEFORE, uplift
from custlib.accounts.verdicts import COLUMNS, judged, untold
from custlib.cleaning import Clean

YEAR = 4  # quarters: promotions that ended within them are reported
POOL = 60
JOINED = " + "  # between the names of promotions that overlap
EVENT_COLUMNS = ["promotion", "customer_id", "category", "kind", "from", "to", "first", "last", "discount", "cost"]
_SPAN = YEAR + 6  # quarters of sales: those, a promotion of up to half a year, and the twelve months before it


def events(promotions: pd.DataFrame) -> pd.DataFrame:
    """One row per promotion and customer; of one customer and category those are one of which the later begins before
    the two months after the earlier are over.

    promotions: `facts.promotions`. Columns: promotion (overlapping ones joined: "P1 + P2"), customer_id, category, kind
    (that of the first), from, to (days), first, last (months), discount (mean over its months; two at a time on top of
    one another), cost (summed).
    """
    rows = promotions.sort_values(["customer_id", "category", "starts_on", "promotion"], ignore_index=True)
    first, last = (pd.PeriodIndex(rows[name], freq="M").asi8 for name in ("starts_on", "ends_on"))
    rows = rows.assign(first=first, last=last)
    groups = rows.groupby(["customer_id", "category"])
    reached = groups["last"].cummax().groupby([rows["customer_id"], rows["category"]]).shift()
    begins = ~(rows["first"] <= reached + AFTER)  # also where none was before
    rows["event"] = begins.cumsum()
    by = rows.groupby("event")
    found = by.agg(
        **{"from": ("starts_on", "min"), "to": ("ends_on", "max"), "first": ("first", "min"), "last": ("last", "max")},
        cost=("cost", "sum"),
    )
    names = rows[["event", "promotion"]].drop_duplicates().sort_values(["event", "promotion"])
    found["promotion"] = names.groupby("event")["promotion"].agg(JOINED.join)
    found["discount"] = _discount(rows, found["last"] - found["first"] + 1)
    for name in ("first", "last"):
        found[name] = pd.PeriodIndex.from_ordinals(found[name], freq="M").astype("str")
    of_first = rows.loc[begins, ["event", "customer_id", "category", "kind"]].set_index("event")
    return found.join(of_first).reset_index(drop=True)[EVENT_COLUMNS]


def _discount(rows, months):
    """The mean discount of each event over its months, of all promotions that run in each."""
    lengths = (rows["last"] - rows["first"] + 1).to_numpy()
    each = rows.loc[rows.index.repeat(lengths), ["event", "first", "discount"]]
    month = each["first"] + each.groupby(level=0).cumcount()
    kept = (1 - each["discount"]).groupby([each["event"], month]).prod().groupby("event").agg(["sum", "size"])
    return 1 - (kept["sum"] + months - kept["size"]) / months  # a month between two promotions has no discount


def promotion_effect(clean: Clean, quarter: str, resamples: int = 1000) -> pd.DataFrame:
    """What the promotions brought that ended within four quarters up to `quarter`: `COLUMNS`, a row per promotion and
    customer, and one of its customers together (customer_id ""), on whose sum the promotion's own verdict rests.

    See `uplift`. incremental: sold − baseline_pieces − pulled_forward; low, high: its 95 %. cost: discount given and
    what is written; margin: of incremental at the price and cost of the year before; roi = margin ÷ cost − 1. verdict:
    paid (roi_low > 0 and placebo_rank up to 0.1), did_not_pay (roi_high < 0), cannot_tell with its reason. The sum has
    the customers that can be compared (`compared` of `customers`), and no verdict where these are under half.
    """
    happened = facts.promotions(clean, quarter)
    if happened.empty:
        return pd.DataFrame(columns=COLUMNS)
    asked, held = events(happened), _sold(clean, quarter)
    begin = pd.Timestamp(quarters.parse(quarter).previous(YEAR - 1).first_day)
    names = asked.loc[asked["to"] >= begin, ["promotion", "category"]].drop_duplicates()
    who, parts = facts.customers(clean), [pd.DataFrame(columns=COLUMNS)]
    for name, category in names.sort_values(["promotion", "category"]).itertuples(index=False):
        of_category = asked[asked["category"] == category]
        own = of_category[of_category["promotion"] == name].sort_values("customer_id")
        if category in held.bought and own["customer_id"].all():
            parts.append(_effect(own, of_category, held, who, resamples))
        else:
            parts.append(untold(own, "few_alike" if category in held.bought else "no_category"))
    return pd.concat(parts, ignore_index=True)


def _effect(own, of_category, held, who, resamples):
    category = own["category"].iloc[0]
    pieces, measured = _measure(own, held, category)
    found = uplift(pieces, own, _alike(own, held.size, who), of_category, resamples)
    price, unit_cost = _prices(own, held.lines[held.lines["category"] == category])
    return judged(own, found, price, unit_cost).assign(measured=measured)


def _sold(clean, quarter):
    lines = facts.category_months(clean, quarter, _SPAN)
    until = min(quarters.parse(quarter).last_day, clean.data_until)
    months = [str(each) for each in pd.period_range(lines["month"].cat.categories[0], until, freq="M")]
    return sold(lines, facts.counted_months(clean, quarter, _SPAN), months, absent.months(clean, ["sales"]))


def _measure(own, held, category):
    """Sold through where the stock of each promoted customer was counted in each month, else sell-in."""
    first, last = pd.Period(own["first"].min(), "M") - BEFORE, pd.Period(own["last"].max(), "M") + AFTER
    through = held.through[category]
    used = through.reindex(own["customer_id"]).reindex(columns=[str(each) for each in pd.period_range(first, last)])
    known = used.notna().all(axis=None)
    return (through, "sold_through") if known else (held.bought[category], "sell_in")


def _alike(own, size, who):
    """Look-alikes as of the twelve months before the promotion, and how many times their size the customer is."""
    first = pd.Period(own["first"].min(), "M")
    year = [str(each) for each in pd.period_range(first - BEFORE, first - 1)]
    bought = size.reindex(columns=year).sum(axis=1)
    rows = facts.look_alikes(who[["area_type", "store_format"]].assign(net_sales=bought), POOL, own["customer_id"])
    own, others = (rows[name].map(bought).astype("float64") for name in ("customer_id", "like"))  # texts of nobody
    return rows.assign(times=own / others)


def _prices(own, lines):
    """Price and cost of a piece at each customer in the twelve months before; where it bought none, at all of them."""
    first = pd.Period(own["first"].min(), "M")
    year = lines[lines["month"].isin([str(each) for each in pd.period_range(first - BEFORE, first - 1)])]
    year = year[year["customer_id"].isin(own["customer_id"])]
    sums = year.groupby("customer_id")[["pieces", "net_sales", "cost"]].sum(skipna=False)
    sums = sums[sums["pieces"] > 0]
    of_piece = sums[["net_sales", "cost"]].div(sums["pieces"], axis=0)
    known = sums.dropna().sum()
    of_all = known[["net_sales", "cost"]] / known["pieces"]
    of_piece = of_piece.reindex(own["customer_id"]).fillna(of_all)
    return of_piece["net_sales"].to_numpy(), of_piece["cost"].to_numpy()
