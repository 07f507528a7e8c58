"""Key accounts: what they need, what was promised and kept, what is worth doing, and who is shown which of it."""

from custlib.accounts.edition import edition
from custlib.accounts.whitespace import margins, whitespace
from custlib.accounts.who import who

__all__ = ["edition", "margins", "whitespace", "who"]
