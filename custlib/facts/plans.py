"""The yearly plans: their lines, what checks of them found, and what a metric means (`plan_metrics.csv`)."""

import unicodedata

import pandas as pd

from custlib import quarters, reference
from custlib.cleaning import Clean
from custlib.facts.sums import in_floats
from custlib.refusals import Refused

METRICS = "plan_metrics.csv"
REBATES = "rebates/net_sales"  # the one ratio that the data tell
CHECKS = "plan_checks"
LINE = ["customer_id", "item", "metric"]
_OF_METRIC = ["key", "direction", "profile", "together", "measured", "factor", "units"]
_PLANS = ["year", *LINE, "target", "unit", "owner", "due_on", "status", "status_on", "origin", "file", "line"]
_FOUND = ["quarter", *LINE, "actual", "file", "line"]


def plan_metrics(data_dir=None) -> pd.DataFrame:
    """What plans may promise, from `plan_metrics.csv`: index word (as `as_word` writes it); key, direction, profile,
    together, measured, factor, units (a set of words).

    Raises Refused: as `reference.lines`; `not_one_of` for a direction, profile, item, sum or source that nobody
    computes, or a factor that fishbone.csv lacks; `word_twice` where one text names two metrics.
    """
    rows = reference.lines(METRICS, data_dir)
    possible = _POSSIBLE | {"factor": tuple(reference.lines("fishbone.csv", data_dir)["factor"])}
    for line, row in rows.iterrows():
        # A ratio is what the data divide; of checks only a sum or the last is known.
        possible["together"] = ("ratio",) if row["measured"] == REBATES else ("sum", "last")
        for column, some in possible.items():
            if row[column] not in some:
                facts = {"column": column, "value": row[column], "possible": ", ".join(some)}
                raise Refused("not_one_of", file=METRICS, line=line, **facts)
    words: dict[str, dict] = {}
    for row in rows.fillna("").to_dict("records"):
        own = row | {"key": row["metric"], "units": frozenset(map(as_word, row["unit"].split("|")))}
        for word in dict.fromkeys(as_word(text) for text in (row["metric"], *row["words"].split("|")) if text):
            if words.setdefault(word, own) is not own:
                raise Refused("word_twice", file=METRICS, word=word, one=words[word]["key"], other=row["metric"])
    return pd.DataFrame.from_dict(words, orient="index", columns=_OF_METRIC)


def as_word(text: str) -> str:
    """A text as words are compared: half-width, small letters, no space around."""
    return unicodedata.normalize("NFKC", str(text)).strip().casefold()


def plans(clean: Clean, data_dir=None, year: int | None = None) -> pd.DataFrame:
    """The lines of all yearly plans, or of one year's, by year, customer, item and metric: year, customer_id, item,
    metric, target, unit, owner, due_on, status, status_on, origin (missing where not written), file, line; and of the
    metric, missing where `plan_metrics.csv` does not know it: key, direction, profile, together, measured, factor,
    units."""
    if not clean.has("plans"):
        return pd.DataFrame(columns=[*_PLANS, *_OF_METRIC]).astype({"target": "float64", "due_on": "datetime64[s]"})
    rows = clean.table("plans")
    rows = rows.filter(rows.year == year) if year else rows
    rows = rows.order_by("year", *LINE).select(*(name for name in _PLANS if name in rows.columns))
    rows = in_floats(rows).to_pandas().reindex(columns=_PLANS)
    numbers = {"target": rows["target"].astype("float64"), "year": rows["year"].astype("int64")}
    rows = rows.assign(**numbers, **{day: pd.to_datetime(rows[day]) for day in ("due_on", "status_on")})
    names = pd.Index(rows["metric"].unique())
    told = plan_metrics(data_dir).reindex(names.map(as_word)).set_axis(names)
    told = told.astype({name: "str" for name in _OF_METRIC[:-1]})
    return rows.join(told.where(told["key"].notna(), None), on="metric")


def plan_checks(clean: Clean) -> pd.DataFrame:
    """What checks of plan lines found, the oldest first: quarter, customer_id, item, metric, actual, file, line."""
    if not clean.has("plan_checks"):
        return pd.DataFrame(columns=_FOUND).astype({"actual": "float64"})
    rows = clean.table("plan_checks").order_by("quarter", *LINE).select(*_FOUND)
    return in_floats(rows).to_pandas()


def agreed_rebates(clean: Clean, quarter: str, data_dir=None) -> pd.DataFrame:
    """The rebates that the plans of the year of `quarter` agree on: customer_id, year, metric, agreed_share (0 to 1),
    sorted. A line of a plan is one if `plan_metrics.csv` measures its metric by rebates, and its unit is that of the
    metric: %."""
    rows = plans(clean, data_dir, quarters.parse(quarter).year)
    rows = rows[rows["measured"] == REBATES]
    fits = [as_word(unit) in units for unit, units in zip(rows["unit"], rows["units"], strict=True)]
    rows = rows[pd.Series(fits, rows.index, dtype="bool")]
    sums = rows.groupby(["customer_id", "year", "metric"])["target"].sum().reset_index(name="percent")
    sums["agreed_share"] = sums["percent"].astype("float64") / 100
    return sums[["customer_id", "year", "metric", "agreed_share"]]


_POSSIBLE: dict[str, tuple[str, ...]] = {
    "item": ("trade_promotion", "consumer_promotion", "merchandising", "equipment", "execution"),
    "direction": ("up", "down"),
    "profile": ("linear", "by_quarter", "at_the_end"),
    "measured": (REBATES, "visits:display_check", CHECKS, "by_hand"),
}
