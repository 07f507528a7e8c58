import numpy as np
import pandas as pd

from custlib import wording
from custlib.wording.sentences import Context, text

P = "\N{NO-BREAK SPACE}%"


def said(name, facts, lang="en"):
    return text(f"demand.{name}", facts, lang=lang, context=Context("CNY"), markdown=False)


LINES = pd.DataFrame(
    [
        ("annual", "2025", "P", False, False),
        ("monthly", "2025-02", "Q", True, False),
        ("monthly", "2025-03", "P", False, True),
    ],
    columns=["plan_kind", "period", "product_id", "late", "skipped_step"],
)
ACCURACY = pd.DataFrame(
    [
        ("company", "monthly", 0.27, 0.17, 12.0, 12),
        ("company", "annual", 0.7, -0.1, 1.0, 12),
        ("product", "monthly", 0.3, 0.2, 9.0, 12),
        ("product", "monthly", 0.3, 0.2, 8.0, 12),
    ],
    columns=["level", "plan_kind", "wape", "bias", "tracking_signal", "months"],
)
OUTLOOK = pd.DataFrame(
    {
        "month": ["2025-12", "2026-01"],
        "actual": [40.0, np.nan],
        "forecast": [np.nan, 1234.0],
        "low": [np.nan, 900.0],
        "year_ago": [30.0, 1000.0],
    }
)
COMPANY = pd.DataFrame(
    [("net_sales", "2026Q1", 2e6, 1e6, 3e6, 0.05, 0.062), ("payments", "2026Q1", 1e6, *[np.nan] * 4)],
    columns=["measure", "quarter", "forecast", "low", "high", "error", "naive_error"],
)


def test_which_plans_came():
    facts = wording.plans_came(LINES)
    assert said("plans_came", facts) == (
        "1 line of annual plans and 2 lines of monthly plans came. Released late, or not yet: Q (2025-02)."
        " A step was skipped: P (2025-03)."
    )
    assert "年度计划 1 行" in said("plans_came", facts, "zh")
    assert said("plans_came", wording.plans_came(LINES[:0])).startswith("The exports hold no demand plans")


def test_how_right_they_were():
    facts = wording.accuracy_reading(ACCURACY)
    assert said("accuracy_reading", facts) == (
        f"Line by line, monthly plans missed by 27{P} (in all 17{P} too high) and annual plans missed by 70{P} (in all 10{P} too low)."
        " Of 2 models with monthly plans, 1 was planned too high or too low nearly every month: ask why."
    )
    assert wording.accuracy_reading(ACCURACY[:0]) is None


def test_which_step_made_them_better_or_worse():
    value = pd.DataFrame(
        [
            ("naive", np.nan, np.nan, np.nan, ""),
            ("draft", 5.0, 1.0, 9.0, "better"),
            ("joint_review", -6.0, -8.0, -3.0, "worse"),
        ],
        columns=["step", "fva_points", "low", "high", "verdict"],
    ).assign(group="company", lines=180)
    assert said("plan_value_reading", wording.plan_value_reading(value)) == (
        "**Better** than the step before: the draft by 5.0 points (1.0 to 9.0). **Worse**: the joint review by 6.0 points (3.0 to"
        " 8.0). 180 lines were compared, from last year's same month on."
    )
    nobody = value.assign(verdict="cannot_tell")
    assert "No step can be told" in said("plan_value_reading", wording.plan_value_reading(nobody))
    assert wording.plan_value_reading(value[:1]) is None


def test_what_comes_and_how_sure():
    forecasts = pd.DataFrame({"product_id": ["P"], "low": [1.0], "kind": ["mean"]})
    backtest = pd.DataFrame(
        {
            "method": ["seasonal_naive", "pooled_calendar"] * 2,
            "level": ["product", "product", "company", "company"],
            "wape": [0.5, 0.4, 0.07, 0.103],
            "covered_share": [np.nan, 0.79, np.nan, np.nan],
        }
    )
    facts = wording.outlook_reading(OUTLOOK, forecasts, backtest, 0.8)
    assert said("outlook_reading", facts) == (
        f"From 2026-01 to 2026-01 1,230 pieces are expected, after 1,000 a year before. Tried from every earlier month, the"
        f" forecast missed by 40{P} model by model; last year's month by 50{P}. It missed a month's total of"
        f" all models by 10.3{P}, last year's month by 7.0{P}: take a total from last year's month, and its models from the forecast."
        f" Ranges meant to hold 80{P} of what comes held"
        f" 79{P}. 1 model is too new for a level of its own."
    )
    nearer = backtest.assign(wape=[0.5, 0.4, 0.09, 0.08])
    told = said("outlook_reading", wording.outlook_reading(OUTLOOK, forecasts, nearer, 0.8))
    assert f"by 8.0{P}, last year's month by 9.0{P}. Ranges" in told
    short = wording.outlook_reading(OUTLOOK, forecasts.assign(low=np.nan, kind="x"), backtest[:0], 0.8)
    assert said("outlook_reading", short).endswith("There are too few earlier forecasts for ranges.")


def test_the_companys_money_and_the_card():
    assert said("company_reading", wording.company_reading(COMPANY)) == (
        f"Net sales in 2026Q1: ¥2 million (¥1 million to ¥3 million), by a forecast that missed earlier quarters by 5.0{P}"
        f" (last year's quarter: by 6.2{P});"
        " payments received in 2026Q1: ¥1 million."
    )
    card = said("demand_finding", wording.demand_finding(ACCURACY, OUTLOOK, COMPANY))
    assert (
        card
        == f"Line by line, released monthly plans missed by **27{P}**, in all 17{P} too high. Forecast to 2026-01: 1,230 "
        "pieces; 2026Q1: ¥2 million."
    )
    assert len(card.split()) <= 25
    without = wording.demand_finding(ACCURACY[:0], OUTLOOK, COMPANY)
    assert said("demand_finding", without) == "Forecast to 2026-01: 1,230 pieces; 2026Q1: ¥2 million."
    assert "预计 1,230 件" in said("demand_finding", without, "zh")


def test_targets_beside_what_came():
    aims = pd.DataFrame(
        [("net_sales", 1, 2e6, 1.5e6), ("payments", 3, 1e6, np.nan)],
        columns=["measure", "customers", "target", "came"],
    )
    assert said("aims_reading", wording.aims_reading(aims, "2025Q4")) == (
        f"Customers with a target for 2025Q4: net sales of 1 customer came to ¥1.5 million, 75{P} of their target of ¥2 million."
    )
    assert "完成目标" in said("aims_reading", wording.aims_reading(aims, "2025Q4"), "zh")
    assert wording.aims_reading(aims[1:], "2025Q4") is None


def test_where_plan_and_forecast_part_ways():
    against = pd.DataFrame(
        {"month": "2026-01", "planned": [10.0, 1.0], "high": 5.0, "inside": [False, True], "money_at_risk": [1e4, 0.0]}
    )
    assert said("apart_reading", wording.apart_reading(against)).startswith(
        "Of 2 lines planned from 2026-01 to 2026-01, 1 lies outside the range, 1 above it;"
    )
    assert "The line planned" in said("apart_reading", wording.apart_reading(against[1:]))
    assert "without range" in said("apart_reading", wording.apart_reading(against.assign(inside=None)))
    assert wording.apart_reading(against[:0]) is None


def test_whether_plans_fill_stores():
    cover = pd.DataFrame({"as_of": "2025-09-30", "excess": [100.0, -5.0, np.nan], "doubt": [False, False, True]})
    assert said("cover_reading", wording.cover_reading(cover)) == (
        "Of 2 planned models, 1 would lie in stores longer than usual, 100 pieces together (stock of 2025-09-30). For 1 model the"
        " pieces sold through come out below zero: a count or a delivery is in doubt."
    )
    assert "not counted twice" in said("cover_reading", wording.cover_reading(cover[:0]))


def test_what_festivals_do():
    factors = pd.DataFrame(
        [("spring_festival", "before", 1.5, 1.2, 1.9)], columns=["festival", "window", "factor", "low", "high"]
    )
    moved = pd.DataFrame({"month": ["2026-01", "2026-02"], "weight": [1.2, 0.8], "weight_year_ago": [1.0, 0.8]})
    facts = wording.festival_reading(factors, moved)
    assert "× 1.50 (1.20 to 1.90)" in said("festival_reading", facts) and f"2026-01 20{P} more" in said(
        "festival_reading", facts
    )
    assert "much as a year before" in said("festival_reading", wording.festival_reading(factors[:0], moved[1:]))


def test_corrections_and_differences():
    made = pd.DataFrame({"product_id": ["P", "P", "Q"], "better": [True, False, None]})
    assert said("corrections_reading", wording.corrections_reading(made)) == (
        "2 released lines were changed by ad hoc plans (P); 1 came nearer to what was sold."
    )
    assert said("corrections_reading", wording.corrections_reading(made[:0])).startswith("No released plan")
    differences = pd.DataFrame({"product_id": ["P"], "difference": [20.0]})
    assert "most for P: 20 pieces" in said("differences_reading", wording.differences_reading(differences))
    assert wording.differences_reading(differences[:0]) is None


def test_pictures_in_words_and_the_method():
    assert "2026-01: 1,230, each with its range" in said("demand_outlook_alt", wording.demand_outlook_alt(OUTLOOK))
    steps = pd.DataFrame({"step": ["naive", "draft"], "fva_points": [np.nan, -1.5]})
    assert said("value_steps_alt", wording.value_steps_alt(steps)).endswith("the draft −1.5.")
    assert "Gilliland" in said("demand_method", wording.demand_method(), "zh")


def test_what_demand_is_is_said_where_it_was_asked_for():
    assert wording.basis_reading("sold_in", "sold_in") is None
    assert said("basis_reading", wording.basis_reading("sold_through", "sold_through")).startswith("Demand is what")
    assert "not known by month" in said("basis_reading", wording.basis_reading("sold_through", "sold_in"))
    assert "按进货计算" in said("basis_reading", wording.basis_reading("sold_through", "sold_in"), "zh")


def test_what_each_region_needs():
    regions = pd.DataFrame({"region": ["east", "west", "east"], "pieces": [1000, 20, 500]})
    assert said("regions_reading", wording.regions_reading(regions)).endswith("quarters: east 1,500 and west 20.")
    assert "east 1,500 件" in said("regions_reading", wording.regions_reading(regions), "zh")
    assert wording.regions_reading(regions[:0]) is None
