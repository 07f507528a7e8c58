"""A quarter's scores."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scorecards import made


def noisy(person, kpi, rater):
    """Fixed values that differ: people by 5, raters by up to 6, and a little of each by all."""
    odd = {"satisfaction": 1, "proposals": -1, "teamwork": 2, "growth": -2}[kpi]
    return 60 + 5 * "abcd".index(person) + {"s": -6, "x": 0, "y": 2, "z": 4}[rater] + odd * (ord(rater) % 2)


def test_of_ratings_without_severity_the_score_is_the_rating():
    judged = made.judge(made.team(gives=lambda person, kpi, rater: 60 + 5 * "abcd".index(person)))
    assert judged.score.to_dict() == pytest.approx({"a": 60, "b": 65, "c": 70, "d": 75})


def test_whoever_the_mild_rater_missed_is_not_the_worse_for_it():
    rows = [row for row in made.team(gives=noisy) if not (row[0] == "d" and row[3] == "z")]
    whole, missed = made.judge(made.team(gives=noisy)), made.judge(rows)
    own = missed.kpis.set_index("person").loc["d"]
    assert missed.score["d"] == pytest.approx(whole.score["d"], abs=0.6)
    assert (own["raw"] - whole.kpis.set_index("person").loc["d", "raw"]).mean() < -1


@settings(max_examples=10)
@given(st.sampled_from("sxyz"))
def test_five_more_on_all_of_one_raters_values_moves_everybody_alike(rater):
    more = made.judge(made.team(gives=lambda p, k, r: noisy(p, k, r) + 5 * (r == rater)))
    assert (more.score - made.judge(made.team(gives=noisy)).score).tolist() == pytest.approx([1.25] * 4)


def test_self_ratings_stand_beside_and_count_where_asked():
    rows = [*made.team(gives=noisy), *(("a", kpi, "self", "a", 100.0) for kpi in made.RATED)]
    beside, counted = made.judge(rows), made.judge(rows, self_counts=True)
    assert beside.score.to_dict() == pytest.approx(made.judge(made.team(gives=noisy)).score.to_dict())
    assert len(beside.own) == 4 and "a" in set(counted.ratings["rater"])


def test_a_conversion_is_shrunk_before_it_is_scored_and_counts_its_cases():
    told = {"a": (3, 3), "b": (12, 30), "c": (10, 25), "d": (9, 30)}
    rates = [(p, "conversion", "crm", "", 100 * h / n, n, h, 10) for p, (h, n) in told.items()]
    own = made.judge([*made.team(gives=noisy), *rates]).kpis.query("kpi == 'conversion'").set_index("person")
    assert own.loc["a", "raw"] == 100 and 45 < own.loc["a", "adjusted"] < 60 and own.loc["a", "cases"] == 3
    assert own["error"].idxmax() == "a"


def test_a_rate_without_counts_has_no_interval_and_neither_has_the_total():
    rates = [(p, "conversion", "crm", "", 40.0) for p in "abcd"]
    judged = made.judge([*made.team(gives=noisy), *rates])
    own = judged.kpis.query("kpi == 'conversion'")
    assert own["adjusted"].tolist() == [50] * 4 and own["error"].isna().all()
    assert judged.score.notna().all() and judged.error.isna().all()


def test_whoever_joined_within_the_quarter_has_no_total():
    judged = made.judge(made.team(gives=noisy), joined=made.joined(late="d"))
    assert judged.score.isna().to_dict() == {"a": False, "b": False, "c": False, "d": True}


def test_two_islands_of_raters_have_no_common_score():
    apart = [row for row in made.team(gives=noisy, peers="xy") if (row[0] in "ab") == (row[3] in "sx")]
    judged = made.judge(apart)
    assert not judged.linked and judged.score.isna().all()
    assert judged.island["rater"].to_dict() == {"s": 0, "x": 0, "y": 1}


def test_where_two_peers_rated_nothing_is_shown_of_the_kpi():
    rows = [row for row in made.team(gives=noisy) if not (row[0] == "a" and row[3] == "z")]
    hidden = made.judge(rows).kpis.groupby("person")["withheld"].agg(list)
    assert hidden.to_dict() == {"a": [True] * 4, "b": [False] * 4, "c": [False] * 4, "d": [False] * 4}


def test_a_kpi_alone_is_not_withheld_as_it_would_follow_from_the_total():
    rows = [row for row in made.team(gives=noisy) if row[:2] != ("a", "growth") or row[3] != "z"]
    own = made.judge(rows).kpis.set_index("person").loc["a"]
    assert own.loc[own["withheld"], "kpi"].tolist() == ["teamwork", "growth"]


def test_nothing_is_known_of_a_quarter_without_figures():
    table = made.figures(*made.team(), quarter="2025Q3")
    judged = made.judge(table)
    assert judged.score.empty and np.isnan(judged.residual_sd) and isinstance(judged.kpis, pd.DataFrame)
