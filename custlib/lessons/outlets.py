"""Lesson 2: store formats and their standard areas, and the mix of a region beside the trade's reference."""

import pandas as pd

from custlib import channels, reference
from custlib.lessons.exercises import Exercise, Text, said
from custlib.lessons.ways import card, named

ROOM = "lessons_goods"
LETTERS = "ABCDEFGH"
FORMATS = "formats.csv"
TAKEN = {  # way → format → the format whose area it is given
    "counter": {
        "department_store": "supermarket",
        "supermarket": "hypermarket",
        "hypermarket": "department_store",
    },
    "splendour": {
        "department_store": "shopping_centre",
        "shopping_centre": "warehouse_store",
        "warehouse_store": "department_store",
    },
}
APART, ALIKE = 4, 5  # cards of shares that differ from the reference by more than chance, and of others
SHOWN = ("ours", "reference", "span")  # on a card, of which the first two have a bar
FEWEST = 5  # customers of an area in a region, for a card


def areas(id: str, formats: pd.DataFrame, hints: dict[str, Text]) -> Exercise:
    """Formats to match with their standard floor area. formats: `reference.table("formats.csv")`."""
    standard = reference.numbers(formats, "floor_area_m2", FORMATS)
    standard = standard.dropna().drop_duplicates()
    order = list(standard.sort_values().index)
    letter = dict(zip(order, LETTERS, strict=False))
    bins = tuple((letter[name], said(f"{ROOM}.area_of", m2=int(standard[name]))) for name in order)
    names = [name for name in standard.index if name in letter]
    vectors = {way: "".join(letter[taken.get(name, name)] for name in names) for way, taken in _possible(names).items()}
    of = {letter[name]: name for name in order}

    def says(name):
        def of_letter(chosen):
            facts = {"own": int(standard[name]), "chosen": int(standard[of[chosen]]), "of": of[chosen]}
            return said(f"{ROOM}.area_said", format=name, right=of[chosen] == name, **facts)

        return of_letter

    items = tuple(
        card(f"f{at}", said(f"{ROOM}.format_name", key=name), letter[name], bins, says(name), vectors, at)
        for at, name in enumerate(names)
    )
    return named(Exercise("match", id, items, bins=bins), vectors, hints)


def _possible(names):
    return {way: taken for way, taken in TAKEN.items() if set(taken) <= set(names)}


def cells(stores: pd.DataFrame, formats: pd.DataFrame) -> pd.DataFrame:
    """`channels.by_format` of each region, where there is a reference: with region, of (customers of the area there),
    all (of the whole region), verdict ("M" more than the reference, "L" less, "S" may be chance).

    stores: as for `channels.by_format`, with region.
    """
    regions = dict(iter(stores.groupby("region"))) or {"": stores.head(0)}
    parts = [channels.by_format(rows, formats).assign(region=name, all=len(rows)) for name, rows in regions.items()]
    table = pd.concat(parts, ignore_index=True)
    table = table.assign(of=table.groupby(["region", "area_type"])["customers"].transform("sum"))
    table = table[table["reference_share"].notna() & (table["of"] >= FEWEST)]
    ends = table[["reference_share", "share_low", "share_high"]].itertuples(index=False)
    return table.assign(verdict=[_verdict(*each) for each in ends])


def cells_to_judge(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells to judge: those that differ most surely, and of the others those that seem to differ most."""
    size = cells["share_difference"].abs()
    below, above = cells["reference_share"] - cells["share_high"], cells["share_low"] - cells["reference_share"]
    ranked = cells.assign(size=size, edge=below.where(below > above, above))
    ranked = ranked.sort_values(["region", "area_type", "store_format"])
    apart = ranked[ranked["verdict"] != "S"].sort_values("edge", ascending=False, kind="stable").head(APART)
    alike = ranked[ranked["verdict"] == "S"].sort_values("size", ascending=False, kind="stable").head(ALIKE)
    return pd.concat([apart, alike]).sort_values(["store_format", "region", "area_type"], ignore_index=True)


def beside(id: str, rows: pd.DataFrame, hints: dict[str, Text]) -> Exercise | None:
    """Shares of formats in regions, to sort into above the reference, below, or may be chance; None if there are none.
    rows: `cells_to_judge`."""
    if rows.empty:
        return None
    bins = tuple((letter, said(f"{ROOM}.beside_bin", which=letter)) for letter in "MSL")
    vectors = {
        "point": "".join("M" if value > 0 else "L" for value in rows["share_difference"]),
        "whole": "".join(map(_by_whole, rows["customers"] / rows["all"], rows["reference_share"])),
    }
    items = tuple(_cell(at, row, bins, vectors) for at, row in enumerate(rows.to_dict("records")))
    heads = tuple(said(f"{ROOM}.beside_head", which=which) for which in SHOWN)
    return named(Exercise("sort", id, items, guided=False, heads=heads, bins=bins), vectors, hints)


def _cell(at, row, bins, vectors):
    names = ("share", "share_low", "share_high", "reference_share", "share_difference")
    facts = {name: float(row[name]) for name in names} | {"count": int(row["customers"]), "of": int(row["of"])}
    text = said(f"{ROOM}.cell", region=row["region"], format=row["store_format"], area=row["area_type"])
    values = tuple(said(f"{ROOM}.beside_value", which=which, **facts) for which in SHOWN)
    parts = (facts["share"], facts["reference_share"])

    def says(letter):
        return said(f"{ROOM}.beside_said", key=row["verdict"], letter=letter, **facts)

    return card(f"c{at}", text, row["verdict"], bins, says, vectors, at, values=values, parts=parts)


def _by_whole(share, reference_share):
    return "M" if share > reference_share else "L"


def _verdict(reference_share, low, high):
    return "M" if reference_share < low else "L" if reference_share > high else "S"


def towns_and_country(by_format: pd.DataFrame) -> dict[str, dict]:
    """What `estimates.shares` needs, of the most usual format of each area by the reference, and its name as `format`.
    by_format: `channels.by_format`; the questions are "urban" and "rural"."""
    known = by_format.dropna(subset=["reference_share"])
    of = by_format.groupby("area_type")["customers"].sum()
    rows = known.sort_values("reference_share", kind="stable").drop_duplicates("area_type", keep="last")
    return {
        row["area_type"]: {
            "format": row["store_format"],
            "count": int(row["customers"]),
            "of": int(of[row["area_type"]]),
            "all": int(of.sum()),
            "reference": float(row["reference_share"]),
        }
        for row in rows.to_dict("records")
    }


def two_formats(by_format: pd.DataFrame, customers: pd.DataFrame, formats: pd.DataFrame) -> dict[str, Text]:
    """Texts for the places of questions: the most usual format of towns and that of the country, each with its
    reference share, how many customers it has in both areas together, and what they paid.

    customers: store_format, size, of the quarter; formats: as for `areas`.
    """
    kind = customers["store_format"].map(reference.words(formats, FORMATS))
    paid, counted = customers.groupby(kind)["size"].sum(), by_format.groupby("store_format")["customers"].sum()
    texts: dict[str, Text] = {}
    for area, of in towns_and_country(by_format).items():
        name = of["format"]
        texts |= {
            area: said(f"{ROOM}.format_name", key=name),
            f"{area}_reference": said(f"{ROOM}.tenths_of", value=of["reference"]),
            f"{area}_customers": str(int(counted[name])),
            f"{area}_paid": said(f"{ROOM}.money_of", value=float(paid.get(name, 0.0))),
        }
    return texts
