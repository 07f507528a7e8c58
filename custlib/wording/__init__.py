"""Facts for sentences: functions from tables to plain values, without a word of any language.

The words stand in `custlib/words/<language>/<room>.j2`, in a macro named like the function.
"""

from custlib.wording.alternatives import line_accounts_alt, pareto_alt, pareto_caption, reasons_alt, trend_alt
from custlib.wording.cards import key_figures
from custlib.wording.changes import bridge_reading, causes_reading, concentration_reading, season_reading, whale_reading
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
    limits_caption,
    list_reading,
    migration_reading,
    size_meaning,
)
from custlib.wording.cleanup import changed, money_adds_up, noted, set_aside, set_aside_groups, what_came
from custlib.wording.climb import climb_reading, progress_reading
from custlib.wording.consumers import known_reading
from custlib.wording.contracts import contracts_reading
from custlib.wording.decisions import doubles, restated
from custlib.wording.doubts import movement_labels, movements_alt, odd, odd_rule
from custlib.wording.factors import (
    experts_reading,
    group_reading,
    judged,
    outcome_reading,
    spread_reading,
    together_reading,
    tree_reading,
)
from custlib.wording.fishbone import against_score, factor_evidence_reading, fishbone_alt, stock_reading
from custlib.wording.followed import followed_limits, followed_texts, since_report
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
from custlib.wording.losses import loss_reading, silent_reading
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
    segments_in_short,
    segments_reading,
    traits_of_name,
)
from custlib.wording.stability import moves_reading, next_reading, stability_reading, sure_reading
from custlib.wording.story import story
from custlib.wording.strategies import (
    measure_value,
    others_mean,
    own_mean,
    strategy_method,
    strategy_reading,
    value_reading,
)
from custlib.wording.summary import action_texts, conclusion, unfinished_note
