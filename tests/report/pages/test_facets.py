"""Tables of customers filter by the customers' own values, which a page carries once."""

import json

import pandas as pd

from custlib import blocks
from custlib.report.pages import facets
from custlib.wording import sentences

CUSTOMERS = pd.DataFrame(
    {
        "customer_id": ["K1", "K2", "K3"],
        "account_manager": ["周雅琴", "</script>", None],
        "region": ["华东", "华南", "x\u202ey"],
        "decided_class": ["A", "B", None],
        "store_format": ["个体", "", "个体"],
    }
)
CONTEXT = sentences.Context(vocabulary={"format:个体": {"en": "Independent", "zh": "个体"}})


def held(rows=3, limit=2, lang="en", ids=("K1", "K2", "K9")):
    """What a page holds that shows these customers in a table."""
    frame = pd.DataFrame({"name": list("abc")[:rows]})
    body = blocks.table(frame, lang=lang, caption="c", limit=limit, customers=ids[:rows]).html
    return facets.script(body, facets.of(CUSTOMERS, lang, CONTEXT))


def test_a_page_carries_the_values_of_the_customers_it_shows():
    text = held().partition(">")[2].removesuffix("</script>")
    assert json.loads(text) == {
        "heads": [
            ["account_manager", "account manager"],
            ["region", "region"],
            ["decided_class", "class that counts"],
            ["store_format", "store format"],
        ],
        "words": {"个体": "Independent"},
        "rows": {"K1": ["周雅琴", "华东", "A", "个体"], "K2": ["</script>", "华南", "B", ""]},
    }


def test_values_are_the_same_in_every_language_so_that_an_address_holds_in_both():
    english, chinese = (facets.of(CUSTOMERS, lang, CONTEXT) for lang in ("en", "zh"))
    assert english["rows"] == chinese["rows"] and english["heads"] != chinese["heads"]
    assert chinese["words"] == {}


def test_no_name_ends_the_element_or_turns_the_text():
    assert held().count("</script>") == 1
    assert "x[U+202E]y" in held(ids=("K3", "K1", "K2"))


def test_a_small_table_and_a_page_without_customers_carry_nothing():
    assert held(limit=3) == "" and held(ids=("K7", "K8", "K9")) == ""
    assert facets.script("<p>nothing</p>", {}) == ""
