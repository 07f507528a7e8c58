"""The climb in sentences."""

import pandas as pd

from custlib import fishbone, wording

FACTORS = {"a": "outlet training", "b": "policy, design and use", "c": "small steps", "d": "customer files"}
TREE = pd.DataFrame({"factor": list("abcd"), "bone": "bone", "zone": list("ABAA")})
SCORES = pd.DataFrame({"a": [3.0], "b": [3.0], "c": [2.0]})
PLAN = fishbone.plan(fishbone.stages(pd.Series({"a": 0.4, "b": 0.4, "c": 0.2}), SCORES, TREE), "2025Q3")
LIMITS = " The order is weight × gap × zone: an order of work, not a promise of profit."


def test_what_begins_next_and_what_is_asked_of_headquarters():
    assert wording.climb_reading(PLAN, FACTORS, lang="en") == (
        "Begin in 2025Q4: outlet training from 3.00 to 4.00 by 2026Q3; small steps from 2.00 to 4.00 by 2026Q3. To ask of headquarters: "
        "policy, design and use. No weight or no score yet: customer files." + LIMITS
    )
    assert wording.climb_reading(PLAN, FACTORS, lang="zh").startswith(
        "2025Q4 开始：outlet training从 3.00 到 4.00（至 2026Q3）、small steps从 2.00 到 4.00（至 2026Q3）。向总部请求：policy"
    )


def test_what_is_under_way_is_not_begun_again():
    stages = fishbone.stages(pd.Series({"a": 1.0}), SCORES, TREE, under_way=["a", "c"])
    told = wording.climb_reading(fishbone.plan(stages, "2025Q4", PLAN), FACTORS, lang="en")
    assert told.startswith("Under way: outlet training; small steps.") and "Begin" not in told


def test_without_a_gap_there_is_nothing_to_climb():
    top = fishbone.stages(pd.Series({"a": 1.0}), SCORES + 2, TREE[:1])
    assert wording.climb_reading(fishbone.plan(top, "2025Q4"), FACTORS, lang="en") == "No factor has a gap to its goal."


def test_where_each_factor_stands_and_why():
    progress = fishbone.beside_path(PLAN, pd.DataFrame({"a": [3.0], "c": [2.5]}), "2026Q1")
    assert wording.progress_reading(progress, FACTORS, lang="en") == (
        "Of 2 factors with a target for this quarter: behind 2. outlet training: behind – the score has not moved (3.00 against a target "
        "of 3.50, from 3.00). small steps: behind – the score rose too little (2.50 against a target of 3.00, from 2.00)."
    )
    unscored = fishbone.beside_path(PLAN, pd.DataFrame({"a": [3.11]}), "2025Q4")
    told = wording.progress_reading(unscored, FACTORS, lang="zh")
    assert told.startswith("本季有目标的 2 个因素：在路径上 1、未评分 1。") and told.endswith("small steps：无人评分。")


def test_the_first_report_has_nothing_to_stand_beside():
    nothing = wording.progress_reading(fishbone.beside_path(PLAN, SCORES, "2027Q4"), FACTORS, lang="en")
    assert nothing == "No earlier report set a target for this quarter."
