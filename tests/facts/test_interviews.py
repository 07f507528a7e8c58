import pandas as pd

from custlib import facts

HEAD = "季度,客户编码,需求,重要性,理想值,现实值,提问类型"
SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-31,C1,P1,1,10\n"


def test_answers_up_to_a_quarter_without_importance_9_which_is_set_aside_and_with_more_than_ideal(
    cleaned_apart, reasons
):
    lines = ["2025Q4,C1,服务,9,9,6,现实,,,,", "2025Q4,C2,便捷,3,6,8,现实,,,,"]
    lines += ["2025Q3,C1,利润,5,9,6,现实,不赚钱,是,3000,2026-01-31", "2025Q4,C1,利润,5,9,7,中心,,,,"]
    asked = "\n".join([f"{HEAD},客户原话,是否可行,所需费用(元),完成期限", *lines])
    clean = cleaned_apart({"sales.csv": SALES, "needs.csv": asked})
    assert reasons(clean) == [("needs.csv", 2, "out_of_range")]
    rows = facts.interviews(clean)
    assert rows[["quarter", "need", "importance", "ideal", "actual"]].to_numpy().tolist() == [
        ["2025Q3", "利润", 5, 9, 6],
        ["2025Q4", "利润", 5, 9, 7],
        ["2025Q4", "便捷", 3, 6, 8],
    ]
    first, last, _ = rows.to_dict("records")
    assert (first["said"], first["feasible"], first["cost"]) == ("不赚钱", "是", 3000)
    assert first["by_when"] == pd.Timestamp("2026-01-31") and first["line"] == 4
    assert (last["said"], last["feasible"]) == ("", "") and pd.isna(last["cost"]) and pd.isna(last["by_when"])
    assert facts.interviews(clean, "2025Q3")["quarter"].tolist() == ["2025Q3"]


def test_without_interviews_the_table_is_empty_and_typed(cleaned_apart):
    rows = facts.interviews(cleaned_apart({"sales.csv": SALES}), "2025Q4")
    assert rows.empty and rows["importance"].dtype == "float64" and {"file", "line", "said", "by_when"} <= set(rows)
