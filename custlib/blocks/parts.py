"""Cards with the figures that matter, and the list of what to do."""

import re
from dataclasses import dataclass
from math import isfinite

from custlib.blocks.block import Block
from custlib.escaping import escape

ARROWS = {"up": "▲", "down": "▼", "same": "■", "": ""}
BOLD = re.compile(r"^\*\*(.+?)\*\*")
SPARK_WIDTH, SPARK_HEIGHT, MARGIN = 96, 28, 4


@dataclass(frozen=True)
class Card:
    """One figure: its label, the value as shown, its unit, how it changed, and its past values, oldest first.

    direction: "up", "down", "same", or "" for no arrow. It says how the number moved, not whether that is good.
    """

    label: str
    value: str
    unit: str = ""
    change: str = ""
    direction: str = ""
    trend: tuple = ()


def cards(items):
    """A row of Cards."""
    return Block(
        '<div class="cl-cards">' + "".join(map(_card, items)) + "</div>",
        "\n".join(" ".join(filter(None, [card.label, card.value, card.unit, card.change])) for card in items),
    )


def actions(title, items, customers=()):
    """A numbered list of what to do, most urgent first. items: texts; what begins them in ** ** is bold.

    customers: the id of whom each is about, in bold; none by default.
    """
    keys = [f' data-key="{escape(customer)}"' if customer else "" for customer in customers] or [""] * len(items)
    points = "".join(
        f"<li{key}>" + BOLD.sub(r"<strong>\1</strong>", escape(item)) + "</li>"
        for item, key in zip(items, keys, strict=True)
    )
    plain = [BOLD.sub(r"\1", item) for item in items]
    return Block(
        f'<section class="cl-actions"><p class="cl-head">{escape(title)}</p><ol>{points}</ol></section>',
        "\n".join([title, *(f"{place}. {item}" for place, item in enumerate(plain, start=1))]),
    )


def _card(card):
    arrow = f'<span class="cl-arrow">{ARROWS[card.direction]}</span> ' if card.direction else ""
    return (
        f'<div class="cl-card"><div class="cl-label">{escape(card.label)}</div>'
        f'<div class="cl-value">{escape(card.value)} <span class="cl-unit">{escape(card.unit)}</span></div>'
        f'<div class="cl-change">{arrow}{escape(card.change)}</div>{_spark(card.trend)}</div>'
    )


def _spark(values):
    """A line without axes; missing values are left out, and fewer than two are no line."""
    points = [(place, float(value)) for place, value in enumerate(values) if value is not None and isfinite(value)]
    if len(points) < 2:
        return ""
    low, high = min(value for _, value in points), max(value for _, value in points)
    across, up = (SPARK_WIDTH - 2 * MARGIN) / points[-1][0], (SPARK_HEIGHT - 2 * MARGIN) / (high - low or 1)
    places = [(MARGIN + x * across, SPARK_HEIGHT - MARGIN - (y - low) * up) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return (
        f'<svg class="cl-spark" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" aria-hidden="true">'
        f'<polyline points="{line}"></polyline>'
        f'<circle cx="{places[-1][0]:.1f}" cy="{places[-1][1]:.1f}" r="2.5"></circle></svg>'
    )
