"""Key accounts: what was promised and what became of it. Pure functions over tables."""

from custlib.accounts.agenda import account_requests, review_agenda
from custlib.accounts.owners import copied, kept
from custlib.accounts.plans import best_reached, checked, expected_by, judged, plan_lines, plan_state
from custlib.accounts.promises import check_plans, corrections, plan_changes
from custlib.accounts.quality import plan_quality
from custlib.accounts.state import account_state, measures
