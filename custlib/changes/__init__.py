"""What changed: each customer against what was to be expected of it, and the company against last year."""

from custlib.changes.judging import CHANGES, judged
from custlib.changes.year import headline, year_bridge
