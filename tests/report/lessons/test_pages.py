import json


def read(path):
    return path.read_text(encoding="utf-8")


def test_a_learner_gets_no_note_and_no_key_list_and_the_trainer_both(make):
    made, _ = make()
    learner, trainer = read(made.place / "1_customer.html"), read(made.trainer / "1_customer.html")
    assert "SECRET" not in learner and 'class="key"' not in learner and "data-ex" in learner
    assert "SECRET note" in trainer and 'class="key"' in trainer and "data-ex" not in trainer
    assert "秘密说明" in read(made.trainer / "1_customer.zh.html")


def test_what_codes_are_scored_by_lies_with_the_trainer_only(make, handed):
    made, _ = make()
    assert not (made.place / "exercises").exists()
    scored = json.loads(read(made.trainer / "exercises" / f"1-{handed[-1].edition}.json"))
    assert [one["id"] for one in scored["told"]["zh"]["exercises"]] == ["sort6", "quiz"]
    assert scored["told"]["zh"]["exercises"][1]["items"][0]["text"] == "谁？"


def test_editions_of_earlier_pages_stay_so_that_late_codes_can_be_scored(make, lesson):
    make()
    (lesson / "reports/lessons_trainer/exercises/1-OLD0.json").write_text("{}")
    make()
    assert (lesson / "reports/lessons_trainer/exercises/1-OLD0.json").is_file()


def test_the_list_says_of_each_lesson_what_one_can_do_afterwards(make):
    made, _ = make()
    assert "Which customers?" in read(made.place / "index.html") and "哪些客户？" in read(made.place / "index.zh.html")
    assert "never this one" in read(made.trainer / "index.html")
