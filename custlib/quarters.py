"""Calendar quarters, written `2025Q4`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from custlib.refusals import Refused


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; ordered in time."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first_day(self) -> date:
        """Its first day, a `datetime.date`."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day, a `datetime.date`."""
        month = 3 * self.number
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def previous(self, n: int = 1) -> "Quarter":
        """The quarter n quarters earlier; a negative n goes forward."""
        year, number = divmod(4 * self.year + self.number - 1 - n, 4)
        return Quarter(year, number + 1)


def parse(text: object) -> Quarter:
    """`"2025Q4"` → Quarter. Raises Refused (`not_a_quarter`) for anything else."""
    match = re.fullmatch(r"([1-9][0-9]{3})Q([1-4])", str(text))
    if not match:
        raise Refused("not_a_quarter", value=text)
    return Quarter(int(match[1]), int(match[2]))


def of(day: date) -> Quarter:
    """The quarter that a `datetime.date` lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def of_month(month: str) -> Quarter:
    """The quarter that a month lies in: `"2025-11"` → 2025Q4."""
    return of(date.fromisoformat(f"{month}-01"))


def span(last: Quarter, n: int) -> list[Quarter]:
    """The n quarters up to and including `last`, oldest first."""
    return [last.previous(back) for back in range(n - 1, -1, -1)]
