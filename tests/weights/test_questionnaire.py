import datetime

import openpyxl
import pandas as pd
import pytest

from custlib import weights
from custlib.refusals import Refused
from custlib.sample import experts
from custlib.weights import questionnaire

TREE = pd.DataFrame(
    [
        ("goods", None, "goods", "产品"),
        ("people", None, "people", "人员"),
        ("price", "goods", "price", "价格"),
        ("range", "goods", "range", "机型"),
        ("skill", "people", "skill", "技能"),
    ],
    columns=["factor", "bone", "name_en", "name_zh"],
)


@pytest.fixture
def answered(tmp_path):
    """Writes a questionnaire for these experts, puts in answers (sheet, line → value) and gives its path."""

    def make(names, given, lang="zh"):
        path = tmp_path / "问卷.xlsx"
        questionnaire.write(path, TREE, names, lang)
        book = openpyxl.load_workbook(path)
        for (sheet, line), value in given.items():
            book.worksheets[sheet].cell(line, 3).value = value
        book.save(path)
        return path

    return make


def test_only_needed_pairs_are_asked_and_they_connect_all(tree):
    asked = questionnaire.pairs(tree)
    counts = asked.groupby("parent_id").size().to_dict()
    # all of 2, 4 and 5; twice as many as factors of 6 (12, not 15: opposite ones are not compared) and 7 (14, not 21)
    assert counts == {
        "customer_profit": 12,
        "value_for_money": 10,
        "marketing": 6,
        "distribution_strength": 6,
        "customer_management": 14,
        "policy_resources": 6,
        "customer_itself": 1,
    }
    planted = experts.weights()
    rows = asked.assign(
        expert="Fang",
        file="a",
        line=range(len(asked)),
        ratio=[
            planted[row.parent_id][row.factor_a] / planted[row.parent_id][row.factor_b] for row in asked.itertuples()
        ],
    )
    rows["ratio"] = rows["ratio"].clip(1 / 9, 9)
    table = weights.of_tree(weights.from_table(rows, tree), tree).set_index("factor")
    assert table["weight"].sum() == pytest.approx(1) and table.loc["outlet_training", "in_bone"] == pytest.approx(0.4)


def test_a_sheet_for_each_expert_with_one_open_cell_a_line_and_no_formula(answered):
    book = openpyxl.load_workbook(answered(["方慧", "Deng: A/B"], {}))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == ["1 方慧", "2 Deng AB"]
    sheet = book.worksheets[0]
    assert [[cell.value for cell in row[:4]] for row in sheet["A5:D6"]] == [
        ["客户获利", "产品", None, "人员"],
        ["产品", "价格", None, "机型"],
    ]
    open_cells = [cell.coordinate for row in sheet for cell in row if not cell.protection.locked]
    assert open_cells == ["C5", "C6"] and sheet.protection.sheet
    assert not any(cell.data_type == "f" for row in sheet for cell in row)
    assert str(sheet.data_validations.dataValidation[0].sqref) == "C5:C6"


def test_answers_come_back_as_lines_and_blank_ones_are_left_out(answered):
    path = answered(["Fang", "Deng"], {(0, 5): 3, (0, 6): "0.25", (1, 6): 1}, lang="en")
    found = questionnaire.answers(path)
    assert found[["expert", "parent_id", "factor_a", "factor_b", "ratio"]].to_numpy().tolist() == [
        ["Fang", "customer_profit", "goods", "people", 3],
        ["Fang", "goods", "price", "range", 0.25],
        ["Deng", "goods", "price", "range", 1],
    ]


@pytest.mark.parametrize("value", ["many", 12, 0, "1:3"])
def test_an_answer_that_is_none_is_refused_with_its_place(answered, value):
    with pytest.raises(Refused) as caught:
        questionnaire.answers(answered(["Fang"], {(0, 6): value}))
    assert caught.value.code == "answer_strange"
    assert (caught.value.facts["sheet"], caught.value.facts["line"]) == ("1 Fang", 6)


def test_another_workbook_is_refused(tmp_path):
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(Refused) as caught:
        questionnaire.answers(path)
    assert caught.value.code == "not_a_form"


def test_the_cleaning_reads_one_experts_answered_sheet(answered, cleaned_once, rows_of):
    path = answered(["方慧"], {(0, 5): 3, (0, 6): 0.25})
    clean = cleaned_once({"问卷.xlsx": path.read_bytes()})
    assert [(row["expert"], row["factor_a"], float(row["ratio"])) for row in rows_of(clean, "pairwise")] == [
        ("方慧", "goods", 3),
        ("方慧", "price", 0.25),
    ]


def test_the_cleaning_reads_the_answers_of_several_experts_saved_as_one(answered, cleaned_once, rows_of, tmp_path):
    rows = questionnaire.answers(answered(["方慧", "邓少华"], {(0, 5): 3, (1, 5): 0.3333}))
    questionnaire.save_answers(rows, tmp_path / "两两比较.xlsx")
    clean = cleaned_once({"两两比较.xlsx": (tmp_path / "两两比较.xlsx").read_bytes()})
    found = weights.from_table(clean.table("pairwise").to_pandas(), TREE)
    assert found["邓少华", "customer_profit"].loc["people", "goods"] == pytest.approx(3, abs=1e-3)


def test_the_same_questionnaire_is_the_same_file(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        questionnaire.write(tmp_path / name, TREE, ["Fang"], "en")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").properties.created == datetime.datetime(2000, 1, 1)


@pytest.mark.parametrize("content", [None, b"a,b\n1,2\n"], ids=["missing", "no workbook"])
def test_what_is_no_workbook_is_refused_by_name(tmp_path, content):
    path = tmp_path / "回答.xlsx"
    if content:
        path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        questionnaire.answers(path)
    assert caught.value.code == "no_workbook" and "回答.xlsx" in str(caught.value)


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(Refused) as caught:
        questionnaire.write(tmp_path / "no" / "such.xlsx", TREE, ["Li"], "en")
    assert caught.value.code == "cannot_write" and "No such file or directory" in str(caught.value)


@pytest.mark.parametrize("lang, title", [("en", "comparisons by Fang"), ("zh", "两两比较，专家：Fang")])
def test_a_sheet_says_whose_it_is_and_how_to_answer_in_its_language(answered, lang, title):
    sheet = openpyxl.load_workbook(answered(["Fang"], {}, lang)).worksheets[0]
    assert sheet["A1"].value.endswith(title) and "0.1111" in sheet["A2"].value
