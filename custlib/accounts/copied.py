"""Interviews of one account manager that say nearly the same: who answered, the customer or the manager?"""

import numpy as np
import pandas as pd

_ANSWERS = ["importance", "ideal", "actual"]


def same_answers(needs: pd.DataFrame, managers: pd.Series) -> pd.DataFrame:
    """Account managers with interviews that agree with another of theirs in all answers but one (six of seven needs, in
    importance, ideal and actual alike); index account_manager, most such interviews first: interviews, alike,
    customers, quarters (of those alike), customer_ids. A question, no verdict.

    needs: interviews, as for `gaps`; managers: account manager by customer_id. Interviews that lack more than one need
    agree with none.
    """
    least = max(needs["need"].nunique() - 1, 1)
    wide = needs.pivot(index=["quarter", "customer_id"], columns="need", values=_ANSWERS)
    who = wide.index.get_level_values("customer_id").map(managers)
    found = []
    for manager in sorted(who.dropna().unique()):
        own = wide[who == manager]
        alike = own[_agree(own, least)].index.to_frame(index=False)
        found.append(
            {
                "account_manager": manager,
                "interviews": len(own),
                "alike": len(alike),
                "customers": alike["customer_id"].nunique(),
                "quarters": alike["quarter"].nunique(),
                "customer_ids": sorted(alike["customer_id"].unique()),
            }
        )
    columns = ["account_manager", "interviews", "alike", "customers", "quarters", "customer_ids"]
    rows = pd.DataFrame(found, columns=columns).set_index("account_manager")
    return rows[rows["alike"] > 0].sort_values("alike", ascending=False, kind="stable")


def _agree(own, least):
    """Whether each interview agrees with another one in at least so many needs: in all, or in all but one of them."""
    values = np.stack([own[name].to_numpy(dtype="float64") for name in _ANSWERS], axis=2)
    needs, found = values.shape[1], np.zeros(len(own), dtype=bool)
    for left_out in range(needs) if least < needs else [needs]:
        others = values[:, np.arange(needs) != left_out]
        rest = pd.DataFrame(np.concatenate(np.moveaxis(others, 2, 0), axis=1))
        found |= (rest.notna().all(axis=1) & rest.duplicated(keep=False)).to_numpy()
    return found
