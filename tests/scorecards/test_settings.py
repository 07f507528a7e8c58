"""What people set for the scorecard."""

import pytest

from custlib import project, scorecards
from custlib.refusals import Refused

HEAD = "kpi,weight,words,kind,good,poor,en,zh"


def own(folder, name, *lines):
    (folder / "reference").mkdir(exist_ok=True)
    (folder / "reference" / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_the_scheme_weighs_20_30_30_10_10_and_has_four_sources_of_which_self_does_not_count():
    assert scorecards.kpis()["weight"].tolist() == [20, 30, 30, 10, 10]
    assert scorecards.sources()["counts"].to_dict() == {"self": False, "superior": True, "peer": True, "crm": True}


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        (["a,60,,rating,90,40,a,甲", "b,50,,rating,90,40,b,乙"], "weights_sum", "110"),
        (["a,100,,rating,40,40,a,甲"], "kpi_good", "“a”"),
        (["a,100,,grade,90,40,a,甲"], "not_one_of", "line 2"),
        (["a,many,,rating,90,40,a,甲"], "no_number", "many"),
        (["a,50,x,rating,90,40,a,甲", "b,50,x,rating,90,40,b,乙"], "word_twice", "x"),
    ],
)
def test_a_scorecard_that_makes_no_sense_is_refused_and_says_why(tmp_path, lines, code, said):
    with pytest.raises(Refused) as caught:
        scorecards.kpis(own(tmp_path, "scorecard.csv", HEAD, *lines))
    assert caught.value.code == code and said in str(caught.value)


def test_weights_given_by_hand_count_instead_and_must_add_up_too():
    given = {"satisfaction": 50, "growth": 50}
    assert scorecards.kpis(given=given)["weight"].tolist() == [50, 0, 0, 0, 50]
    with pytest.raises(Refused, match="110"):
        scorecards.kpis(given={"satisfaction": 20, "proposals": 30, "conversion": 30, "teamwork": 10, "growth": 20})
    with pytest.raises(Refused, match="growth"):
        scorecards.kpis(given={"growht": 100})


def test_who_is_who_stands_beside_the_exports_only(tmp_path):
    assert not project.reference("people.csv").is_file()
    with pytest.raises(Refused) as caught:
        scorecards.people(tmp_path)
    assert caught.value.code == "reference_missing"


@pytest.mark.parametrize(
    ("line", "code"),
    [("P2,许静,2020-01-01", "reference_key"), ("P2,丁,soon", "not_one_of"), ("P2,,2020-01-01", "reference_blank")],
)
def test_a_person_twice_or_without_a_day_is_refused(tmp_path, line, code):
    with pytest.raises(Refused) as caught:
        scorecards.people(own(tmp_path, "people.csv", "person_id,name,joined_on", "P1,许静,2020-01-01", line))
    assert caught.value.code == code and "3" in str(caught.value)


def test_one_person_in_two_spellings_is_told_and_not_merged(tmp_path):
    lines = ["person_id,name,joined_on", "P1,Li Wei,2020-01-01", "P2,liwei,2020-01-01", "P3,许静,2020-01-01"]
    listed = scorecards.people(own(tmp_path, "people.csv", *lines))
    assert scorecards.likely_doubles(listed) == [("P1", "P2")] and len(listed) == 3
