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
