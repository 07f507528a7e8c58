"""Lessons as pages for learners and for the trainer, and what a class handed in."""

from custlib.report.lessons.collecting import collect
from custlib.report.lessons.making import make
