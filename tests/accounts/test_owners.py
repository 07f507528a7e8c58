import numpy as np
import pandas as pd

from custlib import accounts


def plan(owners):
    """owners: name → attained shares of lines that are due."""
    rows = [(owner, share, "done" if share >= 1 else "missed") for owner, shares in owners.items() for share in shares]
    return pd.DataFrame(rows, columns=["owner", "attained_share", "state"])


HONEST = {f"H{n}": [1.0, 1.1, 0.9, 1.0, 1.2, 0.8, 1.0, 0.95] for n in range(6)}


def test_who_promises_too_much_and_who_holds_back():
    found = accounts.kept(plan(HONEST | {"over": [0.6] * 7 + [0.55], "back": [1.6] * 40})).set_index("owner")
    assert found["word"].dropna().to_dict() == {"over": "over_promises", "back": "holds_back"}
    assert found.loc["over", ["lines", "kept", "kept_share", "bias"]].tolist() == [8, 0, 0, 0.6]


def test_of_fewer_than_five_lines_nothing_is_said():
    assert accounts.kept(plan({"few": [0.1] * 4, "enough": [1.0] * 5}))["owner"].tolist() == ["enough"]


def test_few_lines_short_of_their_targets_may_be_chance():
    found = accounts.kept(plan(HONEST | {"unlucky": [0.7, 0.7, 0.7, 1.0, 1.0]})).set_index("owner")
    assert found.at["unlucky", "bias"] == 0.7 and found["word"].isna().all()


def test_only_lines_that_are_decided_count():
    lines = plan({"one": [1.0] * 6})
    lines.loc[0, "state"], lines.loc[1, "state"] = "not_measured", "behind"
    assert accounts.kept(lines, least=1)["lines"].tolist() == [4]


def test_of_honest_owners_hardly_anybody_is_named():
    """Owners whose lines come to 1.0 of their targets, give or take an eighth, as the honest manager of the sample: of
    900 owners with 5 to 40 lines."""
    named = 0
    for seed in range(60):
        draws = np.random.default_rng(seed)
        owners = {f"P{n}": draws.normal(1, 0.125, draws.integers(5, 41)) for n in range(15)}
        named += accounts.kept(plan(owners))["word"].notna().sum()
    assert named <= 9


def test_sixteen_lines_show_who_promises_too_much_forty_who_holds_back():
    over, back = 0, 0
    for seed in range(40):
        draws = np.random.default_rng(seed)
        owners = {f"P{n}": draws.normal(1, 0.125, draws.integers(5, 41)) for n in range(13)}
        owners |= {"over": draws.normal(0.6, 0.06, 16), "back": draws.normal(1.6, 0.12, 40)}
        words = accounts.kept(plan(owners)).set_index("owner")["word"]
        over, back = over + (words["over"] == "over_promises"), back + (words["back"] == "holds_back")
    assert over >= 38 and back >= 38


def test_a_plan_is_last_years_if_every_line_is():
    quality = pd.DataFrame(
        {
            "customer_id": ["K1", "K1", "K2", "K2", "K3", "K4"],
            "lines": [4, 2, 2, 1, 2, 3],
            "same_as_last_year": [1, 1, 1, 0, 1, np.nan],
        }
    )
    found = accounts.copied(quality)
    assert found.to_dict("list") == {"customer_id": ["K1"], "lines": [6]}
