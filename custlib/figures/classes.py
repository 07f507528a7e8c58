"""Figures of classes: by what a customer is A, how the indicators agree, and the classes over the quarters."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch, Rectangle

from custlib import palette
from custlib.figures import axes, fewer, tips
from custlib.figures.charts import pareto
from custlib.figures.look import say, with_look
from custlib.figures.style import drawable

SHADES = ["#EEF3F8", palette.CLASSES["A"]]
NAMED_ROWS = 30  # with more rows than these a name would be smaller than its row
INDICATOR_CLASSES = ["size_class", "contribution_class", "brand_share_class"]


@with_look(wide=(9.6, 4.2), phone=(4.6, 11), context=("currency",), words={"indicator": "{}"}, fewer=fewer.panels)
def pareto_panels(table: pd.DataFrame, ax: Axes, lang: str, phone=False, currency="CNY") -> Axes:
    """A Pareto chart per indicator: side by side, on phones below one another.

    table: a row per indicator and customer: indicator (its name as shown), rank, value, cumulative_share, class.
    """
    ranked = list(table.groupby("indicator", sort=False))
    shape = (len(ranked), 1) if phone else (1, len(ranked))
    for (name, rows), panel in zip(ranked, axes.panels(ax, *shape), strict=True):
        pareto(rows, panel, lang, phone=True, currency=currency, most=tips.MOST[phone] // len(ranked))
        axes.heading(panel, drawable(name))
        panel.set_xlabel(panel.get_xlabel() if panel.get_subplotspec().is_last_row() else "")
    return ax


def _two_indicators(table):
    return (table[INDICATOR_CLASSES[1:]] != "").any(axis=None)


@with_look(wide=(9.6, 3.4), phone=(4.6, 5.9), something=_two_indicators)
def class_cube(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """How many customers have which class by size, contribution and brand share; frames mark where all three agree.

    table: size_class, contribution_class, brand_share_class (A, B, C, or "" where not known), customers.
    A grid for each class by brand share, and one for those without.
    """
    size, contribution, brand_share = (_letters(table, name) for name in INDICATOR_CLASSES)
    counts, shades = table.groupby(INDICATOR_CLASSES)["customers"].sum(), sns.blend_palette(SHADES, as_cmap=True)
    columns = min(2 if phone else 4, len(brand_share))
    grids = axes.panels(ax, -(-len(brand_share) // columns), columns)
    for place, (letter, grid) in enumerate(zip(brand_share, grids, strict=False)):
        own = counts[counts.index.get_level_values("brand_share_class") == letter].droplevel("brand_share_class")
        own = own.unstack(fill_value=0).reindex(index=size, columns=contribution, fill_value=0)
        look = {"cmap": shades, "vmin": 0, "vmax": counts.max(), "cbar": False, "linewidths": 2.5, "square": True}
        sns.heatmap(own, annot=True, fmt=",.0f", linecolor=palette.PAPER, ax=grid, **look)
        axes.legible_cells(grid)
        if letter and letter in size:
            corner = size.index(letter) + 0.04
            frame = {"fill": False, "edgecolor": palette.INK, "linewidth": 1.8}
            grid.add_patch(Rectangle((corner, corner), 0.92, 0.92, **frame))
        _cube_labels(grid, lang, letter, own, first=place % columns == 0)
        _tell_cells(grid, lang, letter, own)
    for empty in grids[len(brand_share) :]:
        empty.set_axis_off()
    marks = {
        say("agree_on_three", lang): Patch(facecolor=palette.PAPER, edgecolor=palette.INK, linewidth=1.8),
        say("numbers_customers", lang): Patch(facecolor=SHADES[0]),
    }
    axes.key_of_figure(ax, dict(list(marks.items())[0 if "A" in brand_share else 1 :]))
    return ax


@with_look(wide=(9.6, 5.0), phone=(4.6, 5.0), something=lambda table: len(table.columns) > 1, fewer=fewer.rows)
def class_heat_map(table: pd.DataFrame, ax: Axes, lang: str, phone=False, counts=None, customers=0) -> Axes:
    """The class of every customer in every quarter, a row per customer; blank where the customer was absent.

    table: index customers in the order to be shown, columns quarters (oldest first), values A, B, C or missing.
    The names stand at their rows if there are few. counts, customers: of many, as `fewer.rows` gives them; each row
    then stands for a group.
    """
    numbers = {letter: place for place, letter in enumerate(palette.CLASSES)}
    classes = table.apply(lambda quarter: quarter.map(numbers).astype("float64"))
    cells = {"cmap": ListedColormap(list(palette.CLASSES.values())), "vmin": 0, "vmax": len(numbers), "cbar": False}
    sns.heatmap(classes, xticklabels=False, yticklabels=False, rasterized=True, ax=ax, **cells)
    ax.vlines(range(1, len(table.columns)), 0, len(table), color=palette.PAPER, lw=4)
    ax.spines["bottom"].set_visible(False)
    ax.set_xticks([place + 0.5 for place in range(len(table.columns))], axes.quarter_names(table.columns))
    named = len(table) <= NAMED_ROWS
    if named:
        ax.set_yticks([place + 0.5 for place in range(len(table))], [drawable(name) for name in table.index])
    rows = say("customer_groups", lang, customers=customers, each=round(customers / len(table))) if customers else ""
    ax.set(xlabel="", ylabel="" if named else rows or say("customer_rows", lang, customers=len(table)))
    marks = {letter: Patch(facecolor=colour, linewidth=0) for letter, colour in palette.CLASSES.items()}
    marks[say("absent", lang)] = Patch(facecolor=palette.PAPER, edgecolor=palette.MUTED, linewidth=0.8)
    axes.key_of_figure(ax, marks)
    if phone:
        ax.tick_params(labelsize="small")
    _tell_classes(ax, table, lang, tips.MOST[phone], counts)
    return ax


def _tell_cells(grid, lang, letter, own):
    def named(name):
        return name or say("no_class", lang)

    for place, (size, row) in enumerate(own.iterrows()):
        texts = [
            say(
                "told_cell",
                lang,
                size=named(size),
                contribution=named(contribution),
                brand_share=named(letter),
                customers=int(customers),
            )
            for contribution, customers in row.items()
        ]
        across = np.arange(len(row))
        tips.tell(grid, texts, tips.boxes(across, place, across + 1, place + 1))


def _tell_classes(ax, table, lang, most, counts):
    """A row for each customer; of more than `most` a column for each quarter, with its numbers."""
    classes = table.astype("object").where(table.notna(), None)
    if len(table) <= most:
        rows = ([letter or "–" for letter in row] for row in classes.to_numpy())
        texts = [tips.said(lang, drawable(name), " ".join(row)) for name, row in zip(table.index, rows, strict=True)]
        places = np.arange(len(table))
        return tips.tell(ax, texts, tips.boxes(0, places, len(table.columns), places + 1))
    if counts is None:
        counts = classes.apply(lambda quarter: quarter.value_counts()).rename_axis("class").reset_index()
    counts = counts.set_index("class").reindex(list(palette.CLASSES)).fillna(0)
    texts = [
        tips.said(lang, quarter, *(f"{letter} {int(number):,d}" for letter, number in counts[quarter].items()))
        for quarter in table
    ]
    places = np.arange(len(table.columns))
    tips.tell(ax, texts, tips.boxes(places, 0, places + 1, len(table)))


def _letters(table, column):
    """A, B and C, and "" if a customer has no class; "" alone if none has one."""
    counts = table.groupby(column)["customers"].sum()
    known, unknown = counts.drop("", errors="ignore").sum(), counts.get("", 0)
    return [*("ABC" if known else ""), *([""] if unknown else [])]


def _cube_labels(grid, lang, letter, own, first):
    grid.set_xticks(np.arange(own.shape[1]) + 0.5, [name or say("no_class", lang) for name in own.columns])
    grid.set_yticks(np.arange(own.shape[0]) + 0.5, [name or say("no_class", lang) for name in own.index], rotation=0)
    grid.set(xlabel=say("by_contribution", lang), ylabel=say("by_size", lang) if first else "")
    grid.xaxis.tick_top()
    grid.xaxis.set_label_position("top")
    title = say(
        "brand_share" if letter else "brand_share_unknown", lang, letter=letter, customers=int(own.sum(axis=None))
    )
    grid.set_title(title, fontsize="medium", weight="bold")
