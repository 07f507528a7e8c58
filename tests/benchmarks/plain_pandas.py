"""What a good analyst would write in pandas for the same work: a typed load, doubles taken out, sums by quarter and customer.
`python plain_pandas.py FILE`: no line is accounted for."""

import sys

import pandas as pd

NAMES = ["invoice_id", "line_no", "date", "customer_id", "product_id", "quantity", "net_amount", "cost"]


def main(file):
    raw = pd.read_parquet(file) if file.endswith(".parquet") else pd.read_csv(file, dtype=str, keep_default_na=False)
    raw.columns = NAMES
    raw = raw.apply(lambda column: column.str.strip())
    typed = raw.assign(
        line_no=pd.to_numeric(raw["line_no"], errors="coerce"),
        date=_dates(raw["date"]),
        quantity=pd.to_numeric(raw["quantity"], errors="coerce"),
        net_amount=_amounts(raw["net_amount"]),
        cost=_amounts(raw["cost"]),
    )
    clean = typed[typed.notna().all(axis=1)].drop_duplicates()
    clean = clean[~clean.duplicated(["invoice_id", "line_no"], keep=False)]
    clean = clean.assign(quarter=clean["date"].dt.to_period("Q"), profit=clean["net_amount"] - clean["cost"])
    sums = clean.groupby(["quarter", "customer_id"])[["net_amount", "profit"]].sum()
    print(len(clean), len(sums), round(sums["net_amount"].sum(), 2))


def _dates(text):
    iso = text.str.replace(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?.*$", r"\1-\2-\3", regex=True)
    iso = iso.str.replace(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", regex=True)
    return pd.to_datetime(iso, errors="coerce", format="%Y-%m-%d")


def _amounts(text):
    plain = text.str.replace("[￥¥,]", "", regex=True)
    negative = plain.str.startswith("(") & plain.str.endswith(")")
    number = pd.to_numeric(plain.str.strip("()"), errors="coerce")
    return number.where(~negative, -number)


if __name__ == "__main__":
    main(sys.argv[1])
