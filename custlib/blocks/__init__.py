"""HTML blocks for notebooks and pages: whatever text they are given is shown, never run.

They look right where their style sheet is: a page carries it, a notebook shows `style()` once.
"""

from custlib.blocks.block import Block
from custlib.blocks.parts import Card, actions, cards
from custlib.blocks.sheet import css, script, style
from custlib.blocks.small import bars, shares
from custlib.blocks.tables import plain_table, table
