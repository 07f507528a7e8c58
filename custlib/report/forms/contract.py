"""The draft contract of one key account as a Word file (合同草案), for people to settle and lawyers to edit."""

import datetime
import io
import zipfile

import pandas as pd
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from custlib import quarters, words
from custlib.escaping import visible
from custlib.report.forms import books, reviews
from custlib.wording.sentences import Context

_LATIN, _EAST_ASIAN = "Times New Roman", "宋体"
_STYLES = {"Normal": (10.5, 0, 4), "Title": (18, 0, 12), "Heading 1": (12, 10, 2)}  # points: size, space before, after
_TEXT_MM = 174  # width of the text
_WIDTHS = {"item": 23, "metric": 28, "due_on": 24, "owner": 25}  # of columns that are not 19 wide
_MADE_ON = datetime.datetime(2000, 1, 1)  # the same contract is the same file
_LINE = ("item", "metric", "unit", "target_now", "due_on", "owner")
_TO_SETTLE = ("item", "metric", "unit", "target_now", "reached", "target", "due_on", "owner")


def year(quarter: str) -> int:
    """The year that a contract drafted from a quarter's report is for: that of the coming quarter."""
    return quarters.parse(quarter).previous(-1).year


def write(
    clauses: list[tuple[str, str]], lines: pd.DataFrame, about: books.About, lang: str, context: Context
) -> bytes:
    """The bytes of the file: parties, clauses, the annex with the lines of the yearly plan, and below it signatures.

    clauses: as `accounts.clauses` gives them; lines: `plan_lines` of this customer, as `accounts.edition` gives them to
    it. For a year that has no plan yet the annex shows the present one and what was reached, and leaves the new target
    and day to be settled. The same contract gives the same bytes.
    """
    say, document = words.all_of("account_forms", lang), Document()
    _lay_out(document, say, about)
    document.add_paragraph(say["contract_title"].format(year=year(about.quarter)), "Title")
    for party in ("contract_a", "contract_b"):
        document.add_paragraph(visible(say[party].format(name=about.name)))
    for number, (heading, text) in enumerate(clauses, 1):
        document.add_paragraph(say["contract_clause"].format(number=number, heading=visible(heading)), "Heading 1")
        document.add_paragraph(visible(text))
    document.add_paragraph(say["contract_annex"], "Heading 1").paragraph_format.page_break_before = True
    document.add_paragraph(say["contract_plan" if _has_plan(lines, about) else "contract_settle"])
    _annex(document, lines, about, lang, context)
    _sign(document, say)
    return _same_each_time(document)


def _lay_out(document, say, about):
    """Paper, fonts, header, page numbers and properties; the file names no author and no day."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _TEXT_MM) / 2)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, sizes in _STYLES.items():
        _style(document.styles[name], *sizes)
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.element.pPr.remove(title.element.pPr.find(qn("w:pBdr")))
    section.header.paragraphs[0].text = say["contract_draft"].format(quarter=about.quarter)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)
    told = document.core_properties
    told.author = told.last_modified_by = told.comments = told.keywords = ""
    told.title, told.created, told.modified, told.revision = say["file_contract"], _MADE_ON, _MADE_ON, 1


def _style(style, size, before, after):
    """Size, spaces and both fonts of a style: without one for Chinese each program takes another."""
    style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), _EAST_ASIAN)
    written = OxmlElement("w:lang")
    written.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(written)


def _has_plan(lines, about):
    return (lines["year"] == year(about.quarter)).any()


def _annex(document, lines, about, lang, context):
    """The lines that are agreed on, or those that are to be settled anew."""
    agreed = _has_plan(lines, about)
    own = lines[lines["year"] == (year(about.quarter) if agreed else lines["year"].max())]
    shown = _LINE if agreed else _TO_SETTLE
    rows = reviews.in_words("plan_lines", own, lang, context).rename(columns={"actual": "reached"})
    rows = rows.assign(**({} if agreed else {"target": None, "due_on": None})).reindex(columns=list(shown))
    headers = [words.say("account_forms", name, lang) for name in shown]
    widths = [_WIDTHS.get(name, 19) for name in shown]
    _table(document, [headers, *rows.map(_cell).to_numpy().tolist()], widths)


def _cell(value):
    if pd.isna(value):
        return ""
    return f"{value:,.10g}" if isinstance(value, int | float) else visible(value)


def _table(document, cells, widths):
    """A table with lines as wide as the text; its header stands on each page, and no row is torn."""
    table = document.add_table(len(cells), len(widths), "Table Grid")
    wide = [Mm(width * _TEXT_MM / sum(widths)) for width in widths]
    for column, width in zip(table.columns, wide, strict=True):
        column.width = width  # LibreOffice asks the column, Word the cell
    for row, texts in zip(table.rows, cells, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, wide, strict=True):
            cell.text, cell.width = text, width
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _sign(document, say):
    """Where both parties sign, side by side, on one page."""
    document.add_paragraph()  # else Word joins it to the table above
    row = document.add_table(1, 2).rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, party in zip(row.cells, ("contract_party_a", "contract_party_b"), strict=True):
        texts = say["contract_seal"].format(party=say[party]), say["contract_by"], say["contract_on"]
        for paragraph, text in zip(
            [cell.paragraphs[0], cell.add_paragraph(), cell.add_paragraph()], texts, strict=True
        ):
            paragraph.text, paragraph.paragraph_format.space_before = text, Pt(18)
    document.add_paragraph()  # a document ends with one


def _same_each_time(document):
    """The bytes of the file with the same day on each part: python-docx writes the time of day."""
    made, same = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, _MADE_ON.timetuple()[:6]), parts.read(name), zipfile.ZIP_DEFLATED)
    return same.getvalue()
