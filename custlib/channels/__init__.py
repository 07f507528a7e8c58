"""The channel behind the classes: overstocked customers, people's decisions, store formats, silent and lost customers.

Pure functions over small tables of customers. Their findings are questions to a person, never a verdict.
"""

from custlib.channels.churn import loss_reasons, silent
from custlib.channels.formats import area_questions, by_format
from custlib.channels.key_accounts import DIFFERENCES, key_accounts
from custlib.channels.sell_out import stuffed
