"""Charts from result tables; the only room that knows matplotlib and seaborn."""

from custlib.figures.charts import class_history, class_matrix, line_accounts, movements, pareto, reasons, trend
from custlib.figures.money import money_unit
from custlib.figures.picture import picture
from custlib.figures.style import MissingGlyph, use_style

__all__ = [
    "MissingGlyph",
    "class_history",
    "class_matrix",
    "line_accounts",
    "money_unit",
    "movements",
    "pareto",
    "picture",
    "reasons",
    "trend",
    "use_style",
]
