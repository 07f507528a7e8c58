import pandas as pd
import pytest

from custlib import segments

FEATURES = pd.DataFrame(
    {"quantity": [1.0], "list_price": [9.0], "recency_days": [5.0], "category_锅具": [0.5], "category_伞": [0.5]}
    | {"store_format": ["<超市>"]}
)


def test_features_are_called_by_the_glossary_categories_by_their_word_and_unlisted_formats_as_exported():
    found = segments.feature_names(FEATURES, segments.words())
    assert {name: each["en"] for name, each in found.items()} == {
        "quantity": "items per purchase",
        "list_price": "list price of what is bought",
        "recency_days": "days since the last purchase",
        "category_锅具": "share of pots",
        "category_伞": "share of 伞",
        "silent": "silent beyond season",
        "store_format_<超市>": "registered at stores of the format <超市>",
    }
    assert [found[name]["zh"] for name in ("list_price", "category_锅具", "store_format_<超市>")] == [
        "所购商品标价",
        "锅具占比",
        "在<超市>建档",
    ]


@pytest.mark.parametrize("exported", ["超市", "supermarket"])
def test_a_store_format_is_called_by_its_word_in_each_language(exported):
    found = segments.feature_names(pd.DataFrame({"store_format": [exported]}), segments.words())
    assert found[f"store_format_{exported}"] == {
        "en": "registered at stores of the format supermarket",
        "zh": "在超市建档",
    }


def test_a_company_s_own_store_formats_have_its_own_words(tmp_path):
    own = tmp_path / "reference" / "formats.csv"
    own.parent.mkdir()
    own.write_text("store_format,en,zh,floor_area_m2,urban_share,rural_share\nclub,club,会员店,,,\n", encoding="utf-8")
    found = segments.feature_names(pd.DataFrame({"store_format": ["会员店"]}), segments.words(), tmp_path)
    assert found["store_format_会员店"]["en"] == "registered at stores of the format club"


def test_a_feature_that_the_glossary_does_not_know_is_asked_for():
    with pytest.raises(KeyError, match="glossary.csv"):
        segments.feature_names(pd.DataFrame({"frequancy": [1.0]}), segments.words())


def test_a_segment_has_its_name_in_each_language():
    names = pd.DataFrame({"en": ["Pots"], "zh": ["锅具"], "traits": ["x up"], "since": ["2025Q1"]}, ["S1"])
    assert segments.segment_names(names) == {"S1": {"en": "Pots", "zh": "锅具"}}
