"""In: words, a font set, a size. Out: how wide they are, and lines that fit a width.

Widths are the advances of our own font files (OpenType `hmtx`), so labels of charts are placed without a layout
engine. Arabic letters are measured in the forms in which they join; a ligature as its letters, which are no narrower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from struct import unpack_from
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from msgspec import Struct

from icat_reports.advances import advances
from icat_reports.fonts import Face, Family

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_NO_LINE_START = frozenset("、，。；：？！）》」』】〕’”…—·,.;:?!)")
"""What may not begin a line (W3C, Requirements for Chinese Text Layout, 3.1.4)."""
_NO_BREAK = frozenset("\u00a0\u202f")
"""Spaces at which a line does not break (Unicode UAX 14, GL)."""

_SINGLE, _MULTIPLE = 1, 2
"""Types of lookups."""

_UNITS_PER_EM = 18
"""Offset of `unitsPerEm` in the table `head` (OpenType 1.9, head); the rest of that table is not our concern."""


class Measure(Struct, frozen=True):
    """Measures words in one weight and size."""

    families: tuple[Family, ...]
    """In the order in which a glyph is looked for."""
    size: float
    """In points."""
    bold: bool = False

    def width(self, words: str) -> float:
        """Width in points."""
        advances = _advances(self.families, 700 if self.bold else 400)
        if not words.isascii() and _JOINING.search(words):
            return sum(map(advances.__getitem__, _forms(words))) * self.size
        return sum(map(advances.__getitem__, zip(words, repeat("")))) * self.size

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
        space = letter.isspace() and letter not in _NO_BREAK
        if pieces and (letter in _NO_LINE_START or not (space or wide)):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


_RIGHT_JOINING = frozenset("اأإآٱدذرزوؤة")
"""Letters that join what is before them and nothing after; the hamza joins nothing (Unicode, ArabicShaping.txt)."""
_JOINING = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_LONE = "\u0621"


def _forms(words: str) -> Iterator[tuple[str, str]]:
    """Letters with the OpenType feature of the form in which each joins its neighbours; vowels do not come between."""
    letters = [letter for letter in words if not combining(letter)]
    joins = [bool(_JOINING.match(letter)) and letter != _LONE for letter in letters]
    goes_on = [joins[at] and letter not in _RIGHT_JOINING for at, letter in enumerate(letters)]
    for at, letter in enumerate(letters):
        before = joins[at] and at > 0 and goes_on[at - 1]
        after = goes_on[at] and at + 1 < len(letters) and joins[at + 1]
        yield letter, _FEATURES[before, after]


_FEATURES = {(False, False): "", (False, True): "init", (True, True): "medi", (True, False): "fina"}
"""By whether a letter joins what is before and what is after it."""


class _Advances(dict[tuple[str, str], float]):
    """Width in ems of every character that was asked for, in the form of a feature, or none."""

    def __init__(self, faces: Iterable[Face]) -> None:
        """Measure with faces, the first that has a character."""
        super().__init__()
        self.faces = tuple(faces)

    def __missing__(self, key: tuple[str, str]) -> float:
        """Look in one face after another; ideographs are square (Unicode UAX 11)."""
        letter, form = key
        if combining(letter):
            advance = 0.0
        elif east_asian_width(letter) in "WF":
            advance = 1.0
        else:
            found = (_advance(face, ord(letter), form) for face in self.faces)
            advance = next((width for width in found if width is not None), 1.0)
        return self.setdefault(key, advance)


@lru_cache(maxsize=32)
def _advances(families: tuple[Family, ...], weight: int) -> _Advances:
    upright = ([face for face in family.faces if face.style == "normal"] for family in families)
    return _Advances(next(face for face in faces if face.weight == weight) for faces in upright)


def _advance(face: Face, code: int, form: str) -> float | None:
    return _glyphs(face, form).get(code) if form else advances(face.path)(code)


@lru_cache(maxsize=32)
def _glyphs(face: Face, form: str) -> dict[int, float]:
    """Advance in ems by character of a font file, in the form of a feature."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - what joins needs all of a font; no other script does

    with TTFont(face.path, lazy=True) as font:
        # Numbers do for names of glyphs, which would be put together from lists of their own
        font.setGlyphOrder(list(map(str, range(font["maxp"].numGlyphs))))
        metrics = font["hmtx"].metrics
        (em,) = unpack_from(">H", font.reader["head"], _UNITS_PER_EM)
        rules = [*_substitutions(font, "ccmp"), *_substitutions(font, form)]
        cmap = font.getBestCmap()
        return {code: sum(metrics[part][0] for part in _shaped(name, rules)) / em for code, name in cmap.items()}


def _shaped(glyph: str, rules: Iterable[Mapping[str, Sequence[str]]]) -> list[str]:
    """The glyphs that stand in the end for one."""
    glyphs = [glyph]
    for rule in rules:
        glyphs = [part for one in glyphs for part in rule.get(one, (one,))]
    return glyphs


def _substitutions(font: TTFont, feature: str) -> Iterator[Mapping[str, Sequence[str]]]:
    """What a feature has in the place of single glyphs (OpenType 1.9, GSUB, lookup types 1 and 2)."""
    if "GSUB" not in font:
        return
    table = font["GSUB"].table
    records = table.FeatureList.FeatureRecord
    indices = {index for record in records if record.FeatureTag == feature for index in record.Feature.LookupListIndex}
    for index in sorted(indices):
        for subtable in table.LookupList.Lookup[index].SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            if inner.LookupType == _SINGLE:
                yield {glyph: (other,) for glyph, other in inner.mapping.items()}
            elif inner.LookupType == _MULTIPLE:
                yield inner.mapping
