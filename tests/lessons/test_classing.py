import pandas as pd
import pytest

from custlib import abc_classes
from custlib.lessons import choosing, classing

# Sums of the three ranks, worked by hand: 21, 5, 8, 16, 13, 16, 21, 21, 24, 20.
TEN = pd.DataFrame(
    [
        (1000, 20, 0.10),
        (900, 200, 0.60),
        (800, 190, 0.55),
        (700, 180, 0.15),
        (600, 170, 0.50),
        (500, 160, 0.45),
        (400, 150, 0.20),
        (300, 140, 0.40),
        (200, 130, 0.35),
        (100, 120, 0.65),
    ],
    columns=choosing.INDICATORS,
    index=[f"K{place}" for place in range(10)],
)
NAMES = pd.Series({customer: f"顺达 {customer}" for customer in TEN.index})


@pytest.fixture
def ten():
    return classing.classes("ten", TEN, NAMES)


def test_the_key_is_the_joint_class_of_the_rows_shown(ten):
    assert ten.key == "".join(abc_classes.joint(TEN)["joint"].astype(str)) == "CAABBBCCCB"
    assert ten.quota == {"A": 2, "B": 4, "C": 4}
    assert [item.id for item in ten.items] == list(TEN.index)


def test_every_letter_has_a_sentence_of_its_own_in_both_languages(ten, promised):
    promised(ten)


def test_a_wrong_letter_is_told_the_ranks_and_where_the_class_lies_and_no_score(ten, read):
    first = read(ten)["items"][0]
    assert [option["says"] for option in first["options"][:2]] == [
        "Payments 1st, profit 10th, our share 10th; together 7th of 10. Class A goes from the 1st to the 2nd.",
        "Payments 1st, profit 10th, our share 10th; together 7th of 10. Class B goes from the 3rd to the 6th.",
    ]
    assert first["options"][2]["says"].endswith("together 7th of 10. That is class C.")
    assert (
        "回款第 1、毛利第 10、占比第 10；三项合看，在 10 家中排第 7"
        in read(ten, "zh")["items"][0]["options"][0]["says"]
    )


def test_a_card_shows_amounts_as_the_report_writes_them_under_short_heads(ten, read):
    assert read(ten)["heads"] == ["payments", "profit", "our share"]
    assert read(ten)["items"][1]["values"] == ["¥900", "¥200", "60\N{NO-BREAK SPACE}%"]
    assert ten.items[1].parts == (0.9, 1.0, 0.923)


def test_a_letter_that_only_one_way_gives_has_its_tag_one_that_several_give_has_no_known_one(ten):
    first = ten.items[0]  # A by payments, and by 80/15/5; B by no way
    assert [option.tag for option in first.options] == ["other", "other", "right"]
    assert [option.tag for option in ten.items[9].options] == ["only_brand_share", "right", "other"]


def test_every_weighting_in_tenths_and_the_equal_one_gives_the_joint_class(ten):
    weights = classing.weights("weights", TEN, NAMES, of="ten")
    assert len(weights.settings) == 67 and weights.start == "equal" and weights.of == ("ten",)
    assert "".join(weights.settings["equal"][:-1]) == ten.key
    for name, (*letters, _) in weights.settings.items():
        if name != "equal":
            tenths = map(int, name.split(","))
            judged = abc_classes.joint(TEN, weights=dict(zip(TEN, (each / 10 for each in tenths), strict=True)))
            assert letters == list(judged["joint"].astype(str)), name


def test_a_verdict_says_whether_classes_move_or_one_figure_decides_alone(read):
    weights = read(classing.weights("weights", TEN, NAMES, of="ten"))
    verdicts = {name: weights["verdicts"][shown[-1]] for name, shown in weights["settings"].items()}
    assert verdicts["equal"].startswith("Every customer keeps") and verdicts["10,0,0"].startswith("One figure")
    assert verdicts["8,1,1"].startswith("Whose class moves")
    assert [slider["label"] for slider in weights["sliders"]] == ["payments", "profit", "our share"]
    assert weights["sliders"][0]["steps"][3] == "30\N{NO-BREAK SPACE}%"
