import pandas as pd
import pytest

from custlib import abc_classes, wording
from custlib.weights import Priorities
from custlib.wording.sentences import text

P = "\N{NO-BREAK SPACE}%"
RULES = pd.DataFrame(
    {
        "rule": ["by_count"] * 3 + ["by_share"] * 3,
        "class": list("ABC") * 2,
        "customers": [2, 4, 4, 1, 2, 7],
        "share": [0.6, 0.3, 0.1, 0.5, 0.4, 0.1],
    }
)
GIVEN = {"size": 2, "contribution": 1, "brand_share": 1}
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
    "more_often": None,
}


def test_the_rules_side_by_side():
    found = wording.rules_reading(RULES)
    assert [(row["rule"], row["customers"]) for row in found["by_rule"]] == [("by_count", 2), ("by_share", 1)]
    assert text("judgement.rules_reading", found, lang="en") == (
        f"By size, by number: 2 in A with 60{P}; by cumulative value: 1 in A with 50{P}. The classes below go by number; where the rules "
        "differ much, the limit is a convention, not a fact of the market."
    )
    assert text("judgement.rules_reading", found, lang="zh") == (
        "按客户规模，按客户数量：A 类 2 家，占 60%；按累计占比：A 类 1 家，占 50%。"
        "以下类别按客户数量划分；三种规则差别较大时，界限只是约定，不是市场事实。"
    )


def test_small_systems_are_said_to_be_small():
    found = wording.systems_reading(pd.Series(["north"] * 20 + ["so*uth"] * 3 + [""]), "region")
    assert found["systems"] == 3
    assert found["small"] == [{"name": "", "customers": 1}, {"name": "so*uth", "customers": 3}]
    assert text("judgement.systems_reading", found, lang="en") == (
        "Customers are judged within 3 systems by region, each against its own. "
        "Small, so that one customer moves a limit: not known (1) and so\\*uth (3)."
    )


@pytest.mark.parametrize("customers, few", [(14, True), (15, False)])
def test_a_small_company_is_said_to_be_small(customers, few):
    found = wording.systems_reading(pd.Series([""] * customers), "company")
    assert found["few"] == few
    assert (f"只有 {customers} 家" in text("judgement.systems_reading", found, lang="zh")) == few


def test_weights_that_nobody_gave_are_equal():
    found = wording.weights_reading(None, None)
    assert found == {"shares": [], "compared": False, "ratio": None}
    assert text("judgement.weights_reading", found, lang="en") == "All indicators weigh the same."


def test_weights_are_told_as_shares_with_where_they_are_from():
    found = wording.weights_reading(GIVEN, None)
    assert [row["share"] for row in found["shares"]] == [0.5, 0.25, 0.25]
    assert text("judgement.weights_reading", found, lang="en") == (
        f"Weights: customer size 50{P}, customer contribution 25{P} and brand share 25{P}, as the parameters say."
    )
    compared = wording.weights_reading(GIVEN, Priorities(pd.Series(GIVEN), 3.1, 0.12))
    assert text("judgement.weights_reading", compared, lang="en").endswith(
        "from the pairwise comparisons in `comparisons.csv` (consistency ratio 0.12; above 0.10 ask again)."
    )
    assert "（一致性比率 0.12，高于 0.10 应重新判断）。" in text("judgement.weights_reading", compared, lang="zh")


def test_other_settings_are_told_with_whom_they_would_move():
    rows = pd.DataFrame({"now": ["A", "B", "B", "C"], "then": ["B", "A", "A", "C"]})
    found = wording.weighed(rows, GIVEN, [1, 2.5, 2])
    assert found["ways"][1] == {"now": "B", "then": "A", "customers": 2} and found["changed"] == 3
    shares = f"customer size 50{P}, customer contribution 25{P} and brand share 25{P}"
    assert text("judgement.weighed", found, lang="en", markdown=False) == (
        f"Ratio 1 : 2.5 : 2, weights {shares}: 3 of 4 customers would change class, 1 from A to B and 2 from B to A."
    )
    assert text("judgement.weighed", found, lang="zh", markdown=False).endswith(
        "4 家客户中有 3 家会改变类别，A 变 B 1 家、B 变 A 2 家。"
    )
    kept = wording.weighed(rows.assign(then=rows["now"]), GIVEN, [1, 2, 2])
    assert text("judgement.weighed", kept, lang="en", markdown=False).endswith(": every customer keeps its class.")


def test_two_indicators_have_no_consistency_ratio():
    found = wording.weights_reading(GIVEN, Priorities(pd.Series(GIVEN), 2.0, None))
    assert text("judgement.weights_reading", found, lang="zh").endswith("由 `comparisons.csv` 中的两两比较得出。")


def test_how_many_classes_hang_on_the_weights():
    robust = pd.DataFrame({"joint_class": ["A", "A", "B", "C", None], "robust": [1, 0.3, 1, 0.9, None]})
    found = wording.robust_reading(robust)
    assert found == {"customers": 4, "firm": 2, "a": 2, "fragile": 1}
    assert text("judgement.robust_reading", found, lang="en") == (
        "2 of 4 customers keep their class under all weights. "
        "Of 2 in A, 1 is A under less than half of them: ask before building on it."
    )
    firm = wording.robust_reading(robust.assign(robust=1.0))
    assert text("judgement.robust_reading", firm, lang="zh") == "任何权重下，每个客户的类别都不变。"


def test_decisions_of_people_and_what_became_of_them():
    found = wording.overrides_reading(pd.DataFrame({"state": ["expired", "in_force", "agrees", "in_force"]}))
    assert [row["state"] for row in found["states"]] == ["in_force", "agrees", "expired"]
    assert text("judgement.overrides_reading", found, lang="en") == (
        "Classes set by a person: 2 in force; 1 no longer needed, because the figures say the same; 1 expired."
    )
    assert text("judgement.overrides_reading", found, lang="zh") == (
        "人工指定：2 项生效；1 项与计算结果一致、已不需要；1 项已到期。"
    )
    none = wording.overrides_reading(pd.DataFrame({"state": []}))
    assert "holds none" in text("judgement.overrides_reading", none, lang="en")


@pytest.mark.parametrize(
    "change, en, zh",
    [
        (
            {},
            "A on size and contribution; C on brand share; rose from B by its own change; A only in season",
            "规模和贡献为 A；品牌占比为 C；因自身变化由 B 升级；季节性 A 类",
        ),
        (
            {"step": "new", "a_by_season": False, "brand_share_class": None, "costs_us_money": True, "more_often": "B"},
            "A on size and contribution; new; costs us money; near the limit, more often B",
            "规模和贡献为 A；新增；毛利为负；临界，更常为 B",
        ),
        (
            {"step": "fell", "cause": None, "a_by_season": False, "decided_class": "B"},
            "A on size and contribution; C on brand share; fell from B; set by a person: B",
            "规模和贡献为 A；品牌占比为 C；由 B 降级；人工指定为 B",
        ),
    ],
)
def test_why_a_customer_has_its_class(change, en, zh):
    [found] = wording.why(pd.DataFrame([CUSTOMER | change]))
    assert text("judgement.why", found, lang="en", markdown=False) == en
    assert text("judgement.why", found, lang="zh", markdown=False) == zh


def test_why_is_told_for_every_row_in_its_order():
    rows = pd.DataFrame([CUSTOMER, CUSTOMER | {"size_class": "B"}])
    assert [found["on"][0]["indicators"] for found in wording.why(rows)] == [["size", "contribution"], ["contribution"]]


def test_whom_a_measure_is_for():
    measures = pd.DataFrame(
        {"class": ["A", "any"], "stability": ["Z short", "any"], "movement": ["rose new", "any"]}, ["m1", "m2"]
    )
    found = wording.fits(measures)
    assert found[0] == {"letter": "A", "stability": ["Z", "short"], "movement": ["rose", "new"]}
    said = {lang: [text("judgement.fits", one, lang=lang, markdown=False) for one in found] for lang in ("en", "zh")}
    assert said == {
        "en": ["A, Z/short history, rose and new", "any class"],
        "zh": ["A，Z/历史短，升级和新增", "任何类别"],
    }


def test_the_settings_of_the_classes_in_words():
    settings = abc_classes.settings("region", (1, 2, 2), {"size": 2, "brand_share": 1}, ["size", "brand_share"])
    rows = wording.setting(settings)
    assert [text("judgement.setting", row, lang="en", markdown=False) for row in rows] == [
        "region",
        "1 : 2 : 2",
        f"customer size 66.7{P}, brand share 33.3{P}",
    ]
    assert text("judgement.setting", rows[2], lang="zh") == "客户规模 66.7%、品牌利润占比 33.3%"
