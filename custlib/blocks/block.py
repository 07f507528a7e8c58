"""What a block is: HTML that Jupyter shows, with the same words as plain text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """HTML and, for frontends without HTML, words. Whoever makes one has escaped its texts."""

    html: str
    words: str

    def _repr_html_(self):
        return self.html

    def __repr__(self):
        return self.words
