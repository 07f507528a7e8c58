from custlib import reference
from custlib.page import vocabulary


def test_words_of_the_reference_tables_by_scope():
    words = vocabulary.of("data/raw")
    assert words["factor:small_steps"] == {"en": "frequent small replenishment", "zh": "蚂蚁搬动"}
    assert words["factor:customer_profit"]["zh"] == "客户获利"  # what the fishbone leads to is no factor of its table
    assert words["measure:keep_close"]["en"] == "Retain"
    assert words["format:超市"] == words["format:supermarket"] == {"en": "supermarket", "zh": "超市"}
    assert words["area:农村"] == words["area:rural"] == {"en": "rural", "zh": "农村"}
    assert words["category:锅具"] == {"en": "pots", "zh": "锅具"}
    assert words["visits.kind:call"] == {"en": "call", "zh": "电话"}
    assert words["promotions.kind:贸易促销"] == words["promotions.kind:trade"]
    scopes = {name.partition(":")[0] for name in words}
    of_tables = {
        "measure",
        "factor",
        "format",
        "reason",
        "need",
        "question",
        "step",
        "metric",
        "kpi",
        "source",
        "festival",
        "category",
        "area",
    }
    assert scopes == {*of_tables, *reference.FIELDS}


def test_only_words_whose_key_is_spoken_of_go_with_the_facts():
    words = {"factor:price": {"en": "price"}, "reason:moved": {"en": "moved"}}
    assert vocabulary.needed(words, {"price", "size"}) == {"factor:price": {"en": "price"}}
