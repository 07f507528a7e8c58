"""Key accounts: what they need, what we promised and kept, what else they could earn with us."""

from custlib.accounts.agenda import account_requests, review_agenda
from custlib.accounts.owners import copied, kept
from custlib.accounts.plans import best_reached, checked, expected_by, plan_lines, plan_state
from custlib.accounts.promises import check_plans, corrections, plan_changes
from custlib.accounts.quality import plan_quality
from custlib.accounts.state import account_state, measures
from custlib.accounts.whitespace import margins, whitespace
from custlib.accounts.who import who

__all__ = [
    "account_requests",
    "account_state",
    "best_reached",
    "check_plans",
    "checked",
    "copied",
    "corrections",
    "expected_by",
    "kept",
    "margins",
    "measures",
    "plan_changes",
    "plan_lines",
    "plan_quality",
    "plan_state",
    "review_agenda",
    "whitespace",
    "who",
]
