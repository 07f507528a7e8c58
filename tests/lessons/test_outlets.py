import dataclasses

import pandas as pd
import pytest

from custlib import cleaning, facts, reference
from custlib.lessons import outlets, texts, thinking, ways
from custlib.lessons.exercises import RIGHT
from custlib.wording import sentences
from custlib.words import LANGUAGES

FORMATS = reference.table("formats.csv")
HINTS = thinking("2")


def test_each_area_belongs_to_one_format_and_ways_are_told_apart():
    areas = outlets.areas("areas", FORMATS, HINTS)
    by_id = {item.text["facts"]["key"]: item for item in areas.items}
    right = next(option for option in by_id["supermarket"].options if option.tag == RIGHT)
    assert right.text["facts"]["m2"] == 1000
    assert sorted(areas.key) == [letter for letter, _ in areas.bins] and len(areas.key) == 6
    assert set(areas.ways) == {"counter", "splendour"} and ways.distance(areas.key, areas.ways) == 3
    assert all(sorted(way) == sorted(areas.key) for way in areas.ways.values())


def test_without_a_format_the_way_that_needs_it_is_left_out():
    fewer = outlets.areas("areas", FORMATS[FORMATS["store_format"] != "warehouse_store"], HINTS)
    assert set(fewer.ways) == {"counter"}


def stores(region, area, **formats):
    rows = [(region, area, name) for name, count in formats.items() for _ in range(count)]
    return pd.DataFrame(rows, columns=["region", "area_type", "store_format"])


def test_a_cell_differs_only_if_the_reference_lies_outside_its_interval():
    east = stores("east", "urban", department_store=30, independent_trader=2)  # 94 % beside 40.9 %
    west = stores("west", "urban", department_store=4, appliance_mall=3)  # of 7 one can say little
    cells = outlets.cells(pd.concat([east, west], ignore_index=True), FORMATS)
    found = cells.set_index(["region", "store_format"])["verdict"]
    assert found["east", "department_store"] == "M" and found["west", "department_store"] == "S"
    assert found["east", "appliance_mall"] == "L"  # none of 32, beside 24 %
    assert found["west", "appliance_mall"] == "S"  # 43 % of 7


def test_cells_of_few_stores_are_no_cards():
    few = outlets.cells(stores("north", "rural", independent_trader=4), FORMATS)
    assert few.empty and outlets.beside("regions", outlets.cells_to_judge(few), HINTS) is None


def test_where_no_store_has_a_region_there_are_no_cells():
    table = stores("", "urban", department_store=9)
    for none in (table.assign(region=None), table.head(0)):
        assert outlets.cells(none, FORMATS).empty


def test_the_most_usual_format_of_each_area_is_asked_about_with_both_wholes():
    table = pd.DataFrame(
        {
            "store_format": ["department_store", "independent_trader", "independent_trader"],
            "area_type": ["urban", "urban", "rural"],
            "customers": [6, 4, 10],
            "reference_share": [0.409, 0.166, 0.496],
        }
    )
    of = outlets.towns_and_country(table)
    assert of["urban"] == {"format": "department_store", "count": 6, "of": 10, "all": 20, "reference": 0.409}
    customers = pd.DataFrame({"store_format": ["百货店", "个体", "个体"], "size": [5.0, 2.0, 1.0]})
    texts = outlets.two_formats(table, customers, FORMATS)
    assert (texts["urban_customers"], texts["rural_customers"]) == ("6", "14")
    assert texts["rural_paid"]["facts"]["value"] == 3


def test_in_the_sample_whoever_looks_at_the_difference_alone_is_told():
    clean = cleaning.open_tables("data/raw")
    rows = facts.stores(clean).join(facts.customers(clean)["region"])
    regions = outlets.beside("regions", outlets.cells_to_judge(outlets.cells(rows, FORMATS)), HINTS)
    assert len(regions.items) >= 8 and len(set(regions.key)) >= 2
    assert ways.distance(regions.key, regions.ways) >= 3
    assert ways.nearest(regions.ways["point"], regions.key, regions.ways) == "point"


@pytest.mark.parametrize("way", outlets.TAKEN)
def test_a_way_gives_each_of_its_areas_once(way):
    assert sorted(outlets.TAKEN[way]) == sorted(outlets.TAKEN[way].values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_can_be_said(lang):
    east = stores("east", "urban", department_store=30, independent_trader=2, appliance_mall=9)
    cells = outlets.cells_to_judge(outlets.cells(east, FORMATS))
    for exercise in (outlets.areas("areas", FORMATS, HINTS), outlets.beside("regions", cells, HINTS)):
        told = texts.in_words(dataclasses.asdict(exercise), lang, sentences.Context())
        assert all(option["text"] and option["says"] for item in told["items"] for option in item["options"])
