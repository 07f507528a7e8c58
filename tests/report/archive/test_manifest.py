"""Keys and manifests."""

import pytest

from custlib.refusals import Refused
from custlib.report.archive import manifest


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "classes.csv").write_text("A")
    (tmp_path / "page.html").write_text("page")
    manifest.write(tmp_path, {"code": "x"}, quarter="2025Q4")
    return tmp_path


def test_a_hash_is_the_published_one_of_sha_256(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")  # FIPS 180-2, appendix B.1
    assert manifest.hash_file(tmp_path / "a").startswith("ba7816bf8f01cfea414140de5dae2223b00361a3")


def test_hidden_files_and_locks_of_excel_are_no_input(tmp_path):
    for name in (".DS_Store", "~$销售.xlsx", "销售.xlsx"):
        (tmp_path / name).write_text("x")
    assert list(manifest.hash_folder(tmp_path)) == ["销售.xlsx"]


CODEBOOK = "table,column,kind,unit,format,header_en,header_zh,meaning_en,meaning_zh,made_by\nt,a,{},,,A,A,,,10_a\n"


def found_with(root, **files):
    for name, text in files.items():
        (root / f"data/reference/{name}.csv").write_text(text)
    return manifest.snapshot(root / "data/raw", root)


def test_exports_and_reference_tables_are_inputs_but_not_what_is_only_said(project):
    root = project()
    found = found_with(root, measures="x", glossary="key,en,zh\n", codebook=CODEBOOK.format("text"))
    assert list(found.inputs) == ["sales.csv", "data/reference/measures.csv", "data/reference/codebook.csv, columns"]
    assert list(found.words) == ["custlib/words", "data/reference/codebook.csv", "data/reference/glossary.csv"]


def test_a_changed_header_is_a_word_and_a_changed_kind_an_input(project):
    root = project()
    first = found_with(root, codebook=CODEBOOK.format("text"))
    header = found_with(root, codebook=CODEBOOK.format("text").replace(",A,A,", ",B,B,"))
    kind = found_with(root, codebook=CODEBOOK.format("whole"))
    assert first.inputs == header.inputs != kind.inputs and first.words != header.words and first.code == kind.code


def test_the_texts_of_custlib_are_words_and_the_rest_is_code():
    words, code = manifest._package(words=True), manifest._package(words=False)
    assert "words/report.csv" in words and "words/__init__.py" in code and not words.keys() & code.keys()


def test_an_export_that_may_not_be_read_is_refused(project, monkeypatch):
    root = project()

    def forbid(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(manifest, "hash_file", forbid)
    with pytest.raises(Refused, match=r"sales\.csv cannot be read: Permission denied") as caught:
        manifest.snapshot(root / "data/raw", root)
    assert caught.value.exit_code == 3


def test_a_whole_run_is_read_back(folder):
    (folder / manifest.TIMES).write_text("{}")
    content = manifest.verified(folder)
    assert content["quarter"] == "2025Q4" and content["run"] == manifest.run_id({"code": "x"})
    assert list(content["outputs"]) == ["page.html", "tables/classes.csv"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "page.html").write_text("other"),
        lambda folder: (folder / "page.html").unlink(),
        lambda folder: (folder / "more.html").write_text(""),
        lambda folder: (folder / manifest.NAME).unlink(),
        lambda folder: (folder / manifest.NAME).write_text("{"),
        lambda folder: (folder / manifest.NAME).write_text("[]"),
    ],
)
def test_a_run_that_is_not_whole_is_no_run(folder, spoil):
    spoil(folder)
    assert manifest.verified(folder) is None


def test_each_part_of_the_key_changes_the_name_of_the_run(notebook):
    def name(book=None, parameters=None, inputs=None, clean="k", code="c", words=None):
        snapshot = manifest.Snapshot(inputs or {}, code, words or {})
        return manifest.run_id(manifest.key([book or notebook("1")], parameters or {}, snapshot, clean))

    others = [
        name(notebook("2")),
        name(parameters={"a": 1}),
        name(inputs={"a": "1"}),
        name(clean="l"),
        name(code="d"),
        name(words={"a": "1"}),
    ]
    assert name() == name() and len({name(), *others}) == 7 and len(name()) == 12


def test_code_is_hashed_without_compiled_files(tmp_path, monkeypatch):
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "a.py").write_text("1")
    monkeypatch.setattr(manifest.custlib, "__file__", str(tmp_path / "__init__.py"))
    before = manifest.code()
    (tmp_path / "__pycache__" / "a.pyc").write_text("compiled")
    assert manifest.code() == before
    (tmp_path / "a.py").write_text("2")
    assert manifest.code() != before
