import numpy as np

from custlib.sample import texts


def test_names_are_all_different_and_the_awkward_ones_are_there(trade):
    assert len(set(trade.names)) == 240
    assert {name for name, _ in texts.company()["dealers"]["awkward"]} <= set(trade.names)


def test_managers_look_after_their_own_region(trade):
    managers = {line["region"]: line["managers"].split() for line in texts.lines("regions.csv")}
    assert all(manager in managers[region] for manager, region in zip(trade.manager, trade.region, strict=True))


def test_formats_stand_where_they_may(trade):
    assert not set(trade.format[trade.rural]) & {"连锁店", "家电城", "超市"}
    assert not set(trade.format[~trade.rural]) & {"乡镇"}


def test_nobody_buys_before_the_first_or_after_the_last_quarter(trade):
    level = trade.level_fen
    assert ((level > 0) == trade.active).all()
    starts = np.array([quarter.first_day for quarter in trade.quarters], "datetime64[D]")
    assert (trade.opened < starts[trade.first]).all()


def test_own_seasons_have_mean_one(trade):
    assert np.allclose(trade.season[trade.seasonal].mean(axis=1), 1)
    assert (trade.season[~trade.seasonal] == 1).all()
