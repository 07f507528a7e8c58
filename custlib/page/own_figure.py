"""A figure that an analyst drew with pandas, seaborn or matplotlib: in the report's style, with a text alternative."""

from custlib import figures


def use_style():
    """Own figures look like the report's, Chinese letters included."""
    figures.use_style()


def drawn(figure, alt):
    """What a page shows of a matplotlib Axes, Figure or seaborn grid: `html` and `alt`. Raises ValueError without an alternative."""
    return {"html": figures.of_own(figure, alt)._repr_mimebundle_()["text/html"], "alt": alt}
