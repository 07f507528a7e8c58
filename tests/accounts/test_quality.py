import pandas as pd
import pytest

from custlib import accounts, facts

NOBODY = pd.DataFrame({"customer_id": [], "factor": []})


def line(metric, target=10.0, due_on="2025-06-30", customer="K1", owner="陈", how="checks", year=2025):
    names = ["year", "customer_id", "item", "metric", "target_signed", "due_on", "owner", "how_measured"]
    return dict(zip(names, (year, customer, "促销", metric, target, due_on, owner, how), strict=True))


def quality(*lines, last_year=(), best=None, needs=NOBODY):
    index = pd.MultiIndex.from_tuples(best or [("", "")], names=["customer_id", "metric"])
    reached = pd.Series(list((best or {("", ""): 0.0}).values()), index)
    before = pd.DataFrame(list(last_year), columns=list(line("")))
    return accounts.plan_quality(pd.DataFrame(list(lines)), before, reached, facts.plan_metrics(), needs).iloc[0]


def test_each_mark_is_a_share_of_the_lines():
    row = quality(
        line("主题活动场次"),
        line("微信推文", due_on="2026-03-31"),
        line("培训场次", how="not_measured"),
        line("货架陈列占比", how="not_measured"),
    )
    assert row[["lines", "specific", "measurable", "dated"]].tolist() == [4, 0.75, 0.5, 0.75]
    assert row[["attainable", "effective", "same_as_last_year"]].isna().all()
    assert row["score"] == pytest.approx((0.75 + 0.5 + 0.75) / 3)


@pytest.mark.parametrize(("best", "share"), [(10, 1), (8.4, 1), (8.3, 0)])
def test_a_fifth_more_than_the_best_of_last_year_can_be_attained(best, share):
    assert quality(line("主题活动场次"), best={("K1", "主题活动场次"): best})["attainable"] == share


def test_where_less_is_better_a_fifth_less_can_be_attained():
    shares = [quality(line("未解决投诉数"), best={("K1", "未解决投诉数"): best})["attainable"] for best in (12, 12.1)]
    assert shares == [1, 0]


def test_a_line_is_effective_if_its_factor_belongs_to_an_open_need():
    needs = pd.DataFrame({"customer_id": ["K1", "K2"], "factor": ["incentive_policy", "price"]})
    row = quality(line("季度返利"), line("主题活动场次"), needs=needs)
    assert row["effective"] == 0.5


def test_a_line_is_as_last_year_with_the_same_target_in_the_same_month():
    last = [line("主题活动场次", due_on="2024-06-30", year=2024), line("新增陈列架", due_on="2024-09-30", year=2024)]
    same = quality(line("主题活动场次"), last_year=last)
    moved = quality(line("新增陈列架"), line("主题活动场次", target=11.0), line("培训场次"), last_year=last)
    assert same["same_as_last_year"] == 1 and moved["same_as_last_year"] == 0
