import itertools

import pandas as pd
import pytest

from custlib.fishbone import climb
from custlib.lessons import climbing, ways
from custlib.refusals import Refused


def plan(rows, present=3.0):
    """A climb plan of (factor, zone, weight, gap) with the kind that follows, as `climb.plan` writes it."""
    factors = pd.DataFrame(rows, columns=["factor", "zone", "weight", "gap"])
    factors["priority"] = factors["weight"] * factors["gap"] * factors["zone"].map(climb.ZONE_FACTOR)
    factors = factors.sort_values("priority", ascending=False, ignore_index=True)
    factors["kind"] = factors["zone"].map({"A": "climb", "B": "request"}).mask(factors["gap"] < 0.1, "at_best")
    climbs = factors["kind"] == "climb"
    factors["stage"] = ((climbs.cumsum() - 1) // 2 + 1).where(climbs).astype("Int64")
    factors = factors.assign(present_score=present, goal=present + factors["gap"])
    return climb.plan(factors.reindex(columns=climb.STAGE_COLUMNS), "2025Q4")


PLAN = plan(
    [
        ("outlet_training", "A", 0.25, 0.4),  # 10
        ("price", "B", 0.30, 0.5),  # 15, headquarters': 7.5
        ("user_files", "A", 0.05, 1.2),  # 6
        ("small_steps", "A", 0.10, 0.3),  # 3
        ("model_lineup", "B", 0.08, 0.2),  # 1.6: 0.8
        ("own_competence", "A", 0.15, 0.05),  # within chance of its best
    ]
)


def order_of(exercise, letters):
    return [name for _, name in sorted(zip(letters, [item.id for item in exercise.items], strict=True))]


def test_the_order_is_weight_times_gap_times_zone_of_what_can_be_raised():
    order = climbing.order("stages", PLAN)
    assert order_of(order, order.key) == ["outlet_training", "price", "user_files", "small_steps", "model_lineup"]
    wrong = {tag: order_of(order, letters)[0] for tag, letters in order.ways.items()}
    assert wrong == {"largest_gap": "user_files", "heaviest": "price", "zones_alike": "price"}


def test_every_place_has_a_sentence_with_the_product_and_wrong_orders_are_two_places_apart(promised, read):
    order = climbing.order("stages", PLAN)
    promised(order)
    assert ways.distance(order.key, order.ways) >= climbing.PLACES
    price = next(item for item in read(order)["items"] if item["id"] == "price")
    assert price["values"] == ["30.0\N{NO-BREAK SPACE}%", "0.50", "B"]
    assert price["options"][0]["says"] == "30.0\N{NO-BREAK SPACE}% × 0.50 × ½ (zone B) = 7.50. Place 1 has 10.00."
    assert price["options"][1]["says"].endswith("= 7.50. That is place 2.")


def test_the_products_on_the_cards_stand_in_the_order_of_the_key():
    order = climbing.order("stages", PLAN)
    own = [item.options[0].says["facts"]["own"] for item in order.items]
    assert [sorted(own, reverse=True).index(each) + 1 for each in own] == list(map(int, order.key))


def test_of_many_factors_five_are_shown_whose_orders_differ_most():
    pairs = itertools.product([0.02, 0.05, 0.1, 0.2], [0.2, 0.5])
    many = plan([(f"f{place}", "AB"[place % 2], weight, gap) for place, (weight, gap) in enumerate(pairs)])
    order = climbing.order("stages", many)
    assert len(order.items) == 5 and ways.distance(order.key, order.ways) >= climbing.PLACES


@pytest.mark.parametrize("rows", [PLAN.head(0), PLAN[PLAN["kind"] == "request"]])
def test_without_three_factors_to_raise_there_is_no_card(rows):
    assert climbing.order("stages", rows).items == ()
    assert climbing.targets("path", rows).items == ()


def test_targets_are_those_of_the_path_and_a_straight_line_is_told_apart(read):
    targets = climbing.targets("path", PLAN)  # outlet_training from 3.0 to 3.4
    assert [item.id for item in targets.items] == ["after1", "after3"]
    first, third = (list(climb.path(3.0, 3.4, 4))[place] for place in (0, 2))

    def chosen(item, value):
        return next(option for option in item.options if option.upto is None or value <= option.upto)

    assert [chosen(item, at).tag for item, at in zip(targets.items, (first, third), strict=True)] == ["right"] * 2
    assert [chosen(item, at).tag for item, at in zip(targets.items, (3.1, 3.3), strict=True)] == ["straight_line"] * 2
    assert [chosen(targets.items[0], at).tag for at in (3.0, 3.2)] == ["no_move", "at_once"]
    assert [chosen(targets.items[1], at).tag for at in (3.15, 3.4)] == ["too_slow", "at_once"]
    assert targets.items[0].scale == pytest.approx((2.95, 3.45, 0.01))
    assert "2026Q1" in read(targets)["items"][0]["text"] and "2026Q3" in read(targets)["items"][1]["text"]


def test_every_band_is_answered_in_both_languages(promised):
    promised(climbing.targets("path", PLAN))


def test_the_hook_sets_four_different_factors_beside_one_another():
    texts = climbing.of_hook(PLAN)
    named = {name: texts[name]["facts"]["factor"] for name in ("first", "gap", "heavy", "theirs")}
    assert named == {"first": "outlet_training", "gap": "user_files", "heavy": "own_competence", "theirs": "price"}


def test_without_four_such_factors_the_hook_is_refused():
    with pytest.raises(Refused, match="Lesson 5"):
        climbing.of_hook(PLAN[PLAN["zone"] == "A"])
