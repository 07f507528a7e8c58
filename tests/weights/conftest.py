"""The invented company's tree and judgements, and published matrices."""

import numpy as np
import pandas as pd
import pytest

from custlib.sample import experts, factors


@pytest.fixture
def tree():
    """factor and bone, as data/reference/fishbone.csv gives them: a bone's own bone is blank."""
    bones = [(bone, None) for bone in factors.BONES]
    return pd.DataFrame(bones + [(each.id, each.bone) for each in factors.FACTORS], columns=["factor", "bone"])


@pytest.fixture
def pairwise():
    """The experts' judgements of the invented company as the clean table holds them."""
    told = experts.judgements(np.random.default_rng(1))
    table = pd.DataFrame(told, columns=["expert", "parent_id", "factor_a", "factor_b", "ratio"])
    return table.assign(file="两两比较.xlsx", line=range(3, 3 + len(table)))


@pytest.fixture
def vacation():
    """The vacation example of the R package ahp 0.2.12: expert → matrix."""
    names = ["costs", "fun", "spa"]
    rows = {
        "Dad": [[1, 4, 9], [1 / 4, 1, 4], [1 / 9, 1 / 4, 1]],
        "Mom": [[1, 1 / 4, 1 / 9], [4, 1, 1 / 5], [9, 5, 1]],
        "Kid": [[1, 1 / 9, 1], [9, 1, 9], [1, 1 / 9, 1]],
    }
    return {expert: pd.DataFrame(own, names, names) for expert, own in rows.items()}
