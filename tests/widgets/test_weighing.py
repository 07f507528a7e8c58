"""Ratio and weights moved by hand: who would change class stands there at once, and nothing else changes."""

from types import SimpleNamespace

import pandas as pd
import pytest

from custlib import abc_classes, widgets

NAMES = pd.Series({"K1": "甲店", "K2": "乙店", "K3": "丙店", "K4": "丁店", "K5": "<b>戊店"}, name="name")
# By size the order is K1 … K5, by contribution K5 … K1: with equal weights all are alike, with size alone K1 is A.
TABLE = pd.DataFrame({"size": [50.0, 40, 30, 20, 10], "contribution": [1.0, 2, 3, 4, 5]}, NAMES.index)


def judged(weight, ratio=(1, 2, 2)):
    classes = abc_classes.joint(TABLE, weight, ratio)
    systems = pd.Series("company", NAMES.index)
    return SimpleNamespace(indicators=SimpleNamespace(table=TABLE), systems=systems, classes=classes, weight=weight)


def made(weight, lang="en", names=NAMES):
    """(sliders of A, B, C, size and contribution, what is shown)."""
    _, a, b, c, _, size, contribution, shown = widgets.weighing(judged(weight), [1, 2, 2], names, lang).children
    return a, b, c, size, contribution, shown


def spaced(shown):
    return shown.value.replace("\N{NO-BREAK SPACE}", " ")


BY_SIZE = {"size": 1, "contribution": 0}


def test_at_first_everybody_keeps_its_class():
    a, b, c, size, contribution, shown = made(BY_SIZE)
    assert [slider.value for slider in (a, b, c, size, contribution)] == [1, 2, 2, 100, 0]
    assert spaced(shown).startswith(
        "<p>Ratio 1 : 2 : 2, weights customer size 100 % and customer contribution 0 %: every"
    )


def test_another_ratio_names_who_would_change_class():
    a, *_, shown = made(BY_SIZE)
    a.value = 2  # 2 : 2 : 2 of five customers: two in A, two in B, one in C
    # K2 from B to A, K4 from C to B
    assert "2 of 5 customers would change class, 1 from B to A and 1 from C to B." in spaced(shown)
    assert "乙店" in shown.value and "丁店" in shown.value and "甲店" not in shown.value


def test_another_weight_turns_the_order():
    *_, size, contribution, shown = made(BY_SIZE, "zh")
    contribution.value = 100
    size.value = 0
    # K5 is A, K4 and K3 are B, K2 and K1 are C: K3 alone stays
    assert "比例 1 : 2 : 2，权重客户规模 0% 和客户贡献 100%：" in spaced(shown)
    assert "5 家客户中有 4 家会改变类别，A 变 C 1 家、B 变 C 1 家、C 变 A 1 家、C 变 B 1 家。" in spaced(shown)
    assert "&lt;b&gt;戊店" in shown.value and "丙店" not in shown.value


def test_the_last_weight_above_zero_stays():
    *_, size, contribution, shown = made(BY_SIZE)
    size.value = 0
    assert size.value == 100 and "customer size 100" in spaced(shown)


def test_a_weight_that_was_not_moved_counts_as_judged():
    *_, size, contribution, shown = made(None)
    assert (size.value, contribution.value) == (50, 50) and "every customer keeps its class" in shown.value


def test_only_customers_that_are_shown_are_named():
    a, *_, shown = made(BY_SIZE, names=NAMES.drop("K2"))
    a.value = 2
    assert "1 of 4 customers would change class" in spaced(shown) and "乙店" not in shown.value


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_has_heads_in_words(lang):
    a, *_, shown = made(BY_SIZE, lang)
    a.value = 5
    assert {"en": "with these settings", "zh": "按此设置"}[lang] in shown.value
