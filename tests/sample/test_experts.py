from itertools import combinations

import numpy as np

from custlib.sample import experts

RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32}  # Saaty 1980


def ratios(told):
    by_expert = {}
    for expert, parent, a, b, ratio in told:
        by_expert.setdefault((expert, parent), {})[a, b] = ratio
    for (expert, parent), pairs in by_expert.items():
        names = list(experts.weights()[parent])
        if len(names) < 3:
            continue
        matrix = np.ones((len(names), len(names)))
        for (a, b), ratio in pairs.items():
            matrix[names.index(a), names.index(b)], matrix[names.index(b), names.index(a)] = ratio, 1 / ratio
        index = (np.linalg.eigvals(matrix).real.max() - len(names)) / (len(names) - 1)
        yield expert, parent, index / RANDOM_INDEX[len(names)]


def test_only_the_odd_expert_is_inconsistent():
    told = experts.judgements(np.random.default_rng(1))
    assert {(expert, parent) for expert, parent, ratio in ratios(told) if ratio > 0.1} == {experts.odd_judgement()[:2]}


def test_the_odd_judgement_is_the_wrong_way_round():
    *where, ratio, fitting = experts.odd_judgement()
    told = {judgement[:4]: judgement[4] for judgement in experts.judgements(np.random.default_rng(1))}
    assert told[tuple(where)] == ratio > 1 > fitting


def test_every_expert_judges_every_pair_once():
    told = experts.judgements(np.random.default_rng(1))
    pairs = sum(len(list(combinations(children, 2))) for children in experts.weights().values())
    assert len({judgement[:4] for judgement in told}) == len(told) == 5 * pairs
