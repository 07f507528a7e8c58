"""A figure's table and options are put into words as its look says."""

import inspect

import pandas as pd
import pytest

from custlib import figures
from custlib.figures.look import Look

TERMS = {"payments": "回款额", "segment:S1": "常购"}
TABLE = pd.DataFrame({"label": ["payments", "a name", None], "identity": ["S1", "S2", None]})


def phrases(how, rows):
    return [f"{how} {row}" for row in rows]


def in_words(words, table=TABLE, **options):
    return Look(words=words).in_words(table, options, TERMS.get, phrases)


def test_keys_become_terms_and_what_has_none_stays():
    table, _ = in_words({"label": "{}", "name": "segment:{identity}"})
    assert table["label"].tolist()[:2] == ["回款额", "a name"] and table["label"].isna()[2]
    assert table["name"].tolist()[:2] == ["常购", "S2"] and table["identity"].tolist()[:2] == ["S1", "S2"]
    assert TABLE["label"][0] == "payments" and "name" not in TABLE


def test_sentences_are_made_of_the_rows_of_a_table_or_of_an_option():
    words = {"label": "room.labels", "axis_names": "room.axes"}
    table, options = in_words(words, TABLE[["label"]].head(1), axis_names=["x", "y"], k=3)
    assert table["label"].tolist() == ["room.labels label"]
    assert options == {"axis_names": ["room.axes x", "room.axes y"], "k": 3}


def test_every_figure_knows_its_look():
    drawings = [draw for draw in vars(figures).values() if inspect.isfunction(draw) and "ax" in signature(draw)]
    assert len(drawings) > 15 and all(isinstance(draw.look, Look) for draw in drawings)
    assert all(set(draw.look.context) <= signature(draw) for draw in drawings)


def signature(draw):
    return set(inspect.signature(draw).parameters)


@pytest.mark.parametrize(
    ("draw", "nothing", "something"),
    [
        (figures.fishbone, {"weight": [float("nan")]}, {"weight": [0.5, float("nan")]}),
        (figures.season_curves, {"index": [1.0, 1.0]}, {"index": [0.9, 1.1]}),
        (figures.trend, {"quarter": ["2025Q4"] * 2}, {"quarter": ["2025Q3", "2025Q4"]}),
        (figures.class_heat_map, {"2025Q4": ["A"]}, {"2025Q3": ["A"], "2025Q4": ["A"]}),
    ],
)
def test_what_small_data_cannot_show_is_not_drawn(draw, nothing, something):
    assert [draw.look.is_something(pd.DataFrame(rows)) for rows in (nothing, something)] == [False, True]
