"""Key accounts: what they need, what was promised and kept, what is worth doing, and who is shown which of it."""

from custlib.accounts.edition import edition

__all__ = ["edition"]
