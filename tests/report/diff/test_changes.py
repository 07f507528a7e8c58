"""What differs between two result tables."""

import math

import pandas as pd

from custlib.report.diff import changes

KINDS = {"quarter": "text", "customer_id": "text", "size": "money", "joint_class": "class", "key_account": "yes_no"}
QUARTERS = ("2025Q3", "2025Q4")


def customers(quarter, **rows):
    cells = [(quarter, name, *row) for name, row in rows.items()]
    return pd.DataFrame(cells, columns=list(KINDS))


def found(before, now, kinds=KINDS, tolerance=0.05):
    cells, counts = changes.between(before, now, kinds, QUARTERS, tolerance)
    return [(one.row, one.column, one.before, one.now) for one in cells.itertuples()], counts


def test_figures_beyond_the_tolerance_and_every_other_class_are_told_the_largest_first():
    before = customers("2025Q3", K1=(100, "A", True), K2=(100, "B", False), K3=(200, "C", False))
    now = customers("2025Q4", K2=(150, "A", False), K1=(104, "A", False), K3=(100, "C", False))
    cells, counts = found(before, now)
    assert sorted(cells[:2]) == [("K1", "key_account", True, False), ("K2", "joint_class", "B", "A")]
    assert [cell for cell in cells if cell[1] == "size"] == [("K2", "size", 100, 150), ("K3", "size", 200, 100)]
    assert counts == (3, 0, 0)


def test_the_tolerance_itself_is_not_beyond_it():
    before, now = customers("2025Q3", K1=(100, "A", True)), customers("2025Q4", K1=(125, "A", True))
    assert found(before, now, tolerance=0.25)[0] == []
    assert found(before, now, tolerance=0.24)[0] == [("K1", "size", 100, 125)]
    assert changes.between(before, now, KINDS, QUARTERS, 0)[0]["change"].tolist() == [0.25]


def test_a_figure_from_nothing_and_a_figure_that_went_are_changes_without_a_measure():
    nothing = math.nan
    before = customers(
        "2025Q3", K1=(0, "A", True), K2=(nothing, "A", True), K3=(5, "A", True), K4=(nothing, None, True)
    )
    now = customers("2025Q4", K1=(1, "A", True), K2=(1, "A", True), K3=(nothing, "A", True), K4=(nothing, None, True))
    cells, _ = found(before, now)
    assert [cell[0] for cell in cells] == ["K1", "K2", "K3"]
    now = now.assign(size=[1, 1, 6, 1])
    assert found(before, now)[0][0] == ("K3", "size", 5, 6)


def test_rows_that_came_and_went_are_counted_not_compared():
    before = customers("2025Q3", K1=(1, "A", True), K2=(1, "A", True), K3=(1, "A", True))
    now = customers("2025Q4", K3=(1, "A", True), K4=(9, "C", True))
    assert found(before, now) == ([], (1, 2, 1))


def test_of_a_table_with_quarters_each_report_s_own_is_compared():
    past = customers("2025Q3", K1=(1, "A", True))
    now = pd.concat([past.assign(size=7), customers("2025Q4", K1=(2, "A", True))])
    assert found(past, now)[0] == [("K1", "size", 1, 2)]


def test_a_row_is_named_by_as_many_columns_as_tell_it_apart():
    kinds = {"indicator": "text", "class": "class", "customers": "whole"}
    before = pd.DataFrame([("size", "A", 5), ("size", "B", 9), ("joint", "A", 5)], columns=list(kinds))
    assert found(before, before.assign(customers=[6, 9, 5]), kinds)[0] == [("size · A", "customers", 5, 6)]
    kinds = {"identity": "text", "month": "whole", "index": "share"}
    before = pd.DataFrame([("S1", 1, 0.5), ("S1", 2, 1.5)], columns=list(kinds))
    assert found(before, before.assign(index=[0.5, 1.0]), kinds)[0] == [("S1 · 2", "index", 1.5, 1.0)]


def test_a_table_of_one_row_needs_no_name_and_one_that_cannot_be_told_apart_is_not_compared():
    kinds = {"gini": "share"}
    one = pd.DataFrame({"gini": [0.5]})
    assert found(one, one * 2, kinds)[0] == [("", "gini", 0.5, 1.0)]
    assert changes.between(pd.concat([one, one]), one, kinds, QUARTERS, 0) is None


def test_tables_that_are_empty_or_lack_a_column_have_no_changes():
    empty = customers("2025Q3")
    assert found(empty, customers("2025Q4", K1=(1, "A", True))) == ([], (0, 0, 1))
    before = customers("2025Q3", K1=(1, "A", True)).drop(columns="size")
    assert found(before, customers("2025Q4", K1=(9, "A", True)))[0] == []
