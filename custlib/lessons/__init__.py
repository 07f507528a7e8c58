"""Lessons for new sales staff: exercises as data, made by the analyses, which pages and JupyterLab show alike."""

from custlib.lessons import choosing, classing, climbing, following, hanging
from custlib.lessons.exercises import Exercise, Item, Option, Slider, said, written
from custlib.lessons.tables import branch, cases, lines, quiz, thinking
