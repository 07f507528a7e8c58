"""What a key account needs and what we promise it: needs, plans, worth. Pure functions over tables."""

from custlib.accounts.asked import answers, needs_of, questions
from custlib.accounts.copied import same_answers
from custlib.accounts.drift import drift, needs_drift
from custlib.accounts.importance import NeedsMap, importance_performance, needs_map, spread_importance
from custlib.accounts.needs import account_needs, answer_error, gaps, over_served, shrunk
