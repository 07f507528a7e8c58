import csv

import pytest

from custlib.lessons import codes
from custlib.refusals import Refused
from custlib.report.lessons import collecting


@pytest.fixture
def trainer(make):
    return make()[0].trainer


@pytest.fixture
def code(handed):
    def made(name, sort="AABBBB", quiz="0", edition=handed[-1].edition):
        return codes.make("1", edition, name, [sort, quiz])

    return made


@pytest.fixture
def collect(trainer, tmp_path):
    def go(*texts, lang="en"):
        paths = []
        for at, text in enumerate(texts):
            paths.append(tmp_path / f"chat{at}.txt")
            paths[-1].write_text(text, encoding="utf-8")
        return collecting.collect(paths, trainer, tmp_path / "out", lang)

    return go


def rows(tmp_path):
    with (tmp_path / "out/answers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_twenty_codes_in_a_chat_are_scored(collect, code, tmp_path):
    chat = "\n".join(["Wang: please hand in", *(f"{n:02}: {code(f'L{n:02}')}" for n in range(20)), "thanks"])
    found = collect(chat)
    assert found.codes == 20 and not found.refused and not found.doubled and len(found.pages) == 1
    assert [(row["name"], row["right"], row["of"]) for row in rows(tmp_path)][0] == ("L00", "7", "7")


def test_broken_codes_and_unknown_editions_are_named_with_file_and_line_and_the_others_count(collect, code, tmp_path):
    bad = [code("a")[:-1] + "?", code("b", sort="AAB"), code("c", edition="ZZZZ"), code("d", quiz="7")]
    found = collect("\n".join([code("good"), *bad]))
    assert [(line.line, line.why) for line in found.refused] == [
        (2, "broken_code"),
        (3, "broken_code"),
        (4, "unknown_edition"),
        (5, "broken_code"),
    ]
    assert found.codes == 1 and found.refused[0].refused().line("en").startswith("chat0.txt, line 2: ")


def test_of_two_codes_by_one_name_the_first_counts(collect, code, tmp_path):
    found = collect("\n".join([code("a", quiz="1"), code("a"), code("a", quiz="1")]))
    assert [line for _, line, _ in found.doubled] == [2] and rows(tmp_path)[0]["right"] == "6"


def test_saved_files_and_earlier_answers_pool_classes(collect, code, trainer, tmp_path):
    collect(code("a"))
    saved = tmp_path / "saved.json"
    saved.write_text(f'{{"code": "{code("b")}"}}', encoding="utf-8")
    found = collecting.collect([tmp_path / "out/answers.csv", saved], trainer, tmp_path / "out", "en")
    assert found.codes == 2 and [row["name"] for row in rows(tmp_path)] == ["a", "b"]


def test_names_act_neither_on_a_page_nor_in_a_spreadsheet(collect, code, tmp_path):
    found = collect("\n".join([code("=1+1"), code("<b>x</b>"), code("<b>x</b>", quiz="1")]))
    assert rows(tmp_path)[0]["name"] == "'=1+1"
    assert "<b>x" not in found.pages[0].read_text(encoding="utf-8")


def test_files_without_a_code_are_refused_and_nothing_is_written(collect, code, tmp_path):
    with pytest.raises(Refused) as refused:
        collect("hello", code("c", edition="ZZZZ"))
    assert "chat1.txt, line 1" in refused.value.line("en") and not (tmp_path / "out").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_chat_is_read_as_notepad_saves_it(trainer, code, tmp_path, encoding):
    path = tmp_path / "chat.txt"
    path.write_text(f"老师：请交卷\r\n小李：{code('王晓明')}\r\n", encoding=encoding)
    assert collecting.collect([path], trainer, tmp_path / "out", "zh").codes == 1
    assert rows(tmp_path)[0]["name"] == "王晓明"


@pytest.mark.parametrize("at", [9, 12, 20])
def test_a_code_over_two_lines_is_one(collect, code, at):
    text = f"> {code('Wang Li')}"
    found = collect("\n".join(["hi", text[:at], f"> {text[at:]}", code("b"), text[:at]]))
    assert found.codes == 2 and not [line for line in found.refused if line.line < 5]


def test_a_code_pasted_twice_in_a_line_counts_once_and_another_beside_it_too(collect, code):
    found = collect(f"{code('a')}{code('a')} {code('b')}")
    assert (found.codes, found.refused, found.doubled) == (2, (), ())


def test_a_number_is_one_person_in_a_class_and_another_in_the_next(collect, code, trainer, tmp_path):
    assert collect(code("07"), f"{code('07', quiz='1')}\n{code('07')}").codes == 2
    again = collecting.collect([tmp_path / "out/answers.csv", tmp_path / "chat0.txt"], trainer, tmp_path / "o", "en")
    assert again.codes == 2 and not again.doubled


@pytest.mark.parametrize("content", ["[", "[" * 100_000, "3", '{"code": null}', "{}", '[{"code": "x"}, 4]', "", '"a"'])
def test_a_json_file_of_something_else_is_refused_as_one_without_codes(trainer, tmp_path, content):
    path = tmp_path / "saved.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        collecting.collect([path], trainer, tmp_path / "out", "en")
    assert refused.value.code == "no_codes" and "saved.json" in refused.value.line("en")


def test_no_more_than_five_lines_are_told_where_nothing_was_found(collect, code):
    with pytest.raises(Refused) as refused:
        collect("\n".join([code("a")[:-1]] * 9))
    assert refused.value.line("en").count("chat0.txt, line") == 5 and refused.value.line("en").endswith("…")


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", None])
def test_a_file_that_cannot_be_read_is_refused_by_name(trainer, tmp_path, data):
    path = tmp_path / "chat.txt"
    if data:
        path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        collecting.collect([path], trainer, tmp_path / "out", "en")
    assert "chat.txt" in refused.value.line("en")


def test_lessons_have_to_be_made_before(tmp_path):
    with pytest.raises(Refused) as refused:
        collecting.collect([], tmp_path, tmp_path / "out", "en")
    assert "custlib lessons make" in refused.value.line("en")
