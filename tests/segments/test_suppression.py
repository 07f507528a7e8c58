import pandas as pd

from custlib import segments

TABLE = pd.DataFrame(
    {
        "identity": ["four", "five", "one_rules", "half", "none", "cancels"],
        "consumers": [4, 5, 9, 9, 0, 9],
        "money": [400.0, 500.0, 900.0, 900.0, 0.0, 0.0],
        "purchases": [8, 9, 20, 20, 0, 20],
        "largest": [100.0, 100.0, 451.0, 450.0, 0.0, 70.0],
    }
)


def test_cells_of_fewer_than_five_or_ruled_by_one_are_missing():
    found = segments.suppressed(TABLE, ["money", "purchases"], "consumers", {"money": "largest"}).set_index("identity")
    assert found["money"].dropna().to_dict() == {"five": 500, "half": 900, "none": 0}
    assert found["purchases"].dropna().to_dict() == {"five": 9, "one_rules": 20, "half": 20, "none": 0, "cancels": 20}
    assert found["consumers"].isna().to_dict() == {name: name == "four" for name in TABLE["identity"]}
    assert "largest" not in found


def test_without_amounts_of_single_consumers_the_number_alone_decides():
    found = segments.suppressed(TABLE, ["money"], "consumers")
    assert found["money"].isna().tolist() == [True] + [False] * 5


def test_the_table_given_is_not_changed():
    before = TABLE.copy()
    segments.suppressed(TABLE, ["money"], "consumers", {"money": "largest"})
    pd.testing.assert_frame_equal(TABLE, before)
