"""What a key account needs, what was promised it, and what became of that. Pure functions over tables."""

from custlib.accounts.pieces import Sold, sold
from custlib.accounts.promotions import events, promotion_effect
from custlib.accounts.uplift import Uplift, gain_and_spent, roi, uplift
from custlib.accounts.verdicts import COLUMNS, judged, untold
from custlib.accounts.whitespace import margins, whitespace
