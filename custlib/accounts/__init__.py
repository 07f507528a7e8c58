"""Key accounts: what they need, what we promised and kept, what else they could earn with us."""

from custlib.accounts.agenda import account_requests, review_agenda
from custlib.accounts.asked import answers, needs_of, questions
from custlib.accounts.contract import clauses, contract_terms
from custlib.accounts.copied import same_answers
from custlib.accounts.drift import drift, needs_drift
from custlib.accounts.edition import edition
from custlib.accounts.importance import NeedsMap, importance_performance, needs_map, needs_ranked, spread_importance
from custlib.accounts.lesson_targets import lesson_beside, lesson_lines, lesson_sums, lesson_targets
from custlib.accounts.needs import account_needs, answer_error, gaps, over_served, shrunk
from custlib.accounts.owners import copied, kept
from custlib.accounts.pieces import Sold, sold
from custlib.accounts.plans import best_reached, checked, expected_by, plan_lines, plan_state
from custlib.accounts.promises import check_plans, corrections, plan_changes
from custlib.accounts.promotions import events, promotion_effect
from custlib.accounts.quality import plan_quality
from custlib.accounts.state import account_state, measures
from custlib.accounts.uplift import Uplift, gain_and_spent, roi, uplift
from custlib.accounts.verdicts import COLUMNS, judged, untold
from custlib.accounts.whitespace import margins, whitespace
from custlib.accounts.who import who

__all__ = [
    "COLUMNS",
    "NeedsMap",
    "Sold",
    "Uplift",
    "account_needs",
    "account_requests",
    "account_state",
    "answer_error",
    "answers",
    "best_reached",
    "check_plans",
    "checked",
    "clauses",
    "contract_terms",
    "copied",
    "corrections",
    "drift",
    "edition",
    "events",
    "expected_by",
    "gain_and_spent",
    "gaps",
    "importance_performance",
    "judged",
    "kept",
    "lesson_beside",
    "lesson_lines",
    "lesson_sums",
    "lesson_targets",
    "margins",
    "measures",
    "needs_drift",
    "needs_map",
    "needs_of",
    "needs_ranked",
    "over_served",
    "plan_changes",
    "plan_lines",
    "plan_quality",
    "plan_state",
    "promotion_effect",
    "questions",
    "review_agenda",
    "roi",
    "same_answers",
    "shrunk",
    "sold",
    "spread_importance",
    "untold",
    "uplift",
    "whitespace",
    "who",
]
