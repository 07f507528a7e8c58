"""Exercises of lesson 4 about what follows from a class: its measure, and whether the goods have been sold on."""

import pandas as pd

from custlib.abc_classes import CONDITIONS
from custlib.abc_classes.measures import ANY
from custlib.channels.sell_out import MUCH_COVER, OLD_SHARE, SLOW
from custlib.lessons import ways
from custlib.lessons.exercises import OTHER, RIGHT, Exercise, Item, Option, Text, said
from custlib.lessons.tables import thinking
from custlib.refusals import Refused

JUST_CAME = ("new", "returned")
DELIVER, ASK = "D", "Q"
STOCK_BINS = tuple((letter, said("lessons_classes.stock_bin", ask=letter == ASK)) for letter in (DELIVER, ASK))
KNOWN = 3  # indicators
COST = 60_000.0  # of the display that the hook gives away, in the currency of the exports


def measures(id: str, customers: pd.DataFrame, rules: pd.DataFrame) -> Exercise:
    """Measures to match with customers: of each measure in use the largest customer.

    customers: result table `abc_customers`, index customer_id; rules: `measures.csv`. Each measure is a partner once.
    """
    asked = customers[customers["measure"].isin(set(rules["measure"]))].sort_values("size", ascending=False)
    asked = asked.drop_duplicates("measure").sort_index()
    rules = rules[rules["measure"].isin(set(asked["measure"]))]
    bins = tuple((str(place), _measure(key)) for place, key in enumerate(rules["measure"], 1))
    items = tuple(_matched(customer, row, bins, rules) for customer, row in asked.iterrows())
    heads = tuple(said("lessons_classes.head", indicator=name) for name in ("class", "stability", "known_for"))
    return Exercise("match", id, items, heads=heads, bins=bins, done=said("lessons_classes.all_matched"))


def stock(id: str, sold: pd.DataFrame, data_dir=None) -> Exercise:
    """Customers who paid much, to sort into those to deliver to and those to ask about their stock first.

    sold: result table `abc_sold`, index customer_id. Of customers with the same signs of stock that only lies, the
    largest is shown.
    """
    signs = pd.DataFrame(
        {
            "cover": sold["cover"] >= MUCH_COVER,
            "old_share": sold["old_share"] >= OLD_SHARE,
            "sell_through": sold["sell_through"] < SLOW,
        }
    ).loc[sold[["cover", "old_share", "sell_through"]].notna().all(axis=1)]
    rows = sold.loc[signs.index].sort_values("size", ascending=False)
    signs = signs.loc[rows.index].drop_duplicates().sort_index()
    items = tuple(_stocked(customer, rows.loc[customer], own) for customer, own in signs.iterrows())
    exercise = Exercise(
        "sort",
        id,
        items,
        heads=tuple(said("lessons_classes.head", indicator=name) for name in ("paid", *signs)),
        bins=STOCK_BINS,
        done=said("lessons_classes.all_checked"),
    )
    at_any = "".join(signs.any(axis=1).map({True: ASK, False: DELIVER}))
    return ways.named(exercise, {"one_sign": at_any}, thinking("4", data_dir))


def of_hook(customers: pd.DataFrame, sold: pd.DataFrame) -> dict[str, Text]:
    """{place} → text of the hook: who paid most of three customers, and two others.

    customers: result table `abc_customers`, index customer_id; sold: result table `abc_sold`, index customer_id.
    big: the largest overstocked customer (without one, the largest of those whose stock is known); good: among those
    that paid less the best one of class A; near: the one outside class A that earns the largest share with us.
    Raises Refused (`lesson_lacks`) without three such customers.
    """
    known = sold[sold["cover"].notna()]
    full = known[known["stuffed"] == "stuffed"]
    big = _most(customers.loc[(full if len(full) else known).index], "size")
    is_stuffed = customers.index.isin(sold.index[sold["stuffed"] == "stuffed"])
    less = customers[~is_stuffed & (customers["known"] == KNOWN) & (customers["size"] < big["size"])]
    good = _most(less[less["joint_class"] == "A"], "score")
    near = _most(less[(less["joint_class"] != "A") & (less["size"] < good["size"])], "brand_share")
    texts: dict[str, Text] = {"cost": said("lessons_classes.amount", yuan=COST)}
    for name, row in (("big", big), ("good", good), ("near", near)):
        texts[name] = str(row["name"])
        texts[f"{name}_paid"] = said("lessons_classes.amount", yuan=float(row["size"]))
        texts[f"{name}_profit"] = said("lessons_classes.amount", yuan=float(row["contribution"]))
        texts[f"{name}_share"] = said("lessons_classes.share", part=float(row["brand_share"]))
    return texts | {"big_stock": said("lessons_classes.cover", quarters=float(known.loc[big.name, "cover"]))}


def _most(rows, column):
    if rows.empty:
        raise Refused("lesson_lacks", lesson=4, problem="customers_of_the_hook")
    return rows.sort_values(column).iloc[-1]


def _measure(key) -> Text:
    return said("lessons_classes.named_measure", measure=key)


def _matched(customer, row, bins, rules):
    own = {"letter": row["decided_class"], "stability": row["xyz"], "came": row["step"] in JUST_CAME}
    options = []
    for (letter, text), rule in zip(bins, rules.to_dict("records"), strict=True):
        right = rule["measure"] == row["measure"]
        asks = _conditions(rule)
        tag = RIGHT if right else "letter_only" if own["letter"] in asks["classes"] else OTHER
        facts = {"right": right, "measure": rule["measure"], **own, "asks": asks}
        options.append(Option(letter, text, said("lessons_classes.matched", **facts), tag))
    values = (
        row["decided_class"],
        said("lessons_classes.rhythm", key=row["xyz"]),
        said("lessons_classes.known_for", step=row["step"] if own["came"] else ""),
    )
    return Item(str(customer), str(row["name"]), tuple(options), values)


def _conditions(rule):
    """What a measure asks for: class, stability (none if any), and whether the customer just came."""
    asked = {name: CONDITIONS[name] if rule[name] == ANY else rule[name].split() for name in CONDITIONS}
    stability = [] if rule["stability"] == ANY else asked["stability"]
    return {"classes": asked["class"], "stability": stability, "came": "stayed" not in asked["movement"]}


def _stocked(customer, row, own):
    present, facts = [sign for sign in own.index if own[sign]], {sign: float(row[sign]) for sign in own.index}
    ask = len(present) >= 2
    options = tuple(
        Option(
            letter,
            text,
            said("lessons_classes.stocked", right=ask == (letter == ASK), ask=ask, present=present, **facts),
            RIGHT if ask == (letter == ASK) else "paid_is_good" if letter == DELIVER else "one_sign",
        )
        for letter, text in STOCK_BINS
    )
    values = (
        said("lessons_classes.amount", yuan=float(row["size"])),
        said("lessons_classes.cover", quarters=facts["cover"]),
        said("lessons_classes.share", part=facts["old_share"]),
        said("lessons_classes.times", ratio=facts["sell_through"]),
    )
    return Item(str(customer), str(row["name"]), options, values)
