"""What the customer's profit hangs on: the tree of factors, the evidence beside their scores, the climb."""

from custlib.fishbone.tree import EFFECT, bones, causes, names, tree

__all__ = ["EFFECT", "bones", "causes", "names", "tree"]
