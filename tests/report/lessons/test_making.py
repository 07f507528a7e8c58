import shutil

import pytest

from custlib.refusals import Refused
from custlib.report.notebook import NotebookFailed, failures


def pages(folder):
    return sorted(path.name for path in folder.glob("*.html"))


def test_the_tables_that_a_lesson_loads_are_made_first_and_no_other_notebook_is_executed(make):
    made, executed = make()
    assert executed == ["20_b", "1_customer"] and made.executed == ("20_b",) and not made.real


def test_every_reader_and_language_has_a_page_and_both_lists_name_it(make):
    made, _ = make()
    names = ["1_customer.html", "1_customer.zh.html", "index.html", "index.zh.html"]
    assert pages(made.place) == pages(made.trainer) == names and made.pages == 4
    assert 'href="1_customer.zh.html"' in (made.place / "index.zh.html").read_text(encoding="utf-8")


def test_what_has_not_changed_is_not_executed_again_and_gives_the_same_bytes(make):
    before = {path.name: path.read_bytes() for path in make()[0].place.glob("*.html")}
    made, executed = make()
    assert executed == [] and made.executed == ()
    assert {path.name: path.read_bytes() for path in made.place.glob("*.html")} == before


def test_a_lesson_that_changed_is_executed_again_its_tables_are_not(make, lesson):
    make()
    path = lesson / "notebooks/lessons/1_customer.ipynb"
    path.write_text(path.read_text().replace('page.load(\\"classes\\")', 'page.load(\\"classes\\"), 1'))
    assert make()[1] == ["1_customer"]


def test_a_lesson_that_is_not_there_is_refused_with_those_that_are(make):
    with pytest.raises(Refused) as refused:
        make("7")
    assert "1_customer" in refused.value.line("en")


def test_pages_that_stand_stay_when_a_notebook_fails(make):
    made, _ = make()
    before = (made.place / "1_customer.html").read_bytes()

    def fails(book, values, **rest):
        raise NotebookFailed(book.stem, "error", "Classes", 1, "1/0", "ZeroDivisionError", "")

    (made.place.parent / ".lessons/2025Q4/manifest.json").unlink()
    with pytest.raises(failures.NotebookFailed):
        make(execute=fails)
    assert (made.place / "1_customer.html").read_bytes() == before


def test_a_lesson_that_fails_is_opened_where_it_lies(make):
    def fails(book, values, **rest):
        if book.stem == "1_customer":
            raise NotebookFailed(book.stem, "error", "Classes", 1, "1/0", "ZeroDivisionError", "")
        return make.execute(book, values, **rest)

    with pytest.raises(failures.NotebookFailed) as failed:
        make(execute=fails)
    assert failed.value.command == "jupyter lab notebooks/lessons/1_customer.ipynb"


def test_pages_of_other_exports_are_said_to_hold_real_names(make, lesson):
    (lesson / "own").mkdir()
    (lesson / "own/sales.csv").write_text("a\n1\n")
    assert make(data="own")[0].real


def test_a_table_of_the_lesson_edited_wrongly_is_refused_before_anything_is_executed(make, lesson):
    table = lesson / "data/reference/lessons/questions.csv"
    table.write_text(table.read_text(encoding="utf-8-sig").replace(",right,", ",,"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        make(execute=None)
    assert refused.value.code == "lesson_line"


def test_a_lesson_that_refuses_the_data_is_left_out_with_its_reason_and_the_others_are_made(make, lesson):
    folder = lesson / "notebooks/lessons"
    shutil.copy(folder / "1_customer.ipynb", folder / "2_channel.ipynb")

    def refuses(book, values, **rest):
        if book.stem == "2_channel":
            raise NotebookFailed(book.stem, "error", "Classes", 1, "", "Refused", "no stores")
        return make.execute(book, values, **rest)

    made, executed = make(execute=refuses)
    assert made.left_out == {"2": "no stores"} and executed.count("20_b") == 1
    assert pages(made.place) == ["1_customer.html", "1_customer.zh.html", "index.html", "index.zh.html"]
