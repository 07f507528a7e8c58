"""Where the parts of a fishbone stand, computed from the size of its texts; lengths in inches, y from the top."""

import re
from dataclasses import dataclass
from typing import NamedTuple

SLOPE = 0.2  # of the bones: what they lean towards the tail, per inch away from the spine
NARROW, BROAD = 1.42, 3.8  # the least and the most width of a bone with its causes
BESIDE = 0.1  # between the middle of a bone and what hangs on it
CLEAR = 0.3  # between the spine and the nearest cause
RIB = 0.2  # height of a rib: the scale with whisker and mark
GAP = 0.07  # between two causes
TALLEST = 4  # lines of a name that a leaning bone leaves room for
HEAD = 1.2
TAIL = 0.25
PHONE_SPINE = 0.14
PHONE_SCALE = 1.45  # length of the scale on phones
# A Chinese character, with the mark that may not begin a line; a word to its end or hyphen, which a no-break space does
# not end; spaces.
_WORDS = re.compile(r"[\u2e80-\uffef][，。、；：？！）》]?|(?:[^\s\u2e80-\uffef-]|\u00a0)+-?|-|[^\S\u00a0]+")


class Cause(NamedTuple):
    """text: as wrapped; x, y: its upper left corner; start, rib, length: of its scale: place, height, length."""

    text: str
    x: float
    y: float
    start: float
    rib: float
    length: float


class Bone(NamedTuple):
    """line: its points from the spine on; text: the name as wrapped; x, y: its upper left corner; causes: of Cause."""

    line: tuple
    text: str
    x: float
    y: float
    causes: tuple


@dataclass(frozen=True)
class Layout:
    """width, height of all; spine: its two ends; head: left, top, right, bottom of the effect, and its wrapped text."""

    width: float
    height: float
    spine: tuple
    head: tuple
    effect: str
    bones: tuple


def lying(bones, effect, measure, row, width):
    """The spine lies, the head at the right; bones above and below in turn, as wide as the page allows.

    bones: list of (name, list of the causes' names); measure(text, bold): its width; row: height of a line of text;
    width: of the page, exceeded only where so many bones stand side by side that none could be narrower.
    """
    pairs, narrow = -(-len(bones) // 2), _narrowest(bones, measure, row)
    column, rows = narrow, []
    for _ in range(4):  # the height follows from the width, and what the bones lean from the height
        rows = [_stacked(name, causes, measure, row, column - 2 * BESIDE) for name, causes in bones]
        lean = SLOPE * max((height for *_, height in rows), default=0)
        column = min(max(narrow, (width - TAIL - HEAD - lean) / max(pairs, 1)), BROAD)
    rows = [_stacked(name, causes, measure, row, column - 2 * BESIDE) for name, causes in bones]
    above, below = (max([height for *_, height in rows[side::2]] or [0.6]) for side in (0, 1))
    lean = SLOPE * max(above, below)
    feet = [TAIL + lean + column * (place // 2) for place in range(len(bones))]
    placed = [_upright(own, foot, above, place % 2) for place, (own, foot) in enumerate(zip(rows, feet, strict=True))]
    end = max(TAIL + lean + column * pairs, width - HEAD)
    text = "\n".join(wrap(effect, measure, HEAD - 0.42, True))
    half = max(0.36, (text.count("\n") + 1) * row / 2 + 0.14)
    head = (end, above - half, end + HEAD, above + half)
    return Layout(end + HEAD, above + below, ((0, above), (end, above)), head, text, tuple(placed))


def standing(bones, effect, measure, row, width):
    """The same for phones: spine at the left, head on top, every bone to the right, the scale beside its text."""
    text = "\n".join(wrap(effect, measure, width - 0.6, True))
    bottom = (text.count("\n") + 1) * row + 0.24
    head, y, placed = (0, 0, min(width, measure(text, True) + 0.5), bottom), bottom + 0.12, []
    start = width - PHONE_SCALE
    for name, causes in bones:
        title = wrap(name, measure, width - 0.5, True)
        bone_y = y + len(title) * row + 0.08
        hung, below = [], bone_y + 0.12
        for cause in causes:
            lines = wrap(cause, measure, start - 0.58, False)
            middle = below + len(lines) * row / 2
            hung.append(Cause("\n".join(lines), 0.38, below, start, middle, PHONE_SCALE - 0.06))
            below += len(lines) * row + GAP
        line = ((PHONE_SPINE + 0.04, bone_y - 0.16), (0.38, bone_y), (width, bone_y))
        placed.append(Bone(line, "\n".join(title), 0.38, y, tuple(hung)))
        y = below + 0.14
    return Layout(width, y, ((PHONE_SPINE, y), (PHONE_SPINE, bottom)), head, text, tuple(placed))


def wrap(text, measure, width, bold):
    """Lines no wider than `width`: broken between words, Chinese anywhere, a word only where it alone is wider."""
    lines, line = [], ""
    for word in _WORDS.findall(text):
        for part in [word] if measure(word, bold) <= width else word:
            if line and measure(line + part.rstrip(), bold) > width:
                lines, line = [*lines, line.rstrip()], ""
            line += part if line else part.lstrip()
    return [*lines, line.rstrip()]


def _narrowest(bones, measure, row):
    """The least width of a bone that breaks no word, as far as one may be so wide."""
    words = [
        (word, text is name) for name, causes in bones for text in (name, *causes) for word in _WORDS.findall(text)
    ]
    widest = max((measure(word, bold) for word, bold in words), default=0)
    return min(max(NARROW, widest + 2 * BESIDE + SLOPE * (TALLEST * row + RIB) + 0.02), BROAD)


def _stacked(name, causes, measure, row, width):
    """A bone's texts as lines, the scale's length, and the height of all of it away from the spine."""
    inside = width - SLOPE * (TALLEST * row + RIB)
    wrapped = [wrap(cause, measure, inside, False) for cause in causes]
    title = wrap(name, measure, inside, True)
    height = CLEAR + sum(len(lines) * row + RIB + GAP for lines in wrapped) + len(title) * row + 0.16
    return title, wrapped, inside, row, height


def _upright(own, foot, spine, below):
    """One bone, going up from the spine or down."""
    title, wrapped, length, row, height = own
    sign, away, causes = (1 if below else -1), CLEAR, []
    for lines in wrapped if below else wrapped[::-1]:
        tall = len(lines) * row
        x = foot - SLOPE * away + BESIDE  # right of the bone at the end that is nearer to the spine
        top = spine + away if below else spine - away - tall - RIB
        rib = top + tall + RIB / 2
        start = foot - SLOPE * abs(rib - spine) + BESIDE
        causes.append(Cause("\n".join(lines), x, top, start, rib, length))
        away += tall + RIB + GAP
    tip = height - len(title) * row - 0.08
    top = spine + tip + 0.06 if below else spine - height
    line = ((foot, spine), (foot - SLOPE * tip, spine + sign * tip))
    causes = tuple(causes if below else causes[::-1])
    return Bone(line, "\n".join(title), foot - SLOPE * tip - 0.04, top, causes)
