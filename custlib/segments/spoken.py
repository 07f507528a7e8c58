"""The names of segments, features and measures in each language, for the vocabulary of a page."""

import pandas as pd

from custlib import glossary, reference
from custlib.segments.names import CATEGORY
from custlib.segments.strategies import measured

STORE_FORMAT = "store_format_"
_TERMS = {"quantity": "pieces_a_purchase", "list_price": "mean_list_price"}  # elsewhere these words mean other columns


def segment_names(names: pd.DataFrame) -> dict:
    """Identity → language → its name. names: as `names.kept` returns them."""
    return names[list(glossary.LANGUAGES)].to_dict("index")


def feature_names(features: pd.DataFrame, words: pd.DataFrame, data_dir=None) -> dict:
    """Feature (or measure of a strategy) → language → its name; a category by its word in `segment_names.csv`, if any,
    a store format by that in `formats.csv`.

    features: as `facts.consumer_features` returns them; words: as `names.words` returns them. Raises KeyError for a
    name that the glossary lacks.
    """
    category_words = words[words["direction"] == "up"].set_index("feature")
    formats = _format_words(data_dir)
    keys = dict.fromkeys([*features.select_dtypes("number"), *measured(features), "silent"])
    return {
        name: {lang: _called(name, category_words[lang], formats[lang], lang) for lang in glossary.LANGUAGES}
        for name in keys
    }


def _format_words(data_dir):
    """A row per text that names a store format, its words in each language."""
    table = reference.table("formats.csv", data_dir)
    keys = reference.words(table, "formats.csv")
    return table.set_index("store_format").loc[list(keys.values())].set_axis(list(keys))


def _called(name, words, formats, lang):
    if name.startswith(CATEGORY):
        category = name.removeprefix(CATEGORY)
        return glossary.term("share_of", lang).format(words.get(name, category))
    if name.startswith(STORE_FORMAT):
        text = name.removeprefix(STORE_FORMAT)
        return glossary.term("registered_at", lang).format(formats.get(text, text))
    return glossary.term(_TERMS.get(name, name), lang)
