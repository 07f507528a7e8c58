"""A judgement changed by hand: weights and picture follow, and nothing else does."""

import pandas as pd
import pytest

from custlib import widgets

BONES = ["price", "sales", "policy"]
# Perfect judgements of the weights 4 : 2 : 1.
MATRIX = pd.DataFrame([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]], BONES, BONES)
NAMES = {"price": "Price & value", "sales": "Sales", "policy": "Policy"}
TABLE = pd.DataFrame(
    {
        "factor": ["a", "b", "c", "d"],
        "bone": ["price", "price", "sales", "policy"],
        "zone": ["A", "B", "A", "B"],
        "name": ["alpha", "beta", "gamma", "delta"],
        "weight": [0.1, 0.3, 0.3, 0.3],
        "low": [0.05, 0.2, 0.2, 0.2],
        "high": [0.2, 0.4, 0.4, 0.4],
        "agreement": 0.5,
    }
)


@pytest.fixture
def control():
    box = widgets.judgement(MATRIX, TABLE, NAMES, "en")
    row, shown = box.children
    return *row.children, shown, box


def test_the_judgement_given_is_where_the_slider_stands(control):
    choice, slider, shown, box = control
    assert slider.value == "2" and len(choice.options) == 3 and "57 %, Sales 29 %, Policy 14 %" in shown.value
    assert "Consistency ratio 0.00" in shown.value


def test_a_judgement_moves_weights_and_picture_and_its_factors_with_it(control):
    _, slider, shown, _ = control
    slider.value = "1/9"
    # the row products 4/9, 9 · 2 and 1/8 to the third: geometric means of a 3 × 3 matrix are its eigenvector
    assert "Price &amp; value counts 0.11 times Sales" in shown.value
    third = [(4 / 9) ** (1 / 3), 18 ** (1 / 3), (1 / 8) ** (1 / 3)]
    percents = [f"{100 * mean / sum(third):.0f} %" for mean in third]
    assert f"Price &amp; value {percents[0]}, Sales {percents[1]}, Policy {percents[2]}" in shown.value
    assert f"alpha {25 * third[0] / sum(third):.1f}\N{NO-BREAK SPACE}%" in shown.value


def test_looking_at_another_pair_changes_no_judgement(control):
    choice, slider, shown, _ = control
    choice.value = ("price", "policy")
    assert slider.value == "4" and "57 %, Sales 29 %, Policy 14 %" in shown.value
    assert MATRIX.loc["price", "sales"] == 2


def test_a_report_shows_the_judgements_given_whatever_was_tried(control):
    _, slider, _, box = control
    slider.value = "9"
    report = box._repr_mimebundle_()
    assert "57 %" in report["text/html"] and "<svg" in report["text/html"] and "JupyterLab" in report["text/html"]
    assert "Fishbone with 4 factors" in report["text/plain"]


def test_a_judgement_between_two_steps_stands_at_the_nearest():
    matrix = MATRIX.copy()
    matrix.loc["price", "sales"], matrix.loc["sales", "price"] = 2.3, 1 / 2.3
    row, shown = widgets.judgement(matrix, TABLE, NAMES, "zh").children
    choice, slider = row.children
    assert slider.value == "2" and "2.3 倍" in shown.value
    choice.value = ("price", "policy")
    choice.value = ("price", "sales")
    assert "2.3 倍" in shown.value
