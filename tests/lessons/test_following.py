import pandas as pd
import pytest

from custlib import reference
from custlib.lessons import following
from custlib.refusals import Refused


def customer(size, letter, xyz, step, measure, **more):
    facts = {"name": f"{measure} {size}", "decided_class": letter, "xyz": xyz, "step": step}
    return facts | {"size": float(size), "measure": measure} | more


CUSTOMERS = pd.DataFrame.from_dict(
    {
        "K1": customer(900, "A", "X", "stayed", "keep_close"),
        "K2": customer(800, "A", "Y", "rose", "keep_close"),
        "K3": customer(700, "B", "short", "new", "get_to_know"),
        "K4": customer(600, "C", "Z", "stayed", "bundle"),
        "K5": customer(500, "C", "X", "fell", "serve"),
        "K6": customer(400, "B", "X", "stayed", "win_back"),  # an order, and no measure
    },
    orient="index",
)


@pytest.fixture
def measures():
    return following.measures("measures", CUSTOMERS, reference.table("measures.csv"))


def test_of_each_measure_in_use_the_largest_customer_is_a_card_and_the_measure_a_partner(measures, read):
    assert [item.id for item in measures.items] == ["K1", "K3", "K4", "K5"]
    partners = [text for _, text in read(measures)["bins"]]
    assert partners == ["Retain", "Onboard", "Serve at low cost", "Consolidate its orders"]
    assert measures.key == "1243"


def test_what_is_said_names_what_the_measure_asks_for_and_what_the_customer_is(measures, read, promised):
    promised(measures)
    retained = read(measures)["items"][0]
    assert retained["values"] == ["A", "steady", "for longer"]
    assert [option["says"] for option in retained["options"][:2]] == [
        "“Retain” is for class A, purchases steady or varying, with us for longer: so is this customer.",
        "“Onboard” is for class A or B, new or returned. This customer: class A, purchases steady, with us for longer.",
    ]


def test_a_measure_that_fits_the_letter_only_has_that_thinking(measures):
    tags = {item.id: [option.tag for option in item.options] for item in measures.items}
    assert tags["K1"] == ["right", "letter_only", "other", "other"]
    assert tags["K4"] == ["other", "other", "letter_only", "right"]


def sold(*rows):
    columns = ["name", "size", "size_class", "cover", "old_share", "sell_through", "stuffed"]
    return pd.DataFrame(rows, columns=columns, index=[f"K{place}" for place in range(len(rows))])


SOLD = sold(
    ("full", 900.0, "A", 2.0, 0.8, 0.1, "stuffed"),
    ("old and much", 800.0, "A", 1.0, 0.5, 0.5, "stuffed"),
    ("slow", 700.0, "A", 0.4, 0.0, 0.49, "sold"),
    ("sound", 600.0, "A", 0.5, 0.1, 1.0, "sold"),
    ("sound, too", 500.0, "B", 0.5, 0.1, 1.0, "sold"),
    ("much", 400.0, "B", 1.2, 0.1, 1.0, "sold"),
    ("not known", 300.0, "B", None, None, 1.0, "not_known"),
)


def test_of_customers_with_the_same_signs_the_largest_is_shown_and_two_signs_ask(promised):
    stock = following.stock("stock", SOLD)
    assert {item.text: item.key for item in stock.items} == {
        "full": "Q", "old and much": "Q", "slow": "D", "sound": "D", "much": "D",
    }  # fmt: skip
    promised(stock)


def test_who_asks_at_any_sign_is_named_where_that_differs_for_two_customers(read):
    stock = following.stock("stock", SOLD)
    asked = dict(zip([item.text for item in stock.items], stock.ways["one_sign"], strict=True))
    assert asked == {"full": "Q", "old and much": "Q", "slow": "Q", "sound": "D", "much": "Q"}
    assert not following.stock("stock", SOLD.head(3)).ways
    says = {item["text"]: item["options"] for item in read(stock)["items"]}
    assert says["slow"][1]["says"].startswith("One sign of three: slow sell-out. It takes two")
    assert says["full"][0]["says"].startswith("Three signs of three: much stock, old stock and slow sell-out. It paid")


def test_without_a_customer_whose_stock_is_known_there_is_no_card():
    assert following.stock("stock", SOLD.tail(1)).items == ()


PAYERS = pd.DataFrame(
    {
        "name": ["full", "sound", "near", "giant"],
        "size": [900_000.0, 600_000.0, 50_000.0, 5_000_000.0],
        "contribution": [90_000.0, 120_000.0, 9_000.0, 900_000.0],
        "brand_share": [0.2, 0.5, 0.9, 0.6],
        "joint_class": ["A", "A", "C", "A"],
        "score": [0.8, 0.9, 0.3, 0.99],
        "known": 3,
    },
    index=["K0", "K1", "K2", "K3"],
)
STOCKS = sold(("full", 900_000.0, "A", 2.04, 0.8, 0.1, "stuffed"), ("sound", 600_000.0, "A", 0.5, 0.1, 1.0, "sold"))


def test_the_hook_sets_the_largest_payer_with_a_full_store_beside_a_sound_one_and_a_near_one():
    texts = following.of_hook(PAYERS, STOCKS)
    assert [texts[name] for name in ("big", "good", "near")] == ["full", "sound", "near"]
    assert texts["big_stock"]["facts"] == {"quarters": 2.04} and texts["near_share"]["facts"] == {"part": 0.9}


@pytest.mark.parametrize("customers, stocks", [(PAYERS, STOCKS.head(0)), (PAYERS.drop(index="K2"), STOCKS)])
def test_without_three_such_customers_the_hook_is_refused(customers, stocks):
    with pytest.raises(Refused, match="Lesson 4"):
        following.of_hook(customers, stocks)
