"""Lessons for new sales staff: exercises as data, made by the analyses, which pages and JupyterLab show alike."""

from custlib.lessons import choosing, classing, climbing, following, hanging, leaving, told, visits, workshop
from custlib.lessons.estimates import shares
from custlib.lessons.exercises import Exercise, Field, Item, Option, Slider, said, written
from custlib.lessons.known import or_asked, own_lines, with_ways
from custlib.lessons.margins import asking, guesses, of_piece, piece, price_slider
from custlib.lessons.outlets import areas, beside, cells, cells_to_judge, towns_and_country, two_formats
from custlib.lessons.people import apart, evidence, feature_words, names, plans, reduced
from custlib.lessons.tables import branch, cases, lines, quiz, thinking
