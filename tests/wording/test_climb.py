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
NO_BEST = pd.DataFrame({"best_score": pd.Series(dtype="float64"), "best_quarter": pd.Series(dtype="str")})
DOUBTS = pd.DataFrame({"agrees": [True, False]}, ["a", "c"])


def planned(weights, scores=SCORES, tree=TREE, best=NO_BEST, quarter="2025Q3", before=None, under_way=()):
    stages = fishbone.stages(pd.Series(weights, dtype="float64"), scores, tree, best, under_way=under_way)
    return fishbone.marked(fishbone.plan(stages, quarter, before), DOUBTS)


PLAN = planned({"a": 0.4, "b": 0.4, "c": 0.2})


def test_what_begins_next_and_what_is_asked_of_headquarters(said):
    facts = wording.climb_reading(PLAN, 4.0)
    assert facts["begins"][1] == {"factor": "c", "present": 2.0, "goal": 4.0, "due": "2026Q3", "doubtful": True}
    assert (facts["requests"], facts["in_all"], facts["unknown"]) == (["b"], 1, ["d"])
    assert said("climb.climb_reading", facts, vocabulary=WORDS) == (
        "Begin in 2025Q4: outlet training from 3.00 to 4.00 by 2026Q3; small steps from 2.00 to 4.00 by 2026Q3 (scores not borne out by the exports). "
        "Fewer than five quarters were scored, so that it is not known yet whether 4.00 can be reached. To ask of headquarters: "
        r"policy\, design and use. No weight or no score yet: customer files. "
        "The order is weight × gap × zone: an order of work, not a promise of profit."
    )
    assert said("climb.climb_reading", facts, "zh", vocabulary=WORDS).startswith(
        "2025Q4 开始：终端培训从 3.00 到 4.00（至 2026Q3）、蚂蚁搬动从 2.00 到 4.00（至 2026Q3，评分未得到数据印证）。"
        "评分不足五个季度，尚不知道 4.00 能否达到。向总部请求：政策。尚无"
    )


def test_only_three_of_many_requests_are_named(said):
    facts = wording.climb_reading(PLAN, 4.0) | {"requests": ["b", "c", "d"], "in_all": 5}
    assert r"headquarters: policy\, design and use; small steps; customer files; and 2 more." in said(
        "climb.climb_reading", facts, vocabulary=WORDS
    )
    assert "向总部请求：政策、蚂蚁搬动、客户档案等 5 项。" in said("climb.climb_reading", facts, "zh", vocabulary=WORDS)


def test_what_is_under_way_is_not_begun_again():
    plan = planned({"a": 1.0}, quarter="2025Q4", before=PLAN, under_way=["a", "c"])
    facts = wording.climb_reading(plan, 4.0)
    assert (facts["under_way"], facts["begins"], facts["quarter"]) == (["a", "c"], [], None)


def test_without_a_gap_or_without_a_weight_there_is_nothing_to_climb(said):
    facts = wording.climb_reading(planned({"a": 1.0}, SCORES + 2, TREE[:1]), 4.0)
    assert said("climb.climb_reading", facts) == "No factor has a gap to its goal."
    facts = wording.climb_reading(planned({}), 4.0)
    assert said("climb.climb_reading", facts) == "No factor has both a weight and a score yet."


def test_where_each_factor_stands_and_why(said):
    progress = wording.progress_reading(fishbone.beside_path(PLAN, pd.DataFrame({"a": [3.0], "c": [2.5]}), "2026Q1"))
    assert said("climb.progress_reading", progress, vocabulary=WORDS) == (
        "Of 2 factors with a target for this quarter: behind 2. outlet training: behind – the score has not moved (3.00 against a target "
        "of 3.50, from 3.00). small steps: behind – the score rose too little (2.50 against a target of 3.00, from 2.00)."
    )
    unscored = wording.progress_reading(fishbone.beside_path(PLAN, pd.DataFrame({"a": [3.0, 3.22]}), "2025Q4"))
    assert unscored["states"] == [{"state": "on_path", "factors": 1}, {"state": "not_scored", "factors": 1}]
    told = said("climb.progress_reading", unscored, "zh", vocabulary=WORDS)
    assert told.startswith("本季有目标的 2 个因素：按计划 1、未评分 1。") and told.endswith("蚂蚁搬动：无人评分。")


def test_the_first_report_has_nothing_to_stand_beside():
    assert wording.progress_reading(fishbone.beside_path(PLAN, SCORES, "2027Q4")) is None


def test_a_goal_never_reached_is_said_and_the_path_leads_to_the_best_quarter(said):
    best = pd.DataFrame({"best_score": [3.4, 3.5, 2.0, 3.0], "best_quarter": "2024Q4"}, list("abcd"))
    scores = pd.DataFrame({"a": [3.0, 3.0], "b": [3.0, 3.0], "c": [2.0, 2.0]})
    facts = wording.climb_reading(planned({"a": 0.4, "b": 0.4, "c": 0.2}, scores, best=best), 4.0)
    assert (facts["short"], facts["held"]) == (["a"], ["c"])
    assert said("climb.climb_reading", facts, vocabulary=WORDS).startswith(
        "Begin in 2025Q4: outlet training from 3.00 to 3.40 by 2026Q3. The goal of 4.00 has never been reached by outlet training: the path "
        "leads to the best quarter so far. To hold (no further from their best quarter than chance): small steps."
    )
    assert "终端培训从未达到 4.00 分的目标，因此路径先以历史最好季度为终点。" in said(
        "climb.climb_reading", facts, "zh", vocabulary=WORDS
    )


def test_where_all_are_at_their_best_nothing_begins(said):
    best = pd.DataFrame({"best_score": [3.0, 3.0, 2.0], "best_quarter": "2025Q3"}, list("abc"))
    facts = wording.climb_reading(planned({"a": 0.4, "b": 0.4, "c": 0.2}, tree=TREE[:3], best=best), 4.0)
    assert said("climb.climb_reading", facts, vocabulary=WORDS).startswith(
        r"Nothing can be raised measurably. To hold (no further from their best quarter than chance): outlet training; policy\, design and use; small steps. The order"
    )
    assert said("climb.climb_reading", facts, "zh", vocabulary=WORDS).startswith("目前没有可衡量的提升空间。")
