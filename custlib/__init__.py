"""A sales company's quarterly understanding of its customers: the small package behind the notebooks.

Importing it loads nothing: each notebook imports the rooms it needs (`from custlib import abc_classes, cleaning, facts`).
"""

__version__ = "0.1.0"
