"""What a real run calls."""

import pickle
import subprocess
import sys
from dataclasses import fields
from types import SimpleNamespace

import pytest

from custlib import project
from custlib.refusals import Refused
from custlib.report.run import ports


def test_every_real_port_is_a_function():
    real = ports.real()
    assert all(callable(getattr(real, field.name)) for field in fields(ports.Ports))


def test_a_run_leaves_to_its_kernels_what_only_they_compute_and_draw_with():
    code = "import sys; from custlib.report.run import ports; ports.real(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "pandas" in loaded
    assert not {"scipy.stats", "scipy.special", "scipy.optimize", "sklearn", "matplotlib"} & set(loaded)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("fishbone.csv", "price,value_for_money,B", "price,value_for_money,D", "not_one_of"),
        ("strategies.csv", "product_strategy,novelty,up", "product_strategy,newness,up", "strategy_unknown"),
        ("segment_names.csv", "frequency,up,,regulars,常购", "frequency,up,,regulars,", "reference_blank"),
        ("steps.csv", "demand_plan,approved,4", "demand_plan,approved,3", "steps_order"),
        ("festivals.csv", "2026,2026-02-17", "2026,2026-02-30", "festival_line"),
        ("events.csv", "why\n", "why\n2025-13,,,fair,李,2025-11-01,\n", "not_one_of"),
        ("needs.csv", ",resources_invested", ",policy_resources", "not_one_of"),
        ("questions.csv", "closing,4,", "closing,3,", "order_twice"),
    ],
)
def test_a_broken_table_of_people_is_refused_before_a_kernel(tmp_path, file, old, new, code):
    text = (project.root() / "data" / "reference" / file).read_text(encoding="utf-8-sig")
    assert old in text
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        ports.check_references(str(tmp_path))
    assert caught.value.code == code and file in str(caught.value)


def test_a_need_that_nobody_lists_is_refused_before_a_kernel_with_the_nearest_word(cleaned_once):
    sales = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-31,C1,P1,1,10\n"
    asked = "季度,客户编码,需求,重要性,理想值,现实值,提问类型\n2025Q4,C1,利 润率,5,9,6,现实\n"
    with pytest.raises(Refused) as caught:
        ports.check_contracts(cleaned_once({"sales.csv": sales, "needs.csv": asked}), "data/raw")
    assert caught.value.code == "word_unknown"
    assert "needs.csv, line 2" in str(caught.value) and "“利润”" in str(caught.value)


def test_a_judgement_that_names_no_factor_is_refused_before_a_kernel(cleaned_once):
    sales = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-31,C1,P1,1,10\n"
    said = "专家,上级编码,因素A,因素B,比值\n李,value_for_money,price,weather,3\n"
    with pytest.raises(Refused) as caught:
        ports.check_contracts(cleaned_once({"sales.csv": sales, "pairs.csv": said}), "data/raw")
    assert caught.value.code == "judgement_strange" and "pairs.csv" in str(caught.value)


def test_terms_for_a_customer_that_there_is_none_of_are_refused_before_a_kernel(cleaned_once, workbook):
    sales = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-31,C1,P1,1,10\n"
    terms = workbook / "data" / "reference" / "credit_terms.csv"
    line = "customer,{},60,,2025-01-01,李,2025-01-01,\n"
    terms.write_text(terms.read_text(encoding="utf-8") + line.format("C1"), encoding="utf-8")
    clean = cleaned_once({"sales.csv": sales})
    ports.check_contracts(clean, "data/raw")
    terms.write_text(terms.read_text(encoding="utf-8") + line.format("C2"), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        ports.check_contracts(clean, "data/raw")
    assert caught.value.code == "terms_nobody" and "credit_terms.csv, line 3" in str(caught.value)


def test_contracts_that_another_process_could_not_check_are_checked_here(cleaned_once):
    sales = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-31,C1,P1,1,10\n"
    asked = "季度,客户编码,需求,重要性,理想值,现实值,提问类型\n2025Q4,C1,利 润率,5,9,6,现实\n"
    clean, given = cleaned_once({"sales.csv": sales, "needs.csv": asked}), []
    assert clean.table("sales").count().execute() == 1  # by a connection, which no other process can have

    def server(answer):
        return SimpleNamespace(call=lambda cwd, running, *work: given.append(pickle.dumps(work)) or answer)

    ports.real(server([None])).check_contracts(clean, "data/raw")
    with pytest.raises(Refused, match="needs.csv, line 2"):
        ports.real(server(None)).check_contracts(clean, "data/raw")
    assert len(given) == 2
