"""The evidence on the number of segments as one figure."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from custlib import palette
from custlib.figures import axes
from custlib.figures.look import with_look
from custlib.segments.evidence import LEAST_JACCARD, LEAST_STRENGTH

LEAST = {"prediction_strength": LEAST_STRENGTH, "jaccard": LEAST_JACCARD}
MEASURES = ["prediction_strength", "jaccard", "silhouette", "tree_fidelity", "smallest_share"]
WIDE_ENOUGH = 1.04  # a share of 1 keeps its whole mark
REACHED = {"marker": "o", "color": palette.CLASSES["A"], "ms": 7}
MISSED = {"marker": "o", "color": palette.CLASSES["A"], "ms": 7, "mfc": palette.PAPER, "mew": 1.5}
NONE = {"marker": "|", "color": palette.ALERT, "ms": 13, "mew": 2}
LIMIT = {"color": palette.ALERT, "lw": 1.2, "ls": (0, (4, 2))}
WORDS = {
    "en": {
        "prediction_strength": "Prediction strength",
        "jaccard": "Lowest Jaccard",
        "silhouette": "Silhouette",
        "tree_fidelity": "A small tree agrees, %",
        "smallest_share": "Smallest segment, %",
        "k": "segments",
        "chosen": "chosen",
        "none_chosen": "none chosen",
        "limit": "least that is needed",
        "reached": "reached, or no limit",
        "missed": "missed",
        "none": "data without structure",
    },
    "zh": {
        "prediction_strength": "预测强度",
        "jaccard": "最低 Jaccard",
        "silhouette": "轮廓系数",
        "tree_fidelity": "决策树吻合 %",
        "smallest_share": "最小细分 %",
        "k": "细分数",
        "chosen": "选定",
        "none_chosen": "未选定",
        "limit": "最低要求",
        "reached": "达到，或无要求",
        "missed": "未达到",
        "none": "无结构的数据",
    },
}
PERCENT = {"tree_fidelity", "smallest_share"}
TO_ONE = {"prediction_strength", "jaccard", "tree_fidelity"}


@with_look(something=lambda table: (table["k"] > 1).any())
def k_table(table, ax, lang, phone=False, k=1):
    """Evidence on every number of segments: a panel per measure, a row per number, the limits drawn, the chosen number on a band.

    table: result table `seg_evidence`: k, prediction_strength, jaccard, silhouette, null_silhouette, tree_fidelity, smallest_share.
    k: the number chosen, 1 for none.
    The figure's height follows from the numbers looked at.
    """
    words, rows = WORDS[lang], table[table["k"] > 1].sort_values("k")
    shape = (-(-len(MEASURES) // 2), 2) if phone else (1, len(MEASURES))
    ax.figure.set_figheight((1.2 + 0.27 * len(rows)) * shape[0] + 0.6 if phone else 1.5 + 0.32 * len(rows))
    panels = axes.panels(ax, *shape, sharey=True)
    for place, (name, panel) in enumerate(zip(MEASURES, panels, strict=False)):
        _panel(panel, rows, name, k)
        heading = "\n".join(axes.wrapped(words[name], 40 if phone else 14))
        panel.set_title(heading, fontsize="medium", loc="left", weight="bold")
        if place % shape[1] == 0:
            panel.set_ylabel(words["k"])
    panels[0].set_yticks(rows["k"])
    panels[0].set_ylim(rows["k"].max() + 0.6, rows["k"].min() - 0.6)
    for empty in panels[len(MEASURES) :]:
        empty.set_axis_off()
    chosen = k in set(rows["k"])
    marks = {
        f"{words['chosen']}: {k}" if lang == "en" else f"{words['chosen']}：{k}": Patch(facecolor=palette.PALE),
        words["limit"]: Line2D([], [], **LIMIT),
        words["reached"]: Line2D([], [], ls="", **REACHED),
        words["missed"]: Line2D([], [], ls="", **MISSED),
        words["none"]: Line2D([], [], ls="", **NONE),
    }
    if not chosen:
        marks = {
            words["none_chosen"]: Patch(facecolor=palette.PAPER, edgecolor=palette.MUTED),
            **dict(list(marks.items())[1:]),
        }
    axes.key_of_figure(ax, list(marks.values()), list(marks), columns=2 if phone else len(marks))
    return ax


def _panel(panel, rows, name, k):
    values, numbers, limit = rows[name].to_numpy(dtype="float64"), rows["k"].to_numpy(), LEAST.get(name)
    floor = rows["null_silhouette"].to_numpy(dtype="float64") if name == "silhouette" else np.full(len(rows), np.nan)
    reached = values >= limit if limit is not None else ~(values <= floor)
    if k in numbers:
        panel.axhspan(k - 0.42, k + 0.42, color=palette.PALE, lw=0, zorder=0.5)
    # missing, not left out: an empty line would count as one at the figure's corner
    for shown, look in (
        (np.where(reached, values, np.nan), REACHED),
        (np.where(reached, np.nan, values), MISSED),
        (floor, NONE),
    ):
        panel.plot(shown, numbers, ls="", clip_on=False, **look)
    if limit is not None:
        panel.axvline(limit, **LIMIT)
    _scale(panel, name, np.nan_to_num([*values, *floor]))


def _scale(panel, name, values):
    panel.set_xlim(min(0, *values), WIDE_ENOUGH if name in TO_ONE else 1.25 * max(0, *values) or 1)
    panel.xaxis.set_major_formatter(PercentFormatter(1, 0, "") if name in PERCENT else axes.NUMBER)
    panel.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    panel.grid(True, axis="x")
    panel.grid(False, axis="y")
