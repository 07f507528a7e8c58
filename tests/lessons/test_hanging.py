import itertools

import pandas as pd
import pytest

from custlib import fishbone, lessons, weights
from custlib.lessons import hanging, ways

CASES = lessons.lines("cases", "5")


@pytest.fixture(scope="module")
def tree():
    return fishbone.tree()


@pytest.fixture(scope="module")
def pairs():
    return hanging.pairs("pairs", ["value_for_money", "marketing", "distribution_strength"])


def right(exercise, read):
    items = read(exercise)["items"]
    return {item["text"]: next(o["text"] for o in item["options"] if o["tag"] == "right") for item in items}


def test_twelve_factors_hang_two_on_each_bone_as_the_tree_says(tree, read, promised):
    bones = hanging.bones("bones", tree, CASES)
    promised(bones)
    assert len(bones.items) == 12 and {bones.key.count(letter) for letter, _ in bones.bins} == {2}
    assert right(bones, read)["price-difference compensation"] == "policy and resources"
    of = tree.set_index("factor")["bone"]
    letters = dict(zip(fishbone.bones(tree)["factor"], "123456", strict=True))
    assert [item.key for item in bones.items] == [letters[of[item.id]] for item in bones.items]


def test_wrong_ways_on_bones_and_zones_are_four_letters_apart_and_none_is_all_the_same(tree):
    for exercise in (hanging.bones("bones", tree, CASES), hanging.zones("zones", tree, CASES)):
        assert len(exercise.ways) == 2 and ways.distance(exercise.key, exercise.ways) >= 4
        assert all(len(set(letters)) > 1 for letters in exercise.ways.values())


def test_a_wrong_bone_is_told_the_question_or_what_the_name_misled_to(tree, read):
    training = next(item for item in read(hanging.bones("bones", tree, CASES))["items"] if item["id"] == "small_steps")
    says = {option["letter"]: option["says"] for option in training["options"]}
    says |= {option["tag"]: option["says"] for option in training["options"]}
    assert says["1"].endswith("filling its stock?” That is no question about value for money.")
    assert says["right"].endswith("That hangs on point-of-sale distribution strength.")
    assert says["whoever_acts"].startswith("It is the customer who orders.")


def test_zones_are_those_of_the_tree(tree, read, promised):
    zones = hanging.zones("zones", tree, CASES)
    promised(zones)
    of = tree.set_index("factor")["zone"]
    assert zones.key == "".join(of[item.id] for item in zones.items)
    assert zones.key.count("A") == zones.key.count("B") == 5
    assert right(zones, read)["local re-pricing"] == "ours: the sales team"


def test_another_companys_tree_brings_its_own_factors_and_lines_never_contradict_it(tree, promised):
    own = tree.assign(factor=tree["factor"].where(tree["bone"].isna(), "our_" + tree["factor"]))
    assert len(hanging.bones("bones", own, CASES).items) == 12
    moved = tree.assign(zone=tree["zone"].mask(tree["factor"] == "price", "A"))
    promised(hanging.zones("zones", moved, CASES))
    assert len(hanging.zones("zones", own, CASES).items) == 8


def test_each_of_729_settings_shows_the_weights_and_the_ratio_of_ahp(pairs):
    assert len(pairs.settings) == 9**3
    for (i, ab), (j, ac), (k, bc) in itertools.product(enumerate(hanging.SAATY), repeat=3):
        one, other, third = map(float, (ab, ac, bc))
        found = weights.ahp(pd.DataFrame([[1, one, other], [1 / one, 1, third], [1 / other, 1 / third, 1]]))
        *shares, ratio, verdict = pairs.settings[f"{i},{j},{k}"]
        assert [float(share.rstrip("%")) for share in shares] == [round(100 * each) for each in found.weights]
        assert float(ratio) == pytest.approx(found.consistency_ratio, abs=0.005)
        assert (verdict > 0) == (found.consistency_ratio > weights.consistent(3))


def test_comparisons_worked_by_hand():
    assert hanging.weighed((4, 4, 4)) == ("33%", "33%", "33%", "0.00", 0)
    assert hanging.weighed((5, 8, 5)) == ("69%", "23%", "8%", "0.00", 0)  # 3, 9 and 3 fit: 9 : 3 : 1
    assert hanging.weighed((5, 4, 5))[-1] == 1  # 3, 1 and 3 do not: the second answer should be 9
    assert hanging.weighed((5, 3, 5))[-1] == hanging.weighed((3, 5, 3))[-1] == 2  # a circle, either way round


def test_steps_and_verdicts_are_said_with_the_limit_of_three_factors(pairs, read):
    shown = read(pairs)
    assert shown["sliders"][0]["steps"] == [
        "1 : 9",
        "1 : 7",
        "1 : 5",
        "1 : 3",
        "1 : 1",
        "3 : 1",
        "5 : 1",
        "7 : 1",
        "9 : 1",
    ]
    assert shown["sliders"][0]["label"] == "Value for money : effectiveness of marketing"
    assert shown["verdicts"][1].startswith("The three answers do not fit together: the ratio is above 0.05.")
    assert pairs.settings[pairs.start][-1] == 0
