import zipfile

import openpyxl
import pytest

from custlib.cleaning import preview
from custlib.reading import draft
from custlib.refusals import Refused

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,金额\n"


def seen(folder, text):
    (folder / "a.csv").write_text(text, encoding="utf-8")
    return preview.preview(folder, draft.entries(folder), 0)


def test_ten_rows_are_cleaned_and_the_others_told_with_their_reason(tmp_path):
    rows = [f"A{n},1,2025-01-02,K,P,1,{'约3' if n == 4 else '1,000.00' if n == 5 else 3}\n" for n in range(30)]
    clean, aside = seen(tmp_path, HEADER + "".join(rows))
    assert len(clean) == preview.ROWS and str(clean["net_amount"].iloc[0]) == "3.00"
    assert aside.values.tolist() == [[6, "not_an_amount"], [7, "width"]]
    assert not (tmp_path / "sources.toml").exists()


def test_what_stops_the_reading_is_refused(tmp_path):
    with pytest.raises(Refused, match="a.csv"):
        seen(tmp_path, HEADER + "A,1,03/04/2025,K,P,1,3\n" + "B,1,04/13/2025,K,P,1,3\nC,1,13/04/2025,K,P,1,3\n")


def test_one_sheet_of_a_workbook_and_one_file_of_an_archive_are_cleaned_alone(tmp_path):
    row = "A1,1,2025-01-02,K,P,1,3"
    book = openpyxl.Workbook()
    book.active.append(HEADER.strip().split(","))
    book.active.append(row.split(","))
    other = book.create_sheet("客户")
    other.append(["客户编码", "客户名称"])
    other.append(["K", "东明"])
    book.save(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr("a.csv", HEADER + row.replace("A1", "A2") + "\n")
    found = draft.entries(tmp_path)
    assert [len(preview.preview(tmp_path, found, at)[0]) for at in range(3)] == [1, 1, 1]
