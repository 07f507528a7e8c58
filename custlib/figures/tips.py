"""What a figure's bars, points, cells and bands say on hovering and on focus: their name and value.

Titles of invisible areas over the drawing, so that hundreds of bars can stay one path, and cells a picture.
"""

from collections.abc import Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from custlib import words
from custlib.escaping import visible
from custlib.figures.look import say
from custlib.figures.style import drawable

MOST = {False: 250, True: 80}  # areas of a drawing, on wide screens and on phones: a page stays small with any company
REACH = 6  # points around a point that still count as it


class _Marks(Artist):
    """The areas of one figure, written above all else where the drawing becomes SVG."""

    def __init__(self):
        super().__init__()
        self.told = []
        self.set_zorder(1000)
        self.set_in_layout(False)

    def draw(self, renderer):
        writer = getattr(renderer, "writer", None)
        if writer is None:
            return
        writer.start("g", {"class": "cl-marks", "fill": "none", "pointer-events": "all"})
        for text, corners, transform in self.told:
            writer.start("path", {"d": _path(transform.transform(corners), renderer.height)})
            writer.element("title", text)
            writer.end("path")
        writer.end("g")


def tell(ax: Axes, texts, corners, transform=None) -> None:
    """Lets places of a drawing say these texts; what comes later lies on top.

    corners: for each text its points (k × 2) in data of `ax`, or of `transform`: one for a mark, two for a box, more
    for a band. A place with a missing number says nothing.
    """
    figure = ax.figure
    marks = next((artist for artist in figure.artists if isinstance(artist, _Marks)), None)
    if marks is None:
        marks = figure.add_artist(_Marks())
    for text, points in zip(texts, corners, strict=True):
        points = np.asarray(points, dtype="float64").reshape(-1, 2)
        if text and np.isfinite(points).all():
            marks.told.append((visible(text), points, transform or ax.transData))


def boxes(left, bottom, right, top) -> np.ndarray:
    """Corners of boxes (n × 2 × 2) from their sides: numbers or arrays."""
    left, bottom, right, top = np.broadcast_arrays(left, bottom, right, top)
    return np.stack([np.stack([left, bottom], -1), np.stack([right, top], -1)], -2)


def points(x, y) -> np.ndarray:
    """Corners of marks (n × 1 × 2) at these places."""
    return np.stack(np.broadcast_arrays(x, y), -1)[:, None, :]


def said(lang: str, name: str, *values: str) -> str:
    """ "name: value, value" as the language writes it."""
    line = words.table("languages")[lang]
    return f"{' '.join(str(name).split())}{line['colon']}{line['comma'].join(values)}"


def ranges(table, most: int) -> Iterator[tuple]:
    """Who stands at places of a table that `figures.fewer.ranked` gave, at most `most` of them: (first rank, last rank,
    rows of the table)."""
    ends = table["rank"].unique()
    for first, beyond in grouped(len(ends), most):
        rows = table[table["rank"].between(ends[first], ends[beyond - 1])]
        yield (ends[first - 1] if first else 0) + 1, ends[beyond - 1], rows


def customers(first: int, last: int, rows, lang: str) -> str:
    """The name of one customer, its rank where the table holds no name; of several their ranks."""
    if first < last:
        return say("told_ranks", lang, first=int(first), last=int(last))
    return drawable(rows["name"].iloc[0]) if "name" in rows else say("told_rank", lang, rank=int(last))


def grouped(count: int, most: int) -> list[tuple[int, int]]:
    """Ranges (first, beyond the last) of `count` places in order: of each alone, or, if they are more than `most`, of
    three quarters of `most` alone and the others in groups alike in size."""
    alone = count if count <= most else most * 3 // 4
    edges = np.linspace(alone, count, most - alone + 1).round().astype(int) if count > alone else [alone]
    return [(place, place + 1) for place in range(alone)] + list(zip(edges[:-1], edges[1:], strict=True))


def _path(points, height):
    """The area in SVG's own places: a box, or the band through the points."""
    across, down = points[:, 0], height - points[:, 1]
    if len(points) > 2:
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(across, down, strict=True)) + "z"
    reach = REACH if len(points) == 1 else 0
    x, y = across.min() - reach, down.min() - reach
    width, tall = np.ptp(across) + 2 * reach, np.ptp(down) + 2 * reach
    return f"M{x:.1f} {y:.1f}h{width:.1f}v{tall:.1f}h-{width:.1f}z"
