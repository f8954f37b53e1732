"""In: a font file. Out: how wide its characters are, read from the few tables that say so (OpenType 1.9).

A publication asks for some hundred characters of its charts' labels: to open the file with a library that knows all of
OpenType would take longer than to write the charts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from struct import iter_unpack, unpack_from

_BEST = ((3, 10), (3, 1), (0, 6), (0, 4), (0, 3))
"""Platforms and encodings of `cmap` that speak of Unicode, those of all its planes first (OpenType, cmap)."""


@lru_cache(maxsize=32)
def advances(path: Path) -> Callable[[int], float | None]:
    """What tells the advance of a character in ems; None for one that the font has not.

    Raises:
        OSError: The file cannot be read.
        ValueError: It has no table of characters that we can read.
    """
    data = path.read_bytes()
    count = unpack_from(">H", data, 4)[0]
    tables = {tag: at for tag, _, at, _ in iter_unpack(">4sIII", data[12 : 12 + 16 * count])}
    (em,) = unpack_from(">H", data, tables[b"head"] + 18)
    (metrics,) = unpack_from(">H", data, tables[b"hhea"] + 34)
    glyph_of = _glyphs(data, tables[b"cmap"])

    def advance(code: int) -> float | None:
        glyph = glyph_of(code)
        if not glyph:
            return None
        # Glyphs beyond the last entry are as wide as it (OpenType, hmtx)
        (width,) = unpack_from(">H", data, tables[b"hmtx"] + 4 * min(glyph, metrics - 1))
        return float(width / em)

    return advance


def _glyphs(data: bytes, at: int) -> Callable[[int], int]:
    """What tells the glyph of a character; 0 for none."""
    count = unpack_from(">H", data, at + 2)[0]
    rows = iter_unpack(">HHI", data[at + 4 : at + 4 + 8 * count])
    there = {(platform, encoding): at + offset for platform, encoding, offset in rows}
    for kind in _BEST:
        if kind in there:
            (form,) = unpack_from(">H", data, there[kind])
            if form in _READERS:
                return _READERS[form](data, there[kind])
    message = "the font has no table of characters in format 4 or 12"
    raise ValueError(message)


def _segments(data: bytes, at: int) -> Callable[[int], int]:
    """Format 4: segments of characters with a step to their glyphs, or a place in a list of glyphs."""
    (double,) = unpack_from(">H", data, at + 6)
    half = double // 2
    ends, starts, steps, places = (
        unpack_from(f">{half}H", data, at + 14 + double * n + (2 if n else 0)) for n in range(4)
    )

    def glyph(code: int) -> int:
        which = bisect_left(ends, code)
        if which == half or code < starts[which]:
            return 0
        if not places[which]:
            return int(code + steps[which]) & 0xFFFF
        inside = at + 16 + double * 3 + 2 * which + places[which] + 2 * (code - starts[which])
        (found,) = unpack_from(">H", data, inside)
        return (found + steps[which]) & 0xFFFF if found else 0

    return glyph


def _groups(data: bytes, at: int) -> Callable[[int], int]:
    """Format 12: groups of characters whose glyphs follow one another."""
    (count,) = unpack_from(">I", data, at + 12)
    rows = list(iter_unpack(">III", data[at + 16 : at + 16 + 12 * count]))
    ends = [end for _, end, _ in rows]

    def glyph(code: int) -> int:
        which = bisect_left(ends, code)
        if which == count or code < rows[which][0]:
            return 0
        return int(rows[which][2] + code - rows[which][0])

    return glyph


_READERS: dict[int, Callable[[bytes, int], Callable[[int], int]]] = {4: _segments, 12: _groups}
