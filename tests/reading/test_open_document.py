"""What is seen in the XML of an .ods workbook, typed out as LibreOffice writes it."""

import io
import zipfile

import pytest

from custlib.reading import book_xml, open_document
from custlib.reading.number_format import DIGIT

SPACES = " ".join(f'xmlns:{name}="urn:{name}"' for name in "office table text number style calcext fo".split())
NUMBER = '<number:number number:min-integer-digits="1" number:decimal-places="2" number:grouping="true"/>'
STYLES = f"""<number:currency-style style:name="N1"><number:currency-symbol number:language="en" number:country="US"
>$</number:currency-symbol>{NUMBER}</number:currency-style><style:style style:name="usd" style:family="table-cell"
 style:data-style-name="N1"/>"""
OWN = f"""<number:number-style style:name="N2">{NUMBER}<number:text>万元</number:text></number:number-style>
<number:number-style style:name="N3"><number:number number:min-integer-digits="1" number:display-factor="1000"
><number:embedded-text number:position="1">.</number:embedded-text></number:number><number:text>万</number:text>
</number:number-style><number:number-style style:name="N4"><number:text>K</number:text><number:number
 number:min-integer-digits="3"/></number:number-style><number:number-style style:name="N5">{NUMBER}<style:map
 style:condition="value()&gt;=0" style:apply-style-name="N2"/></number:number-style>""" + "".join(
    f'<style:style style:name="{name}" style:family="table-cell" {said}/>'
    for name, said in {
        "wan": 'style:data-style-name="N2"',
        "shown": 'style:data-style-name="N3"',
        "zeros": 'style:data-style-name="N4"',
        "mapped": 'style:data-style-name="N5"',
        "child": 'style:parent-style-name="usd"',
    }.items()
)


def look(rows, columns="", first=""):
    """`Seen` of a sheet of these rows, XML each."""
    document = "<office:document-{0} {1}>{2}</office:document-{0}>"
    sheet = f'<table:table table:name="一">{columns}{rows}</table:table>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("styles.xml", first + document.format("styles", SPACES, STYLES))
        parts.writestr("content.xml", document.format("content", SPACES, OWN + sheet))
    with zipfile.ZipFile(made) as parts:
        return open_document.look(parts)["一"]


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def cell(style="", value="1", kind="float", text="", more=""):
    own = f'table:style-name="{style}"' if style else ""
    note = "<office:annotation><text:p>#REF!</text:p></office:annotation>"
    said = f'office:value-type="{kind}" office:value="{value}"' if kind else ""
    return f"<table:table-cell {own} {said} {more}>{note}<text:p>{text}</text:p></table:table-cell>"


@pytest.mark.parametrize(
    ("style", "unit", "currency"),
    [
        ("usd", None, "USD"),
        ("child", None, "USD"),
        ("wan", "万元", "CNY/HKD/MOP/SGD/TWD"),
        ("mapped", "万元", "CNY/HKD/MOP/SGD/TWD"),
        ("shown", "元", None),  # 15,000 is shown as 1.5万
    ],
)
def test_unit_and_currency_of_a_number_format_are_told(style, unit, currency):
    seen = look(row(cell(style)) + row(cell()))
    assert seen.units == ({(0, unit): 0, (0, None): 1} if unit else {})
    assert seen.currencies == ({(0, currency): 0, (0, None): 1} if currency else {})


def test_a_cell_without_a_style_has_that_of_its_row_or_column():
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="usd"/>'
    seen = look(
        row(cell(more='table:number-columns-repeated="3"')) + row(cell(), more='table:default-cell-style-name="wan"'),
        columns,
    )
    assert seen.currencies == {(0, None): 0, (1, None): 0, (2, "USD"): 0, (0, "CNY/HKD/MOP/SGD/TWD"): 1}


def test_the_currency_of_a_cell_counts_where_its_format_has_none():
    assert look(row(cell(kind="currency", more='office:currency="EUR"'))).currencies == {(0, "EUR"): 0}


def test_errors_are_seen_and_comments_are_none():
    seen = look(
        row(cell(), cell(kind="error", text="#DIV/0!"))
        + row(cell(kind="string", text="Err:502", more='table:formula="of:=x"'), more='table:number-rows-repeated="2"')
        + row(cell(kind="string", text="#N/A"))
    )
    errors = {place: list(rows) for place, rows in seen.errors.items()}
    assert errors == {(1, "#DIV/0!"): [0], (0, "#VALUE!"): [1, 2]}


def test_a_formula_that_nobody_computed_is_named():
    assert look(row(cell()) + row(cell(kind="", more='table:formula="of:=1"'))).unfounded == "row 2"
    assert look(row(cell(more='table:formula="of:=1"'))).unfounded is None


def test_leading_zeros_hidden_rows_filters_and_merged_cells():
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="99"/>'
    )
    nothing = "<table:table-cell/>"
    seen = look(
        row(cell("zeros"), cell(more='table:number-rows-spanned="2"'))
        + row(cell("zeros"), "<table:covered-table-cell/>", more='table:visibility="filter"')
        + row(nothing, more='table:visibility="collapse" table:number-rows-repeated="1000000"'),
        columns,
    )
    assert {place: list(rows) for place, rows in seen.zeros.items()} == {(0, f"K{DIGIT * 3}"): [0, 1]}
    assert (seen.hidden, seen.hidden_columns, seen.filtered, seen.merged) == ([1], 1, True, [(0, 1, 1)])


def test_a_document_type_is_refused():
    with pytest.raises(book_xml.Damaged):
        look("", first='<!DOCTYPE x [<!ENTITY y "z">]>')
