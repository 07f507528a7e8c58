"""What the dealers pay: each month's invoices some weeks into the next month; and the classes that follow from it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import numpy as np

WITH_TAX = 1.13  # invoices are paid with the value added tax, sales are booked without it
LARGE_MONTH_FEN = 40_000_000
# Days later than others, and which part of what others pay: one is two months late, one pays before it owes.
LATE, AHEAD = (60, 0.94), (-28, 1.08)
ROUND_FEN = 10_000  # dealers pay in hundreds of yuan


def make(
    rng: np.random.Generator,
    months_fen: np.ndarray,
    first_month: np.datetime64,
    last_day: np.datetime64,
    large_fen: float = LARGE_MONTH_FEN,
    odd: Mapping[int, tuple] = MappingProxyType({}),
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Payments as a dict of arrays (date, dealer, fen), sorted by date; and what each dealer paid before the export.

    months_fen: dealers × months of invoices with tax, the first three being the warm-up quarter. A large month is paid
    in two. odd: dealer → how many days later than others it pays, and which part of what others pay.
    Each dealer has its own day of payment, 18 to 42 days after the middle of the month, never at the turn of a quarter.
    Payments before the end of the warm-up quarter or after `last_day` lie outside the export.
    """
    cell = np.nonzero(months_fen > 0)
    parts = np.where(months_fen[cell] > large_fen, 2, 1)
    dealer, month, billed = (np.repeat(values, parts) for values in (*cell, months_fen[cell] / parts))
    fen = np.round(billed * rng.uniform(0.95, 1.0, len(billed)) / ROUND_FEN).astype(np.int64) * ROUND_FEN
    habit = rng.integers(22, 39, len(months_fen))
    for who, (later, part) in odd.items():
        habit[who] += later
        fen[dealer == who] = np.round(fen[dealer == who] * part / ROUND_FEN).astype(np.int64) * ROUND_FEN
    middle = (first_month + month).astype("datetime64[D]") + 14
    day = middle + habit[dealer] + rng.integers(-4, 5, len(fen))
    early = day < first_month + 3
    inside = (fen > 0) & ~early & (day <= last_day)
    order = np.lexsort((dealer, day))
    order = order[inside[order]]
    before = np.bincount(dealer[early], fen[early], len(months_fen))
    return {"date": day[order], "dealer": dealer[order], "fen": fen[order]}, before


def by_quarter(payments: dict, dealers: int, first_day: date, quarters: int) -> np.ndarray:
    """Payments in fen, dealers × exported quarters."""
    cell = payments["dealer"] * quarters + _quarter(payments, first_day)
    return np.bincount(cell, payments["fen"], dealers * quarters).reshape(dealers, quarters)


def harmless(payments: dict, letters: np.ndarray, first_day: date) -> np.ndarray:
    """Payments whose loss changes no class: of a C dealer with two others in the quarter."""
    cell = (payments["dealer"], _quarter(payments, first_day))
    flat = np.ravel_multi_index(cell, letters.shape)
    return (letters[cell] == "C") & (np.bincount(flat)[flat] >= 3)


def _quarter(payments, first_day):
    return (payments["date"].astype("datetime64[M]") - np.datetime64(first_day, "M")).astype(int) // 3


def classes(paid_fen: np.ndarray) -> np.ndarray:
    """Letters, dealers × quarters ("" without payments): the largest fifth A, the next two fifths B; equals share."""
    letters = np.full(paid_fen.shape, "", object)
    for column, paid in enumerate(paid_fen.T):
        paying = paid > 0
        ascending = np.sort(paid[paying])
        better = (len(ascending) - np.searchsorted(ascending, paid[paying], side="right")) / max(len(ascending), 1)
        letters[paying, column] = np.select([better < 0.2, better < 0.6], ["A", "B"], "C")
    return letters
