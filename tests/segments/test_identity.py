import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from custlib import segments

# An example of MONIC (Spiliopoulou et al. 2006), as the R package clusTransition 1.0 decides it.
PERIOD_1 = {"c1": range(1, 11), "c2": range(11, 21), "c3": range(21, 27), "c4": range(27, 31), "c5": range(31, 37)}
PERIOD_2 = {"d1": [*range(1, 10), 41], "d2": [*range(11, 16), 42], "d3": range(16, 21), "d4": range(21, 31)}
PERIOD_2 |= {"d5": range(43, 49), "d6": [31, 32, *range(49, 53)]}


def series(members):
    return pd.Series({consumer: label for label, consumers in members.items() for consumer in consumers}, dtype=object)


def told(found):
    return [(row.new, row.old, row.event) for row in found.itertuples()]


def test_the_example_of_monic():
    found = segments.match(series(PERIOD_1), series(PERIOD_2))
    assert told(found) == [
        ("d1", "c1", "survived"),
        ("d2", "c2", "split"),
        ("d3", "c2", "split"),
        ("d4", "c3", "merged"),
        ("d4", "c4", "merged"),
        ("d5", None, "appeared"),
        ("d6", None, "appeared"),
        (None, "c5", "disappeared"),
    ]
    assert found["overlap"].dropna().round(4).tolist() == [0.9, 0.5, 0.5, 1, 1, 0.3333]
    assert found.loc[found["event"] == "appeared", "overlap"].isna().all()


def test_the_larger_part_of_a_split_keeps_the_name():
    found = segments.match(series({"a": range(10)}), series({"x": range(4), "y": range(4, 10)}))
    assert found[["new", "keeps"]].to_numpy().tolist() == [["x", False], ["y", True]]


def test_a_merged_segment_takes_its_largest_contributor_s_name():
    found = segments.match(series({"a": range(4), "b": range(4, 10)}), series({"x": range(10)}))
    assert found[["old", "event", "keeps"]].to_numpy().tolist() == [["a", "merged", False], ["b", "merged", True]]


def test_a_segment_that_survived_keeps_its_name_though_a_larger_part_joins_it():
    before = series({"a": range(10), "b": range(10, 50)})
    found = segments.match(before, series({"x": range(34), "y": range(34, 50)}))
    assert told(found) == [("x", "a", "survived"), ("x", "b", "split"), ("y", "b", "split")]
    assert found.loc[found["keeps"], ["new", "old"]].to_numpy().tolist() == [["x", "a"], ["y", "b"]]


def test_a_segment_whose_members_all_went_into_two_has_split_though_the_smaller_part_is_under_a_third():
    found = segments.match(series({"a": range(100)}), series({"x": range(69), "y": range(69, 98), "z": range(98, 100)}))
    assert told(found) == [("x", "a", "split"), ("y", "a", "split"), ("z", None, "appeared")]
    assert found["overlap"].dropna().tolist() == [0.69, 0.29] and found["keeps"].tolist() == [True, False, False]


@settings(max_examples=60, deadline=None)
@example([(1, 1), (1, 3), (1, 3), (2, 3), (3, 3)])  # the larger part of a split where two others merge
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), min_size=1, max_size=40))
def test_every_segment_has_its_event_and_every_name_is_given_once(pairs):
    labels = pd.DataFrame(pairs, columns=["before", "after"])
    before, after = labels["before"], labels.loc[labels["after"] > 0, "after"]
    found = segments.match(before, after)
    assert set(found["old"].dropna()) == set(before) and set(found["new"].dropna()) == set(after)
    kept = found[found["keeps"]]
    assert kept["old"].is_unique and kept["new"].is_unique
    assert found.loc[found["event"] == "survived", "keeps"].all()
    assert found.loc[found["event"].isin(["survived", "merged"]), "overlap"].ge(0.7).all()
    for _, parts in found[found["event"] == "split"].groupby("old"):
        assert len(parts) > 1 and parts["overlap"].ge(0.1).all() and parts["overlap"].sum() > 0.699
    for new in found.loc[found["event"] == "merged", "new"]:
        assert found.loc[found["new"] == new, "keeps"].sum() == 1


def test_names_are_kept_over_quarters_and_none_is_given_twice():
    labels = {
        "2025Q1": series({1: range(10), 2: range(10, 20)}),
        "2025Q2": series({2: range(10), 1: range(10, 20), 3: range(20, 30)}),  # renumbered, and a new one
        "2025Q3": series({1: range(6), 2: range(6, 10), 3: range(20, 30), 4: range(30, 40)}),  # S1 splits, S2 is gone
    }
    found = segments.identities(labels)
    names = {quarter: given.groupby(labels[quarter]).first().to_dict() for quarter, given in found.labels.items()}
    assert names == {
        "2025Q1": {1: "S1", 2: "S2"},
        "2025Q2": {2: "S1", 1: "S2", 3: "S3"},
        "2025Q3": {1: "S1", 2: "S4", 3: "S3", 4: "S5"},
    }
    last = found.events[found.events["quarter"] == "2025Q3"]
    assert last[["identity", "event", "from", "consumers"]].to_numpy().tolist() == [
        ["S1", "split", "S1", 6],
        ["S4", "split", "S1", 4],
        ["S3", "survived", "S3", 10],
        ["S5", "appeared", "", 10],
        ["S2", "disappeared", "S2", 10],
    ]


def test_who_is_not_described_any_more_ends_no_segment_unless_they_are_most():
    before = series({1: range(10), 2: range(10, 20)})
    found = segments.identities({"2025Q1": before, "2025Q2": series({1: range(5, 10), 2: range(18, 28)})})
    assert found.events[["identity", "event"]].to_numpy().tolist() == [
        ["S1", "survived"],
        ["S3", "appeared"],
        ["S2", "disappeared"],
    ]


def test_a_quarter_without_segments_gives_no_names_and_takes_none():
    two = series({1: range(10), 2: range(10, 20)})
    found = segments.identities({"2025Q1": two, "2025Q2": two.map(lambda label: 1), "2025Q3": two})
    assert found.labels["2025Q2"].empty
    pd.testing.assert_series_equal(found.labels["2025Q3"], found.labels["2025Q1"])
    assert found.events["event"].tolist() == ["survived", "survived"]


def test_a_move_is_the_consumer_s_or_the_border_s_and_everyone_is_counted_once():
    before = pd.Series({"stays": "S1", "changed": "S1", "third": "S1", "border": "S1", "left": "S2"})
    after = pd.Series({"stays": "S1", "changed": "S2", "third": "S2", "border": "S2", "came": "S1"})
    under_old = pd.Series({"stays": "S1", "changed": "S2", "third": "S3", "border": "S1", "came": "S1"})
    found = segments.movements(before, after, under_old)
    assert found.to_numpy().tolist() == [
        ["S1", "S1", "", 1],
        ["S1", "S2", "consumer_changed", 2],
        ["S1", "S2", "segment_moved", 1],
        ["S2", "lost", "", 1],
        ["new", "S1", "", 1],
    ]


@pytest.mark.parametrize("labels", [{}, {"2025Q1": pd.Series(dtype=object)}])
def test_no_quarter_and_no_consumer_give_no_event(labels):
    assert segments.identities(labels).events.empty


def test_with_a_year_between_a_slow_division_is_seen_as_a_split_and_one_name_as_one_segment():
    then = pd.Series(["S1"] * 10 + ["S2"] * 10, range(20))
    # Of S2 hardly anybody is left who was there; it goes by its name all the same.
    now = pd.Series(["S1"] * 5 + ["S3"] * 5 + ["S2"] * 4, [*range(10), 10, 30, 31, 32])
    found = segments.since({"2024Q4": then, "2025Q4": now}, "2025Q4", "2024Q4")
    told = sorted(zip(found["identity"], found["event"], found["from"], strict=True))
    assert told == [("S1", "split", "S1"), ("S2", "survived", "S2"), ("S3", "split", "S1")]
    assert (found["since"] == "2024Q4").all() and (found["quarter"] == "2025Q4").all()


def test_nothing_is_said_of_a_quarter_without_segments():
    assert segments.since({"2025Q4": pd.Series({"a": "S1"})}, "2025Q4", "2024Q4").empty


def test_the_flow_says_who_moved_by_the_centres_of_the_quarter_before_and_hides_few():
    rows = pd.DataFrame({"a": [0.0] * 6 + [10.0] * 6, "money": 1.0}, [f"k{n:02d}" for n in range(12)])
    fit = segments.fit(rows[["a"]], 2)
    before = fit.labels.map({1: "S1", 2: "S2"})
    home, other = before["k00"], before["k11"]
    now = pd.concat([before.iloc[:6], pd.Series([home] * 5 + [other], rows.index[6:])])
    stayed = segments.flow(before, now, fit, rows[["a"]]).set_index(["from", "to"])
    assert stayed.loc[(home, home), ["moved", "consumers"]].tolist() == ["", 6]
    # Under the old centres the five would have stayed: the borders moved.
    assert stayed.loc[(other, home), ["moved", "consumers"]].tolist() == ["segment_moved", 5]
    assert pd.isna(stayed.loc[(other, other), "consumers"])
    assert segments.flow(before.head(0), now, None, rows).empty and segments.flow(before, now.head(0), fit, rows).empty
