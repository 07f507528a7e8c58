"""Names from what sets segments apart: two segments of one and three consumers, worked by hand; the words of the
project itself."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import reference, segments
from custlib.refusals import Refused
from custlib.segments.names import FEATURES, over_quarters

PROFILE = pd.DataFrame({"money": [100.0, 500.0], "novelty": [0.25, np.nan], "consumers": [3, 1]}, ["S1", "S2"])
SPREAD = pd.Series({"money": 100.0, "novelty": 0.1})
COLUMNS = ["feature", "direction", "theme", "en", "zh"]
WORDS = pd.DataFrame(
    [
        ("discount_share", "up", "price", "bargain-minded", "重优惠"),
        ("price_paid", "down", "price", "bargain-minded", "重优惠"),
        ("money", "up", "money", "large budgets", "高消费"),
        ("novelty", "up", "novelty", "new models", "追新"),
    ],
    columns=COLUMNS,
)


def traits(*rows):
    return pd.DataFrame(rows, columns=["segment", "feature", "direction"])


def english(names):
    return names["en"].to_dict()


def test_a_segment_is_compared_with_the_mean_of_all_consumers_in_standard_deviations():
    found = segments.compared(PROFILE, SPREAD)
    # money of all: (3 × 100 + 500) ÷ 4 = 200; who has no novelty does not count towards its mean
    assert found.fillna(-9).to_numpy().tolist() == [
        ["S1", "money", 100.0, 200.0, -1.0],
        ["S1", "novelty", 0.25, 0.25, 0.0],
        ["S2", "money", 500.0, 200.0, 3.0],
        ["S2", "novelty", -9, 0.25, -9],
    ]


def test_a_feature_in_which_nobody_differs_has_no_difference():
    assert segments.compared(PROFILE, SPREAD * 0)["difference"].isna().all()


def test_traits_are_what_lies_half_a_standard_deviation_off_the_farthest_first():
    profile = pd.DataFrame({"a": [1.0, -1.0], "b": [-2.0, 2.0], "c": [0.49, -0.49], "consumers": 1}, ["S1", "S2"])
    found = segments.traits(profile, pd.Series(1.0, ["a", "b", "c"]))
    assert found[["segment", "feature", "direction"]].to_numpy().tolist() == [
        ["S1", "b", "down"],
        ["S1", "a", "up"],
        ["S2", "b", "up"],
        ["S2", "a", "down"],
    ]
    assert len(segments.traits(profile, pd.Series([2.0, 9, 9], ["a", "b", "c"]))) == 2  # just half of one is a trait


def test_a_name_is_made_of_the_two_strongest_traits_and_says_nothing_twice():
    own = traits(("S1", "price_paid", "down"), ("S1", "discount_share", "up"), ("S1", "money", "up"))
    found = segments.named(own, ["S1"], WORDS).loc["S1"]
    assert found.tolist() == ["Bargain-minded & large budgets", "重优惠·高消费", "price_paid down, money up"]


def test_a_name_grows_until_nobody_else_has_it():
    same = [(feature, "up") for feature in ("money", "novelty", "discount_share")]
    own = traits(*[("S1", *one) for one in same[:2]], *[("S2", *one) for one in same])
    assert english(segments.named(own, ["S1", "S2"], WORDS)) == {
        "S1": "Large budgets & new models",
        "S2": "Large budgets, new models & bargain-minded",
    }


def test_a_trait_without_a_word_is_called_by_its_feature_after_those_that_have_one():
    own = traits(("S1", "category_伞", "up"), ("S1", "money", "up"), ("S2", "category_伞", "down"))
    found = segments.named(own, ["S1", "S2"], WORDS)
    assert english(found) == {"S1": "Large budgets & much 伞", "S2": "Little 伞"}
    assert found["zh"].tolist() == ["高消费·多伞", "少伞"]


def test_segments_that_nothing_sets_apart_are_average_and_the_second_carries_its_identity():
    found = segments.named(traits(), ["S1", "S2"], WORDS)
    assert english(found) == {"S1": "Average consumers", "S2": "Average consumers (S2)"}
    assert found["zh"].tolist() == ["一般消费者", "一般消费者 (S2)"] and found["traits"].tolist() == ["", ""]


@settings(deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["S1", "S2", "S3", "S4"]),
            st.sampled_from([*FEATURES, "category_锅具", "category_伞", "own"]),
            st.sampled_from(["up", "down"]),
        ),
        unique_by=lambda row: row[:2],
    )
)
def test_every_segment_has_a_name_and_no_two_have_the_same(rows):
    names = segments.named(traits(*rows), ["S1", "S2", "S3", "S4"], segments.words())
    for lang in ("en", "zh"):
        assert names[lang].str.len().gt(0).all() and names[lang].is_unique


def test_a_name_is_kept_whatever_sets_the_segment_apart_later_and_newcomers_take_another():
    first = traits(("S1", "money", "up"))
    second = traits(("S1", "novelty", "up"), ("S2", "money", "up"), ("S3", "novelty", "up"))
    found = segments.kept({"2025Q2": second, "2025Q1": first}, WORDS)
    assert english(found) == {"S1": "Large budgets", "S2": "Large budgets (S2)", "S3": "New models"}
    assert found["since"].to_dict() == {"S1": "2025Q1", "S2": "2025Q2", "S3": "2025Q2"}


def test_a_segment_without_traits_is_named_in_the_quarter_in_which_it_is_first_there():
    found = segments.kept({"2025Q1": traits()}, WORDS, {"2025Q1": ["S1"]})
    assert found.loc["S1", ["en", "since"]].tolist() == ["Average consumers", "2025Q1"]
    assert segments.kept({}, WORDS).empty


def test_a_kept_name_fits_while_one_of_its_traits_holds():
    names = pd.DataFrame({"traits": ["money up, novelty up", "money up", ""]}, ["S1", "S2", "S3"])
    now = traits(("S1", "novelty", "up"), ("S2", "money", "down"), ("S3", "money", "up"))
    assert segments.still_fits(names, now).to_dict() == {"S1": True, "S2": False, "S3": True}


def test_the_projects_words_are_sound_and_have_one_for_each_feature_that_is_high():
    known = segments.words()
    assert set(FEATURES) <= set(known.loc[known["direction"] == "up", "feature"])
    assert known[COLUMNS].notna().all(axis=None)


def file(folder, *lines):
    (folder / "reference").mkdir()
    text = "\n".join([",".join(reference.COLUMNS["segment_names.csv"]), *lines, ""])
    (folder / "reference" / "segment_names.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_word_without_a_theme_is_a_theme_of_its_own(tmp_path):
    found = segments.words(file(tmp_path, "money,up,,rich,高", "category_伞,up,rain,umbrellas,伞"))
    assert found["theme"].to_dict() == {2: "money", 3: "rain"}


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("peak_share,up,,peak,旺", "not_one_of", "segment_names.csv, line 3: “peak_share” in column feature"),
        ("novelty,high,,new,新", "not_one_of", "segment_names.csv, line 3: “high” in column direction"),
        ("novelty,up,,,新", "reference_blank", "segment_names.csv, line 3: en is blank"),
        ("novelty,up,,new,", "reference_blank", "segment_names.csv, line 3: zh is blank"),
        ("novelty,up,,rich,新", "word_twice", "“rich” names both money and novelty"),
        ("novelty,up,,new,高", "word_twice", "“高” names both money and novelty"),
    ],
)
def test_a_line_that_names_nothing_is_refused_where_it_stands(tmp_path, line, code, said):
    with pytest.raises(Refused) as caught:
        segments.words(file(tmp_path, "money,up,,rich,高", line))
    assert caught.value.code == code and said in str(caught.value)


def test_what_describes_a_segment_is_the_mean_of_its_own_consumers_in_their_units():
    features = pd.DataFrame(
        {"money": [10.0, 30.0, 100.0, 7.0], "store_format": list("abcd"), "tenure_days": 1.0}, list("wxyz")
    )
    profile, spread = segments.described(features, pd.Series({"w": "S1", "x": "S1", "y": "S2"}))
    assert profile.to_dict("index") == {"S1": {"money": 20.0, "consumers": 2}, "S2": {"money": 100.0, "consumers": 1}}
    assert spread.index.tolist() == ["money"]


def test_names_over_the_quarters_are_those_of_the_first_seen():
    words = segments.words()
    then = pd.DataFrame({"money": [1.0] * 5 + [9.0] * 5, "novelty": 0.5}, range(10))
    now = pd.DataFrame({"money": 5.0, "novelty": [0.0] * 5 + [1.0] * 5}, range(10))
    labels = pd.Series(["S1"] * 5 + ["S2"] * 5, range(10))
    found = over_quarters({"2025Q3": then, "2025Q4": now}, {"2025Q3": labels, "2025Q4": labels}, words)
    assert found["en"].to_dict() == {"S1": "Small budgets", "S2": "Large budgets"}
    assert set(found["since"]) == {"2025Q3"}


def test_the_profile_that_is_published_says_nothing_of_four_consumers():
    features = pd.DataFrame({"money": [1.0] * 5 + [9.0] * 4}, range(9))
    found = segments.profiled(features, pd.Series(["S1"] * 5 + ["S2"] * 4, range(9))).set_index("identity")
    assert found.loc["S1", ["consumers", "value"]].tolist() == [5, 1.0]
    assert found.loc["S2", ["consumers", "value", "difference"]].isna().all()
    assert found["overall"].tolist() == [41 / 9] * 2
