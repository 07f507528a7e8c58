import pandas as pd
import pytest

from custlib import facts, lessons, schema
from custlib.lessons.exercises import said

ROWS = lessons.lines("cases", "8")


@pytest.mark.parametrize("names, letters", [(3, "ABC"), (5, "ABBCC"), (10, "AABBBBCCCC"), (20, "AAAABBBBBBBBCCCCCCCC")])
def test_the_count_of_letters_is_one_to_two_to_two(names, letters):
    assert lessons.workshop.quota(names) == {letter: letters.count(letter) for letter in "ABC"}


def test_a_list_may_have_three_to_twenty_names():
    own = lessons.workshop.own_list(ROWS)
    assert list(own.quotas) == [str(n) for n in range(3, 21)] and own.key == ""
    assert all(sum(quota.values()) == int(n) for n, quota in own.quotas.items())
    assert [letter for letter, _ in own.bins] == ["A", "B", "C"]


def test_what_is_written_are_the_columns_of_plans():
    targets = lessons.workshop.own_targets(ROWS)
    asked = [field.column for field in targets.fields]
    metric = targets.fields[asked.index("metric")]
    assert list(metric.sets) == [value for value, _ in metric.choices]
    written = {*asked, *next(iter(metric.sets.values())), *targets.given, "year"}  # the year is that of the date
    columns = schema.TABLES["plans"].columns
    assert {column.name for column in columns if column.required} <= written <= {column.name for column in columns}
    assert targets.given == {"origin": "lesson"} and targets.fields[asked.index("due_on")].kind == "date"


def test_what_a_line_may_promise_has_a_word_and_a_unit_that_plans_know():
    known = facts.plan_metrics()
    for word, beside in lessons.workshop.metrics()["sets"].items():
        assert facts.as_word(beside["unit"]) in known.loc[facts.as_word(word), "units"]


def test_the_hook_counts_what_a_and_c_paid():
    customers = pd.DataFrame({"decided_class": ["A", "C", "C", "B"], "size": [5e6, 1e5, 3e5, 1e6]})
    places = lessons.workshop.places(customers)
    assert places["a_customers"] == said("lessons_visits.how_many", number=1)
    assert places["c_paid"] == said("lessons_visits.money", amount=4e5)


def test_the_five_items_come_again_and_are_told_after_handing_in():
    rows = lessons.lines("questions", "8")  # any part that is called recall
    again = lessons.workshop.five_again(rows, toy_low="1", toy_high="2")
    assert again.id == "quiz" and not again.guided and len(again.key) == 3


def test_a_file_of_lines_beside_the_exports_is_read_as_a_plan(cleaned):
    sales = "单据编号,日期,客户编码,存货编码,数量,无税金额(元)\nX1,2025-11-03,K1,P1,2,100\n"
    word, beside = next(iter(lessons.workshop.metrics()["sets"].items()))
    cells = {"metric": word, "unit": beside["unit"], "item": "贸易促销", "customer_id": "K1", "year": "2025"}
    cells |= {"due_on": "2025-12-31", "owner": "陈", "target": "3", **lessons.workshop.own_targets(ROWS).given}
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in (cells, cells.values()))
    own = text.replace(',"origin"', "").replace(',"lesson"', "").replace('"3"', '"5"')  # the plan's own of that metric
    files = {"销售.csv": sales, "plan-8.csv": f"\ufeff{text}\r\n", "计划.csv": own}  # the first as the page saves it
    plans = facts.plans(cleaned(files)).sort_values("target").fillna({"origin": ""})
    assert plans[["customer_id", "target", "origin"]].to_numpy().tolist() == [["K1", 3.0, "lesson"], ["K1", 5.0, ""]]
