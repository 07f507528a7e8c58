"""What the clean tables break of their contracts. Stand-in: the rules themselves come with another branch."""

import pandas as pd

COLUMNS = (
    "table",
    "rule",
    "column",
    "rows",
    "of_rows",
    "share",
    "limit",
    "blocks",
    "first_place",
    "signed_by",
    "signed_on",
)


def breaches(clean, data_dir):
    """One row per table and rule that found something; here none."""
    return pd.DataFrame(columns=list(COLUMNS))
