"""Lessons as pages for learners and for the trainer, and what a class handed in."""
