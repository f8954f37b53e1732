"""In: words, a font set, a size. Out: how wide they are, and lines that fit a width.

Widths are the advances of our own font files (OpenType `hmtx`), so labels of charts are placed without a layout
engine. Arabic letters are measured in their isolated forms, which are the widest: what fits so, fits joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from struct import unpack_from
from unicodedata import combining, east_asian_width

from fontTools.ttLib import TTFont

from icat_reports.fonts import Face, Family

_NO_LINE_START = frozenset("、，。；：？！）》」』】〕’”…—·,.;:?!)")
"""What may not begin a line (W3C, Requirements for Chinese Text Layout, 3.1.4)."""

_UNITS_PER_EM = 18
"""Offset of `unitsPerEm` in the table `head` (OpenType 1.9, head); the rest of that table is not our concern."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Measures words in one weight and size."""

    families: tuple[Family, ...]
    """In the order in which a glyph is looked for."""
    size: float
    """In points."""
    bold: bool = False

    def width(self, words: str) -> float:
        """Width in points."""
        return sum(self._advance(letter) for letter in words) * self.size

    def _advance(self, letter: str) -> float:
        """Width of a character in ems; ideographs are square (Unicode UAX 11)."""
        if combining(letter):
            return 0.0
        if east_asian_width(letter) in "WF":
            return 1.0
        weight = 700 if self.bold else 400
        for family in self.families:
            face = next(f for f in family.faces if f.weight == weight and f.style == "normal")
            advance = _advances(face).get(ord(letter))
            if advance is not None:
                return advance
        return 1.0

    def lines(self, words: str, width: float) -> tuple[str, ...]:
        """Break words into lines no wider than `width` points; a word wider than that keeps a line of its own."""
        lines = [""]
        for piece in _pieces(words):
            longer = lines[-1] + piece
            if lines[-1].strip() and self.width(longer.rstrip()) > width:
                lines.append(piece.lstrip())
            else:
                lines[-1] = longer
        return tuple(line.strip() for line in lines)


def _pieces(words: str) -> list[str]:
    """Parts between which a line may break: words with the space before them, ideographs each by itself."""
    pieces: list[str] = []
    for letter in words:
        before = pieces[-1][-1] if pieces else ""
        wide = east_asian_width(letter) in "WF" or (before and east_asian_width(before) in "WF")
        if pieces and (letter in _NO_LINE_START or not (letter.isspace() or wide)):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


@lru_cache(maxsize=32)
def _advances(face: Face) -> dict[int, float]:
    """Advance in ems by character of a font file."""
    with TTFont(face.path, lazy=True) as font:
        metrics = font["hmtx"].metrics
        (em,) = unpack_from(">H", font.reader["head"], _UNITS_PER_EM)
        return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}
