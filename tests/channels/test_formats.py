import pandas as pd
import pytest

from custlib import channels, reference

FORMATS = pd.DataFrame(
    [
        ("department_store", "department store", "百货店", "5000", "40", "15"),
        ("supermarket", "supermarket", "超市", "1000", "60", None),
        ("specialty_store", "specialty store", "专业店", None, None, None),
    ],
    columns=["store_format", "en", "zh", "floor_area_m2", "urban_share", "rural_share"],
)


def stores(*rows):
    frame = pd.DataFrame(rows, columns=["customer_id", "store_format", "area_type", "floor_area_m2"])
    return frame.set_index("customer_id")


MIXED = stores(
    ("K1", "百货店", "城市", 5000),
    ("K2", "Department store".lower(), "城市", 2499),
    ("K3", "超市", "城市", 1000),
    ("K4", "supermarket", "农村", 100),
    ("K5", "夜市摊", "农村", 5),
    ("K6", "专业店", "城市", 1),
    ("K7", "超市", "", None),
)


def test_shares_are_of_each_area_and_stand_beside_the_reference():
    found = channels.by_format(MIXED, FORMATS).set_index(["area_type", "store_format"])
    assert found["customers"].to_dict() == {
        ("urban", "department_store"): 2,
        ("urban", "supermarket"): 1,
        ("urban", "specialty_store"): 1,
        ("rural", "department_store"): 0,
        ("rural", "supermarket"): 1,
        ("rural", "夜市摊"): 1,
        ("", "supermarket"): 1,
    }
    urban = found.loc[("urban", "department_store")]
    assert urban[["share", "reference_share", "share_difference"]].tolist() == pytest.approx([0.5, 0.4, 0.1])
    assert found.loc[
        ("rural", "department_store"), ["share", "reference_share", "share_difference"]
    ].tolist() == pytest.approx([0, 0.15, -0.15])


def test_blank_in_the_reference_stays_blank():
    found = channels.by_format(MIXED, FORMATS).set_index(["area_type", "store_format"])
    assert (
        found.loc[[("urban", "specialty_store"), ("rural", "supermarket")], ["reference_share", "share_difference"]]
        .isna()
        .all(axis=None)
    )


def test_an_area_without_customers_has_no_share():
    found = channels.by_format(MIXED.iloc[:1], FORMATS).set_index(["area_type", "store_format"])
    assert found.loc["rural", ["share", "share_low", "share_difference"]].isna().all(axis=None)
    nobody = channels.by_format(MIXED.iloc[:0], FORMATS)
    assert nobody["customers"].sum() == 0 and nobody["share"].isna().all()


def test_the_customers_are_all_counted_once_whatever_their_order():
    found = channels.by_format(MIXED.iloc[::-1], FORMATS)
    pd.testing.assert_frame_equal(found, channels.by_format(MIXED, FORMATS))
    assert found["customers"].sum() == len(MIXED)


def test_a_store_below_half_of_its_standard_is_a_question():
    found = channels.area_questions(MIXED, FORMATS)
    assert found[["store_format", "standard_m2", "area_ratio"]].to_dict("index") == {
        "K4": {"store_format": "supermarket", "standard_m2": 1000, "area_ratio": 0.1},
        "K2": {"store_format": "department_store", "standard_m2": 5000, "area_ratio": 0.4998},
    }


def test_no_standard_no_area_and_half_of_the_standard_are_no_question():
    fine = stores(("K1", "专业店", "", 1), ("K2", "超市", "", None), ("K3", "超市", "", 0), ("K4", "超市", "", 500))
    assert channels.area_questions(fine, FORMATS).empty


def test_the_reference_of_the_deck_is_read_as_it_stands():
    found = channels.by_format(MIXED.iloc[:0], reference.table("formats.csv"))
    assert found.groupby("area_type")["reference_share"].sum().round(3).to_dict() == {"rural": 0.963, "urban": 0.999}
