"""The pre-sales scorecard, and whether it is fair: agreement and severity of raters, scores, and how sure their order
is. Pure functions over tables."""

from custlib.scorecards.agreement import Agreement, icc
from custlib.scorecards.figures import ASIDE, figures
from custlib.scorecards.judging import Judged, judge
from custlib.scorecards.order import ranks, robust, sidak, told_apart
from custlib.scorecards.privacy import may_show
from custlib.scorecards.reading import NOTEBOOK, Read, read
from custlib.scorecards.scores import is_real, points, rate, shrunk, total
from custlib.scorecards.settings import kpis, likely_doubles, people, sources
from custlib.scorecards.severity import Severity, adjusted, check_linked, islands, severity
from custlib.scorecards.tables import (
    FLAT,
    monthly_follow,
    rater_severity,
    scorecard,
    scorecard_total,
    self_other,
    source_agreement,
    system_check,
)
