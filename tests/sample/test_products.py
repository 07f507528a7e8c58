import numpy as np


def test_models_have_their_own_id_a_cost_below_the_price_and_a_category(goods):
    assert len(set(goods.ids)) == len(goods.ids) == 84
    assert (goods.cost_fen < goods.list_fen / 2).all()
    assert np.bincount(goods.category).tolist() == [14] * 6


def test_a_model_does_not_sell_before_its_launch(goods):
    day = np.datetime64("2023-10-01")
    share = goods.popular(day)
    assert abs(share.sum() - 1) < 1e-9
    assert (share[goods.launched > day] == 0).all() and (goods.launched > day).any()
