"""Demand plans beside plain forecasts: which plan can production trust, and what will be sold."""

from custlib.demand.aims import aims
from custlib.demand.basis import basis, without_festivals
from custlib.demand.checks import check_sizes
from custlib.demand.errors import bias, mase, tracking_signal, value_added, wape
from custlib.demand.festivals import Calendar, calendar, festival_shares, windows
from custlib.demand.forecasting import backtest, conformal, forecast, measured, reconcile
from custlib.demand.intermittent import croston, kinds, sba, tsb
from custlib.demand.outlook import (
    calendars,
    company,
    fitting,
    like_models,
    made,
    money,
    ranges_of,
    results,
    shape,
    step_forecasts,
    tested,
    upcoming,
    with_ranges,
)
from custlib.demand.plans import (
    accuracy,
    against_forecast,
    corrections,
    cover,
    lines,
    owners,
    read,
    released,
    status,
    steps_value,
    versions,
    year_differences,
)
from custlib.demand.regions import by_region
from custlib.demand.season import season, smooth
from custlib.demand.shown import company_months, moved_months, season_index, with_year_ago
from custlib.demand.shown import kinds as product_kinds
