import numpy as np
import pandas as pd

from custlib import demand

WORDS = {"净销售额": "net_sales", "销售额": "net_sales", "回款额": "payments"}


def test_targets_stand_beside_what_came_of_the_customers_that_have_them():
    targets = pd.DataFrame(
        [("K1", "净销售额", 100.0), ("K2", "销售额", 50.0), ("K1", "回款额", 80.0), ("K3", "毛利", 9.0)],
        columns=["customer_id", "measure", "amount"],
    )
    came = pd.DataFrame({"customer_id": ["K1", "K9"], "net_sales": [90.0, 1000.0], "payments": [np.nan, np.nan]})
    found = demand.aims(targets, WORDS, came).set_index("measure")
    assert found.loc["net_sales"].tolist() == [2, 150, 90]  # K2 brought nothing
    assert found.loc["payments", "target"] == 80 and np.isnan(found.loc["payments", "came"])
    assert demand.aims(targets[:0], WORDS, came).empty
