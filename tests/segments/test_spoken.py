import pandas as pd
import pytest

from custlib import segments

FEATURES = pd.DataFrame(
    {"quantity": [1.0], "list_price": [9.0], "recency_days": [5.0], "category_锅具": [0.5], "category_伞": [0.5]}
    | {"store_format": ["<超市>"]}
)


def test_features_are_called_by_the_glossary_categories_by_their_word_and_formats_as_exported():
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


def test_a_feature_that_the_glossary_does_not_know_is_asked_for():
    with pytest.raises(KeyError, match="glossary.csv"):
        segments.feature_names(pd.DataFrame({"frequancy": [1.0]}), segments.words())


def test_a_segment_has_its_name_in_each_language():
    names = pd.DataFrame({"en": ["Pots"], "zh": ["锅具"], "traits": ["x up"], "since": ["2025Q1"]}, ["S1"])
    assert segments.segment_names(names) == {"S1": {"en": "Pots", "zh": "锅具"}}
