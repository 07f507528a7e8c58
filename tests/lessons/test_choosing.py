import itertools
import random

import numpy as np
import pandas as pd
import pytest

from custlib import cleaning, facts
from custlib.lessons import choosing, ways
from custlib.refusals import Refused
from custlib.wording import forms

QUARTER = "2025Q4"


@pytest.fixture(scope="module")
def sample():
    """The indicators of the sample company's customers."""
    return facts.indicators(cleaning.open_tables("data/raw"), QUARTER).table


@pytest.fixture(scope="module")
def shown(sample):
    """The customers of the two exercises of lesson 4."""
    ten = choosing.chosen(sample, 10, QUARTER)
    return {10: ten, 15: choosing.chosen(sample, 15, QUARTER, without=ten.index)}


def toy(rows):
    return pd.DataFrame(rows, columns=choosing.INDICATORS, index=[f"K{place}" for place in range(len(rows))])


FIVE = toy([(900, 60, 0.2), (700, 200, 0.6), (400, 150, 0.5), (300, 40, 0.1), (100, 20, 0.4)])


def test_key_and_ways_of_the_five_dealers_of_the_worked_example():
    key, wrong = choosing.key_and_ways(FIVE)  # sums of ranks: 8, 4, 7, 13, 13
    assert key == "BABCC"
    assert wrong == {
        "only_size": "ABBCC",
        "only_contribution": "BABCC",
        "only_brand_share": "CABCB",
        "votes": "BABCC",  # A, B and C: B
        "worst": "CBBCC",
        "by_share": "AAABC",  # of 2,400: 0, 0.375, 0.67, 0.83 and 0.96 stand before
    }


@pytest.mark.parametrize("n, ratio", [(10, "2 4 4"), (15, "3 6 6")])
def test_the_chosen_customers_of_the_sample_have_the_exact_ratio_and_tell_ways_apart(shown, n, ratio):
    key, wrong = choosing.key_and_ways(shown[n])
    assert " ".join(str(key.count(letter)) for letter in "ABC") == ratio
    assert min(choosing.gaps(shown[n])) > 0 and (shown[n] > 0).all(axis=None)
    assert ways.distance(key, wrong) >= {10: 3, 15: 4}[n]
    assert all(n - ways.alike(key, wrong[f"only_{name}"]) >= 4 for name in choosing.INDICATORS)


def test_the_customers_that_the_table_names_are_taken_and_no_customer_twice(shown):
    listed = choosing.reference.table("lessons/chosen.csv").set_index("size")["ids"]
    assert {n: " ".join(rows.index) for n, rows in shown.items()} == {10: listed["10"], 15: listed["15"]}
    assert not set(shown[10].index) & set(shown[15].index)


@pytest.mark.parametrize("n", [10, 15])
def test_the_figures_as_they_are_shown_give_the_same_classes(shown, n):
    rounded = shown[n].assign(brand_share=shown[n]["brand_share"].round(2))
    rounded[["size", "contribution"]] = shown[n][["size", "contribution"]].map(lambda yuan: float(f"{yuan:.3g}"))
    assert forms.money(shown[n]["size"].iloc[0], "zh")  # three figures, as the cards write them
    assert choosing.key_and_ways(rounded)[0] == choosing.key_and_ways(shown[n])[0]


def answers(vector, slips, draw):
    """The letters of who thinks so, a part of them guessed."""
    return "".join(draw.choice("ABC") if draw.random() < slips else letter for letter in vector)


@pytest.mark.parametrize("n", [10, 15])
def test_in_made_classes_of_twenty_planted_ways_are_recognised_and_guessers_left_alone(shown, n):
    (key, wrong), draw = choosing.key_and_ways(shown[n]), random.Random(0)
    planted = [draw.choice(sorted(wrong)) for _ in range(200 * 20)]
    told = [ways.nearest(answers(wrong[tag], 0.12, draw), key, wrong) for tag in planted]
    assert sum(a == b for a, b in zip(planted, told, strict=True)) / 200 >= 19
    guesses = [ways.nearest(answers(key, 1, draw), key, wrong) for _ in range(2000)]
    assert sum(map(bool, guesses)) / 2000 <= 0.15


def rows_at_random(number, seed, ties=False):
    draw = np.random.default_rng(seed)
    values = draw.integers(1, 6, (number, 3)) if ties else draw.permuted(np.arange(1, 3 * number + 1)).reshape(-1, 3)
    return toy(values.astype("float64"))


@pytest.mark.parametrize("seed", range(30))
def test_many_sets_at_once_get_the_letters_of_the_joint_judgement(seed):
    draw = np.random.default_rng(seed)
    values = np.round(draw.lognormal(2, 1.5, (4, 11, 3))) + 1  # a few giants, and many equal ones
    letters, _ = choosing.in_sets(values)
    for at, rows in enumerate(values):
        key, wrong = choosing.key_and_ways(toy(rows.tolist()))
        assert ["".join("ABC"[code] for code in codes) for codes in letters[:, at]] == [key, *wrong.values()]


def worth(rows):
    """What a search goes by, from `abc_classes.joint`; nothing without the exact ratio."""
    key, wrong = choosing.key_and_ways(rows)
    exact = [(text.count("A"), text.count("C")) for text in (key, *(wrong[f"only_{i}"] for i in choosing.INDICATORS))]
    if set(exact) != {(2, 4)} or min(choosing.gaps(rows)) <= 0:
        return None
    distance, from_one = choosing.apart(key, wrong)
    return min(distance, 3), min(from_one, 4), min(choosing.gaps(rows))


@pytest.mark.parametrize("seed", range(4))
def test_of_all_sets_of_a_small_company_the_search_finds_the_best_by_the_joint_judgement(seed):
    table = rows_at_random(12, seed)
    best = max(filter(None, (worth(table.loc[list(ids)]) for ids in itertools.combinations(table.index, 10))))
    assert worth(table.loc[choosing.search(table, 10, sets=4000)]) == best


def test_with_many_equal_values_a_set_without_a_tie_at_a_limit_is_found_or_none():
    for seed in range(8):
        table = rows_at_random(40, seed, ties=True)
        try:
            rows = table.loc[choosing.search(table, 10, sets=4000)]
        except Refused:
            continue
        assert worth(rows)


def test_the_same_seed_finds_the_same_customers():
    table = rows_at_random(60, 5)
    assert choosing.search(table, 15, sets=8000, seed=3) == choosing.search(table, 15, sets=8000, seed=3)


def test_who_is_not_known_or_not_above_zero_is_never_shown():
    table = rows_at_random(30, 1)
    table.iloc[0, 2], table.iloc[1, 1], table.iloc[2, 0] = np.nan, -5, 0
    assert list(choosing.candidates(table).index) == list(table.index[3:])


def test_another_company_has_its_customers_searched_and_too_few_for_fifteen_show_ten():
    table = rows_at_random(25, 2)
    ten = choosing.chosen(table, 10, QUARTER)
    assert len(ten) == 10 and len(choosing.chosen(table, 15, QUARTER)) == 15
    assert len(choosing.chosen(table, 15, QUARTER, without=table.index[:14])) == 10


@pytest.mark.parametrize("table", [rows_at_random(9, 1), rows_at_random(30, 1).drop(columns="brand_share")])
def test_a_company_with_too_few_such_customers_is_refused(table):
    with pytest.raises(Refused, match="1 : 2 : 2"):
        choosing.chosen(table, 10, QUARTER)
