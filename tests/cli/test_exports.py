"""What goes into a report: an invented company, a first sources.toml, a line's story, the experts' answers."""

import openpyxl
import pytest


def test_sample_passes_on_what_was_asked(custlib, monkeypatch):
    from custlib import sample

    asked = {}
    monkeypatch.setattr(sample, "write", lambda folder, **options: asked.update(options, folder=folder))
    assert custlib("sample", "new", "--customers", "5", "--seed", "7")[:2] == (0, "Written: new\n")
    assert asked == {"folder": "new", "customers": 5, "consumers": 3000, "quarters": 9, "seed": 7}


def test_draft_sources_writes_what_it_sees(custlib, tmp_path):
    header = "单据编号,行号,单据日期,客户编码,存货编码,数量,金额\n"
    (tmp_path / "销售.csv").write_text(header + "S1,1,2025-10-01,K1,P1,2,30.00\n", encoding="gb18030")
    code, out, err = custlib("draft-sources", str(tmp_path))
    assert err.startswith("3 to answer")
    assert (code, out) == (0, f"Written: {tmp_path / 'sources.toml'}\n")
    assert 'table = "sales"' in (tmp_path / "sources.toml").read_text(encoding="utf-8")
    assert custlib("draft-sources", str(tmp_path))[0] == 2


HEADER = "单据编号,日期,客户编码,存货编码,数量,无税金额(元)\n"


def test_explain_tells_the_story_of_a_line_in_a_folder_of_one_s_own(workbook, custlib, tmp_path_factory):
    folder = tmp_path_factory.mktemp("own exports")
    (folder / "销售 1:2.csv").write_text(HEADER + "A,2025-01-01,C,P,1,3.5万\nB,2025-01-01,C,P,1,约3万\n")
    code, out, err = custlib("explain", "销售 1:2.csv:2", "--data", str(folder))
    assert code == 0 and out.startswith("销售 1:2.csv, line 2 of 3: clean (sales)") and "→ 35000.00" in out
    code, out, _ = custlib("explain", "销售 1:2.csv:3", "--data", str(folder), "--lang", "zh")
    assert code == 0 and "原因：不是金额" in out and "约3万" in out


@pytest.mark.parametrize(
    "place, said", [("b.csv:2", "Did you mean a.csv"), ("a.csv:9", "its lines are 1 to 2"), ("a.csv", "FILE:LINE")]
)
def test_explain_refuses_what_is_not_there_in_one_line(workbook, custlib, place, said):
    (workbook / "data/raw").mkdir()
    (workbook / "data/raw/a.csv").write_text(HEADER + "A,2025-01-01,C,P,1,3\n")
    code, out, err = custlib("explain", place)
    assert (code, out) == (2, "") and said in err.splitlines()[-1] and "Traceback" not in err


def test_a_questionnaire_goes_out_and_its_answers_come_back(custlib, tmp_path):
    sheet, back = tmp_path / "experts.xlsx", tmp_path / "answers.xlsx"
    assert custlib("questionnaire", str(sheet), "-e", "Li", "-e", "Wang")[0] == 0
    book = openpyxl.load_workbook(sheet)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert len(sheets) == 2
    for worksheet in sheets:
        worksheet.cell(5, 3).value = 3
    book.save(sheet)
    code, out, _ = custlib("answers", str(sheet), "--to", str(back))
    assert (code, out) == (0, f"Written: {back} (2)\n")
    rows = list(openpyxl.load_workbook(back).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["专家", "Li", "Wang"] and rows[1][-1] == 3
    code, _, err = custlib("answers", str(sheet), "--to", str(back))
    assert code == 2 and "is there already" in err


def test_sample_states_the_limits_of_its_sizes(custlib):
    from custlib.sample import company

    _, out, _ = custlib("sample", "--help")
    for least, most in company.LIMITS.values():
        assert f"{least:,} to {most:,}" in out
