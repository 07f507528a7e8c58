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
_STYLES = {"Normal": 10.5, "Title": 18, "Heading 1": 12}  # their sizes in points
_MADE_ON = datetime.datetime(2000, 1, 1)  # the same contract is the same file
_LINE = ("item", "metric", "unit", "target_now", "due_on", "owner")
_TO_SETTLE = ("item", "metric", "unit", "target_now", "reached", "target", "due_on", "owner")


def year(quarter: str) -> int:
    """The year that a contract drafted from a quarter's report is for: that of the coming quarter."""
    return quarters.parse(quarter).previous(-1).year


def write(
    clauses: list[tuple[str, str]], lines: pd.DataFrame, about: books.About, lang: str, context: Context
) -> bytes:
    """The bytes of the file: parties, clauses, the annex with the lines of the yearly plan, signatures.

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
    _sign(document, say)
    document.add_page_break()
    document.add_paragraph(say["contract_annex"], "Heading 1")
    document.add_paragraph(say["contract_plan" if _has_plan(lines, about) else "contract_settle"])
    _annex(document, lines, about, lang, context)
    return _same_each_time(document)


def _lay_out(document, say, about):
    """Paper, fonts, header, page numbers and properties; the file names no author and no day."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    for name, size in _STYLES.items():
        _font(document.styles[name], size)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    section.header.paragraphs[0].text = say["contract_draft"].format(quarter=about.quarter)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)
    told = document.core_properties
    told.author = told.last_modified_by = told.comments = told.keywords = ""
    told.title, told.created, told.modified, told.revision = say["file_contract"], _MADE_ON, _MADE_ON, 1


def _font(style, size):
    """Both fonts of a style: without one for Chinese each program takes another."""
    style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), _EAST_ASIAN)


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
    _table(document, [headers, *rows.map(_cell).to_numpy().tolist()])


def _cell(value):
    if pd.isna(value):
        return ""
    return f"{value:,.10g}" if isinstance(value, int | float) else visible(value)


def _table(document, cells):
    """A table with lines; its header stands on each page, and no row is torn."""
    table = document.add_table(len(cells), len(cells[0]), "Table Grid")
    for row, texts in zip(table.rows, cells, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _sign(document, say):
    """Where both parties sign, side by side."""
    lines = [(say["contract_seal"].format(party=say[f"contract_party_{name}"]) for name in "ab")]
    lines += [(say[name],) * 2 for name in ("contract_by", "contract_on")]
    table = document.add_table(0, 2)
    for texts in lines:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_before = Pt(18)


def _same_each_time(document):
    """The bytes of the file with the same day on each part: python-docx writes the time of day."""
    made, same = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, _MADE_ON.timetuple()[:6]), parts.read(name), zipfile.ZIP_DEFLATED)
    return same.getvalue()
