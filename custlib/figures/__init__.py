"""Charts from result tables; the only room that knows matplotlib and seaborn."""

from custlib.figures.changes import expected_and_came, year_bridge
from custlib.figures.charts import line_accounts, movements, pareto, reasons, trend
from custlib.figures.classes import class_cube, class_heat_map, pareto_panels
from custlib.figures.curves import lorenz, whale
from custlib.figures.demand import demand_outlook, value_steps
from custlib.figures.evidence import k_table
from custlib.figures.fishbone import fishbone
from custlib.figures.flows import migration_flow
from custlib.figures.money import money_unit
from custlib.figures.needs import needs_map
from custlib.figures.picture import of_own, picture
from custlib.figures.pieces import sell_in_out
from custlib.figures.rhythm import season_curves, stability_scatter
from custlib.figures.segment_flow import segment_flow
from custlib.figures.segment_heat_map import segment_heat_map
from custlib.figures.segments import segment_look, segment_map, segment_seasons
from custlib.figures.style import MissingGlyph, use_style
