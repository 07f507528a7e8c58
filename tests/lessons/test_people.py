import dataclasses

import pandas as pd
import pytest

from custlib import segments
from custlib.lessons import people, texts, thinking, ways
from custlib.lessons.exercises import RIGHT
from custlib.wording import sentences
from custlib.words import LANGUAGES

HINTS = thinking("3")
NAMES = pd.DataFrame(
    {"identity": ["S1", "S2"], "en": ["givers", "savers"], "zh": ["送礼", "实惠"], "traits": ["festival_share up", ""]}
)


def profile(*rows):
    return pd.DataFrame(rows, columns=["identity", "feature", "value", "overall", "difference"])


PROFILE = profile(
    ("S1", "festival_share", 0.40, 0.20, 1.0),
    ("S1", "discount_share", 0.02, 0.30, -1.2),
    ("S1", "novelty", 0.10, 0.11, -0.05),
    ("S2", "festival_share", 0.30, 0.29, 0.02),
    ("S2", "discount_share", 0.50, 0.30, 0.9),
    ("S2", "bargain_share", 0.28, 0.29, -0.01),
    ("S2", "list_price", 300.0, 200.0, 2.0),
)


def found(*rows):
    columns = ["strategy", "measure", "identity", "segment_mean", "others_mean", "effect_low", "effect_high"]
    table = pd.DataFrame(rows, columns=columns)
    effect = table["segment_mean"] - table["others_mean"]
    enough = (table["effect_low"] > 0) | (table["effect_high"] < 0)
    way = effect.gt(0).map({True: "up", False: "down"}).where(enough, "none")
    texts = {"proposal_en": table["measure"].where(enough), "proposal_zh": table["measure"].where(enough)}
    return table.assign(effect=effect, enough=enough, direction=way, detectable=0.1, **texts)


FOUND = found(
    ("season_strategy", "festival_share", "S1", 0.40, 0.20, 0.15, 0.25),
    ("season_strategy", "festival_share", "S2", 0.22, 0.30, -0.20, 0.04),
    ("promotion_strategy", "discount_share", "S2", 0.50, 0.30, 0.12, 0.28),
    ("promotion_strategy", "discount_share", "S1", 0.02, 0.30, -0.40, -0.16),
    ("product_strategy", "novelty", "S1", 0.30, 0.10, -0.05, 0.45),
    ("product_strategy", "novelty", "S2", 0.12, 0.10, -0.10, 0.14),
    ("sales_management", "silent", "S1", 0.20, 0.10, -0.005, 0.20),
    ("price_strategy", "list_price", "S2", 300.0, 200.0, 50.0, 150.0),
)


def keys(exercise):
    return {tuple(item.text["facts"][name] for name in ("segment", "measure")): item.key for item in exercise.items}


def test_a_figure_is_judged_by_its_distance_from_the_mean_and_looks_large_by_its_size():
    apart = people.apart("apart", PROFILE, HINTS)
    of = {(item.text["facts"]["segment"], item.text["facts"]["feature"]): item.key for item in apart.items}
    assert of["S1", "festival_share"] == "M" and of["S1", "discount_share"] == "L"
    assert of["S2", "festival_share"] == "S" and of["S2", "bargain_share"] == "S"
    assert not any(feature == "list_price" for _, feature in of)  # shares only, so that sizes can be compared
    assert apart.ways == {"size": "".join("M" if item.parts[0] >= 0.25 else "L" for item in apart.items)}


def test_each_name_belongs_to_one_card_and_a_wrong_one_says_by_what_it_is_known():
    named = people.names("names", PROFILE.dropna(), NAMES)
    assert sorted(named.key) == ["A", "B"]
    assert [head["facts"]["key"] for head in named.heads] == ["festival_share", "list_price"]  # of S2 the farthest
    wrong = next(option for option in named.items[1].options if option.tag != RIGHT)
    assert wrong.says["facts"]["feature"] == "festival_share" and not wrong.says["facts"]["right"]


def test_a_proposal_is_that_of_the_only_segment_with_such_a_difference():
    plans = people.plans("plans", FOUND)
    texts = [item.text["words"]["en"] for item in plans.items]
    assert len(plans.items) == 4 and "novelty" not in texts
    both = FOUND["measure"] == "festival_share"
    shared = FOUND.assign(direction=FOUND["direction"].mask(both, "up"), enough=FOUND["enough"] | both)
    assert "festival_share" not in [item.text["words"]["en"] for item in people.plans("plans", shared).items]


def test_a_difference_is_evidence_by_its_interval_alone():
    evidence = people.evidence("evidence", FOUND, HINTS)
    of = keys(evidence)
    assert of["S1", "festival_share"] == "U" and of["S1", "discount_share"] == "D" and of["S1", "novelty"] == "N"
    assert ("S1", "silent") not in of  # its lower end would be read as 0
    assert ("S2", "list_price") not in of
    assert not evidence.guided


@pytest.mark.parametrize("rows", [PROFILE[:0], PROFILE[PROFILE["identity"] == "S1"]])
def test_without_two_segments_there_is_nothing_to_tell_apart(rows):
    assert people.apart("apart", rows, HINTS) is None
    assert people.names("names", rows, NAMES[:0]) is None
    assert people.plans("plans", FOUND[:0]) is None
    assert people.evidence("evidence", FOUND[:0], HINTS) is None
    assert people.reduced(NAMES[:0], FOUND[:0], pd.DataFrame({"identity": ["apart"], "money_year": [1.0]})) is None


def test_the_hook_is_about_the_segment_that_pays_most():
    values = pd.DataFrame(
        {"identity": ["S1", "S2", "apart"], "money_year": [10.0, 30.0, 90.0], "money_share": [0.1, 0.3, 0.6]}
    )
    texts = people.reduced(NAMES, FOUND, values)
    assert texts["segment"]["facts"]["identity"] == "S2" and texts["cost"]["facts"]["value"] == pytest.approx(3)
    assert texts["usual"]["facts"]["value"] == 0.5


def test_large_differences_that_may_be_chance_tell_who_goes_by_size():
    many = [("product_strategy", f"category_{at}", "S1", 0.2, 0.1, -0.1, 0.3) for at in range(3)]
    small = [("product_strategy", f"other_{at}_share", "S1", 0.12, 0.1, -0.1, 0.14) for at in range(3)]
    sure = [("season_strategy", "festival_share", "S1", 0.4, 0.2, 0.15, 0.25)]
    evidence = people.evidence("evidence", found(*many, *small, *sure), HINTS)
    assert set(evidence.ways) == {"mean", "large"} and ways.distance(evidence.key, evidence.ways) == 3


def test_features_and_measures_have_names_even_where_there_are_none():
    words = segments.words()
    assert set(people.feature_words(PROFILE[:0], FOUND[:0], words)) == {"silent"}
    named = people.feature_words(PROFILE, FOUND, words)
    assert set(named) == {*PROFILE["feature"], *FOUND["measure"]}
    assert named["silent"]["en"] == "silent beyond season"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_can_be_said(lang):
    made = [
        people.apart("apart", PROFILE, HINTS),
        people.names("names", PROFILE.dropna(), NAMES),
        people.plans("plans", FOUND),
        people.evidence("evidence", FOUND, HINTS),
    ]
    for exercise in made:
        told = texts.in_words(dataclasses.asdict(exercise), lang, sentences.Context())
        assert all(option["text"] and option["says"] for item in told["items"] for option in item["options"])
