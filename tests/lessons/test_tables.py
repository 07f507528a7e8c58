import pandas as pd

from custlib.lessons import tables


def frame(text):
    head, *rows = [line.split("|") for line in text.strip().splitlines()]
    return pd.DataFrame([[cell.strip() for cell in row] for row in rows], columns=[name.strip() for name in head])


QUESTIONS = frame("""
part|question|option|tag|en|zh|reply_en|reply_zh|upto
quiz|big||||哪|||
quiz|big|0|right|three|三|Yes.|对。|
quiz|big|1|small|two|二|No.|不。|
quiz|big|2|none|one|一|No.|不。|
guess|share|||How many?|多少？|%|%|0 100 5
guess|share|0|low|little|少|More.|更多。|30
guess|share|1|right|right|对|Yes.|对。|50
hook|first||||先|||
hook|first|0||a|a|||
""")
CASES = frame("""
part|case|bin|tag|en|zh
kinds||A||inside|内
kinds||B||outside|外
kinds|desk|||The desk|柜台
kinds|desk|A|right|Yes.|对。
kinds|desk|*|far|No.|不。
other||A||x|x
""")
TURNS = frame("""
part|turn|choice|tag|next|reveals|en|zh|reply_en|reply_zh
visit|1||||||您好||
visit|1|a|right|2|g||问||好
visit|1|b|push||||推||不
visit|2||||||再见||
visit|=||||g||看到了||
visit|=||||||没看到||
visit|?||||g||差距||
""")


def test_a_quiz_scores_the_number_in_the_table_and_shows_options_in_a_fixed_order_of_its_own():
    (item,) = tables.quiz("quiz", QUESTIONS).items
    assert item.key == "0" and {option.letter for option in item.options} == set("012")
    assert item == tables.quiz("quiz", QUESTIONS).items[0]


def test_an_estimate_has_a_scale_a_unit_and_bands_from_the_lowest():
    (item,) = tables.quiz("guess", QUESTIONS).items
    assert item.scale == (0.0, 100.0, 5.0) and item.unit["words"]["en"] == "%"
    assert [(band.letter, band.upto) for band in item.options] == [("0", 30.0), ("1", 50.0)] and item.key == "1"


def test_a_question_without_a_right_answer_is_ones_own():
    assert tables.quiz("hook", QUESTIONS).key == "-"


def test_a_case_says_something_to_every_bin():
    exercise = tables.cases("sort", "kinds", CASES)
    (item,) = exercise.items
    assert [letter for letter, _ in exercise.bins] == ["A", "B"]
    assert [(option.letter, option.tag) for option in item.options] == [("A", "right"), ("B", "far")]
    assert item.options[1].says["words"]["en"] == "No."


def test_a_talk_goes_from_turn_to_turn_and_sums_up_what_came_to_light():
    talk = tables.branch("visit", TURNS)
    first, last = talk.items
    assert [option.next for option in first.options] == ["2", ""] and first.key == "a" and not last.options
    assert talk.summary["g"]["words"]["zh"] == "看到了" and talk.summary[""]["words"]["zh"] == "没看到"
    assert talk.reveals["g"]["words"]["zh"] == "差距"
