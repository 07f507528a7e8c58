import numpy as np

from custlib.sample import days, dealers, parts, texts


def test_dealers_with_a_part_are_steady_and_the_largest_have_none(trade, cast):
    own = [cast.late, cast.ahead, *cast.planners]
    assert len(set(own)) == len(own) and set(trade.fate[own]) == {"steady"}
    steady = trade.of("steady")
    largest = steady[np.argsort(-trade.size[steady])[:4]]
    assert not set(largest) & {*own, *np.concatenate(cast.promoted[:3])}


def test_each_promotion_has_its_dealers_and_the_last_one_all(cast):
    *some, everybody = [len(dealers) for dealers in cast.promoted]
    assert some == [60] * 3 and everybody == 240
    assert not set(cast.promoted[0]) & set(cast.promoted[1])


def test_managers_with_a_part_are_different_people(cast):
    managers = {name for line in texts.lines("regions.csv") for name in line["managers"].split()}
    assert len(set(cast[-4:])) == 4 and set(cast[-4:]) <= managers


def test_the_smallest_company_has_its_parts_too():
    for seed in range(20):
        cast = parts.cast(seed, dealers.make(seed, 30, days.quarters_with_warm_up(2)))
        assert cast.late != cast.ahead and cast.planners
