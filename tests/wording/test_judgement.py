import pandas as pd
import pytest

from custlib import wording
from custlib.weights import Priorities

RULES = pd.DataFrame(
    {
        "rule": ["by_count"] * 3 + ["by_share"] * 3,
        "class": list("ABC") * 2,
        "customers": [2, 4, 4, 1, 2, 7],
        "share": [0.6, 0.3, 0.1, 0.5, 0.4, 0.1],
    }
)


def test_the_rules_side_by_side():
    text = wording.rules_reading(RULES, lang="en")
    assert (
        "by number: 2 in A with 60\N{NO-BREAK SPACE}%; by cumulative value: 1 in A with 50\N{NO-BREAK SPACE}%" in text
    )
    assert "按客户数量：A 类 2 家，占 60%" in wording.rules_reading(RULES, lang="zh")


def test_small_systems_are_said_to_be_small():
    systems = pd.Series(["north"] * 20 + ["south"] * 3)
    text = wording.systems_reading(systems, "region", lang="en")
    assert "within 2 systems by region" in text and "south (3)" in text and "north" not in text
    assert "small" not in wording.systems_reading(systems, "company", lang="en").lower()
    assert "只有 5 家" in wording.systems_reading(systems.head(5), "company", lang="zh")


def test_where_weights_are_from():
    assert wording.weights_reading(None, None, lang="en") == "All indicators weigh the same."
    given = {"size": 2, "contribution": 1, "brand_share": 1}
    assert "size 50\N{NO-BREAK SPACE}%" in wording.weights_reading(given, None, lang="en")
    priorities = Priorities(pd.Series(given), 3.1, 0.12)
    assert "consistency ratio 0.12" in wording.weights_reading(given, priorities, lang="en")
    assert "一致性比率 0.12" in wording.weights_reading(given, priorities, lang="zh")


def test_how_many_classes_hang_on_the_weights():
    robust = pd.DataFrame({"joint_class": ["A", "A", "B", "C", None], "robust": [1, 0.3, 1, 0.9, None]})
    text = wording.robust_reading(robust, lang="en")
    assert (
        "2 of 4 customers keep their class under all weights" in text
        and "Of 2 in A, 1 is A under less than half" in text
    )
    assert "4 家客户中有 2 家" in wording.robust_reading(robust, lang="zh")
    assert (
        wording.robust_reading(robust.assign(robust=1.0), lang="en")
        == "Every customer keeps its class under all weights."
    )


def test_decisions_of_people_and_what_became_of_them():
    found = pd.DataFrame({"state": ["in_force", "agrees", "in_force"]})
    assert wording.overrides_reading(found, lang="en").startswith("Decisions of people: 2 in force; 1 no longer needed")
    assert "2 项生效" in wording.overrides_reading(found, lang="zh")
    assert "holds none" in wording.overrides_reading(found.iloc[:0], lang="en")


CUSTOMER = {
    "size_class": "A",
    "contribution_class": "A",
    "brand_share_class": "C",
    "step": "rose",
    "cause": "own",
    "class_before": "B",
    "a_by_season": True,
    "costs_us_money": False,
    "joint_class": "A",
    "decided_class": "A",
}


@pytest.mark.parametrize(
    "change, en, zh",
    [
        (
            {},
            "A on size and contribution; C on brand share; rose from B by its own change; A by season",
            "规模和贡献为 A；品牌占比为 C；因自身变化由 B 升级；季节性 A 类",
        ),
        (
            {"step": "new", "a_by_season": False, "brand_share_class": None, "costs_us_money": True},
            "A on size and contribution; new; costs us money",
            "规模和贡献为 A；新增；让我们亏钱",
        ),
        (
            {"step": "stayed", "a_by_season": False, "decided_class": "B"},
            "A on size and contribution; C on brand share; decided by a person: B",
            "规模和贡献为 A；品牌占比为 C；人工决定为 B",
        ),
    ],
)
def test_why_a_customer_has_its_class(change, en, zh):
    rows = pd.DataFrame([CUSTOMER | change])
    assert wording.why(rows, lang="en") == [en]
    assert wording.why(rows, lang="zh") == [zh]


def test_whom_a_measure_is_for():
    rules = pd.DataFrame(
        {"class": ["A", "any"], "stability": ["Z short", "any"], "movement": ["rose new", "any"]}, ["m1", "m2"]
    )
    assert wording.fits(rules, lang="en").to_dict() == {"m1": "A, Z/short history, rose and new", "m2": "any class"}
    assert wording.fits(rules, lang="zh")["m1"] == "A，Z/历史短，升级和新增"
