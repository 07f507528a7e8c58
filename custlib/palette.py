"""The colours of every figure, table and page: apart for the colour-blind and, by their lightness, in grey print."""

CLASSES = {"A": "#123F73", "B": "#C77700", "C": "#B9C2CB"}
ON_CLASSES = {"A": "#FFFFFF", "B": "#1B2430", "C": "#1B2430"}  # text on a class's colour

INK = "#1B2430"
MUTED = "#5B6875"
RULE = "#D8DDE2"
PAPER = "#FFFFFF"
TINT = "#F4F1EA"  # ground of what asks for action
ALERT = "#B5432A"  # set aside, lost
PALE = "#C9D8E8"  # the large, quiet part of a bar

# consumer segments in the order of their identities S1, S2, …; neighbours lie far apart in grey, and each has a marker
# of its own
SEGMENTS = ("#123F73", "#C77700", "#C8B8E0", "#9E2A4B", "#2E7D5B", "#6FA8DC", "#F2D55C", "#2F1440")
SEGMENT_MARKERS = ("o", "^", "s", "D", "v", "P", "X", "*")
SEGMENT_HATCHES = ("", "////", "....", "\\\\\\\\", "xxxx", "----", "++++", "||||")

LEAST_CONTRAST = 4.5  # of text on its ground: WCAG 2.2, success criterion 1.4.3


def contrast(one: str, other: str) -> float:
    """How far apart in lightness two colours ("#RRGGBB") are, from 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(ground: str) -> str:
    """The colour of text on a ground: ink or paper where that is legible, else black, which then is."""
    return next((colour for colour in (INK, PAPER) if contrast(colour, ground) >= LEAST_CONTRAST), "#000000")


def _luminance(colour):
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
