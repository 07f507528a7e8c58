import re
from datetime import date

import pandas as pd
import pytest

from custlib import wording
from custlib.wording import sentences

FIRST, LAST = date(2025, 10, 1), date(2025, 12, 31)
CUSTOMERS = pd.DataFrame({"customer_id": ["K1", "K2"], "name": ["Big & Co", "Small"], "size": [9e6, 1e6]})
NAMES = CUSTOMERS.set_index("customer_id")


def say(name, facts, lang="en", **options):
    return sentences.text(f"plans.{name}", facts, lang=lang, **options).replace("\u00a0", " ")


def lines(*rows):
    names = ["customer_id", "metric", "target_now", "actual", "state", "attained_share", "due_on"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(unit="次", owner="Chen", question=None, expected_by_now=table["target_now"])


LINES = lines(
    ("K1", "events", 6.0, 5.5, "missed", 5.5 / 6, LAST),
    ("K2", "racks", 10.0, 4.0, "missed", 0.4, LAST),
    ("K1", "shelf", 50.0, 60.0, "done", 1.2, FIRST),
    ("K1", "checks", 3.0, None, "not_measured", None, LAST),
    ("K1", "early", 3.0, 0.0, "missed", 0.0, date(2025, 9, 30)),
    ("K1", "later", 3.0, 0.0, "behind", 0.0, date(2026, 3, 31)),
)


def test_promises_of_the_quarter_begin_with_those_not_kept_the_weightiest_first():
    facts = wording.promises_due(LINES, FIRST, LAST, CUSTOMERS)
    assert [facts[name] for name in ("due", "kept", "missed", "unmeasured", "more")] == [4, 1, 2, 1, 0]
    assert [one["metric"] for one in facts["first"]] == ["racks", "events"]  # the other came to nine tenths
    english, chinese = (say("promises_due", facts, lang, markdown=False) for lang in ("en", "zh"))
    assert english.startswith("**2 of 4 promises to all customers that were due in this quarter were not kept.")
    assert (
        "Big & Co: events, 5.5 of 6, due 2025-12-31 (Chen)" in english
        and "Of 1 nobody looked whether it was kept." in english
    )
    assert "Small：racks，目标 10 次，实际 4 次，2025-12-31 到期（Chen）" in chinese
    assert wording.promises_due(LINES.iloc[-1:], FIRST, LAST, CUSTOMERS) is None


def test_where_nothing_was_missed_it_is_said():
    facts = wording.promises_due(LINES.iloc[2:3], FIRST, LAST, CUSTOMERS)
    assert say("promises_due", facts) == (
        "Of the promises to all customers that were due in this quarter none is known to be broken. 1 of 1 was kept."
    )


@pytest.mark.parametrize("rows", [LINES, LINES.iloc[2:4], pd.concat([LINES] * 9, ignore_index=True)])
def test_the_line_of_the_front_page_has_25_words_at_most(rows):
    facts = wording.promises_finding(rows, FIRST, LAST, CUSTOMERS)
    assert len(say("promises_finding", facts, markdown=False).split()) <= 25
    names = {"name": "鞍山益和家居生活馆有限公司", "metric": "主题活动场次"}  # as long as any in the sample
    told = facts | {"first": [one | names for one in facts["first"]]}
    assert len(re.findall(r"[\u3400-\u9fff]|[0-9][0-9/.]*", say("promises_finding", told, "zh"))) <= 50


def test_the_line_of_the_front_page_in_both_languages():
    facts = wording.promises_finding(LINES, FIRST, LAST, CUSTOMERS)
    assert say("promises_finding", facts, markdown=False) == (
        "**4 promises due: 1 kept, 2 missed**, 1 not checked. Weighs most: Small, racks 4 of 10."
    )
    assert say("promises_finding", facts, "zh", markdown=False) == (
        "**到期承诺 4 项：做到 1 项，未做到 2 项**，未检查 1 项。最要紧的是Small：racks完成 4/10 次。"
    )


def corrected(*late):
    row = {
        "customer_id": "K1",
        "metric": "events",
        "before": 6.0,
        "after": 4.0,
        "who": "Chen",
        "on": pd.Timestamp("2025-07-18"),
    }
    return pd.DataFrame([row | {"after_missed": one} for one in late], columns=[*row, "after_missed"])


def test_corrections_after_the_day_are_named_as_such():
    told = wording.corrected_late(corrected(True, False), NAMES)
    assert "**1 correction was signed after the promise was due**; it stays missed:" in say("corrected_late", told)
    assert "events from 6 to 4, signed 2025-07-18 by Chen" in say("corrected_late", told, markdown=False)
    assert "另有 1 项修正在到期之前签订" in say("corrected_late", told, "zh")
    in_time = say("corrected_late", wording.corrected_late(corrected(False), NAMES))
    assert in_time == "No correction was signed after the promise was due. 1 correction was signed in time."
    assert wording.corrected_late(corrected(), NAMES) is None


def test_copied_plans_are_named():
    told = wording.plans_copied(pd.DataFrame({"customer_id": ["K2"], "lines": [6]}), NAMES)
    assert "1 plan is last year's, unchanged in every line** (6 lines): Small." in say("plans_copied", told)
    assert "与去年逐项相同" in say("plans_copied", told, "zh")
    assert wording.plans_copied(pd.DataFrame({"customer_id": [], "lines": []}), NAMES) is None


def owners(*words):
    rows = [
        (f"P{n}", 8, 0 if word == "over_promises" else 8, 0.6 if word == "over_promises" else 1.6, word)
        for n, word in enumerate(words)
    ]
    return pd.DataFrame(rows, columns=["owner", "lines", "kept", "bias", "word"])


def test_owners_are_named_or_nobody_is():
    told = wording.owners_reading(owners("over_promises", "holds_back", None))
    english = say("owners_reading", told)
    assert "Too much is promised by P0 (0 of 8 kept, half of the lines at 60 % of the target or less)." in english
    assert "Too little is promised by P1 (8 of 8 kept, half of the lines at 160 % of the target or more)." in english
    assert "目标定得偏高的：P0" in say("owners_reading", told, "zh") and "P2" not in english
    nobody = wording.owners_reading(owners(None, None))
    assert "Of 2 people with 5 decided lines or more, nobody clearly" in say("owners_reading", nobody)
    assert "2 位责任人中，没有人" in say("owners_reading", nobody, "zh")
    assert wording.owners_reading(owners()) is None


def test_what_to_ask_about_the_lines_is_counted():
    rows = LINES.assign(question=["metric_unknown", None, "due_outside_year", "step_late", "step_late", None])
    told = wording.plans_asked(rows, LAST)
    assert told == {"lines": 6, "unmeasured": 1, "due": 5, "metric_unknown": 1, "due_outside_year": 1, "step_late": 2}
    english, chinese = (say("plans_asked", told, lang) for lang in ("en", "zh"))
    assert (
        "1 line has a metric that plan\\_metrics.csv does not list" in english
        or "plan_metrics.csv does not list" in english
    )
    assert "有 2 项所在的计划尚未签订" in chinese
    assert wording.plans_asked(LINES.iloc[:0], LAST) is None


def test_how_plans_are_made_weakest_first():
    marks = {
        "specific": [1, 1],
        "measurable": [0.5, 1],
        "attainable": [None, 0.25],
        "effective": [None, None],
        "dated": [1, 1],
    }
    told = wording.plans_made(pd.DataFrame({"lines": [2, 4]} | marks).astype("float64"))
    assert told == {
        "lines": 6,
        "shares": [{"what": "attainable", "share": 0.25}, {"what": "measurable", "share": 5 / 6}],
    }
    assert "83 % are measurable" in say("plans_made", told) and "83% 可以衡量" in say("plans_made", told, "zh")


def test_rows_in_words():
    first, _, _, unmeasured, *_ = wording.became(LINES)
    assert say("became", first, markdown=False) == "5.5 of 6 by 2025-12-31: missed"
    assert say("became", unmeasured, "zh", markdown=False) == "目标 3 次，2025-12-31 到期：未衡量"
    late = LINES.iloc[:1].assign(target_now=5.0)  # corrected after it was missed
    assert say("became", wording.became(late)[0], markdown=False) == "5.5 of 6 by 2025-12-31: missed"
    state = pd.DataFrame(
        [("amount", 120_000.0, None, 100_000.0, 0.2), ("share", 0.3, None, 0.1, 0.2), ("days", None, None, 60.0, None)],
        columns=["unit", "now", "before", "year_ago", "change_share"],
    )
    told = [say("state_line", facts, markdown=False) for facts in wording.state_line(state)]
    assert told == ["¥120,000; ¥100,000 a year ago (+20 %)", "30 %; 10 % a year ago", "not known; 60 days a year ago"]


@pytest.mark.parametrize(
    ("row", "english", "chinese"),
    [
        (
            ("missed", "events", "次", 2.0, 6.0),
            "Not kept: events, 2 of 6.",
            "没有做到：events，目标 6 次，实际 2 次。",
        ),
        (
            ("corrected_late", "events", "次", 4.0, 6.0),
            "Target changed only after it was due: events, from 6 to 4.",
            "到期之后才改目标：events，由 6 次改为 4 次。",
        ),
        (
            ("copied", None, None, 6.0, None),
            "This year's plan is last year's, unchanged in all 6 lines.",
            "今年的计划 6 项全部照抄去年。",
        ),
        (("kept", "shelf", "%", 60.5, 50.0), "Kept: shelf, 60.5 of 50 %.", "已做到：shelf，目标 50 %，实际 60.5 %。"),
        (
            ("category", "pans", None, 1e5, 3e5),
            "pans: bought ¥100,000 where customers like it would buy ¥300,000.",
            "pans：已采购 10 万元，相似客户的水平为 30 万元。",
        ),
    ],
)
def test_agenda_in_words(row, english, chinese):
    agenda = pd.DataFrame([row], columns=["subject", "about", "unit", "now", "expected"])
    (facts,) = wording.agenda_text(agenda)
    assert (
        say("agenda_text", facts, markdown=False) == english
        and say("agenda_text", facts, "zh", markdown=False) == chinese
    )


def test_the_need_of_an_agenda_is_named_in_words():
    agenda = pd.DataFrame(
        [("need", "service", None, 4.0, 9.0)], columns=["subject", "about", "unit", "now", "expected"]
    )
    context = sentences.Context(vocabulary={"need:service": {"en": "service", "zh": "服务"}})
    (facts,) = wording.agenda_text(agenda)
    assert say("agenda_text", facts, context=context) == "Service: 4 where 9 would be ideal."
    assert say("agenda_text", facts, "zh", context=context) == "服务：现状 4 分，理想 9 分。"


def test_the_method_names_its_limits():
    for lang, limit in (("en", "Within 5 %"), ("zh", "5%")):
        assert limit in say("plans_method", wording.plans_method(), lang)
