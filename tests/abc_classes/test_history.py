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


def test_history_leaves_out_a_quarter_in_which_no_indicator_has_a_weight():
    size_only = pd.DataFrame({"size": [3.0, 2, 1]}, index=list("abc"))
    both = size_only.assign(brand_share=[0.1, 0.2, 0.3])
    found = abc_classes.history({"2025Q3": size_only, "2025Q4": both}, {"brand_share": 1})
    assert list(found.columns) == ["2025Q4"] and found.at["c", "2025Q4"] == "A"


def test_history_judges_each_system_by_itself():
    one = pd.DataFrame({"size": [9.0, 5, 4, 2, 1]}, index=list("abcde"))
    systems = pd.Series(["north", "south", "south", "south", "south"], index=list("abcde"))
    assert abc_classes.history({"2025Q4": one}, systems=systems)["2025Q4"].tolist() == ["A", "A", "B", "B", "C"]


BEFORE = pd.Series(["A", "B", "C", "C"], index=["stays", "falls", "leaves", "rises"])
AFTER = pd.Series(["A", "C", "B", "B", "C"], index=["stays", "falls", "comes", "rises", "back"])
THEN = pd.DataFrame({"payments": [900.10, 500, 100, 50, 7]}, index=["stays", "falls", "leaves", "rises", "mute"])
NOW = pd.DataFrame(
    {"payments": [900.30, 300, 400, 80, 20, 7]}, index=["stays", "falls", "comes", "rises", "back", "mute"]
)
SEEN = pd.Index(["stays", "falls", "leaves", "rises", "back", "mute"])


def test_every_customer_of_either_quarter_has_its_path():
    rows = abc_classes.paths(BEFORE, AFTER, THEN, NOW, SEEN)
    assert rows["step"].to_dict() == {
        "stays": "stayed",
        "falls": "fell",
        "leaves": "lost",
        "rises": "rose",
        "comes": "new",
        "back": "returned",
        "mute": "unjudged",
    }
    assert rows.loc["leaves", ["from_class", "to_class", "payments_before", "payments"]].tolist() == [
        "C",
        "lost",
        100,
        0,
    ]
    assert rows.loc["comes", ["from_class", "to_class", "payments_before", "payments"]].tolist() == ["new", "B", 0, 400]


def test_flows_add_up_customers_and_money_by_way():
    found = abc_classes.flows(abc_classes.paths(BEFORE, AFTER, THEN, NOW, SEEN)).set_index(["from_class", "to_class"])
    assert found.loc[("B", "C")].tolist() == [1, 500, 300]
    assert found["customers"].sum() == 7 and found["payments"].sum() == NOW["payments"].sum()


def test_the_bridge_leads_from_one_total_to_the_other_to_the_fen():
    rows = abc_classes.paths(BEFORE, AFTER, THEN, NOW, SEEN)
    apart = pd.DataFrame({"payments_before": [10.0], "payments": [15.55]}, index=["fees"])
    # 900.10 + 500 + 100 + 50 + 7 + 10 before; 900.30 + 300 + 400 + 80 + 20 + 7 + 15.55 now
    totals = pd.Series({"payments_before": 1567.10, "payments": 1722.85})
    found = abc_classes.bridge(rows, apart, totals).set_index("step")
    expected = {
        "stayed": 0.20,
        "rose": 30,
        "fell": -200,
        "new": 400,
        "returned": 20,
        "lost": -100,
        "unjudged": 0,
        "fees": 5.55,
    }
    assert found["payments"].to_dict() == expected | {"total": 155.75, "unexplained": 0.0}
    assert found.loc["total", "customers"] == 7 and found["customers"][:7].sum() == 7


def test_the_bridge_says_what_it_does_not_explain():
    rows = abc_classes.paths(BEFORE, AFTER, THEN, NOW, SEEN)
    totals = pd.Series({"payments_before": 1557.10, "payments": 1707.31})
    found = abc_classes.bridge(rows, pd.DataFrame(columns=totals.index, dtype=float), totals).set_index("step")
    assert found.loc["unexplained", "payments"] == 0.01


def test_a_customer_without_a_class_is_neither_lost_nor_new():
    rows = abc_classes.paths(BEFORE, AFTER, THEN, NOW, SEEN)
    assert rows.loc["mute", ["from_class", "to_class"]].tolist() == ["unjudged", "unjudged"]


def test_the_quarter_before_is_as_it_was_reported_and_else_as_it_is_today():
    published = pd.DataFrame({"joint_class": ["B", "A"]}, index=["stays", "gone"])
    found = abc_classes.reported(BEFORE.astype(abc_classes.CLASSES), published)
    assert found.to_dict() == {"stays": "B", "gone": "A", "falls": "B", "leaves": "C", "rises": "C"}
    assert abc_classes.reported(BEFORE, None) is BEFORE


def test_customers_stand_in_the_order_of_their_latest_classes():
    past = pd.DataFrame(
        {"2025Q3": list("ABCB"), "2025Q4": ["B", "A", None, "B"]}, index=["falls", "rises", "gone", "stays"]
    )
    assert abc_classes.in_order(past.astype(abc_classes.CLASSES)).index.tolist() == ["rises", "falls", "stays", "gone"]


def test_against_a_quarter_of_which_nothing_is_known_nobody_came_or_left():
    now = pd.DataFrame({"size": [3.0, 1.0]}, pd.Index(["a", "b"], name="customer_id"))
    after = pd.Series(["A", "C"], now.index, dtype=abc_classes.CLASSES)
    rows = abc_classes.paths(after, after, None, now, pd.Index(["a", "b"]))
    assert rows["step"].tolist() == rows["from_class"].tolist() == ["unjudged", "unjudged"]
    assert rows["size_before"].isna().all() and rows["size"].tolist() == [3, 1]
