"""Who a customer is: what it carries and at what price, what it owes, holds and sells on, what we give it, what we
asked of ourselves and did. Pure functions over tables; `tables` reads the engine's sums."""

from custlib.profile.contacts import (
    OURS,
    as_last_asked,
    asked,
    contacts,
    recent,
    service,
    service_sums,
    words_of_visits,
)
from custlib.profile.credit import CountedBack, Reconciled, count_back, overdue, reconcile
from custlib.profile.flow import flow
from custlib.profile.index import PROFILES, index, shown
from custlib.profile.models import models, new_models, penetration
from custlib.profile.pieces import pieces
from custlib.profile.prices import prices, usual
from custlib.profile.rebates import rebates
from custlib.profile.sums import BY, MONEY, beside, measured, standing, sums, who
from custlib.profile.support import next_change, support_return
from custlib.profile.tables import (
    alike,
    dso_days,
    owing_sales,
    profile_credit,
    profile_flow,
    profile_months,
    profile_rebates,
    profile_support,
)
from custlib.profile.terms import check_terms, credit_terms, in_force
