"""One customer on one page: what it bought, carried and paid, what we asked of ourselves and did; small tables of
customers, without an engine."""

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
from custlib.profile.index import PROFILES, file_names, index, shown
from custlib.profile.models import models, new_models, penetration
from custlib.profile.prices import prices, usual
from custlib.profile.sums import BY, MONEY, beside, kept, measured, sums, who
