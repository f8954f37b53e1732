"""In: words. Out: about how much room they take: enough to choose how a table is set, no more."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LETTER = 0.55
"""Width of a letter in ems, on the average; an ideograph is an em wide."""
_TALLEST_HEAD = 130.0
"""Points that a head turned on its side may take."""
_AIR = 14.0


def width(shown: str) -> float:
    """About how many ems words take in one line."""
    return sum(1.0 if _is_wide(letter) else _LETTER for letter in shown)


def longest_word(shown: str) -> float:
    """About how many ems the longest word takes; between ideographs a line may break."""
    parts = "".join(f" {letter} " if _is_wide(letter) else letter for letter in shown).split()
    return max(map(width, parts), default=0.0)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in {"W", "F"}


def turned_height(heads: Iterable[str], size: float) -> float:
    """Points that the tallest of several heads takes when they stand on their side, at a size of type in points."""
    return min(max(map(width, heads), default=0.0) * size + _AIR, _TALLEST_HEAD)
