"""What a refusal says, and the exit code it ends with."""

from typing import NamedTuple

USAGE, DATA, INFRASTRUCTURE, LOCKED = 2, 3, 4, 75


class Line(NamedTuple):
    """What a refusal says: its exit code and one template in each language."""

    exit_code: int
    en: str
    zh: str
