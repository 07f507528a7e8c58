"""What a key account needs, what was promised it, and what became of that. Pure functions over tables."""

from custlib.accounts.whitespace import margins, whitespace
