"""Small drawings of a customer's page: bars over time, a bar of shares. A pure text, so that hundreds take no time."""

from custlib.blocks.block import Block
from custlib.escaping import escape

STEP, GAP, HEIGHT = 16, 4, 72  # of a bar, in the drawing's own units
SHADES = ("a", "b", "c", "d")


def bars(values, labels, shown, *, title, last=0):
    """A bar for each value, upwards or below the line, and the first and last label below.

    values: numbers, None for none; labels, shown: of each bar, which tells them on hovering; last: how many bars at the
    end stand out.
    """
    known = [float(value) for value in values if value is not None]
    high, low = max([0.0, *known]), min([0.0, *known])
    unit, first = HEIGHT / ((high - low) or 1), len(values) - last
    drawn = "".join(
        _rect(
            STEP * at, (high - max(value, 0)) * unit, STEP - GAP, abs(value) * unit, "now" if at >= first else "", said
        )
        for at, (value, said) in enumerate(zip(values, map(_said, labels, shown), strict=True))
        if value is not None
    )
    line = f'<path d="M0 {high * unit:.1f}H{STEP * len(values) - GAP}"></path>'
    ends = f"<p><span>{escape(labels[0])}</span><span>{escape(labels[-1])}</span></p>"
    html = f'<div class="cl-small">{_svg("cl-bars", STEP * len(values) - GAP, HEIGHT, title, drawn + line)}{ends}</div>'
    return Block(html, f"{title}\n" + "\n".join(map(_said, labels, shown)))


def shares(parts, *, title):
    """One bar of up to four parts, and what each is. parts: (label, share of all, as shown)."""
    drawn, start = "", 0.0
    for (label, share, shown), shade in zip(parts, SHADES, strict=False):
        drawn += _rect(start * 400, 0, share * 400, 14, shade, _said(label, shown))
        start += share
    named = zip(parts, SHADES, strict=False)
    keys = "".join(f'<li class="{shade}">{escape(label)} {escape(shown)}</li>' for (label, _, shown), shade in named)
    html = f'<div class="cl-small">{_svg("cl-shares", 400, 14, title, drawn)}<ul>{keys}</ul></div>'
    return Block(html, f"{title}\n" + "\n".join(_said(label, shown) for label, _, shown in parts))


def _said(label, shown):
    return f"{label}: {shown}"


def _svg(name, width, height, title, inside):
    size = f'viewBox="0 0 {width} {height}" preserveAspectRatio="none"'
    return f'<svg class="{name}" {size} role="img" aria-label="{escape(title)}">{inside}</svg>'


def _rect(x, y, width, height, look, said):
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(height, 0.5):.1f}"'
    return f'<rect class="{look}" {place}><title>{escape(said)}</title></rect>'
