"""What a report takes of a control."""

import ipywidgets

from custlib.blocks.block import Block
from custlib.widgets.still import still_box


def test_a_report_shows_the_still_picture_and_a_person_the_control():
    shown = still_box([ipywidgets.IntSlider()], Block("<p>still</p>", "still"))._repr_mimebundle_()
    assert (shown["text/html"], shown["text/plain"]) == ("<p>still</p>", "still")
    assert "application/vnd.jupyter.widget-view+json" in shown
