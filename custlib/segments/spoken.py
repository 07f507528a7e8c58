"""The names of segments, features and measures in each language, for the vocabulary of a page."""

import pandas as pd

from custlib import glossary
from custlib.segments.names import CATEGORY
from custlib.segments.strategies import measured

STORE_FORMAT = "store_format_"
_TERMS = {"quantity": "pieces_a_purchase", "list_price": "mean_list_price"}  # elsewhere these words mean other columns


def segment_names(names: pd.DataFrame) -> dict:
    """Identity → language → its name. names: as `names.kept` returns them."""
    return names[list(glossary.LANGUAGES)].to_dict("index")


def feature_names(features: pd.DataFrame, words: pd.DataFrame) -> dict:
    """Feature (or measure of a strategy) → language → its name; a category by its word in `segment_names.csv`, if any.

    features: as `facts.consumer_features` returns them; words: as `names.words` returns them. Raises KeyError for a
    name that the glossary lacks.
    """
    category_words = words[words["direction"] == "up"].set_index("feature")
    keys = dict.fromkeys([*features.select_dtypes("number"), *measured(features), "silent"])
    return {name: {lang: _called(name, category_words[lang], lang) for lang in glossary.LANGUAGES} for name in keys}


def _called(name, words, lang):
    if name.startswith(CATEGORY):
        category = name.removeprefix(CATEGORY)
        return glossary.term("share_of", lang).format(words.get(name, category))
    if name.startswith(STORE_FORMAT):
        return glossary.term("registered_at", lang).format(name.removeprefix(STORE_FORMAT))
    return glossary.term(_TERMS.get(name, name), lang)
