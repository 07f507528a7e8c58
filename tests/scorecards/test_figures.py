"""Figures of the exports with their keys and ids."""

import pandas as pd
import pytest

from custlib import scorecards
from custlib.refusals import Refused

PEOPLE = pd.DataFrame({"person_id": ["P1", "P2"]}, ["许静", "蒋雯"])


def read(**given):
    row = {"person": "许静", "kpi": "客户满意度", "source": "同事", "rater": "蒋雯", "value": 80.0} | given
    row = {"cases": None, "hits": None, "month": None} | row
    table = pd.DataFrame([row]).assign(file="售前考核.csv", line=7, quarter="2025Q4")
    return scorecards.figures(table, scorecards.kpis(), scorecards.sources(), PEOPLE)


def test_names_become_ids_and_words_keys():
    (row,) = read().to_dict("records")
    assert (row["person"], row["rater"], row["kpi"], row["source"]) == ("P1", "P2", "satisfaction", "peer")
    assert row["aside"] == ""


@pytest.mark.parametrize(
    ("given", "aside"),
    [
        ({"rater": "许静"}, "self_as_peer"),
        ({"rater": "许静", "source": "自评"}, ""),
        ({"kpi": "商机转化率", "source": "CRM", "rater": "", "hits": 5.0, "cases": 4.0}, "hits_above_cases"),
        ({"kpi": "商机转化率", "source": "CRM", "rater": "", "hits": 4.0, "cases": 4.0}, ""),
    ],
)
def test_whoever_rates_themself_as_a_peer_and_more_hits_than_cases_are_set_aside(given, aside):
    assert read(**given)["aside"].tolist() == [aside]


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ({"kpi": "客户满易度"}, "score_word", "客户满意度"),
        ({"source": "同仁"}, "score_word", "同"),
        ({"person": "许婧"}, "no_person", "line 7"),
        ({"rater": "卢晓"}, "no_person", "rater"),
        ({"value": 0.8}, "kpi_scale", "0.8 for 80 %"),
    ],
)
def test_what_nobody_knows_is_refused_by_file_and_line(given, code, said):
    with pytest.raises(Refused) as caught:
        read(**given)
    assert caught.value.code == code and said in str(caught.value) and "售前考核.csv" in str(caught.value)
    assert "许婧" not in str(caught.value) and "卢晓" not in str(caught.value)


def test_a_self_rating_without_a_rater_is_the_persons_own():
    assert read(source="自评", rater="")["rater"].tolist() == ["P1"]


def test_other_words_of_a_kpi_are_listed_in_the_scorecard():
    assert read(kpi="客户满意")["kpi"].tolist() == ["satisfaction"]
