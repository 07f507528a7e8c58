"""Figures of classes: by what a customer is A, how the indicators agree, and the classes over the quarters."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch, Rectangle

from custlib import palette
from custlib.escaping import visible
from custlib.figures import axes
from custlib.figures.charts import pareto
from custlib.figures.look import with_look

SHADES = ["#EEF3F8", palette.CLASSES["A"]]
NAMED_ROWS = 30  # with more rows than these a name would be smaller than its row
INDICATOR_CLASSES = ["size_class", "contribution_class", "brand_share_class"]


@with_look(wide=(9.6, 4.2), phone=(4.6, 11), context=("currency",), words={"indicator": "{}"})
def pareto_panels(table, ax, lang, phone=False, currency="CNY"):
    """A Pareto chart per indicator: side by side, on phones below one another.

    table: a row per indicator and customer: indicator (its name as shown), rank, value, cumulative_share, class.
    """
    ranked = list(table.groupby("indicator", sort=False))
    shape = (len(ranked), 1) if phone else (1, len(ranked))
    for (name, rows), panel in zip(ranked, axes.panels(ax, *shape), strict=True):
        pareto(rows, panel, lang, phone=True, currency=currency)
        axes.heading(panel, visible(name))
        panel.set_xlabel(panel.get_xlabel() if panel.get_subplotspec().is_last_row() else "")
    return ax


def _two_indicators(table):
    return (table[INDICATOR_CLASSES[1:]] != "").any(axis=None)


@with_look(wide=(9.6, 3.4), phone=(4.6, 5.9), something=_two_indicators)
def class_cube(table, ax, lang, phone=False):
    """How many customers have which class by size, by contribution and by brand share; frames mark where all three agree.

    table: size_class, contribution_class, brand_share_class (A, B, C, or "" where not known), customers.
    A grid for each class by brand share, and one for those without.
    """
    import seaborn as sns

    size, contribution, brand_share = (_letters(table, name) for name in INDICATOR_CLASSES)
    counts, shades = table.groupby(INDICATOR_CLASSES)["customers"].sum(), sns.blend_palette(SHADES, as_cmap=True)
    columns = min(2 if phone else 4, len(brand_share))
    grids = axes.panels(ax, -(-len(brand_share) // columns), columns)
    for place, (letter, grid) in enumerate(zip(brand_share, grids, strict=False)):
        own = counts[counts.index.get_level_values("brand_share_class") == letter].droplevel("brand_share_class")
        own = own.unstack(fill_value=0).reindex(index=size, columns=contribution, fill_value=0)
        look = {"cmap": shades, "vmin": 0, "vmax": counts.max(), "cbar": False, "linewidths": 2.5, "square": True}
        sns.heatmap(own, annot=True, fmt=",.0f", linecolor=palette.PAPER, ax=grid, **look)
        _frame(grid, letter)
        _cube_labels(grid, lang, letter, own, first=place % columns == 0)
    for empty in grids[len(brand_share) :]:
        empty.set_axis_off()
    agree, unit = {"en": ("one class on all three", "numbers: customers"), "zh": ("三项类别一致", "数字：客户数")}[lang]
    marks = {
        agree: Patch(facecolor=palette.PAPER, edgecolor=palette.INK, linewidth=1.8),
        unit: Patch(facecolor=SHADES[0]),
    }
    shown = list(marks)[0 if "A" in brand_share else 1 :]
    axes.key_of_figure(ax, [marks[word] for word in shown], shown)
    return ax


@with_look(wide=(9.6, 5.0), phone=(4.6, 5.0))
def class_heat_map(table, ax, lang, phone=False):
    """The class of every customer in every quarter, a row per customer; blank where the customer was absent.

    table: index customers in the order to be shown, columns quarters (oldest first), values A, B, C or missing.
    The names stand at their rows if there are few.
    """
    colours = {letter: to_rgba(colour) for letter, colour in palette.CLASSES.items()}
    gap = 0.05
    for place, quarter in enumerate(table):
        strip = np.array([[colours.get(letter, (1, 1, 1, 0))] for letter in table[quarter]])
        extent = (place - 0.5 + gap, place + 0.5 - gap, len(table) - 0.5, -0.5)
        ax.imshow(strip, extent=extent, aspect="auto", interpolation="none")
    ax.set(xlim=(-0.5, table.shape[1] - 0.5), ylim=(len(table) - 0.5, -0.5))
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
    axes.quarter_ticks(ax, table.columns)
    named = len(table) <= NAMED_ROWS
    ax.set_yticks(range(len(table)) if named else [], map(visible, table.index) if named else [])
    words = {"en": f"{len(table):,} customers, a row for each", "zh": f"{len(table):,} 家客户，每行一家"}[lang]
    ax.set_ylabel("" if named else words)
    absent = Patch(facecolor=palette.PAPER, edgecolor=palette.MUTED, linewidth=0.8)
    marks = [*(Patch(facecolor=colour, linewidth=0) for colour in palette.CLASSES.values()), absent]
    axes.key_of_figure(ax, marks, [*palette.CLASSES, {"en": "absent", "zh": "无交易"}[lang]])
    if phone:
        ax.tick_params(labelsize="small")
    return ax


def _letters(table, column):
    """A, B and C, and "" if a customer has no class; "" alone if none has one."""
    counts = table.groupby(column)["customers"].sum()
    known, unknown = counts.drop("", errors="ignore").sum(), counts.get("", 0)
    return [*("ABC" if known else ""), *([""] if unknown else [])]


def _frame(grid, letter):
    words = [label.get_text() for label in grid.get_yticklabels()]
    if letter and letter in words:
        corner = words.index(letter) + 0.04
        grid.add_patch(Rectangle((corner, corner), 0.92, 0.92, fill=False, edgecolor=palette.INK, linewidth=1.8))


def _cube_labels(grid, lang, letter, own, first):
    words = {
        "en": ("by size", "by contribution", "Brand share {}: {:,}", "Not known: {:,}", "none"),
        "zh": ("按规模", "按贡献", "品牌占比 {} 类：{:,}", "品牌占比未知：{:,}", "未知"),
    }[lang]
    size, contribution, title, without, none = words
    grid.set_xticks(grid.get_xticks(), [name or none for name in own.columns])
    grid.set_yticks(grid.get_yticks(), [name or none for name in own.index], rotation=0)
    grid.set(xlabel=contribution, ylabel=size if first else "")
    grid.xaxis.tick_top()
    grid.xaxis.set_label_position("top")
    total = int(own.to_numpy().sum())
    heading = title.format(letter, total) if letter else without.format(total)
    grid.set_title(heading, fontsize="medium", weight="bold")
