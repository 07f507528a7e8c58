"""The climb in sentences."""

import pandas as pd

from custlib import fishbone, wording

WORDS = {
    "factor:a": {"en": "outlet training", "zh": "终端培训"},
    "factor:b": {"en": "policy, design and use", "zh": "政策"},
    "factor:c": {"en": "small steps", "zh": "蚂蚁搬动"},
    "factor:d": {"en": "customer files", "zh": "客户档案"},
}
TREE = pd.DataFrame({"factor": list("abcd"), "bone": "bone", "zone": list("ABAA")})
SCORES = pd.DataFrame({"a": [3.0], "b": [3.0], "c": [2.0]})
PLAN = fishbone.plan(fishbone.stages(pd.Series({"a": 0.4, "b": 0.4, "c": 0.2}), SCORES, TREE), "2025Q3")


def test_what_begins_next_and_what_is_asked_of_headquarters(said):
    facts = wording.climb_reading(PLAN)
    assert facts["begins"][1] == {"factor": "c", "present": 2.0, "goal": 4.0, "due": "2026Q3"}
    assert (facts["requests"], facts["in_all"], facts["unknown"]) == (["b"], 1, ["d"])
    assert said("climb.climb_reading", facts, vocabulary=WORDS) == (
        "Begin in 2025Q4: outlet training from 3.00 to 4.00 by 2026Q3; small steps from 2.00 to 4.00 by 2026Q3. To ask of headquarters: "
        r"policy\, design and use. No weight or no score yet: customer files. "
        "The order is weight × gap × zone: an order of work, not a promise of profit."
    )
    assert said("climb.climb_reading", facts, "zh", vocabulary=WORDS).startswith(
        "2025Q4 开始：终端培训从 3.00 到 4.00（至 2026Q3）、蚂蚁搬动从 2.00 到 4.00（至 2026Q3）。向总部请求：政策。尚无"
    )


def test_only_three_of_many_requests_are_named(said):
    facts = wording.climb_reading(PLAN) | {"requests": ["b", "c", "d"], "in_all": 5}
    assert r"headquarters: policy\, design and use; small steps; customer files; and 2 more." in said(
        "climb.climb_reading", facts, vocabulary=WORDS
    )
    assert "向总部请求：政策、蚂蚁搬动、客户档案等 5 项。" in said("climb.climb_reading", facts, "zh", vocabulary=WORDS)


def test_what_is_under_way_is_not_begun_again():
    stages = fishbone.stages(pd.Series({"a": 1.0}), SCORES, TREE, under_way=["a", "c"])
    facts = wording.climb_reading(fishbone.plan(stages, "2025Q4", PLAN))
    assert (facts["under_way"], facts["begins"], facts["quarter"]) == (["a", "c"], [], None)


def test_without_a_gap_or_without_a_weight_there_is_nothing_to_climb(said):
    top = fishbone.stages(pd.Series({"a": 1.0}), SCORES + 2, TREE[:1])
    facts = wording.climb_reading(fishbone.plan(top, "2025Q4"))
    assert said("climb.climb_reading", facts) == "No factor has a gap to its goal."
    nothing = fishbone.stages(pd.Series(dtype="float64"), SCORES, TREE)
    facts = wording.climb_reading(fishbone.plan(nothing, "2025Q4"))
    assert said("climb.climb_reading", facts) == "No factor has both a weight and a score yet."


def test_where_each_factor_stands_and_why(said):
    progress = wording.progress_reading(fishbone.beside_path(PLAN, pd.DataFrame({"a": [3.0], "c": [2.5]}), "2026Q1"))
    assert said("climb.progress_reading", progress, vocabulary=WORDS) == (
        "Of 2 factors with a target for this quarter: behind 2. outlet training: behind – the score has not moved (3.00 against a target "
        "of 3.50, from 3.00). small steps: behind – the score rose too little (2.50 against a target of 3.00, from 2.00)."
    )
    unscored = wording.progress_reading(fishbone.beside_path(PLAN, pd.DataFrame({"a": [3.11]}), "2025Q4"))
    assert unscored["states"] == [{"state": "on_path", "factors": 1}, {"state": "not_scored", "factors": 1}]
    told = said("climb.progress_reading", unscored, "zh", vocabulary=WORDS)
    assert told.startswith("本季有目标的 2 个因素：在路径上 1、未评分 1。") and told.endswith("蚂蚁搬动：无人评分。")


def test_the_first_report_has_nothing_to_stand_beside(said):
    nothing = wording.progress_reading(fishbone.beside_path(PLAN, SCORES, "2027Q4"))
    assert said("climb.progress_reading", nothing) == "No earlier report set a target for this quarter."
