"""A control in JupyterLab that is a still picture in an executed report."""


def still_box(children, still):
    """The controls in a box whose representation for reports is its still picture (a Block), not its state."""
    import ipywidgets

    class Box(ipywidgets.VBox):
        def __init__(self, children, still):
            self.still = still
            super().__init__(children)

        def _repr_mimebundle_(self, **options):
            shown = super()._repr_mimebundle_(**options)
            return shown | {"text/html": self.still.html, "text/plain": self.still.words}

    return Box(children, still)
