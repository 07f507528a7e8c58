"""Lessons for new sales staff: exercises as data, made by the analyses, which pages and JupyterLab show alike."""

from custlib.lessons import leaving, told, visits, workshop
from custlib.lessons.exercises import Exercise, Field, Item, Option, Slider, said, written
from custlib.lessons.tables import branch, cases, lines, quiz, thinking
