"""What people write down of dealers: visits, calls and complaints, and who is lost. Each as a dict of arrays."""

import numpy as np

from custlib.sample import days, texts
from custlib.sample.dealers import Dealers

_OPEN_DAYS = 60
_VISITS_A_QUARTER = {"A": 4.5, "B": 1.8, "C": 0.8, "": 0.3}


def visits(rng: np.random.Generator, dealers: Dealers, letters: np.ndarray, open_complaint: dict) -> dict:
    """Visits, calls and complaints; the better the class, the more. letters: dealers × exported quarters;
    open_complaint: as `complaint` gives it: no contact comes after it."""
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
    if not open_complaint:
        return {name: values[first] for name, values in entries.items()}
    first &= (dealer != open_complaint["dealer"]) | (date < open_complaint["date"])
    line = {"dealer": open_complaint["dealer"], "date": open_complaint["date"], "kind": "投诉"}
    line |= {"subject": words["subjects"]["投诉"][-1], "outcome": "待跟进"}
    entries = {name: np.append(values[first], line[name]) for name, values in entries.items()}
    order = np.lexsort((entries["dealer"], entries["date"]))
    return {name: values[order] for name, values in entries.items()}


def lost(rng: np.random.Generator, dealers: Dealers) -> dict[str, np.ndarray]:
    """Dealers reported as lost: some weeks after their last quarter with sales, with the reason given."""
    gone = dealers.reported
    starts = np.array([quarter.last_day for quarter in dealers.quarters], "datetime64[D]")
    reasons, shares = zip(*(line.values() for line in texts.lines("leaving_reasons.csv")), strict=True)
    reason = rng.choice(reasons, len(gone), p=np.array(shares, float)).astype(object)
    losses = {"dealer": gone, "lost_on": starts[dealers.last[gone]] + rng.integers(1, 60, len(gone)), "reason": reason}
    order = np.argsort(losses["lost_on"], kind="stable")
    return {name: values[order] for name, values in losses.items()}


def complaint(dealers: Dealers, gone: dict) -> dict:
    """The complaint of the last dealer reported lost: dealer, date, lost_on; nobody answers it, and the dealer leaves
    60 days later. Empty where nobody left."""
    first = np.datetime64(dealers.quarters[1].first_day)
    late = np.flatnonzero(gone["lost_on"] >= first + _OPEN_DAYS)
    if not len(late):
        return {}
    day = gone["lost_on"][late[-1]]
    return {"dealer": int(gone["dealer"][late[-1]]), "date": day - _OPEN_DAYS, "lost_on": day}
