"""Result tables of the scorecard."""

import numpy as np
import pandas as pd
import pytest

from custlib import scorecards
from tests.scorecards import made
from tests.scorecards.test_judging import noisy

NOBODY = made.judge(made.figures(*made.team(), quarter="2025Q3"))


def test_of_a_kpi_that_is_withheld_the_weight_is_told_and_no_points():
    rows = [row for row in made.team(gives=noisy) if not (row[0] == "a" and row[3] == "z")]
    table = scorecards.scorecard(made.judge(rows), "2025Q4", made.KPIS).set_index("person_id")
    points = ["raw", "adjusted", "low", "high"]
    assert table.loc["a", points].isna().all(axis=None) and table.loc["b", points].notna().all(axis=None)
    assert table.loc["a", "weight"].tolist() == [0.2, 0.3, 0.1, 0.1]


def test_of_people_alike_no_rank_is_named():
    alike = made.judge(made.team(gives=lambda p, k, r: 80 + hash_of(p, k, r)))
    table = scorecards.scorecard_total(alike, NOBODY, made.KPIS)
    assert table["rank_low"].isna().all() and table["score"].notna().all() and table["change"].isna().all()
    apart = scorecards.scorecard_total(made.judge(made.team(gives=noisy)), NOBODY, made.KPIS)
    assert apart["person_id"].tolist() == ["d", "c", "b", "a"] and apart["rank_low"].tolist() == [1, 2, 3, 4]


def hash_of(person, kpi, rater):
    """A fixed number from −8 to 8."""
    return (7 * ord(person) + 11 * sum(map(ord, kpi)) + 13 * ord(rater) ** 2) % 17 - 8


def test_a_change_against_the_quarter_before_is_told_with_whether_it_is_real():
    now, before = made.judge(made.team(gives=noisy)), made.judge(made.team(gives=lambda p, k, r: noisy(p, k, r) - 9))
    table = scorecards.scorecard_total(now, before, made.KPIS)
    assert table["change"].tolist() == pytest.approx([9] * 4) and table["change_is_real"].all()


def test_severity_is_told_of_raters_of_five_people_and_of_no_others():
    of_four = made.judge(made.team(gives=noisy))
    assert scorecards.rater_severity(of_four, NOBODY).empty
    of_five = [*made.team(gives=noisy), *[("e", *row[1:]) for row in made.team("d", gives=noisy) if row[3] != "z"]]
    table = scorecards.rater_severity(made.judge(of_five), NOBODY).set_index("rater")
    assert table.index.tolist() == ["s", "x", "y"] and table["ratings"].tolist() == [20] * 3
    assert table["drift"].isna().all() and table["linked"].all()


def test_a_rater_who_tells_no_kpis_of_a_person_apart_has_a_halo():
    gives = {"x": lambda p, k, r: 60 + 5 * ord(p) % 20}
    rows = made.team("abcde", gives=lambda p, k, r: (gives["x"] if r == "x" else hash_of)(p, k, r) + 70)
    table = scorecards.rater_severity(made.judge(rows), NOBODY).set_index("rater")
    assert table["halo"].idxmin() == "x" and table.loc["x", "halo"] == 0 < scorecards.FLAT < table.loc["y", "halo"]


def test_agreement_leaves_out_whom_not_all_sources_rate_and_counts_them():
    rows = [row for row in made.team(gives=noisy) if not (row[0] == "a" and row[2] == "superior")]
    table = scorecards.source_agreement(made.judge(rows), made.KPIS).set_index("kpi")
    assert table.loc["growth", ["people", "sources", "left_out"]].tolist() == [3, 2, 1]
    assert table.loc["growth", "icc_consistency"] == pytest.approx(1) and table.loc["growth", "icc_agreement"] < 0.9
    assert np.isnan(table.loc["conversion", "icc_agreement"])


def test_self_stands_against_all_others_where_no_peers_rating_would_follow():
    own = [(p, kpi, "self", p, 90.0) for p in "ab" for kpi in made.RATED]
    rows = [row for row in made.team() if not (row[0] == "b" and row[3] == "z")]
    table = scorecards.self_other(made.judge([*rows, *own]))
    assert set(table["person_id"]) == {"a"} and table["self_minus_others"].tolist() == pytest.approx([10] * 4)


def test_the_path_of_a_rate_is_all_hits_by_all_cases_so_far():
    rows = [("a", "conversion", "crm", "", 50.0, 2, 1, 10), ("a", "conversion", "crm", "", 100.0, 6, 6, 11)]
    rows += [("a", "proposals", "crm", "", 70.0, None, None, 10), ("a", "proposals", "crm", "", 80.0, None, None, 12)]
    table = scorecards.monthly_follow(made.figures(*rows, *made.team("a")), "2025Q4")
    assert table["path"].tolist() == [50, 87.5, 70, 75]
    assert table["month"].tolist() == ["2025-10", "2025-11", "2025-10", "2025-12"]


def test_the_schemes_own_questions_are_answered_or_not_known():
    rows = made.team(gives=lambda p, k, r: min(100, noisy(p, k, r) + 25))
    few = [(p, "conversion", "crm", "", 50.0, 4, 2, 10) for p in "abcd"]
    judged = made.judge([*rows, *few])
    agreement = scorecards.source_agreement(judged, made.KPIS)
    table = scorecards.system_check(judged, agreement, scorecards.self_other(judged), 5).set_index("check")
    assert table["verdict"].to_dict() == {
        "severity_spread": "to_review",
        "ceiling": "to_review",
        "tells_nobody_apart": "in_order",
        "few_cases": "to_review",
        "served_customers": "not_known",
        "self_leniency": "not_known",
    }
    assert table.loc["few_cases", "value"] == 4


def test_all_tables_of_a_quarter_without_figures_are_empty():
    assert scorecards.scorecard(NOBODY, "2025Q4", made.KPIS).empty
    assert scorecards.scorecard_total(NOBODY, NOBODY, made.KPIS).empty
    assert scorecards.self_other(NOBODY).empty and scorecards.rater_severity(NOBODY, NOBODY).empty
    assert isinstance(scorecards.monthly_follow(made.figures(), "2025Q4"), pd.DataFrame)
