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
        advances = _advances(self.families, 700 if self.bold else 400)
        return sum(map(advances.__getitem__, words)) * self.size

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


@dataclass(slots=True)
class _Advances(dict[str, float]):
    """Width in ems of every character that was asked for."""

    faces: tuple[Face, ...]

    def __missing__(self, letter: str) -> float:
        """Look in one face after another; ideographs are square (Unicode UAX 11)."""
        if combining(letter):
            advance = 0.0
        elif east_asian_width(letter) in "WF":
            advance = 1.0
        else:
            found = (_glyphs(face).get(ord(letter)) for face in self.faces)
            advance = next((width for width in found if width is not None), 1.0)
        return self.setdefault(letter, advance)


@lru_cache(maxsize=32)
def _advances(families: tuple[Family, ...], weight: int) -> _Advances:
    upright = ([face for face in family.faces if face.style == "normal"] for family in families)
    return _Advances(tuple(next(face for face in faces if face.weight == weight) for faces in upright))


@lru_cache(maxsize=32)
def _glyphs(face: Face) -> dict[int, float]:
    """Advance in ems by character of a font file."""
    with TTFont(face.path, lazy=True) as font:
        # Numbers do for names of glyphs, which would be put together from lists of their own
        font.setGlyphOrder(list(map(str, range(font["maxp"].numGlyphs))))
        metrics = font["hmtx"].metrics
        (em,) = unpack_from(">H", font.reader["head"], _UNITS_PER_EM)
        return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}
