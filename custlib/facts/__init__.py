"""Clean tables → small tables per customer and time, summed exactly in the engine, then pandas in yuan."""

from custlib.facts.absence import absence
from custlib.facts.alike import look_alikes
from custlib.facts.assortment import bought, launched
from custlib.facts.categories import category_months, counted_months, promotions
from custlib.facts.consumers import (
    MOST_CONSUMERS,
    consumer_features,
    consumer_history,
    consumer_months,
    consumer_quarters,
    consumer_share,
    consumer_sums,
    feature_rows,
    known_quarters,
)
from custlib.facts.contacts import targets, visits
from custlib.facts.credit import daily_sales, known_since, money_flows, receivables, support
from custlib.facts.demand import (
    categories,
    daily_amounts,
    demand_plans,
    net_prices,
    product_flow,
    product_months,
    region_lines,
    region_payments,
    whole_months,
)
from custlib.facts.flow import counts, daily_pieces, monthly_pieces
from custlib.facts.indicators import (
    INDICATORS,
    Indicators,
    active,
    brand_share,
    check_quarter,
    check_weights,
    customer_quarters,
    customers,
    indicator_history,
    indicators,
    known_weights,
    missing_indicators,
    systems,
    year_together,
)
from custlib.facts.interviews import interviews
from custlib.facts.months import customer_months, documents, last_month
from custlib.facts.parts import PARTED_BY, change_within, in_part, parts, totals_within
from custlib.facts.plans import CHECKS, LINE, REBATES, agreed_rebates, as_word, plan_checks, plan_metrics, plans
from custlib.facts.practice import practice
from custlib.facts.presales import presales
from custlib.facts.prices import price_levels, price_lines
from custlib.facts.scores import factor_scores, judgements, profit_rows, score_rows
from custlib.facts.standing import standing
from custlib.facts.stock import AGE_CLASSES, SLOW, slow_stock, stock_age
from custlib.facts.tax import tax_basis
from custlib.facts.totals import Change, apart, by_quarter, change, money_lines, totals
from custlib.facts.trade import losses, order_rhythm, sell_out, stock, stores
