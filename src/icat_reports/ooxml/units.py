"""In: points and millimetres. Out: the units of Office's files, as whole numbers.

Twips are twentieths of a point (ECMA-376 part 1, 17.18.81), sizes of type are half points (17.18.42), borders are
eighths of a point (17.18.2), drawings are measured in English metric units, 12,700 to a point (20.1.10.16).
"""

from __future__ import annotations

_POINTS_PER_MILLIMETRE = 72 / 25.4


def points(millimetres: float) -> float:
    """Millimetres in points."""
    return millimetres * _POINTS_PER_MILLIMETRE


def twips(points_: float) -> int:
    """Points in twips."""
    return round(points_ * 20)


def half_points(points_: float) -> int:
    """Points in half points."""
    return round(points_ * 2)


def eighths(points_: float) -> int:
    """Points in eighths."""
    return round(points_ * 8)


def emu(points_: float) -> int:
    """Points in English metric units."""
    return round(points_ * 12_700)
