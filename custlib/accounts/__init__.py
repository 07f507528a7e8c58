"""Key accounts: what they need, what was promised and kept, what is worth doing, and who is shown which of it."""

from custlib.accounts.edition import edition
from custlib.accounts.whitespace import margins, whitespace

__all__ = ["edition", "margins", "whitespace"]
