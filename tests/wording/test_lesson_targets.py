import pandas as pd

from custlib import wording
from custlib.wording import sentences

COLUMNS = ["what", "found", "of", "low", "high", "chance_low", "chance_high", "compared"]
SUMS = pd.DataFrame(
    [
        ("grew", 6, 9, 0.35, 0.88, 2, 7, 40),
        ("reached", 8, 9, 0.57, 0.98, 2, 7, 30),
        ("carried_out", 1, 4, 0.05, 0.7, None, None, None),
    ],
    columns=COLUMNS,
)


def said(sums, lang="en"):
    return sentences.text("lesson_targets.lesson_reading", wording.lesson_reading(sums), lang=lang).replace(
        "\u00a0", " "
    )


def test_targets_and_customers_stand_beside_what_chance_gives():
    text = said(SUMS)
    assert "**8 of 9 targets from the lesson were reached** (95 %: 57 % to 98 %)." in text
    assert "Beside 30 lines of comparable customers with the same metric: more than chance gives (2 to 7)." in text
    assert "6 of 9 customers with a target bought more" in text
    assert "Beside 40 comparable customers without one: no more and no fewer than chance gives (2 to 7)." in text
    assert "Of 4 measures recorded for these customers 1 was carried out (95 %: 5 % to 70 %)." in text
    assert text.endswith("no count here says what the lesson did.")


def test_the_same_in_chinese():
    text = said(SUMS, "zh")
    assert "**课上签下并已有结果的 9 项目标，达成 8 项**（95% 区间：57% 至 98%）。" in text
    assert "与同类客户同一指标的 30 项对照：多于偶然范围（2 至 7 项）。" in text
    assert "与没有目标的 40 家同类客户对照：没有超出偶然范围（2 至 7 家）。" in text
    assert text.endswith("因此这些数字不能说明培训起了什么作用。")


def test_fewer_than_chance_gives_is_said_too_and_one_number_needs_no_span():
    few = pd.DataFrame([("grew", 1, 9, 0.02, 0.4, 2, 2, 40)], columns=COLUMNS)
    assert "fewer than chance gives (2)." in said(few) and "少于偶然范围（2 家）" in said(few, "zh")


def test_without_a_target_nothing_is_said():
    assert wording.lesson_reading(SUMS.iloc[:0]) is None


def test_a_line_stands_beside_comparable_customers_or_beside_nobody():
    rows = pd.DataFrame({"comparable_grew": [6, 0], "comparable": [9, 0], "low": [0.35, None], "high": [0.88, None]})
    texts = [
        [
            sentences.text("lesson_targets.lesson_beside", facts, lang=lang).replace("\u00a0", " ")
            for lang in ("en", "zh")
        ]
        for facts in wording.lesson_beside(rows)
    ]
    assert texts == [["6 of 9 (35 % to 88 %)", "9 家中 6 家（35% 至 88%）"], ["nobody is comparable", "没有同类客户"]]
