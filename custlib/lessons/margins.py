"""Lesson 1: who earns what from one piece, at every price; and what two points would cost us."""

from dataclasses import dataclass

import pandas as pd

from custlib.lessons import estimates
from custlib.lessons.exercises import Exercise, Slider, Text, said
from custlib.lessons.tables import quiz
from custlib.refusals import Refused

ROOM = "lessons_goods"
STEPS = range(-20, 21, 2)  # per cent of today's price
NEAR = 0.05  # of the price: an estimate so near is right
POINTS = 0.02  # the reduction that the dealer of the hook asks for


@dataclass(frozen=True)
class Piece:
    """One piece of a model, in yuan without tax: its mean price to dealers and cost; dealer_rate: what dealers earn
    from what we invoice to them, as a share of it."""

    name: str
    price: float
    cost: float
    dealer_rate: float

    @property
    def ours(self):
        """What we earn from it: price less cost."""
        return self.price - self.cost

    @property
    def dealers(self):
        """What the dealer earns from it."""
        return self.price * self.dealer_rate


def piece(lines: pd.DataFrame, earned: pd.DataFrame, names: pd.Series) -> Piece:
    """One piece of the model that brought most, of those sold above their cost.

    lines: `facts.price_lines`; earned: rows of `facts.customer_quarters` of the quarter; names: product_id → name.
    Dealers state what they earn with our brand, not with a model: the rate is that of all who stated it. Raises Refused
    (`lesson_lacks`) without such a model, or where dealers earn nothing or do not state it.
    """
    models = lines.dropna(subset=["cost"]).groupby("product_id")[["pieces", "paid", "cost"]].sum()
    models = models[(models["pieces"] > 0) & (models["paid"] > models["cost"])]
    stated = earned.dropna(subset=["brand_profit"])[["brand_profit", "net_sales"]].sum()
    if models.empty or min(stated) <= 0:
        raise Refused("lesson_lacks", lesson=1, problem="margins")
    most = models["paid"].idxmax()
    pieces, paid, cost = models.loc[most]
    rate = stated["brand_profit"] / stated["net_sales"]
    return Piece(str(names.get(most, most)), float(paid / pieces), float(cost / pieces), float(rate))


def price_slider(id: str, of: Piece) -> Exercise:
    """A slider of our price, with who earns what from one piece at each, the price on the shelf staying as it is.

    Verdicts, 0 to 4: the dealer loses; earns under half of now; both earn half or more; we earn under half; we lose.
    """
    settings = {}
    for at, percent in enumerate(STEPS):
        change = of.price * percent / 100
        ours, dealers = of.ours + change, of.dealers - change
        shown = (of.price + change, ours, dealers, ours + dealers)
        texts = (said(f"{ROOM}.price_of", value=each) for each in shown)
        settings[str(at)] = (*texts, _verdict(of, ours, dealers))
    steps = tuple(said(f"{ROOM}.step", change=percent) for percent in STEPS)
    facts = {"dealers": of.dealers, "ours": of.ours}
    return Exercise(
        "weigh",
        id,
        sliders=(Slider(said(f"{ROOM}.our_price", name=of.name), steps),),
        shows=tuple(said(f"{ROOM}.{name}") for name in ("invoice", "our_profit", "dealer_profit", "together")),
        settings=settings,
        verdicts=tuple(said(f"{ROOM}.verdict", which=which, **facts) for which in range(5)),
        start=str(list(STEPS).index(0)),
        of=("guess",),
    )


def of_piece(piece: Piece) -> dict[str, Text]:
    """Texts for the places of questions about one piece."""
    lost = 2 / 100 * piece.price / piece.ours
    return {
        "model": piece.name,
        "price": said(f"{ROOM}.price_of", value=piece.price),
        "ours": said(f"{ROOM}.price_of", value=piece.ours),
        "dealers": said(f"{ROOM}.price_of", value=piece.dealers),
        "lost": said(f"{ROOM}.percent_of", value=lost),
        "more": said(f"{ROOM}.percent_of", value=lost / (1 - lost)),
    }


def asking(earned: pd.DataFrame, customers: pd.DataFrame) -> dict[str, Text]:
    """Texts for the places of a question: the dealer that buys most asks for two points.

    earned: as for `piece`, of which dealers are asked about that earn with our brand and leave us more than the two
    points; customers: index customer_id, with name. Raises Refused (`lesson_lacks`) without one.
    """
    left = earned["gross_profit"] - POINTS * earned["net_sales"]
    known = earned[(earned["brand_profit"] > 0) & (left > 0)].set_index("customer_id")
    if known.empty:
        raise Refused("lesson_lacks", lesson=1, problem="margins")
    most = known.loc[known["net_sales"].idxmax()]
    cost = POINTS * most["net_sales"]
    return {
        "dealer": str(customers["name"].get(most.name, most.name)),
        "bought": said(f"{ROOM}.money_of", value=float(most["net_sales"])),
        "profit": said(f"{ROOM}.money_of", value=float(most["gross_profit"])),
        "earns": said(f"{ROOM}.money_of", value=float(most["brand_profit"])),
        "cost": said(f"{ROOM}.money_of", value=float(cost)),
        "share": said(f"{ROOM}.percent_of", value=float(cost / most["gross_profit"])),
        "grow": said(f"{ROOM}.percent_of", value=float(cost / (most["gross_profit"] - cost))),
    }


def _verdict(of, ours, dealers):
    if dealers <= 0:
        return 0
    if ours <= 0:
        return 4
    return 1 if dealers < of.dealers / 2 else 3 if ours < of.ours / 2 else 2


def guesses(id: str, rows: pd.DataFrame, of: Piece) -> Exercise:
    """Two estimates, "ours" and "dealers": who earns how much from one piece. rows: as for `tables.quiz`."""
    asked = quiz(id, rows, **of_piece(of))
    return estimates.amounts(asked, {"ours": of.ours, "dealers": of.dealers}, NEAR * of.price, of.price)
