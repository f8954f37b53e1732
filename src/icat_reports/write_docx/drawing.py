"""In: a graphic and what it shows. Out: the drawing that stands in a line of text, or behind it (ECMA-376 part 1, 20.4.2)."""

from __future__ import annotations

from typing import Literal

from icat_reports.ooxml.markup import escape
from icat_reports.ooxml.namespaces import NAMESPACES
from icat_reports.ooxml.units import emu

_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    f'<adec:decorative xmlns:adec="{NAMESPACES["adec"]}" val="1"/></a:ext></a:extLst>'
)
"""What tells a screen reader to pass over ([MS-ODRAWXML], decorative)."""


def inline_drawing(
    number: int, name: str, alt: str, size: tuple[float, float], graphic: str, *, decorative: bool = False
) -> str:
    """`w:drawing` of `size` in points; `graphic` is its `a:graphicData` (20.4.2.8)."""
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{_extent(size)}'
        f"{_described(number, name, alt, decorative=decorative)}"
        f"<wp:cNvGraphicFramePr/><a:graphic>{graphic}</a:graphic></wp:inline></w:drawing>"
    )


def drawing_behind(
    number: int, name: str, above: Literal["page", "paragraph"], size: tuple[float, float], graphic: str
) -> str:
    """`w:drawing` behind the words, from the side of the sheet and from the top of the page or of its paragraph (20.4.2.3).

    It decorates, and moves with its paragraph from page to page.
    """
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="0" behindDoc="1" '
        'locked="1" layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{above}"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f"{_extent(size)}<wp:wrapNone/>{_described(number, name, '', decorative=True)}"
        f"<wp:cNvGraphicFramePr/><a:graphic>{graphic}</a:graphic></wp:anchor></w:drawing>"
    )


def _extent(size: tuple[float, float]) -> str:
    width, height = (emu(length) for length in size)
    return f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'


def _described(number: int, name: str, alt: str, *, decorative: bool) -> str:
    described = f'id="{number}" name="{escape(name)}" descr="{escape(alt)}"'
    return f"<wp:docPr {described}>{_DECORATIVE}</wp:docPr>" if decorative else f"<wp:docPr {described}/>"
