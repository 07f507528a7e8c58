"""Lessons for new sales staff: exercises as data, made by the analyses, which pages and JupyterLab show alike."""

from custlib.lessons import (
    choosing,
    classing,
    climbing,
    estimates,
    following,
    hanging,
    leaving,
    margins,
    outlets,
    people,
    visits,
    ways,
    workshop,
)
from custlib.lessons.exercises import ASKING, Exercise, Field, Item, Option, Slider, said, written
from custlib.lessons.tables import branch, cases, lines, note, or_asked, quiz, thinking
from custlib.lessons.ways import with_ways
