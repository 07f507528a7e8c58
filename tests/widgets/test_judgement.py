"""A judgement changed by hand: weights and picture follow, and nothing else does."""

import pandas as pd

from custlib import widgets

BONES = ["price", "sales", "policy"]
# Perfect judgements of the weights 4 : 2 : 1.
MATRIX = pd.DataFrame([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]], BONES, BONES)
TREE = pd.DataFrame(
    {
        "factor": [*BONES, "a", "b", "c", "d"],
        "bone": [None] * 3 + ["price", "price", "sales", "policy"],
        "name_en": ["Price & value", "Sales", "Policy", "alpha", "beta", "gamma", "delta"],
    }
)
TREE["name_zh"] = TREE["name_en"]
TABLE = pd.DataFrame(
    {
        "factor": ["a", "b", "c", "d"],
        "bone": ["price", "price", "sales", "policy"],
        "zone": ["A", "B", "A", "B"],
        "weight": [0.1, 0.3, 0.3, 0.3],
        "low": [0.05, 0.2, 0.2, 0.2],
        "high": [0.2, 0.4, 0.4, 0.4],
        "agreement": 0.5,
        "effect": "total_profit",
    }
)


def parts(matrix=MATRIX, lang="en"):
    row, shown = widgets.judgement(matrix, TABLE, TREE, lang).children
    return *row.children, shown


def spaced(shown):
    return shown.value.replace("\N{NO-BREAK SPACE}", " ")


def test_the_judgement_given_is_where_the_slider_stands():
    choice, slider, shown = parts()
    assert slider.value == "2" and len(choice.options) == 3
    assert "57 %, Sales 29 %, Policy 14 %" in spaced(shown) and "Consistency ratio 0.00 (limit 0.05)" in shown.value
    assert "JupyterLab" not in shown.value  # who sees it is there


def test_a_judgement_moves_weights_and_picture_and_its_factors_with_it():
    _, slider, shown = parts()
    slider.value = "1/9"
    # the row products 4/9, 9 · 2 and 1/8 to the third: geometric means of a 3 × 3 matrix are its eigenvector
    assert "Price &amp; value is 0.11 times as important as Sales" in shown.value
    third = [(4 / 9) ** (1 / 3), 18 ** (1 / 3), (1 / 8) ** (1 / 3)]
    percents = [f"{100 * mean / sum(third):.0f} %" for mean in third]
    assert f"Price &amp; value {percents[0]}, Sales {percents[1]}, Policy {percents[2]}" in spaced(shown)
    assert f"alpha {25 * third[0] / sum(third):.1f} %" in spaced(shown)


def test_looking_at_another_pair_changes_no_judgement():
    choice, slider, shown = parts()
    choice.value = ("price", "policy")
    assert slider.value == "4" and "57 %, Sales 29 %, Policy 14 %" in spaced(shown)
    assert MATRIX.loc["price", "sales"] == 2


def test_a_judgement_between_two_steps_stands_at_the_nearest():
    matrix = MATRIX.copy()
    matrix.loc["price", "sales"], matrix.loc["sales", "price"] = 2.3, 1 / 2.3
    choice, slider, shown = parts(matrix, "zh")
    assert slider.value == "2" and "2.3 倍" in shown.value
    choice.value = ("price", "policy")
    choice.value = ("price", "sales")
    assert "2.3 倍" in shown.value
