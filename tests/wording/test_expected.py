"""Who changed and who made the year, in both languages."""

import numpy as np
import pandas as pd

from custlib import wording

CHANGES = pd.DataFrame(
    {
        "name": ["Alpha", "Beta", "Gamma"],
        "change": ["fell", "rose", ""],
        "a_year": [-3e6, 1e6, np.nan],
        "chance": [0.01, 0.02, 0.9],
        "year_ago": [1e6, 1e5, 2e5],
        "expected": [1e6, 1e5, 2e5],
        "net_sales": [2e5, 4e5, 2e5],
    }
)
BRIDGE = pd.DataFrame(
    {
        "part": ["gained", "gained", "gained", "gained", "lost", "others", "fees", "total", "unexplained"],
        "name": ["Alpha", "Beta", "Gamma", "Delta", "Eta", "", "", "", ""],
        "customers": [1, 1, 1, 1, 1, 95, np.nan, np.nan, np.nan],
        "year_ago": [0, 0, 0, 0, 5e6, 70e6, 0, 75e6, 0],
        "net_sales": [4e6, 3e6, 2e6, 1e6, 1e6, 71e6, 0, 82e6, 0],
        "change": [4e6, 3e6, 2e6, 1e6, -4e6, 1e6, 0, 7e6, 0],
    }
)


def test_how_many_changed_and_how_much_money(said):
    facts = wording.changed_reading(CHANGES)
    assert said("expected.changed_reading", facts) == (
        "Of 3 customers, 1 fell and 1 rose by more than their own ups and downs: ¥3 million of net sales lost a year, ¥1 million "
        "gained."
    )
    assert said("expected.changed_reading", facts, "zh") == (
        "3 家客户中，1 家的下滑、1 家的增长超出自身的正常波动：销售净额每年减少 300 万元，增加 100 万元。"
    )


def test_quiet_and_short_histories_are_said(said):
    quiet = CHANGES.assign(change="", year_ago=np.nan)
    text = said("expected.changed_reading", wording.changed_reading(quiet))
    assert text.startswith("None of 3 customers changed") and "no season" in text
    short = wording.changed_reading(quiet.assign(chance=np.nan))
    assert (
        said("expected.changed_reading", short)
        == "The data hold under three quarters: no customer is named for a change."
    )


def test_the_year_names_three_on_either_side_and_adds_up_the_rest(said):
    facts = wording.year_reading(BRIDGE)
    assert facts["others"] == {"customers": 96, "change": 2e6, "drawn": 1}
    assert said("expected.year_reading", facts) == (
        "Against last year most was gained with Alpha (+¥4 million), Beta (+¥3 million) and Gamma (+¥2 million). "
        "Most was lost with Eta (−¥4 million). All 96 others together (1 of them drawn): +¥2 million."
    )
    assert said("expected.year_reading", facts, "zh") == (
        "同比增加最多的是Alpha（+400 万元）、Beta（+300 万元）和 Gamma（+200 万元）。减少最多的是Eta（−400 万元）。"
        "其余 96 家（图示 1 家）共 +200 万元。"
    )


def test_without_a_last_year_there_is_no_bridge():
    assert wording.year_reading(BRIDGE.assign(year_ago=0.0)) is None


def test_alternatives_tell_what_the_figures_show(said):
    assert "¥75 million" in said("expected.year_bridge_alt", wording.year_bridge_alt(BRIDGE))
    facts = wording.expected_and_came_alt(CHANGES[:2])
    assert "Alpha ¥200,000 instead of ¥1 million" in said("expected.expected_and_came_alt", facts)
