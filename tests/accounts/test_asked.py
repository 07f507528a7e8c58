import pandas as pd
import pytest

from custlib import accounts, facts, project
from custlib.refusals import Refused
from custlib.sample import texts


def own(folder, name, old, new):
    text = project.reference(name).read_text(encoding="utf-8")
    assert old in text
    (folder / "reference").mkdir()
    (folder / "reference" / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def asked(**cells):
    row = {"file": "talks.csv", "line": 7, "need": "利润", "question_kind": "中心", "feasible": ""}
    return pd.DataFrame([row | cells])


def test_the_seven_needs_and_five_kinds_of_question_of_the_deck():
    assert accounts.needs_of()["zh"].tolist() == ["利润", "稳定", "价值", "理念", "便捷", "服务", "情感"]
    assert accounts.questions()["zh"].tolist() == ["概况", "中心", "现实", "结束", "程度"]


def test_the_words_of_the_sample_are_known():
    words = texts.company()["needs"]
    rows = pd.concat([asked(need=need) for need in words["needs"]])
    assert accounts.answers(rows)["need"].tolist() == accounts.needs_of()["need"].tolist()
    rows = pd.concat([asked(question_kind=kind) for kind in words["questions"]])
    assert accounts.answers(rows)["question_kind"].tolist() == accounts.questions()["kind"].tolist()


def test_keys_stand_in_place_of_words_in_any_language():
    row = accounts.answers(asked(need="better ideas", question_kind="现实", feasible="否")).iloc[0]
    assert (row["need"], row["question_kind"]) == ("ideas", "reality") and not row["feasible"]
    row = accounts.answers(asked(need=" 情感 ", question_kind="centre", feasible="yes")).iloc[0]
    assert (row["need"], row["question_kind"]) == ("feeling", "centre") and row["feasible"]
    assert pd.isna(accounts.answers(asked())["feasible"].iloc[0])


@pytest.mark.parametrize(
    "cells, column, table, nearest",
    [
        ({"need": "better idee"}, "need", "needs.csv", "better idea"),
        ({"question_kind": "现实吧"}, "question_kind", "questions.csv", "现实"),
        ({"feasible": "不可"}, "feasible", "words.csv", "不可行"),
    ],
)
def test_a_word_that_nobody_lists_is_refused_with_its_line_and_the_nearest(cells, column, table, nearest):
    with pytest.raises(Refused) as caught:
        accounts.answers(asked(**cells))
    told = str(caught.value)
    assert caught.value.code == "word_unknown" and "talks.csv, line 7" in told
    assert column in told and table in told and f"“{nearest}”" in told


def test_own_words_make_it_known(tmp_path):
    folder = own(tmp_path, "needs.csv", "获利|", "获利|毛利|")
    assert accounts.answers(asked(need="毛利"), folder)["need"].tolist() == ["profit"]


@pytest.mark.parametrize(
    "name, old, new, code",
    [
        ("needs.csv", ",small_steps", ",nothing", "not_one_of"),
        ("needs.csv", ",small_steps", ",marketing", "not_one_of"),  # a bone is no factor
        ("needs.csv", "获利|", "获利|价值|", "word_twice"),
        ("needs.csv", "feeling,feeling,情感", "feeling,feeling,", "reference_blank"),
        ("questions.csv", "reality,3", "reality,2", "order_twice"),
        ("questions.csv", "reality,3", "reality,three", "no_number"),
        ("questions.csv", ",概况,", ",中心,", "word_twice"),
    ],
)
def test_what_a_slip_of_the_hand_does_is_refused(tmp_path, name, old, new, code):
    folder = own(tmp_path, name, old, new)
    with pytest.raises(Refused) as caught:
        (accounts.needs_of if name == "needs.csv" else accounts.questions)(folder)
    assert caught.value.code == code and name in str(caught.value)


def test_no_interview_at_all_has_no_answers(cleaned_once):
    sales = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-31,C1,P1,1,10\n"
    answers = accounts.answers(facts.interviews(cleaned_once({"sales.csv": sales}), "2025Q4"))
    assert answers.empty and accounts.account_needs(answers, "2025Q4").empty
    assert accounts.needs_map(accounts.gaps(answers, "2025Q4")).empty
    assert accounts.needs_drift(answers, "2025Q4").empty
    assert accounts.same_answers(answers, pd.Series(dtype="str")).empty
