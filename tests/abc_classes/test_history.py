import pandas as pd
import pytest

from custlib import abc_classes


def letters(classes):
    return "".join(classes.astype("str"))


def sizes(classes):
    return classes.value_counts(sort=False).tolist()


def test_migration_counts_new_and_lost_customers():
    before = pd.Series({"v": "A", "w": "A", "x": "B", "y": "C", "z": "C"})
    after = pd.Series({"v": "A", "w": "C", "y": "B", "z": None, "n": "B"})
    counts = abc_classes.migration(before, after)
    assert list(counts.index) == ["A", "B", "C", "new"] and list(counts.columns) == ["A", "B", "C", "lost"]
    assert counts.to_numpy().tolist() == [[1, 0, 1, 0], [0, 0, 0, 1], [0, 1, 0, 1], [0, 1, 0, 0]]


def test_migration_takes_classes_as_the_rules_give_them():
    amount = pd.Series([9, 5, 1], index=["x", "y", "z"])
    counts = abc_classes.migration(abc_classes.by_count(amount), abc_classes.by_count(10 - amount))
    assert counts.loc["A", "C"] == counts.loc["C", "A"] == counts.loc["B", "B"] == 1 and counts.to_numpy().sum() == 3


def test_migration_refuses_a_customer_that_stands_twice_and_an_unknown_class():
    with pytest.raises(ValueError, match="v stands twice"):
        abc_classes.migration(pd.Series(["A", "B"], index=["v", "v"]), pd.Series({"v": "A"}))
    with pytest.raises(ValueError, match="D"):
        abc_classes.migration(pd.Series({"v": "D"}), pd.Series({"v": "A"}))


def classes(letters):
    return pd.Series(list(letters), index=[f"k{n}" for n in range(len(letters))], dtype=abc_classes.CLASSES)


def test_history_holds_the_joint_class_of_every_quarter_and_gaps_where_a_customer_was_absent():
    one = pd.DataFrame({"size": [9.0, 5, 4, 2, 1]}, index=list("abcde"))
    two = pd.DataFrame({"size": [9.0, 5, 4, 2, 1]}, index=list("bcdef"))
    found = abc_classes.history({"2025Q3": one, "2025Q4": two})
    assert list(found.columns) == ["2025Q3", "2025Q4"]
    assert found["2025Q3"].dropna().to_dict() == dict(zip("abcde", "ABBCC", strict=True))
    assert found["2025Q4"].dropna().to_dict() == dict(zip("bcdef", "ABBCC", strict=True))


def test_moves_names_those_whose_class_changed_and_who_came_or_left():
    before = pd.Series(["A", "B", "C"], index=["stays", "falls", "leaves"])
    after = pd.Series(["A", "C", "B"], index=["stays", "falls", "comes"])
    was = pd.Series([9.0, 5, 1], index=["stays", "falls", "leaves"])
    now = pd.Series([9.0, 3, 4], index=["stays", "falls", "comes"])
    found = abc_classes.moves(before, after, was, now)
    assert found.loc["falls"].tolist() == ["B", "C", 5.0, 3.0]
    assert found.loc["leaves"].tolist() == ["C", "lost", 1.0, 0.0]
    assert found.loc["comes"].tolist() == ["new", "B", 0.0, 4.0]
    assert "stays" not in found.index


def test_nobody_moved_where_there_was_no_quarter_before():
    after = pd.Series(["A", "B"], index=["k1", "k2"])
    assert abc_classes.moves(
        after.iloc[:0], after, pd.Series(dtype=float), pd.Series([2.0, 1], index=after.index)
    ).empty


def test_history_leaves_out_a_quarter_in_which_no_indicator_has_a_weight():
    size_only = pd.DataFrame({"size": [3.0, 2, 1]}, index=list("abc"))
    both = size_only.assign(brand_share=[0.1, 0.2, 0.3])
    found = abc_classes.history({"2025Q3": size_only, "2025Q4": both}, {"brand_share": 1})
    assert list(found.columns) == ["2025Q4"] and found.at["c", "2025Q4"] == "A"
