import zipfile

import pytest

from custlib.reading import book_xml, sheet_xml


@pytest.fixture
def seen(by_hand):
    """What is seen in a sheet that is written by hand."""

    def go(rows, **more):
        with zipfile.ZipFile(by_hand(rows, **more)) as parts:
            book = book_xml.book(parts)
            return sheet_xml.look(parts, book.parts["S"], book)

    return go


def places(found):
    return {key: list(rows) for key, rows in found.items()}


def test_errors_are_found_where_they_stand(seen):
    rows = '<row r="3"><c r="B3" t="e"><v>#DIV/0!</v></c><c r="AA3" t="e"><v>#REF!</v></c></row>'
    rows += '<row r="9"><c r="B9" t="e"><v>#DIV/0!</v></c><c r="C9" t="str"><v>#REF!</v></c></row>'
    assert places(seen(rows).errors) == {(1, "#DIV/0!"): [2, 8], (26, "#REF!"): [2]}


def test_rows_out_of_order_are_put_in_order(seen):
    rows = '<row r="9"><c r="A9" t="e"><v>#N/A</v></c></row><row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>'
    assert places(seen(rows).errors) == {(0, "#N/A"): [1, 8]}


def test_rows_and_cells_without_a_place_follow_one_another(seen):
    rows = '<row><c/><c t="e"><v>#N/A</v></c></row><row r="5"/><row><c t="e"><v>#N/A</v></c></row>'
    assert places(seen(rows).errors) == {(1, "#N/A"): [0], (0, "#N/A"): [5]}


@pytest.mark.parametrize("cell", ["<f>1+1</f>", "<f>1+1</f><v/>", "<f>1+1</f><v></v>", '<f t="shared" si="0"/>'])
def test_a_formula_without_a_value_is_found(seen, cell):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    rows += f'<row r="2"><c r="B2"><f>1</f><v>1</v></c><c r="G2">{cell}</c><c r="H2">{cell}</c></row>'
    assert seen(rows).unfounded == "G2"


@pytest.mark.parametrize(
    "cell", ["<c><f>A1</f><v>0</v></c>", '<c t="str"><f>""</f><v></v></c>', '<c t="e"><f/><v>#N/A</v></c>']
)
def test_zero_an_empty_text_and_an_error_are_values(seen, cell):
    assert seen(f"<row>{cell}</row>").unfounded is None


def test_a_zero_that_its_writer_left_to_excel_is_no_value(seen):
    """xlsxwriter and others write 0 for each formula and ask Excel to compute when it opens the file."""
    rows, left = '<row><c r="A1"><f>1+1</f><v>{}</v></c></row>', '<calcPr fullCalcOnLoad="1"/>'
    assert seen(rows.format(0), book=left).unfounded == "A1"
    assert seen(rows.format(2), book=left).unfounded is None


def test_hidden_rows_and_columns_and_a_filter_are_seen(seen):
    rows = (
        '<row r="2" hidden="1"/><row r="3" hidden="0"/><row r="4" hidden="true"/><row r="6" ht="0" customHeight="1"/>'
    )
    cols = '<cols><col min="2" max="4" hidden="1"/><col min="6" max="6"/></cols>'
    after = '<autoFilter ref="A1:C9"><filterColumn colId="0"/></autoFilter>'
    found = seen(rows, after=cols + after)
    assert (found.hidden, found.hidden_columns, found.filtered) == ([1, 3, 5], 3, True)


def test_a_value_outside_of_a_cell_is_no_value(seen):
    assert seen('<row r="1" hidden="1"><v>1</v><c r="A1"><v>2</v></c></row>').hidden == [0]


def test_a_filter_that_filters_nothing_is_none(seen):
    assert not seen("", after='<autoFilter ref="A1:C9"/>').filtered


def test_units_and_zeros_are_those_of_numbers(seen, styled):
    styles = styled('0.00"万元"', "00000")
    rows = '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/></row>'
    rows += '<row r="2"><c r="A2" s="1"><v>1.5</v></c><c r="B2"><v>7</v></c><c r="C2" s="2"><v>12</v></c></row>'
    found = seen(rows, styles=styles)
    assert found.units == {(0, "万元"): 1, (1, None): 1, (2, None): 1}
    assert places(found.zeros) == {(2, "\0\0\0\0\0"): [1]}


def test_where_no_sign_is_a_sheet_is_not_parsed(seen, monkeypatch):
    monkeypatch.setattr(sheet_xml._Sheet, "read", lambda *ignored: pytest.fail("parsed"))
    assert seen('<row r="1"><c r="A1" s="3" t="s"><v>0</v></c></row>', styles="").errors == {}


def test_a_sign_is_seen_across_the_pieces_that_are_read(seen, monkeypatch):
    monkeypatch.setattr(sheet_xml, "_PIECE", 64)
    for gap in range(64):
        rows = f'<row r="1"><c r="A1"><v>{"1" * (gap + 1)}</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
        assert places(seen(rows).errors) == {(1, "#N/A"): [0]}


def test_prefixes_and_other_quotation_marks_hide_nothing(seen):
    start = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    rows = '<x:row r="1" hidden="1"><x:c r="A1" t="e"><x:v>#N/A</x:v></x:c></x:row>'
    found = seen(rows, start=start)
    assert (places(found.errors), found.hidden) == ({(0, "#N/A"): [0]}, [0])
    assert seen('<x:row r="1"><x:c r="A1"><x:f>1</x:f></x:c></x:row>', start=start).unfounded == "A1"
    assert places(seen("<row r='1'><c r='A1' t='e'><v>#N/A</v></c></row>").errors) == {(0, "#N/A"): [0]}
