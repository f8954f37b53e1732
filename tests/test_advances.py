"""Widths of characters, beside those that fontTools reads from the same files."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from icat_reports.advances import advances
from icat_reports.fonts import FAMILIES

FILES = sorted({face.path for family in FAMILIES for face in family.faces})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_character_is_as_wide_as_fonttools_says(path: Path) -> None:
    """In each of our fonts, and one that it has not is in none."""
    advance = advances(path)
    with TTFont(path, lazy=True) as font:
        cmap, metrics, em = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        assert {code: advance(code) for code in cmap} == {code: metrics[name][0] / em for code, name in cmap.items()}
    assert [code for code in range(0x3100) if code not in cmap and advance(code) is not None] == []
    assert advance(0x10FFFF) is None
