"""Rules that the clean tables break, which of them block publication, who signed: facts for
`words/<language>/contracts.j2`."""

import pandas as pd

_NAMED = 3  # how many rules a sentence names


def contracts_reading(breaches: pd.DataFrame) -> dict:
    """How many rules are broken, what blocks publication, who signed. breaches: result table `contract_breaches`."""
    blocking = breaches[breaches["blocks"]]
    signed = breaches[~breaches["blocks"] & breaches["signed_by"].notna()]
    return {
        "rules": breaches["rule"].nunique(),
        "tables": breaches["table"].nunique(),
        "blocking": [_breach(row) for row in blocking.head(_NAMED).to_dict("records")],
        "more": max(len(blocking) - _NAMED, 0),
        "signed": signed[["rule", "first_place", "signed_by", "signed_on"]].to_dict("records"),
    }


def contracts_never(limits: pd.Series) -> dict | None:
    """The rules that hold up no report, as someone wrote. limits: `contracts.limits`. None if there is none."""
    rules = limits.index[limits.isna()].tolist()
    return {"rules": rules} if rules else None


def _breach(row):
    where = [key for key in (row["table"], row["column"]) if key]
    return {"where": where} | {name: row[name] for name in ("rule", "rows", "of_rows", "share", "first_place")}
