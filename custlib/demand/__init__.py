"""Demand plans beside plain forecasts: which plan can production trust, and what will be sold."""

from custlib.demand.errors import bias, mase, tracking_signal, value_added, wape
from custlib.demand.festivals import Calendar, calendar, festival_shares, windows
from custlib.demand.forecasting import backtest, conformal, forecast, measured, reconcile
from custlib.demand.intermittent import croston, kinds, sba, tsb
from custlib.demand.season import season, smooth
