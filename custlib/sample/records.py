"""What people write down: visits, needs, plans, losses, pre-sales figures, demand plans. Each as a dict of arrays."""

from collections.abc import Sequence

import numpy as np

from custlib.quarters import Quarter
from custlib.sample import days, texts
from custlib.sample.dealers import Dealers
from custlib.sample.products import Products

_VISITS_A_QUARTER = {"A": 4.5, "B": 1.8, "C": 0.8, "": 0.3}


def visits(rng: np.random.Generator, dealers: Dealers, letters: np.ndarray) -> dict[str, np.ndarray]:
    """Visits, calls and complaints; the better the class, the more. `letters`: dealers × exported quarters."""
    parts = []
    for column, quarter in enumerate(dealers.quarters[1:]):
        rate = np.array([_VISITS_A_QUARTER[letter] for letter in letters[:, column]]) * dealers.active[:, column + 1]
        dealer = np.repeat(np.arange(len(rate)), rng.poisson(rate))
        calendar = days.of_quarter(quarter)
        working = (calendar.astype(int) + 3) % 7 < 5
        parts.append((days.drawn(rng, calendar, working, len(dealer)), dealer))
    date, dealer = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((dealer, date))
    date, dealer = date[order], dealer[order]
    first = np.concatenate([[True], (date[1:] != date[:-1]) | (dealer[1:] != dealer[:-1])])
    words = texts.company()["visits"]
    kind = rng.choice(list(words["subjects"]), len(date), p=words["kind_shares"]).astype(object)
    picks = zip(kind, rng.integers(0, 4, len(kind)), strict=True)
    subject = np.array([words["subjects"][each][pick] for each, pick in picks], object)
    outcome = rng.choice(words["outcomes"], len(date), p=words["outcome_shares"]).astype(object)
    entries = {"date": date, "dealer": dealer, "kind": kind, "subject": subject, "outcome": outcome}
    return {name: values[first] for name, values in entries.items()}


def needs(rng: np.random.Generator, letters: np.ndarray, quarters: Sequence[Quarter]) -> dict[str, np.ndarray]:
    """Needs interviews with the A dealers of the last four quarters, seven needs each, on a scale of 1 to 10."""
    columns = range(max(0, len(quarters) - 4), len(quarters))
    asked = [(column, dealer) for column in columns for dealer in np.flatnonzero(letters[:, column] == "A")]
    words = texts.company()["needs"]
    column, dealer = np.repeat(np.array(asked).reshape(-1, 2), len(words["needs"]), axis=0).T
    ideal = rng.integers(6, 11, len(column))
    return {
        "quarter": column,
        "dealer": dealer,
        "need": np.tile(np.array(words["needs"], object), len(asked)),
        "importance": rng.integers(1, 6, len(column)),
        "ideal": ideal,
        "actual": np.maximum(1, ideal - rng.integers(-1, 6, len(column))),
        "question_kind": rng.choice(words["questions"], len(column)).astype(object),
    }


def plans(rng: np.random.Generator, dealers: Dealers, letters: np.ndarray, year: int) -> dict[str, np.ndarray]:
    """The lines of the yearly plans: all six with a dealer that ends as A, the first three with a B."""
    templates = texts.lines("plan_lines.csv")
    lines = [
        (dealer, *line.values())
        for dealer, letter in enumerate(letters[:, -1])
        for line in {"A": templates, "B": templates[:3]}.get(letter, ())
    ]
    dealer, item, metric, unit, low, high = (np.array(values, object) for values in zip(*lines, strict=True))
    dealer, low, high = (values.astype(int) for values in (dealer, low, high))
    return {
        "year": np.full(len(dealer), year),
        "dealer": dealer,
        "item": item,
        "metric": metric,
        "target": rng.integers(low, high + 1),
        "unit": unit,
        "owner": dealers.manager[dealer],
        "due_on": np.datetime64(f"{year}-03-31") + rng.choice([0, 91, 183, 275], len(dealer)),
    }


def lost(rng: np.random.Generator, dealers: Dealers) -> dict[str, np.ndarray]:
    """Dealers reported as lost: some weeks after their last quarter with sales, with the reason given."""
    gone = dealers.reported
    starts = np.array([quarter.last_day for quarter in dealers.quarters], "datetime64[D]")
    reasons, shares = zip(*(line.values() for line in texts.lines("leaving_reasons.csv")), strict=True)
    reason = rng.choice(reasons, len(gone), p=np.array(shares, float)).astype(object)
    losses = {"dealer": gone, "lost_on": starts[dealers.last[gone]] + rng.integers(1, 60, len(gone)), "reason": reason}
    order = np.argsort(losses["lost_on"], kind="stable")
    return {name: values[order] for name, values in losses.items()}


def presales(rng: np.random.Generator, quarters: Sequence[Quarter]) -> dict[str, np.ndarray]:
    """Quarterly figures of the pre-sales colleagues, 60 to 100; the first three also from the CRM."""
    people, words = texts.company()["people"]["presales"], texts.company()["presales"]
    lines = [
        (column, person, kpi, source)
        for column in range(len(quarters))
        for person in people
        for kpi, sources in words["kpis"].items()
        for source in words["sources"][:sources]
    ]
    column, person, kpi, source = (np.array(values, object) for values in zip(*lines, strict=True))
    able = dict(zip(people, rng.uniform(70, 92, len(people)), strict=True))
    value = np.array([able[name] for name in person]) + rng.normal(0, 4, len(person)) + 4 * (source == "自评")
    figures = {"quarter": column.astype(int), "person": person, "kpi": kpi, "source": source}
    return figures | {"tenths": np.round(np.clip(value, 40, 100) * 10).astype(np.int64)}


def demand(rng: np.random.Generator, products: Products, year: int) -> dict[str, np.ndarray]:
    """The year's demand plan, its monthly plans for the best sellers, and a few ad hoc lines."""
    best = np.argsort(-products.popularity, kind="stable")[:15]
    lines = [("年度", str(year), product, "已发布") for product in range(len(products.ids))]
    lines += [("月度", f"{year}-{month:02d}", product, "已发布") for month in range(1, 13) for product in best]
    lines += [
        ("临时", f"{year}-{month:02d}", best[month], status)
        for month, status in ((6, "已批准"), (9, "评审中"), (11, "草稿"))
    ]
    kind, period, product, status = (np.array(values, object) for values in zip(*lines, strict=True))
    product = product.astype(int)
    usual = (
        products.popularity[product] * np.where(kind == "年度", 2_000_000, 150_000) * rng.uniform(0.8, 1.2, len(kind))
    )
    return {
        "plan_kind": kind,
        "period": period,
        "product": product,
        "quantity": np.round(usual, -1).astype(np.int64),
        "status": status,
    }
