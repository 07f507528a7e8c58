"""Key accounts: what they need, what we promised and kept, what else they could earn with us."""

from custlib.accounts.whitespace import margins, whitespace
from custlib.accounts.who import who

__all__ = ["margins", "whitespace", "who"]
