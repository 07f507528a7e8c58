import zipfile

import pytest

from custlib.reading import book_xml

BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def book(path):
    with zipfile.ZipFile(path) as parts:
        return book_xml.book(parts)


def test_each_sheet_is_found_by_its_name(by_hand, excel, tmp_path):
    assert book(by_hand("")).parts == {"S": "xl/worksheets/sheet1.xml"}
    excel([["a"]], lambda made: made.create_sheet("华 & 南"))
    assert book(tmp_path / "made.xlsx").parts == {
        "Sheet": "xl/worksheets/sheet1.xml",
        "华 & 南": "xl/worksheets/sheet2.xml",
    }


@pytest.mark.parametrize(("said", "system"), [("", "1900"), ('date1904="0"', "1900"), ('date1904="1"', "1904")])
def test_the_calendar_is_the_one_the_workbook_says(by_hand, said, system):
    assert book(by_hand("", book=f"<workbookPr {said}/>")).date_system == system


def test_formats_are_those_of_cells_and_not_of_named_styles(by_hand, styled):
    assert book(by_hand("", styles=styled("00000", '0.00"万元"'))).formats == {1: "00000", 2: '0.00"万元"'}


def test_a_workbook_that_leaves_computing_to_excel_is_known(by_hand):
    assert book(by_hand("", book='<calcPr fullCalcOnLoad="1"/>')).uncomputed
    assert not book(by_hand("", book='<calcPr calcId="1"/>')).uncomputed


def test_a_document_type_is_refused_before_anything_is_expanded(by_hand):
    path = by_hand("", start=BOMB + f'<worksheet xmlns="{book_xml.__name__}">')
    with zipfile.ZipFile(path) as parts, pytest.raises(book_xml.Damaged, match="document_type"):
        book_xml.stream(parts, "xl/worksheets/sheet1.xml", lambda name, attributes: None)


def test_a_part_that_is_missing_is_named(by_hand):
    with zipfile.ZipFile(by_hand("")) as parts, pytest.raises(book_xml.Damaged, match="part_missing") as caught:
        book_xml.opened(parts, "xl/none.xml")
    assert caught.value.facts == {"part": "xl/none.xml"}


def test_a_part_is_found_however_its_name_is_written(by_hand):
    with zipfile.ZipFile(by_hand("")) as parts:
        assert book_xml.opened(parts, "XL/Workbook.xml").read().startswith(b"<workbook")
