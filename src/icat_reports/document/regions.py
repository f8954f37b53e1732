"""In: nothing. Out: where the five regions lie on a schematic map without boundaries, north above."""

from __future__ import annotations

from collections.abc import Mapping

TILES: Mapping[str, tuple[float, float, float, float]] = {
    "americas": (0, 0, 0.27, 1),
    "europe-central-asia": (0.285, 0, 0.365, 0.48),
    "africa": (0.285, 0.52, 0.175, 0.48),
    "middle-east": (0.475, 0.52, 0.175, 0.48),
    "asia-pacific": (0.665, 0, 0.335, 1),
}
"""Left, top, width and height of each region as shares of the map: where they lie to each other, no more.

A map is not mirrored: west is on the left in every language.
"""
MAP_HEIGHT = 150.0
"""Points."""
