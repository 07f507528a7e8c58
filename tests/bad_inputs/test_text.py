"""Cases 16 to 24 and 61 to 63: encodings, characters that cannot be seen, names that would act."""

import csv
import re

import pandas as pd
import pytest

CUSTOMERS = "客户编码,客户名称,大区\n"


def customers(*names):
    return CUSTOMERS + "".join(f"K{n},{name},华东\n" for n, name in enumerate(names))


def test_16_utf8_with_byte_order_mark(answer, export, row):
    got = answer({"a.csv": export(row(1)).encode("utf-8-sig")})
    assert got.values("invoice_id") == ["A1"]
    assert got.rows("files")[0]["columns"][0] == "invoice_id"


def test_17_gbk_that_is_ascii_until_the_last_line(answer, refused):
    header = "customer_id,customer_name,country\n"
    lines = header + "".join(f"K{n},Shop {n},East\n" for n in range(9000))
    content = (lines + "K9000,华盛商贸,华东\n").encode("gbk")
    facts = refused("unknown_encoding", {"a.csv": content})
    assert facts["line"] == 9002 and "华盛商贸" in facts["gb18030"] and facts["big5"] != facts["gb18030"]
    got = answer({"a.csv": content}, '[[source]]\nfiles = "*"\nencoding = "gb18030"\n')
    assert got.values("name", "customers")[-1] == "华盛商贸"
    chinese = (CUSTOMERS + lines.removeprefix(header) + "K9000,华盛商贸,华东\n").encode("gbk")
    assert answer({"a.csv": chinese}).values("name", "customers")[-1] == "华盛商贸"


BIG5 = """[[source]]
files = "*"
table = "customers"
columns = {"客戶編碼" = "customer_id", "客戶名稱" = "name"}
"""


def test_18_big5(answer, refused):
    content = "客戶編碼,客戶名稱\nK1,華盛貿易\nK2,許功蓋\n".encode("big5")
    assert content.decode("gb18030")  # without an error, and wrong
    facts = refused("unknown_encoding", {"a.csv": content}, BIG5)
    assert "客戶編碼" in facts["big5"]
    got = answer({"a.csv": content}, BIG5 + 'encoding = "big5"\n')
    assert got.values("name", "customers") == ["華盛貿易", "許功蓋"]
    assert list(got.classes.values()) == ["header", "clean", "clean"]


def test_19_names_that_only_gb18030_holds(answer, workbook):
    from custlib import results

    names = ["𠮷野商行", "䶮山贸易", "㛃美百货"]
    got = answer({"a.csv": customers(*names).encode("gb18030")})
    assert got.values("name", "customers") == names
    accounts = pd.DataFrame({"table": "customers", "file": names, "sheet": "", "lines": 1})
    results.save(accounts, "line_accounts", "out")
    with open(workbook / "out" / "tables" / "line_accounts.csv", encoding="utf-8-sig", newline="") as written:
        assert [row["file"] for row in csv.DictReader(written)] == names


def test_20_utf8_with_one_broken_byte(answer, export, row):
    lines = export(row(1), row(2), row(3, customer="C华")).encode()
    broken = lines.replace("C华".encode(), b"C\xe5\x8d")
    got = answer({"a.csv": broken})
    assert got.aside == {"a.csv:4": "broken_bytes"}
    assert r"C\xe5\x8d" in got.rows("broken")[0]["raw"]
    assert got.values("invoice_id") == ["A1", "A2"]


def test_21_mojibake(answer):
    got = answer({"a.csv": customers("锟斤拷锟斤拷", "华盛", "CafÃ© Paris", "??公司", "谁?", "À la carte")})
    assert got.aside == {"a.csv:2": "mojibake", "a.csv:4": "mojibake", "a.csv:5": "mojibake"}
    assert got.values("name", "customers") == ["华盛", "谁?", "À la carte"]


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_22_utf16_with_byte_order_mark(answer, export, row, mark):
    text = "\ufeff" + export(row(1, customer="客"), row(2)).replace(",", "\t")
    got = answer({"a.txt": text.encode(mark)})
    assert got.values("customer_id") == ["客", "C1"]
    assert got.aside == {}


UNSEEN = {"NUL": "\x00", "0x1A": "\x1a", "zero width space": "\u200b", "direction override": "\u202e"}


def test_23_characters_that_cannot_be_seen(answer):
    names = [f"华{char}盛" for char in UNSEEN.values()]
    ids = [f"K{char}{n}" for n, char in enumerate(UNSEEN.values())]
    lines = [f"{one},{name},华东" for one, name in zip(ids, names, strict=True)]
    got = answer({"a.csv": CUSTOMERS + "\n".join([*lines, "K9,全新,华北"]) + "\n"})
    held = "".join(got.values("customer_id", "customers") + got.values("name", "customers"))
    assert not re.search("[\x00\x1a\u200b\u202e]", held)
    assert "K9" in got.values("customer_id", "customers")
    assert len(got.aside) + got.clean.counts["customers"] == 5
    stayed = [place for place, what in got.classes.items() if what == "clean"]
    logged = {f"{row['file']}:{row['line']}" for row in got.rows("changes") if row["rule"] == "invisible_character"}
    assert set(stayed) - {"a.csv:6"} <= logged


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_24_line_ends(answer, export, row, end):
    got = answer({"a.csv": export(row(1), row(2), end=end)})
    assert got.values("invoice_id") == ["A1", "A2"]


def test_24_mixed_line_ends_and_those_within_quotation_marks(answer, export, row):
    within = [*row(2)[:3], '"C\r\n1"', *row(2)[4:]]
    content = (
        export(row(1)).replace("\n", "\r") + ",".join(within) + "\r\n" + ",".join(row(3)) + "\n" + ",".join(row(4))
    )
    got = answer({"a.csv": content})
    assert got.values("invoice_id") == ["A1", "A2", "A3", "A4"]
    assert got.values("customer_id")[1].split() == ["C", "1"]
    assert {row["line"]: row["lines"] for row in got.rows("lines")} == {1: 1, 2: 1, 3: 2, 5: 1, 6: 1}


def test_61_names_that_a_spreadsheet_would_run(answer, workbook):
    from custlib import results

    names = ['=HYPERLINK("http://x")', "+cmd", "@SUM(A1)", "-1+1", "＝1＋1"]
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    got = answer({"a.csv": customers(*quoted, "\t=1")})
    kept = got.values("name", "customers")
    assert kept == [*names[:4], "=1+1", "=1"]
    results.save(
        pd.DataFrame({"table": "customers", "file": [*kept, "\t=1"], "sheet": "", "lines": 1}), "line_accounts", "out"
    )
    with open(workbook / "out" / "tables" / "line_accounts.csv", encoding="utf-8-sig", newline="") as written:
        for shown in csv.DictReader(written):
            assert not re.match(r"[=+\-@\t\r＝＋－＠]", shown["file"])
    assert results.load("line_accounts", "out")["file"].tolist() == [*kept, "\t=1"]


def test_62_names_that_a_page_or_a_chart_would_run(answer):
    from custlib import blocks, figures

    names = ["<script>alert(1)</script>", "{{7*7}}", r"A$\frac$B", "](javascript:alert(1))", '"><img src=x onerror=y>']
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    got = answer({"a.csv": customers(*quoted)})
    kept = got.values("name", "customers")
    assert kept == names
    shown = blocks.table(pd.DataFrame({"name": kept}), lang="en", caption=names[0])._repr_html_()
    assert not re.search(r"<script|<img|href", shown) and "{{7*7}}" in shown
    drawn = pd.DataFrame({"label": kept, "lines": range(1, 6)})
    assert figures.picture(figures.reasons, drawn, lang="en", alt=names[0]) is not None


def test_63_strange_file_names(answer, export, row, workbook):
    names = ["销售 明细 2025.csv", "ＡＢＣ全角（1）.csv", "a..b.csv", "two\nlines.csv", "x" * 251 + ".csv"]
    got = answer({name: export(row(n)) for n, name in enumerate(names)})
    assert sorted(got.values("file")) == sorted(names)
    assert got.clean.counts == {"sales": 5}
    ours = re.compile(r"[\w./-]+")
    made = [path.relative_to(got.clean.folder).as_posix() for path in got.clean.folder.rglob("*")]
    assert all(ours.fullmatch(name) and name.isascii() for name in made)
