from datetime import date

import pandas as pd

from custlib import wording
from custlib.wording.sentences import Context, text

P = "\N{NO-BREAK SPACE}%"
NAN = float("nan")
REASONS = pd.DataFrame({"reason": ["moved", "our_people"]})
WORDS = Context(
    vocabulary={
        "reason:moved": {"en": "moved away", "zh": "搬迁"},
        "reason:our_people": {"en": "our people", "zh": "我方态度"},
    }
)


def silent(*rows):
    """(told, whether new, months of silence, net sales of the best four quarters, day of the loss)"""
    cells = [(f"K{at}", f"Shop {at}", *row) for at, row in enumerate(rows)]
    columns = ["customer_id", "name", "told", "new_this_quarter", "months_silent", "best_year", "lost_on"]
    return pd.DataFrame(cells, columns=columns)


NEW = ("silent_only", True, 2.0, 300_000.0, None)
OLD = ("silent_and_reported", False, 6.4, 1_000_000.0, date(2024, 5, 1))
OLDER = ("silent_and_reported", False, 22.6, 2_000_000.0, date(2025, 8, 1))
REPORTED = ("reported_only", True, 0.2, 50_000.0, date(2025, 8, 1))


def reasons(*rows):
    columns = ["reason", "customers", "share", "share_low", "share_high", "reference_share", "reference_fits"]
    return pd.DataFrame(rows, columns=columns)


def test_who_is_new_comes_first_and_those_that_nobody_reported_are_asked():
    found = wording.silent_reading(silent(NEW, OLD, OLDER, REPORTED))
    assert text("losses.silent_reading", found, lang="en") == (
        "**1 customer fell silent this quarter**: Shop 0; in its best four quarters it bought ¥300,000. "
        "2 customers have been silent for longer, for 6 to 23 months; in their best four quarters they bought ¥3 million. "
        "Not reported as lost, ask first: Shop 0. Reported as lost, yet still within their own rhythm of ordering: Shop 3."
    )
    assert text("losses.silent_reading", found, lang="zh") == (
        "**本季新增停购客户 1 家**：Shop 0；其最好的四个季度合计进货 30 万元。此前停购的客户有 2 家，已停购 6 至 23 个月；"
        "其最好的四个季度合计进货 300 万元。尚未登记流失，应先询问：Shop 0。已登记流失，但订货间隔仍属正常：Shop 3。"
    )


def test_while_the_data_are_in_doubt_nobody_is_said_to_have_fallen_silent():
    data = pd.Series({"customers_before": 50, "customers_absent": 46})
    found = wording.silent_reading(silent(OLD), data)
    english = text("losses.silent_reading", found, lang="en")
    assert english.startswith(
        "**Who fell silent this quarter cannot be told**: 46 of 50 customers of the quarter before are absent, "
        "so the data are asked about first. 1 customer has been silent for longer"
    )
    assert "上季的 50 家客户中有 46 家没有出现，应先核实数据。" in text("losses.silent_reading", found, lang="zh")
    assert wording.silent_reading(silent(OLD), data.replace(46, 30))["doubt"] is None


def test_nobody_new_is_said_and_the_others_are_counted():
    said = text("losses.silent_reading", wording.silent_reading(silent(OLD)), lang="en")
    assert said == (
        "No customer fell silent this quarter. 1 customer has been silent for longer, for 6 months; in its best four quarters it "
        "bought ¥1 million. All of them are reported as lost."
    )
    assert text("losses.silent_reading", wording.silent_reading(silent()), lang="zh") == "本季没有新增停购客户。"


def test_no_more_than_five_are_named_and_the_largest_first():
    rows = [("silent_only", True, 2.0, float(bought), None) for bought in range(8)]
    said = text("losses.silent_reading", wording.silent_reading(silent(*rows)), lang="en")
    assert "quarter**: Shop 7, Shop 6, Shop 5, Shop 4, Shop 3 and 3 more;" in said


def test_the_first_reason_stands_with_its_interval_beside_the_reference():
    rows = reasons(
        ("moved", 3, 0.15, 0.05, 0.36, 0.03, False),
        ("our_people", 16, 0.8, 0.58, 0.92, 0.68, True),
        ("吵架*", 1, 0.05, 0.01, 0.24, NAN, None),
    )
    found = wording.loss_reading(rows, REASONS, silent(OLD, OLDER))
    assert (found["total"], found["first"]["reason"], found["unlisted"], found["few"]) == (
        20,
        "our_people",
        ["吵架*"],
        True,
    )
    assert text("losses.loss_reading", found, lang="en", context=WORDS) == (
        f"Of 20 losses reported from 2024Q2 to 2025Q3 (6 quarters), 16 give as reason: our people (80{P}). "
        f"Further from the reference than chance explains (ours, reference): moved away (15{P}, 3{P}). "
        "Not in churn\\_reference.csv; where they mean the same, add them to its words: 吵架\\*. "
        "With so few losses the order of the reasons is not certain."
    )
    assert text("losses.loss_reading", found, lang="zh", context=WORDS) == (
        "2024 年第二季度至 2025 年第三季度（6 个季度）登记的 20 家流失客户中，16 家的原因是“我方态度”（80%）。"
        "与参考值的差距超出偶然范围的有（我方，参考）：搬迁（15%，3%）。"
        "churn\\_reference.csv 中没有；如意思相同，请加入其 words 列：吵架\\*。流失数量少，原因的排序并不可靠。"
    )


def test_a_reason_that_is_not_listed_is_named_as_it_is_written():
    found = wording.loss_reading(reasons(("<b>", 40, 1.0, 0.91, 1.0, NAN, None)), REASONS, silent(OLD))
    assert not found["first"]["listed"]
    assert "give as reason: \\<b\\> (100" in text("losses.loss_reading", found, lang="en", context=WORDS)


def test_many_losses_that_fit_need_no_caution():
    found = wording.loss_reading(reasons(("our_people", 40, 1.0, 0.91, 1.0, 0.95, True)), REASONS, silent(OLD))
    assert (found["apart"], found["few"]) == ([], False)
    assert text("losses.loss_reading", found, lang="en", context=WORDS).endswith(
        "No reason is further from the reference than chance explains."
    )


def test_no_loss_has_no_reason():
    found = wording.loss_reading(reasons(("moved", 0, NAN, NAN, NAN, 0.03, None)), REASONS, silent())
    assert text("losses.loss_reading", found, lang="zh") == "没有登记的流失，无从比较原因。"


def test_one_quarter_of_losses_is_named_alone():
    found = wording.loss_reading(reasons(("our_people", 2, 1.0, 0.3, 1.0, 0.68, True)), REASONS, silent(OLD))
    assert text("losses.loss_reading", found, lang="en", context=WORDS).startswith(
        "Of 2 losses reported in 2024Q2, 2 give"
    )
    assert text("losses.loss_reading", found, lang="zh", context=WORDS).startswith(
        "2024 年第二季度登记的 2 家流失客户中"
    )


def test_the_rules_stand_in_the_box_of_methods():
    said = text("losses.channel_method", wording.channel_method(), lang="en")
    assert "30 days or more ago" in said and f"less than 1{P} of cases" in said and "fewer than 3 days" in said
