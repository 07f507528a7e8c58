"""Facts for sentences: functions from tables to plain values, without a word of any language.

The words stand in `custlib/words/<language>/<room>.j2`, in a macro named like the function.
"""

from custlib.wording.alternatives import line_accounts_alt, pareto_alt, pareto_caption, reasons_alt, trend_alt
from custlib.wording.cards import key_figures
from custlib.wording.changes import (
    bridge_reading,
    causes_reading,
    concentration_reading,
    inequality_reading,
    season_reading,
    whale_reading,
)
from custlib.wording.channels import area_reading, formats_reading, key_account_reading, sold_reading
from custlib.wording.class_alternatives import (
    class_cube_alt,
    class_heat_map_alt,
    lorenz_alt,
    migration_flow_alt,
    pareto_panels_alt,
    season_curves_alt,
    stability_scatter_alt,
    whale_alt,
)
from custlib.wording.classes import (
    abc_reading,
    joint_reading,
    last_share_reading,
    limits_caption,
    list_reading,
    migration_reading,
    size_meaning,
)
from custlib.wording.cleanup import changed, left_out, money_adds_up, noted, set_aside, set_aside_groups, what_came
from custlib.wording.climb import climb_reading, progress_reading
from custlib.wording.consumers import known_reading, purchases_missing
from custlib.wording.contracts import contracts_never, contracts_reading
from custlib.wording.decisions import doubles, restated
from custlib.wording.doubts import movement_labels, movements_alt, odd, odd_rule
from custlib.wording.expected import changed_reading, expected_and_came_alt, year_bridge_alt, year_reading
from custlib.wording.exports import exports_next, exports_reading
from custlib.wording.factors import (
    experts_reading,
    group_reading,
    judged,
    kinds_method,
    outcome_method,
    outcome_reading,
    spread_reading,
    together_reading,
    tree_reading,
)
from custlib.wording.findings import customers_finding, factors_finding, missing_warning, segments_finding
from custlib.wording.fishbone import (
    against_score,
    factor_evidence_method,
    factor_evidence_reading,
    fishbone_alt,
    stock_reading,
)
from custlib.wording.followed import effect_reading, followed_limits, followed_texts, since_report
from custlib.wording.judgement import (
    fits,
    overrides_reading,
    robust_reading,
    rules_reading,
    setting,
    systems_reading,
    weights_reading,
    why,
)
from custlib.wording.losses import channel_method, loss_reading, silent_reading
from custlib.wording.orders import all_orders, first_orders, order_reason, statements_asked
from custlib.wording.segment_alternatives import (
    segment_flow_alt,
    segment_heat_map_alt,
    segment_map_alt,
    segment_seasons_alt,
)
from custlib.wording.segment_changes import events_reading, flow_reading
from custlib.wording.segment_evidence import agreement_reading, evidence_method, evidence_reading, k_table_alt
from custlib.wording.segments import (
    axis_names,
    cards_reading,
    feature_value,
    of_segment,
    profile_value,
    segments_reading,
    traits_of_name,
)
from custlib.wording.stability import kept_reading, moves_reading, next_reading, stability_reading, sure_reading
from custlib.wording.story import story
from custlib.wording.strategies import (
    measure_value,
    others_mean,
    own_mean,
    strategy_method,
    strategy_reading,
    value_reading,
)
from custlib.wording.summary import absent_customers, conclusion, missing_note, unfinished_note
from custlib.wording.tax import tax_doubt, tax_reading

__all__ = [
    "abc_reading",
    "absent_customers",
    "against_score",
    "agreement_reading",
    "all_orders",
    "area_reading",
    "axis_names",
    "bridge_reading",
    "cards_reading",
    "causes_reading",
    "changed",
    "changed_reading",
    "channel_method",
    "class_cube_alt",
    "class_heat_map_alt",
    "climb_reading",
    "concentration_reading",
    "conclusion",
    "contracts_never",
    "contracts_reading",
    "customers_finding",
    "doubles",
    "effect_reading",
    "events_reading",
    "evidence_method",
    "evidence_reading",
    "expected_and_came_alt",
    "experts_reading",
    "exports_next",
    "exports_reading",
    "factor_evidence_method",
    "factor_evidence_reading",
    "factors_finding",
    "feature_value",
    "first_orders",
    "fishbone_alt",
    "fits",
    "flow_reading",
    "followed_limits",
    "followed_texts",
    "formats_reading",
    "group_reading",
    "inequality_reading",
    "joint_reading",
    "judged",
    "k_table_alt",
    "kept_reading",
    "key_account_reading",
    "key_figures",
    "kinds_method",
    "known_reading",
    "last_share_reading",
    "left_out",
    "limits_caption",
    "line_accounts_alt",
    "list_reading",
    "lorenz_alt",
    "loss_reading",
    "measure_value",
    "migration_flow_alt",
    "migration_reading",
    "missing_note",
    "missing_warning",
    "money_adds_up",
    "movement_labels",
    "movements_alt",
    "moves_reading",
    "next_reading",
    "noted",
    "odd",
    "odd_rule",
    "of_segment",
    "order_reason",
    "others_mean",
    "outcome_method",
    "outcome_reading",
    "overrides_reading",
    "own_mean",
    "pareto_alt",
    "pareto_caption",
    "pareto_panels_alt",
    "profile_value",
    "progress_reading",
    "purchases_missing",
    "reasons_alt",
    "restated",
    "robust_reading",
    "rules_reading",
    "season_curves_alt",
    "season_reading",
    "segment_flow_alt",
    "segment_heat_map_alt",
    "segment_map_alt",
    "segment_seasons_alt",
    "segments_finding",
    "segments_reading",
    "set_aside",
    "set_aside_groups",
    "setting",
    "silent_reading",
    "since_report",
    "size_meaning",
    "sold_reading",
    "spread_reading",
    "stability_reading",
    "stability_scatter_alt",
    "statements_asked",
    "stock_reading",
    "story",
    "strategy_method",
    "strategy_reading",
    "sure_reading",
    "systems_reading",
    "tax_doubt",
    "tax_reading",
    "together_reading",
    "traits_of_name",
    "tree_reading",
    "trend_alt",
    "unfinished_note",
    "value_reading",
    "weights_reading",
    "whale_alt",
    "whale_reading",
    "what_came",
    "why",
    "year_bridge_alt",
    "year_reading",
]
