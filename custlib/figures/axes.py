"""What stands around a plot: units, keys, names of bars and lines, quarters."""

from textwrap import wrap

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import ScaledTranslation

from custlib import palette
from custlib.figures.style import drawable

NUMBER = FuncFormatter(lambda value, _: f"{value:,.10g}".replace("-", "−"))
TEXT_ROW = 1.9  # height of a row of text above the plot, in font sizes


def unit(ax: Axes, text: str, side: str = "left") -> None:
    """The axis's unit, above its end."""
    ax.text(side == "right", 1, text, transform=_above(ax, 0), ha=side, va="bottom", color=palette.MUTED)


def mark(marker: str, colour: str, size: float, edge: str = "none") -> Line2D:
    """A mark for a key. size: in points."""
    return Line2D([], [], ls="", marker=marker, mfc=colour, mec=edge, ms=size)


def key(ax: Axes, marks: dict, columns: int, row: int) -> None:
    """A key above the plot, `row` rows of text away from it. marks: text → mark, or its colour."""
    handles = [Patch(facecolor=one, linewidth=0) if isinstance(one, str) else one for one in marks.values()]
    place = {"loc": "lower left", "bbox_to_anchor": (0, 1), "bbox_transform": _above(ax, row)}
    ax.legend(handles, list(marks), ncols=columns, **place)


def key_of_figure(ax: Axes, marks: dict, columns: int = 4) -> None:
    """A key at the top of the figure, for all panels or for an Axes far from the edge. marks: text → mark."""
    place = {"loc": "outside upper left", "borderaxespad": 0.2, "borderpad": 0.6}
    ax.figure.legend(list(marks.values()), list(marks), ncols=columns, **place)


def heading(ax: Axes, text: str) -> None:
    """The name of a panel, above its key if it has one."""
    legend = ax.get_legend()
    if legend:
        legend.set_title(text, {"weight": "bold"})
        legend.set_alignment("left")
    else:
        ax.text(0, 1, text, transform=_above(ax, 1), ha="left", va="bottom", weight="bold")


def panels(ax: Axes, rows: int, columns: int, **shared) -> list:
    """Axes of a grid in the place of `ax`, row by row; `ax` itself is hidden. shared: sharex, sharey of `subplots`."""
    ax.set_axis_off()
    return list(ax.get_subplotspec().subgridspec(rows, columns, hspace=0.06).subplots(squeeze=False, **shared).flat)


def note_below(ax: Axes, notes: list, width: int) -> int:
    """Notes at the foot of the figure, in lines of this width, which make room for themselves beside the plot.

    Returns how many lines they are.
    """
    lines = [line for note in notes for line in wrapped(note, width)]
    if lines:
        ax.figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize="medium", linespacing=1.5)
    return len(lines)


def listed(names: dict) -> list:
    """Notes that say what short marks stand for: "S1  Regulars"."""
    return [f"{mark}  {name}" for mark, name in names.items()]


def bar_names(ax: Axes, names, phone: bool, notes=()) -> None:
    """The names of horizontal bars: at their left on wide screens, above them on phones, notes at the right.

    The figure's height follows from their number.
    """
    names = ["\n".join(wrapped(drawable(name), 46 if phone else 40)) for name in names]
    text_rows = max((name.count("\n") + 1 for name in names), default=1)
    ax.figure.set_figheight(1.1 + len(names) * ((0.46 if phone else 0.24) + 0.18 * text_rows))
    ax.set_ylim(len(names) - 0.5, -0.75 if phone else -0.4)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", visible=not phone)
    ax.set_yticks(range(len(names)), [] if phone else names)
    beside = ax.get_yaxis_transform()
    above_bar = {"va": "bottom", "linespacing": 1.4, "transform": beside}
    for place, name in enumerate(names if phone else []):
        ax.text(0, place - 0.22, name, **above_bar)
    for place, note in enumerate(notes):
        if phone:
            ax.text(1, place - 0.22, note, ha="right", color=palette.MUTED, **above_bar)
        else:
            ax.text(1.015, place, note, va="center", color=palette.MUTED, transform=beside)


def end_labels(ax: Axes, ends: dict, x: float, gap: float) -> None:
    """Names beside the last points of lines, kept apart by `gap` of the plot height. ends: text → (value, colour)."""
    low, high = ax.get_ylim()
    free = low
    for text, (value, colour) in sorted(ends.items(), key=lambda end: end[1][0]):
        y = max(value, free)
        legible = colour if palette.contrast(to_hex(colour), palette.PAPER) >= palette.LEAST_CONTRAST else palette.INK
        ax.text(x, y, text, va="center", color=legible, weight="bold", linespacing=1.4)
        free = y + gap * (high - low)


def legible_cells(ax: Axes) -> None:
    """The numbers in the cells of a heat map in a colour that can be read on each."""
    for text, colour in zip(ax.texts, ax.collections[0].get_facecolors(), strict=True):
        text.set_color(palette.text_on(to_hex(colour)))


def quarter_names(quarters) -> list:
    """Q1 to Q4, with the year below each Q1 and the first tick; not below a first Q4 where it has no room."""
    names = [(str(quarter)[:4], str(quarter)[4:]) for quarter in quarters]
    begins = len(names) > 4 and names[0][1] == "Q4"
    with_year = [name == "Q1" or (place == 0 and not begins) for place, (_, name) in enumerate(names)]
    return [f"{name}\n{year}" if shown else name for (year, name), shown in zip(names, with_year, strict=True)]


def wrapped(text: str, width: int) -> list:
    """Lines of at most this many half-width characters; Chinese characters count two."""
    return wrap(text, width // 2 if any(ord(char) > 0x2E7F for char in text) else width) or [""]


def _above(ax, row):
    """Positions above the plot in rows of text, whatever the figure's height."""
    points = (0.8 + row * TEXT_ROW) * rcParams["font.size"]
    return ax.transAxes + ScaledTranslation(0, points / 72, ax.figure.dpi_scale_trans)
