import numpy as np
import pandas as pd
import pytest

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
WORDS = {f"segment:S{n}": {"en": f"S{n}", "zh": f"S{n}"} for n in (1, 3, 4, 6, 7, 8, 9)}
WORDS |= {"segment:S2": {"en": "Fading*", "zh": "S2"}, "segment:S5": {"en": "Newcomers", "zh": "S5"}}
EVENTS = pd.DataFrame(
    [
        ("S5", "appeared", ""),
        ("S1", "survived", "S1"),
        ("S2", "split", "S2"),
        ("S4", "split", "S2"),
        ("S6", "merged", "S6"),
        ("S6", "merged", "S7"),
        ("S3", "disappeared", "S3"),
    ],
    columns=["identity", "event", "from"],
).assign(quarter="2025Q4", since="2025Q3", overlap=[np.nan, 0.9, 0.69, 0.29, 0.8, 0.8, 0.2])
FLOW = pd.DataFrame(
    [
        ("S1", "S1", "", 60),
        ("S1", "S2", "consumer_changed", 10),
        ("S1", "S2", "segment_moved", 7),
        ("S2", "S1", "segment_moved", 23),
        ("S2", "lost", "", 1000),
        ("new", "S1", "", 2000),
    ],
    columns=["from", "to", "moved", "consumers"],
).astype({"consumers": "Int64"})


def period(events):
    return wording.events_reading(events, "2025Q4", ["2025Q3"])["periods"][0]


def test_what_became_of_the_segments():
    assert period(EVENTS) == {
        "since": "2025Q3",
        "compared": True,
        "all_survived": False,
        "survived": 1,
        "split": [{"whole": "S2", "parts": ["S2", "S4"], "share": pytest.approx(0.98)}],
        "merged": [{"whole": "S6", "parts": ["S6", "S7"]}],
        "appeared": ["S5"],
        "disappeared": ["S3"],
    }
    other = EVENTS.assign(**{"identity": EVENTS["identity"].replace({"S2": "S8", "S4": "S9"}), "from": "S8"})
    two = period(pd.concat([EVENTS, other]).query("event == 'split'"))
    assert two["split"] == [
        {"whole": whole, "parts": parts, "share": pytest.approx(0.98)}
        for whole, parts in (("S2", ["S2", "S4"]), ("S8", ["S8", "S9"]))
    ]


def test_each_period_has_its_paragraph_and_one_without_segments_says_so(said):
    facts = wording.events_reading(EVENTS, "2025Q4", ["2025Q3", "2024Q4"])
    assert said("segment_changes.events_reading", facts, vocabulary=WORDS) == (
        rf"**2025Q3 → 2025Q4.** 1 segment is still there. Fading\* split: 98{P} of its members went into Fading\* and S4. S6 and S7 merged into S6. New: Newcomers. "
        "Gone: S3.\n\n**2024Q4 → 2025Q4.** There are no segments before to compare with."
    )
    assert said("segment_changes.events_reading", facts, "zh", vocabulary=WORDS) == (
        "**2025Q3 → 2025Q4：** 1 个细分延续。S2已拆分：其 98% 的成员归入S2 和 S4。S6 和 S7合并为S6。新出现：S5。消失：S3。\n\n"
        "**2024Q4 → 2025Q4：** 没有以前的细分可供比较。"
    )


def test_where_all_segments_are_still_there_it_says_no_more(said):
    survived = EVENTS.query("event == 'survived'")
    two = pd.concat([survived, survived.assign(identity="S2")])

    def text(events, lang="en"):
        return said("segment_changes.events_reading", wording.events_reading(events, "2025Q4", ["2025Q3"]), lang)

    assert text(survived) == "**2025Q3 → 2025Q4.** The segment of the quarter before is still there."
    assert text(two) == "**2025Q3 → 2025Q4.** All 2 segments of the quarter before are still there."
    assert text(two, "zh") == "**2025Q3 → 2025Q4：** 上季的 2 个细分全部延续。"


def test_of_those_with_a_segment_in_both_quarters_how_many_changed_and_why(said):
    facts = wording.flow_reading(FLOW)
    assert facts == {"consumer_changed": 10, "segment_moved": 30, "stayed": 60, "hidden": 0}
    assert said("segment_changes.flow_reading", facts) == (
        f"Of 100 consumers with a segment in both quarters, 40 changed segment (40{P}). "
        "10 consumers changed their own buying; for 30 the segments moved while they bought as before."
    )
    assert said("segment_changes.flow_reading", facts, "zh") == (
        "两季都有细分的 100 位消费者中，40 位换了细分（40%）。其中 10 位是消费者自身购买变了，30 位是细分移动而其购买未变。"
    )
    assert "1 consumer changed its own buying; for 30" in said(
        "segment_changes.flow_reading", facts | {"consumer_changed": 1}
    )


def test_flows_that_are_suppressed_are_told_and_not_counted(said):
    hidden = wording.flow_reading(FLOW.assign(consumers=FLOW["consumers"].where(FLOW["consumers"] > 7)))
    assert hidden == {"consumer_changed": 10, "segment_moved": 23, "stayed": 60, "hidden": 1}
    assert said("segment_changes.flow_reading", hidden).endswith("1 flow of too few consumers is not shown.")
    more = hidden | {"hidden": 2}
    assert said("segment_changes.flow_reading", more).endswith("2 flows of too few consumers are not shown.")
    assert said("segment_changes.flow_reading", more, "zh").endswith("2 条人数过少的流向未列出。")


def test_where_nobody_changed_or_nobody_was_there_it_says_so(said):
    assert said("segment_changes.flow_reading", wording.flow_reading(FLOW.head(1))) == (
        f"Of 60 consumers with a segment in both quarters, 0 changed segment (0{P})."
    )
    nobody = wording.flow_reading(FLOW.tail(2))
    assert said("segment_changes.flow_reading", nobody) == "No consumer has a segment in both quarters."
    assert said("segment_changes.flow_reading", nobody, "zh") == "没有消费者在两季都有细分。"
    assert wording.flow_reading(FLOW.head(0)) is None
