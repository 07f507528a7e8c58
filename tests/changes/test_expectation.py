"""The model of a customer's quarter: level, what all did, season, a step."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.changes import expectation

NUMBERS = np.array([4, 1, 2, 3, 4, 1, 2, 3, 4])


def company(customers=40, chance=0.1, seed=1, season=0.0):
    rng = np.random.default_rng(seed)
    own = rng.normal(0, season, (customers, 4))[:, NUMBERS - 1]
    return np.exp(rng.normal(10, 1, (customers, 1)) + own + rng.normal(0, chance, (customers, len(NUMBERS))))


def test_what_all_customers_did_is_the_quarters_own():
    # each doubles in the third quarter: (2 ÷ 1.2 + 0.05) ÷ (1 ÷ 1.2 + 0.05), its mean quarter being 1.2
    amounts = np.outer([1.0, 10.0, 100.0], [1, 1, 2, 1, 1])
    assert np.allclose(np.expm1(expectation.common(amounts)), [0, 0, 0.9434, 0, 0], atol=1e-4)


def test_a_customer_that_lost_three_quarters_of_its_level_last_quarter_has_that_step():
    amounts = company(chance=0.01)
    amounts[0, -1] *= 0.25
    rows = expectation.logs(amounts) - expectation.common(amounts)
    steps = expectation.steps(rows, NUMBERS)
    assert steps.best[0] == 1
    without, step = steps.of("without", steps.best)[0, -2], steps.of("step", steps.best)[0]
    before, after = (expectation.yuan(np.array([[log]]), amounts[:1])[0, 0] for log in (without, without + step))
    assert abs(after / before - 0.25) < 0.02


def test_a_season_is_believed_as_far_as_customers_repeat_theirs():
    def ratio(amounts):
        return expectation.season_ratio(expectation.logs(amounts) - expectation.common(amounts), NUMBERS)

    assert ratio(company(400, chance=0.1)) < 0.3
    # the season's variance is four times that of chance
    assert 3 < ratio(company(400, chance=0.1, season=0.2)) < 6


def test_without_a_number_that_occurs_twice_there_is_no_season():
    amounts = company()[:, :4]
    assert expectation.season_ratio(expectation.logs(amounts), NUMBERS[:4]) == 0


def test_variances_of_smyths_model_are_drawn_together():
    # 1 / χ² with 8 degrees: s0² · d0 / χ²(d0), so d0 = 8 and s0² = 1 come back
    rng = np.random.default_rng(3)
    true = 8 / rng.chisquare(8, 20_000)
    squares = true * rng.chisquare(6, 20_000)
    variance, df = expectation.moderated(squares, np.full(20_000, 6.0))
    assert abs(df[0] - 14) < 1
    assert np.mean((variance - true) ** 2) < np.mean((squares / 6 - true) ** 2)


def test_a_customer_counts_from_its_first_whole_quarter():
    amounts = np.array([[0.0, 0, 5, 100, 100, 100]])
    assert np.isnan(expectation.logs(amounts)[0]).tolist() == [True] * 3 + [False] * 3


@settings(max_examples=20, deadline=None)
@given(st.floats(1e-3, 1e6), st.permutations(range(8)))
def test_neither_the_unit_of_money_nor_the_order_of_customers_matters(unit, order):
    amounts = company(8)
    rows = expectation.logs(amounts) - expectation.common(amounts)
    again = expectation.logs(amounts[order] * unit) - expectation.common(amounts[order] * unit)
    assert np.allclose(expectation.steps(rows, NUMBERS).squares[:, order], expectation.steps(again, NUMBERS).squares)
