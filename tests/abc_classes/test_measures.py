import pandas as pd
import pytest

from custlib import abc_classes, reference
from custlib.refusals import Refused

RULES = pd.DataFrame(
    [
        ("keep", "A", "any", "any"),
        ("steady", "B C", "X Y", "any"),
        ("restless", "B C", "Z short", "stayed rose fell"),
        ("new", "B C", "Z short", "new returned"),
    ],
    columns=["measure", "class", "stability", "movement"],
    index=[2, 3, 4, 5],
)
CUSTOMERS = pd.DataFrame(
    [("A", "Z", "fell"), ("C", "X", "new"), ("B", "short", "new"), ("B", "Z", "rose"), (None, "X", "stayed")],
    columns=["class", "stability", "movement"],
    index=list("abcde"),
)


def test_every_customer_gets_the_one_measure_that_fits():
    assert abc_classes.chosen(CUSTOMERS, RULES).tolist()[:4] == ["keep", "steady", "new", "restless"]
    assert pd.isna(abc_classes.chosen(CUSTOMERS, RULES)["e"])


def test_every_corner_has_its_rule():
    assert len(abc_classes.by_corner(RULES)) == 3 * 4 * 5


def refused(rules):
    with pytest.raises(Refused) as caught:
        abc_classes.by_corner(rules)
    return caught.value


def test_two_rules_for_one_customer_are_refused_with_both_lines():
    refusal = refused(RULES.assign(stability=["any", "X Y Z", "Z short", "Z short"]))
    assert refusal.code == "measure_twice" and refusal.facts["line"] == 4 and refusal.facts["other"] == 3
    assert refusal.facts["corner"] == "B, Z, stayed"


def test_a_customer_without_a_rule_is_named():
    refusal = refused(RULES.drop(index=5))
    assert refusal.code == "measure_missing" and refusal.facts["corner"] == "B, Z, new"


@pytest.mark.parametrize(
    "column, value", [("class", "D"), ("stability", "W"), ("movement", "climbed"), ("class", None)]
)
def test_a_rule_that_no_customer_can_match_is_refused_with_its_line(column, value):
    rules = RULES.copy()
    rules.loc[4, column] = value
    refusal = refused(rules)
    assert refusal.code == "measure_unknown" and (refusal.facts["line"], refusal.facts["column"]) == (4, column)


def test_the_measures_of_the_project_fit_every_corner():
    assert abc_classes.by_corner(reference.lines("measures.csv")).notna().all()


def test_a_move_that_asks_for_nothing_changes_no_measure():
    moves = {
        "rose": ("rose", "sure", "own", False, False, "rose"),
        "fell": ("fell", "sure", "own", False, True, "fell"),
        "near the limit": ("rose", "at_threshold", "own", False, False, "stayed"),
        "a figure is missing": ("fell", "sure", "missing", False, True, "stayed"),
        "back to the class of a year ago": ("rose", "sure", "own", True, False, "stayed"),
        "fell, and did not shrink": ("fell", "sure", "own", False, False, "stayed"),
        "new": ("new", "", None, False, True, "new"),
        "stayed": ("stayed", "", None, False, True, "stayed"),
        "unjudged": ("unjudged", "", None, False, True, "stayed"),
    }
    columns = ["step", "move", "cause", "as_a_year_ago", "shrank", "movement"]
    table = pd.DataFrame.from_dict(moves, "index", columns=columns)
    assert abc_classes.movement(table).to_dict() == table["movement"].to_dict()
