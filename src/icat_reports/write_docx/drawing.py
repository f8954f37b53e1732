"""In: a graphic and what it shows. Out: the drawing that stands in a line of text (ECMA-376 part 1, 20.4.2.8)."""

from __future__ import annotations

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
    """`w:drawing` of `size` in points; `graphic` is its `a:graphicData`."""
    width, height = (emu(length) for length in size)
    described = f'id="{number}" name="{escape(name)}" descr="{escape(alt)}"'
    properties = f"<wp:docPr {described}>{_DECORATIVE}</wp:docPr>" if decorative else f"<wp:docPr {described}/>"
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{properties}'
        f"<wp:cNvGraphicFramePr/><a:graphic>{graphic}</a:graphic></wp:inline></w:drawing>"
    )
