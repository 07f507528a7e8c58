import numpy as np
import pytest

from custlib.quarters import Quarter
from custlib.sample import days, promotions, sales
from custlib.sample.products import CATEGORIES

ROWS = {"uplift": "0.6", "pulled_forward": "0.333333", "starts_on": "2025-03-01", "ends_on": "2025-05-31"}


@pytest.fixture(scope="module")
def held(trade, cast):
    return promotions.held(trade, cast)


@pytest.fixture(scope="module")
def sold(trade, goods, held):
    """Promotion → pieces by month of its category: of its dealers, of the others."""
    effects, pieces = promotions.Effects(goods, held), {each["promotion_id"]: {} for each in held}
    for column in range(10):
        lines = effects.applied(sales.of_quarter(days.stream(1, "sales", column), trade, goods, column))
        assert (lines["net_fen"] * np.sign(lines["quantity"]) > 0).all()
        for each in held:
            kept = (goods.category[lines["product"]] == CATEGORIES.index(each["category"])) & (lines["quantity"] > 0)
            own, month = np.isin(lines["dealer"], each["who"]), lines["date"].astype("datetime64[M]")
            for at in np.unique(month):
                here = kept & (month == at)
                pieces[each["promotion_id"]][at] = (
                    lines["quantity"][here & own].sum(),
                    lines["quantity"][here & ~own].sum(),
                )
    return pieces


def change(pieces, months, start):
    """Of the promoted dealers' pieces against the others', from the year before to these months."""
    base = np.mean([pieces[start - back] for back in range(1, 13)], axis=0)
    own, others = np.mean([pieces[month] for month in months], axis=0) / base
    return own / others - 1


def test_pieces_rise_by_the_planted_uplift_and_a_third_of_it_is_missing_afterwards(held, sold):
    for each in held[:3]:
        pieces, start = sold[each["promotion_id"]], np.datetime64(each["starts_on"], "M")
        end = np.datetime64(each["ends_on"], "M")
        assert change(pieces, np.arange(start, end + 1), start) == pytest.approx(float(each["uplift"]), abs=0.08)
        if float(each["pulled_forward"]):
            assert change(pieces, [end + 1, end + 2], start) == pytest.approx(-0.3, abs=0.08)


def test_the_last_promotion_leaves_nobody_to_compare_with(held, sold):
    pieces = sold[held[-1]["promotion_id"]]
    assert {others for _, others in pieces.values()} == {0}


@pytest.mark.parametrize(
    ("month", "factor"), [("2025-02", None), ("2025-03", 1.6), ("2025-05", 1.6), ("2025-06", 0.7), ("2025-08", None)]
)
def test_what_a_promotion_does_to_a_month(month, factor):
    assert promotions._change(ROWS, np.datetime64(month)) == pytest.approx(factor, abs=1e-6)


def test_a_group_is_scaled_within_a_limit_only():
    assert promotions._factor(np.array([1, 100]), np.array([50.0, 100.0]), 1.5, 2) == 3
    assert promotions._factor(np.array([50, 0]), np.array([50.0, 0.0]), 1.5, 2) == 1.5


def test_a_line_for_each_dealer_and_one_without_a_dealer_for_all(trade, held):
    told = promotions.table(trade, held)
    assert np.unique(told["promotion_id"], return_counts=True)[1].tolist() == [60, 60, 60, 1]
    assert told["customer_id"][-1] == "" and (told["starts_on"] <= told["ends_on"]).all()


def test_a_promotion_before_the_export_is_not_in_it(trade, cast):
    later = trade.__class__(**{**trade.__dict__, "quarters": (Quarter(2025, 2), Quarter(2025, 3), Quarter(2025, 4))})
    assert [each["promotion_id"] for each in promotions.held(later, cast)] == ["CX202508"]


def test_targets_can_be_reached_but_for_one_manager(trade, letters, cast):
    fen = {"net_sales": np.full((240, 9), 5e7), "payments": np.full((240, 9), 6e7)}
    told = promotions.targets(days.stream(1, "targets"), trade, letters, fen, cast)
    assert set(told["quarter"]) == {5, 6, 7, 8} and set(told["dealer"] % 3) == {0, 1}
    share = told["amount"].units / np.where(told["measure"] == "净销售额", 5e7, 6e7)
    beyond = trade.manager[told["dealer"]] == cast.out_of_reach
    assert share[beyond].min() > 1.3 > 1.25 > share[~beyond].max()
