"""Result sentences in English ("en") and Chinese ("zh"), made from result tables: no number is typed in.

Sentences for Markdown have names escaped by `plain`; texts for blocks and text alternatives hold names as they are,
because blocks and figures escape what they show. An unknown language raises ValueError.
"""

from custlib.wording.alternatives import (
    class_history_alt,
    class_matrix_alt,
    line_accounts_alt,
    pareto_alt,
    pareto_caption,
    reasons_alt,
    trend_alt,
)
from custlib.wording.cards import key_figures
from custlib.wording.channels import (
    area_reading,
    formats_reading,
    key_account_reading,
    sold_reading,
)
from custlib.wording.classes import (
    abc_reading,
    joint_reading,
    limits_caption,
    list_reading,
    migration_reading,
    size_meaning,
)
from custlib.wording.cleanup import changed, money_adds_up, noted, set_aside, what_came
from custlib.wording.contracts import breach, contracts_reading
from custlib.wording.decisions import doubles, restated
from custlib.wording.doubts import movement_labels, movements_alt, odd, odd_rule
from custlib.wording.forms import count, money, percent, plain, with_currency
from custlib.wording.losses import loss_reading, silent_reading
from custlib.wording.story import story
from custlib.wording.summary import action_texts, conclusion, unfinished_note

__all__ = [
    "abc_reading",
    "action_texts",
    "area_reading",
    "breach",
    "changed",
    "class_history_alt",
    "class_matrix_alt",
    "conclusion",
    "contracts_reading",
    "count",
    "doubles",
    "formats_reading",
    "joint_reading",
    "key_account_reading",
    "key_figures",
    "limits_caption",
    "line_accounts_alt",
    "list_reading",
    "loss_reading",
    "migration_reading",
    "money",
    "money_adds_up",
    "movement_labels",
    "movements_alt",
    "noted",
    "odd",
    "odd_rule",
    "pareto_alt",
    "pareto_caption",
    "percent",
    "plain",
    "reasons_alt",
    "restated",
    "set_aside",
    "silent_reading",
    "size_meaning",
    "sold_reading",
    "story",
    "trend_alt",
    "unfinished_note",
    "what_came",
    "with_currency",
]
