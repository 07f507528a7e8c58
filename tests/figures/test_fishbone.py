"""The fishbone as drawn: no text on another, on a bone or beyond the page, whatever hangs on it, in both languages."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib import colors, rc_context
from matplotlib.figure import Figure

from custlib import figures, fishbone, palette
from custlib.figures import style
from custlib.figures.fishbone import AGREEMENT, BONE


def fish(lang, bones, causes, seed=0):
    """A made-up fish: names of the project's tree, as long as they are, in random order."""
    random, tree = np.random.default_rng(seed), fishbone.tree()
    names = fishbone.causes(tree)[f"name_{lang}"].to_numpy()
    rows = pd.DataFrame({"factor": range(bones * causes), "bone": np.repeat([f"b{n}" for n in range(bones)], causes)})
    weight = random.dirichlet(np.ones(len(rows)))
    rows = rows.assign(zone=random.choice(["A", "B"], len(rows)), name=random.choice(names, len(rows)), weight=weight)
    rows = rows.assign(
        low=weight * 0.6, high=weight * 1.5, agreement=random.uniform(size=len(rows)), effect="total_profit"
    )
    titles = np.resize(fishbone.bones(tree)[f"name_{lang}"], bones)
    return rows.assign(bone_name=np.repeat(titles, causes))


def drawn(table, lang="en", phone=False):
    with rc_context(), style.strict_glyphs():
        style.use_style()
        with rc_context({"font.size": style.PHONE_TEXT if phone else style.WIDE_TEXT}):
            ax = Figure(figsize=(4.6, 4.4) if phone else (9.6, 4.0), layout="constrained").subplots()
            assert figures.fishbone(table, ax, lang, phone) is ax
            ax.figure.draw_without_rendering()
            return ax


def boxes(ax):
    """left, bottom, right, top of every text, a row each."""
    return np.array([text.get_window_extent().extents for text in [*ax.texts, *ax.figure.legends[0].get_texts()]])


def overlaps(found):
    """Pairs of boxes that share more than an edge."""
    low = np.maximum(found[:, None, :2], found[None, :, :2])
    high = np.minimum(found[:, None, 2:], found[None, :, 2:])
    return int(np.triu((low < high).all(axis=2), 1).sum())


def bones_and_ribs(ax):
    return [line for line in ax.lines if line.get_color() == BONE]


def points_on(line):
    corners = line.get_transform().transform(line.get_xydata())
    return np.concatenate([np.linspace(*pair, 60) for pair in pairwise(corners)])


def inside(points, found):
    return ((points[:, None] > found[:, :2]) & (points[:, None] < found[:, 2:])).all(axis=2).any()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("causes", range(1, 10))
@pytest.mark.parametrize("bones", [3, 6, 12])
def test_no_text_lies_on_another_or_on_a_bone_or_rib_or_beyond_the_page(bones, causes, lang):
    check(bones, causes, lang, phone=False)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("bones, causes", [(3, 1), (6, 5), (12, 9)])
def test_nor_does_it_on_a_phone(bones, causes, lang):
    check(bones, causes, lang, phone=True)


def check(bones, causes, lang, phone):
    ax = drawn(fish(lang, bones, causes, seed=bones * causes), lang, phone)
    found = boxes(ax)
    assert len(found) >= bones * (causes + 1) + 1 + 6
    assert overlaps(found) == 0
    assert (found[:, :2] >= 0).all() and (found[:, 2:] <= ax.figure.bbox.size).all()
    assert not inside(np.concatenate([points_on(line) for line in bones_and_ribs(ax)]), found)


def test_boxes_that_share_a_piece_are_seen():
    assert overlaps(np.array([[0, 0, 2, 1], [1, 0, 3, 1], [3, 0, 4, 1], [0, 1, 2, 2]])) == 1


def test_the_names_stand_whole_and_no_word_is_broken():
    words = {word for text in drawn(fish("en", 12, 9)).texts for word in text.get_text().split(" ")}
    assert "communication" in words and {"price-", "price-difference"} & words


ONE = pd.DataFrame(
    {
        "factor": ["a", "b", "c"],
        "bone": ["spine", "spine", "fin"],
        "zone": ["A", "B", "A"],
        "name": ["alpha", "beta", "new one"],
        "weight": [0.1, 0.6, None],
        "low": [0.05, 0.4, None],
        "high": [0.2, 0.8, None],
        "agreement": [1.0, None, None],
        "effect": "total_profit",
    }
)


def marks(ax):
    return [line for line in ax.lines if line.get_marker() not in ("None", None)]


def test_a_rib_shows_weight_interval_zone_and_agreement():
    ax = drawn(ONE)
    first, second = marks(ax)
    assert (first.get_marker(), second.get_marker()) == ("o", "s")
    assert first.get_markerfacecolor() == AGREEMENT(1.0) and second.get_markerfacecolor() == palette.PAPER
    whiskers = [line for line in ax.lines if line.get_color() == palette.INK and line.get_linewidth() == 1.6]
    (low, high), (lower, longest) = (line.get_xdata() for line in whiskers)
    ribs = [line for line in bones_and_ribs(ax) if line.get_linewidth() < 1]
    assert [rib.get_linestyle() for rib in ribs] == ["-", "--", "-"]  # zone B is told by its rib, too
    assert ribs[1].get_xdata()[1] == longest  # the highest of all reaches the end
    assert high - low == pytest.approx((longest - lower) * 0.375)  # 0.05 to 0.20 beside 0.4 to 0.8
    assert first.get_xdata()[0] - low == pytest.approx((high - low) / 3)
    assert second.get_xdata()[0] - lower == pytest.approx((longest - lower) / 2)


def test_a_bone_is_as_wide_as_its_factors_weigh_together():
    def widths(ax):
        return [line.get_linewidth() for line in ax.lines if line.get_solid_joinstyle() == "round"][:2]

    two = pd.concat([ONE[:2], ONE[2:].assign(weight=0.35)])
    assert np.divide(*widths(drawn(two))) == pytest.approx(2)


def test_a_factor_without_a_weight_hangs_there_without_a_mark():
    ax = drawn(ONE)
    assert len(marks(ax)) == 2
    assert "new one" in [text.get_text() for text in ax.texts]


def test_a_tree_that_nobody_has_judged_yet_is_drawn_without_weights():
    none = ONE.assign(**dict.fromkeys(["weight", "low", "high", "agreement"], np.nan))
    ax = drawn(none)
    told = [text.get_text() for text in [*ax.texts, *ax.figure.legends[0].get_texts()]]
    assert {"alpha", "beta", "new one", "spine", "fin"} <= set(told) and not any("nan" in text for text in told)


def test_agreement_is_told_by_lightness_too():
    grey = [np.dot(colors.to_rgb(AGREEMENT(share)), [0.3, 0.59, 0.11]) for share in (0.0, 0.5, 1.0)]
    assert grey[0] - grey[1] > 0.12 and grey[1] - grey[2] > 0.12


def test_the_same_table_gives_the_same_bytes():
    table = fish("zh", 3, 2)
    before = table.copy(deep=True)
    one, other = (figures.picture(figures.fishbone, table, lang="zh", alt="鱼骨图") for _ in range(2))
    assert one == other
    pd.testing.assert_frame_equal(table, before)


def test_without_a_second_kind_the_key_speaks_of_no_agreement_and_without_a_weight_of_no_range():
    table = fish("en", 3, 2)
    whole, alone, bare = (
        [text.get_text() for text in drawn(rows).figure.legends[0].get_texts()]
        for rows in (
            table,
            table.assign(agreement=np.nan),
            table.assign(agreement=np.nan, weight=np.nan, low=np.nan, high=np.nan),
        )
    )
    assert "they differ" in whole and "they differ" not in alone and len(whole) == len(alone) + 2 == len(bare) + 3
    heads = [
        text.get_text()
        for effect in ("total_profit", "brand_profit")
        for text in drawn(table.assign(effect=effect)).texts
    ]
    assert "total profit" in " ".join(heads) and "our brand" in " ".join(heads)
