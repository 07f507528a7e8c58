"""No file of a customer's folder tells what is internal or another customer's, in any format."""

import re
import shutil
import subprocess
import zipfile
import zlib

import docx
import openpyxl
import pandas as pd
import pytest

from custlib import accounts, codebook, results
from custlib.refusals import Refused
from custlib.report.forms import making

ME = "K00001"
NAME = '=HYPERLINK("x")<b>{{7*7}}</b>店'
HAS_CHROMIUM = any(map(shutil.which, making.pdf.BROWSERS))


def said_by(path):
    """All that a file says: its bytes, members of archives, streams, text and properties of a PDF; digits in one piece."""
    parts = [path.name.encode(), path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts += [
                part for name in archive.namelist() for part in (name.encode(), archive.read(name), archive.comment)
            ]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", parts[1], re.DOTALL) if path.suffix == ".pdf" else ():
        parts.append(zlib.decompressobj().decompress(stream) if stream[:1] == b"x" else stream)
    if path.suffix == ".pdf" and shutil.which("pdftotext"):
        for command in (["pdftotext", path, "-"], ["pdfinfo", path]):
            parts.append(subprocess.run(command, capture_output=True, check=True).stdout)
    return re.sub(r"(?<=\d)[,\s](?=\d)", "", b"\n".join(parts).decode("utf-8", "replace"))


def text_of(path):
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def leaks(folder, canaries):
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return {canary for path in files for said in [said_by(path)] for canary in canaries if canary in said}


def own(folder):
    (mine,) = [path for path in (folder / "for_customers").iterdir() if "OTHERNAME" not in path.name]
    return mine


def test_a_customer_s_files_hold_no_internal_column_and_no_other_customer(published):
    """Printed, where there is a Chromium; and a second time, with the same bytes, PDFs excepted."""
    folder = making.make(published.run, published.reports, ME, lang="zh").folder
    files = contents(folder)
    names = (
        making.file_names("zh")
        if HAS_CHROMIUM
        else {name: file for name, file in making.file_names("zh").items() if name != "printed"}
    )
    assert {path.name for path in own(folder).iterdir()} == set(names.values())
    assert len(published.canaries) > 60 and not leaks(own(folder), published.canaries)
    for what in ("review", "printed") if HAS_CHROMIUM and shutil.which("pdftotext") else ("review",):
        said = said_by(own(folder) / names[what])
        assert "1234567" in said and "没人接电话" in said  # it says what it should
    assert {"47 天", "765432 元", "双方管理层"} <= set(
        re.findall("47 天|765432 元|双方管理层", said_by(own(folder) / "合同草案.docx"))
    )
    shutil.rmtree(folder)
    again = contents(making.make(published.run, published.reports, ME, lang="zh").folder)
    assert again.keys() == files.keys()  # on a busy machine Chromium has printed the same page otherwise
    assert [name for name in files if again[name] != files[name] and not name.endswith(".pdf")] == []


def test_in_another_language_they_do_not_either(published, made):
    assert not leaks(own(made("en", readers=("customer",))), published.canaries)


@pytest.mark.parametrize(
    "table, column", [("account_needs", "rank"), ("whitespace", "high"), ("plan_lines", "question")]
)
def test_a_column_that_is_let_through_is_found(published, made, monkeypatch, table, column):
    lines = [
        line | {"edition": "customer"} if (line["table"], line["column"]) == (table, column) else line
        for line in codebook.lines()
    ]
    monkeypatch.setattr(codebook, "lines", lambda: lines)
    assert leaks(own(made(readers=("customer",))), published.canaries)


def test_rows_that_are_let_through_are_found(published, made, monkeypatch):
    everybody, given = published.tables["account_state"]["customer_id"].unique(), accounts.edition
    of_all = lambda *what: pd.concat([given(*what[:3], customer) for customer in everybody])  # noqa: E731
    monkeypatch.setattr(accounts, "edition", of_all)
    assert leaks(own(made(readers=("customer",))), published.canaries)


def test_our_own_page_holds_every_column_of_the_customer_and_nothing_of_another(published, made):
    page = next((made("en") / "accounts").glob("HYPERLINK*")).read_text(encoding="utf-8")
    rank = published.tables["account_needs"].query(f"customer_id == '{ME}'")["rank"].iloc[0]
    assert f"{rank:,}" in page and "OTHERNAME" not in page and "not for the customer" in page


def test_names_do_not_act_in_any_format(made):
    for path in own(made()).iterdir():
        if path.suffix == ".docx":
            assert "HYPERLINK(&quot;" not in said_by(path) and NAME in text_of(path)
        elif path.suffix == ".html":
            text = path.read_text(encoding="utf-8")
            assert "<b>" not in text and "<i>主题" not in text and "{{7*7}}" in text
        else:
            cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
            assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
            assert any("{{7*7}}" in str(cell.value) for cell in cells)


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_customers_of_one_name_have_folders_of_their_own(made):
    folder = made(customer=None)
    assert len(list((folder / "for_customers").iterdir())) == len(list((folder / "accounts").iterdir())) == 3


def test_one_customer_and_one_edition_can_be_asked_for(published, unprinted):
    done = making.make(published.run, published.reports, "K90002", ("internal",))
    assert done[1:3] == (1, 1) and [path.name for path in done.folder.rglob("*.html")] == ["OTHERNAME K90002.html"]


def test_one_kind_can_be_asked_for_and_another_made_beside_it(published, made):
    folder = made("en", what="contract")
    assert [path.name for path in folder.rglob("*.*") if path.is_file() and path.suffix] == ["Draft contract.docx"]
    made("en", what="plan")
    assert sorted(path.name for path in own(folder).iterdir()) == ["Draft contract.docx", "Yearly plan.xlsx"]
    made("en", what="page")
    assert len(list(folder.rglob("*.html"))) == 1
    with pytest.raises(Refused) as caught:
        made("en", readers=("internal",), what="plan")
    assert caught.value.code == "not_for_reader" and "page" in str(caught.value)


def test_terms_that_nobody_agreed_on_are_left_to_be_written(published, made):
    results.save(published.tables["profile_credit"].iloc[:0], "profile_credit", published.run.folder)
    assert "________ 天" in said_by(own(made(what="contract")) / "合同草案.docx")


def test_no_file_is_replaced_and_both_languages_have_room(published, made):
    folder = made("zh", readers=("customer",))
    made("en", readers=("customer",))
    before = contents(folder)
    with pytest.raises(Refused) as caught:
        made("zh")
    assert caught.value.code == "file_exists" and contents(folder) == before


def test_an_unknown_customer_is_refused_with_the_nearest(made):
    with pytest.raises(Refused) as caught:
        made(customer="K9002")
    assert (caught.value.exit_code, caught.value.facts["nearest"]) == (2, "K90002")


def test_what_fails_leaves_nothing(published, made, monkeypatch):
    def fail(*_, **__):
        raise Refused("cannot_write", folder="x", reason="full")

    monkeypatch.setattr(making.sheets, "write", fail)
    with pytest.raises(Refused):
        made()
    assert not list((published.reports / "forms" / "2025Q3").glob("*/*/*"))


def test_without_chromium_it_is_said_that_nothing_was_printed(published, unprinted):
    assert not making.make(published.run, published.reports, ME).printed


def test_a_customer_without_sales_has_a_page_that_says_so(published, made):
    state = published.tables["account_state"]
    results.save(state.assign(now=None), "account_state", published.run.folder)
    page = (own(made("en")) / "Business review.html").read_text(encoding="utf-8")
    assert "No sales to this customer in this quarter." in page
