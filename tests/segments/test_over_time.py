"""Two quarters of the same two groups: who is too little known stands in none, and names are kept."""

import numpy as np
import pandas as pd
import pytest

from custlib import segments


def consumers(seed, few=3):
    """Thirty who buy little and thirty who buy much, and a few who bought once."""
    random = np.random.default_rng(seed)
    little, much = random.normal([10, 4], 0.3, (30, 2)), random.normal([900, 30], [20, 1], (30, 2))
    rows = [*little, *much, *[(5000.0, 1.0)] * few]
    return pd.DataFrame(rows, [f"Y{n:02d}" for n in range(60 + few)], ["money", "frequency"])


HISTORY = {"2025Q3": consumers(1), "2025Q4": consumers(2)}


@pytest.fixture(scope="module")
def fitted():
    return segments.fitted(HISTORY)


def test_segments_are_of_those_known_well_enough_and_the_one_that_pays_most_is_the_first(fitted):
    features, fits = fitted
    assert list(fits) == list(features) == ["2025Q3", "2025Q4"]
    found = fits["2025Q4"]
    assert found.k == 2 and len(found.labels) == len(features["2025Q4"]) == 60
    assert (found.labels["Y30":"Y59"] == 1).all() and (found.labels["Y00":"Y29"] == 2).all()


def test_both_quarters_go_by_the_same_names_and_what_became_of_them_is_told(fitted):
    found = segments.identified(HISTORY, fitted[1], "2025Q4", segments.words())
    pd.testing.assert_series_equal(found.now, found.before)
    assert found.names["en"].to_dict() == {"S1": "Large budgets & regulars", "S2": "Small budgets & occasional"}
    events = found.events[["quarter", "since", "identity", "event", "consumers"]]
    assert events.to_numpy().tolist() == [
        ["2025Q4", "2025Q3", "S1", "survived", 30],
        ["2025Q4", "2025Q3", "S2", "survived", 30],
    ]


def test_a_quarter_without_consumers_has_no_segments_and_no_events():
    none = pd.DataFrame(index=pd.Index([], name="consumer_id", dtype="str"))
    features, fits = segments.fitted({"2025Q4": none})
    found = segments.identified({"2025Q4": none}, fits, "2025Q4", segments.words())
    assert features["2025Q4"].empty and fits["2025Q4"].k == 1
    assert found.now.empty and found.before.empty and found.names.empty and found.events.empty
