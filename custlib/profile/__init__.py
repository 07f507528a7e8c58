"""Who a customer is: what it owes, holds and sells on, what we give it, what came back. Pure functions."""

from custlib.profile.credit import CountedBack, Reconciled, count_back, overdue, reconcile
from custlib.profile.flow import flow
from custlib.profile.rebates import rebates
from custlib.profile.support import next_change, support_return
from custlib.profile.tables import (
    alike,
    profile_credit,
    profile_flow,
    profile_months,
    profile_rebates,
    profile_support,
)
from custlib.profile.terms import check_terms, credit_terms, in_force
