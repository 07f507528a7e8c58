"""Which rows and columns of a table a reader is given: our own people all, a customer what the codebook says."""

import pandas as pd

from custlib import codebook
from custlib.refusals import Refused


def edition(table: pd.DataFrame, name: str, reader: str, customer_id: str) -> pd.DataFrame:
    """What one reader is given of a result table: this customer's rows; for a customer, of edition `customer` only.

    table: as saved, with customer_id; name: its name in the codebook; reader: "internal" (every column) or "customer"
    (columns that the codebook gives the edition `customer`; where rows have an edition of their own, those rows).
    Raises Refused (`unlisted_column`) for a column that the codebook does not list, KeyError without customer_id.
    """
    listed = codebook.columns(name)
    if unlisted := [column for column in table if column not in listed]:
        raise Refused("unlisted_column", **codebook.lacking(name, unlisted, table))
    rows = table[table["customer_id"] == customer_id].reset_index(drop=True)
    if reader == "internal":
        return rows
    given = [column for column in table if codebook.edition(listed[column]) == "customer"]
    return (rows[rows["edition"] == "customer"] if "edition" in rows else rows).reset_index(drop=True)[given]
