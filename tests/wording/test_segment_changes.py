import pandas as pd

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
NAMES = {"S1": "Regulars", "S2": "Fading*", "S5": "Newcomers"}
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
)
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


def test_what_became_of_the_segments():
    assert wording.events_reading(EVENTS, NAMES, lang="en") == (
        r"1 segment is still there. Fading\* split into Fading\* and S4. S6 and S7 merged into S6. New: Newcomers. Gone: S3."
    )
    assert wording.events_reading(EVENTS, lang="zh") == (
        "1 个细分延续。S2分裂为S2和S4。S6和S7合并为S6。新出现：S5。消失：S3。"
    )


def test_two_splits_are_two_sentences():
    other = EVENTS.assign(**{"identity": EVENTS["identity"].replace({"S2": "S8", "S4": "S9"}), "from": "S8"})
    both = pd.concat([EVENTS, other]).query("event == 'split'")
    assert wording.events_reading(both, lang="en") == "S2 split into S2 and S4. S8 split into S8 and S9."


def test_where_all_segments_are_still_there_it_says_no_more():
    survived = EVENTS.query("event == 'survived'")
    two = pd.concat([survived, survived.assign(identity="S2")])
    assert wording.events_reading(survived, lang="en") == "The segment of the quarter before is still there."
    assert wording.events_reading(two, lang="en") == "All 2 segments of the quarter before are still there."
    assert wording.events_reading(two, lang="zh") == "上季的 2 个细分全部延续。"


def test_the_first_quarter_has_nothing_to_compare_with():
    assert wording.events_reading(EVENTS.head(0), lang="en") == "There are no segments before to compare with."
    assert wording.events_reading(EVENTS.head(0), lang="zh") == "没有以前的细分可供比较。"


def test_of_those_with_a_segment_in_both_quarters_how_many_changed_and_why():
    assert wording.flow_reading(FLOW, lang="en") == (
        f"Of 100 consumers with a segment in both quarters, 40 changed segment (40{P}). "
        "10 consumers changed their own buying; for 30 the segments moved while they bought as before."
    )
    assert wording.flow_reading(FLOW, lang="zh") == (
        "两季都有细分的 100 位消费者中，40 位换了细分（40%）。其中 10 位是消费者自身购买变了，30 位是细分移动而其购买未变。"
    )


def test_one_consumer_changed_its_own_buying():
    one = FLOW.assign(consumers=FLOW["consumers"].replace(10, 1))
    assert "1 consumer changed its own buying; for 30" in wording.flow_reading(one, lang="en")


def test_flows_that_are_suppressed_are_told_and_not_counted():
    hidden = FLOW.assign(consumers=FLOW["consumers"].where(FLOW["consumers"] > 7))
    assert wording.flow_reading(hidden, lang="en").endswith("1 flow of too few consumers is not shown.")
    assert wording.flow_reading(hidden, lang="zh").startswith("两季都有细分的 93 位消费者中，33 位")
    more = FLOW.assign(consumers=FLOW["consumers"].where(FLOW["consumers"] > 10))
    assert wording.flow_reading(more, lang="en").endswith("2 flows of too few consumers are not shown.")
    assert wording.flow_reading(more, lang="zh").endswith("2 条人数过少的流向未列出。")


def test_where_nobody_changed_or_nobody_was_there_it_says_so():
    assert wording.flow_reading(FLOW.head(1), lang="en") == (
        f"Of 60 consumers with a segment in both quarters, 0 changed segment (0{P})."
    )
    assert wording.flow_reading(FLOW.tail(2), lang="en") == "No consumer has a segment in both quarters."
    assert wording.flow_reading(FLOW.tail(2), lang="zh") == "没有消费者在两季都有细分。"
