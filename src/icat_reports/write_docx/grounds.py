"""In: a ground of the theme. Out: the paragraph that holds its shapes: a field, a strip and rings behind the words.

The shapes belong to the text, not to a running head, which Word shows pale; and to a paragraph of their own, as a
contents field that Word makes anew would take with it what hangs on a heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import asin, cos, degrees, pi, sin, tau
from typing import Literal

from icat_reports.document.nodes import Block, Paragraph, Section
from icat_reports.ooxml.markup import paragraph, run, style_of
from icat_reports.ooxml.namespaces import NAMESPACES
from icat_reports.ooxml.styles import PARAGRAPHS
from icat_reports.ooxml.units import emu, points
from icat_reports.theme import Ground
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.drawing import drawing_behind
from icat_reports.write_docx.titles import lines, paragraph_lines, paragraph_looks

_RING = 2.0
"""Width of a ring's line in points."""
_DEGREE = 60_000
"""ECMA-376 part 1, 20.1.10.3."""


def of_cover(build: Build, cover: Sequence[Block], child: Block) -> Iterator[str]:
    """What stands before a block of the cover: something before the first paragraph that has a ground of its own."""
    ground = build.theme.grounds.get("cover")
    words = [block for block in cover if isinstance(block, Paragraph) and _has_ground(build, block)]
    if ground and words and child is words[0]:
        more = sum((len(paragraph_lines(build, word)) - 1) * paragraph_looks(build, word).line for word in words)
        yield _paragraph(build, "cover-ground", "paragraph", ground, points(ground.height) + more)


def _has_ground(build: Build, paragraph: Paragraph) -> bool:
    looks = build.theme.word.get(PARAGRAPHS[paragraph.role])
    return bool(looks and looks.ground)


def of_chapter(build: Build, chapter: Section) -> Iterator[str]:
    """What stands before the title of a chapter."""
    ground = build.theme.grounds.get("opener")
    if ground:
        more = (len(lines(build, chapter)) - 1) * build.type("h1").line
        yield _paragraph(build, f"{chapter.id}-ground", "page", ground, points(ground.height) + more)


def _paragraph(build: Build, name: str, above: Literal["page", "paragraph"], ground: Ground, height: float) -> str:
    width, strip = points(build.theme.page.width), points(ground.strip)
    size = (width, height + strip)
    number = build.drawing()
    # The strip goes on under the field: between two that touch a hair of paper would show.
    shapes = [_rectangle(build, "strip", ground.line, size)] if strip else []
    shapes.append(_rectangle(build, "field", ground.color, (width, height)))
    shapes += (_ring(build, ground.line, points(radius), (width, height)) for radius in ground.rings)
    box = f'<a:off x="0" y="0"/><a:ext {_extent(size)}/><a:chOff x="0" y="0"/><a:chExt {_extent(size)}/>'
    graphic = (
        f'<a:graphicData uri="{NAMESPACES["wpg"]}"><wpg:wgp><wpg:cNvGrpSpPr/>'
        f"<wpg:grpSpPr><a:xfrm>{box}</a:xfrm></wpg:grpSpPr>{''.join(shapes)}</wpg:wgp></a:graphicData>"
    )
    drawing = drawing_behind(number, name, above, size, graphic)
    choice = f'<mc:AlternateContent><mc:Choice Requires="wpg">{drawing}</mc:Choice><mc:Fallback/></mc:AlternateContent>'
    return paragraph(style_of("PageGround"), run(choice))


def _extent(size: tuple[float, float]) -> str:
    return f'cx="{emu(size[0])}" cy="{emu(size[1])}"'


def _rectangle(build: Build, name: str, colour: str, size: tuple[float, float]) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{build.theme.colour(colour)}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
    return _shape(build, name, (0, 0), size, f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}')


def _ring(build: Build, colour: str, radius: float, field: tuple[float, float]) -> str:
    """As much of a ring about the middle of the field's end as lies on the field (20.1.9.4)."""
    half = asin(min(1.0, field[1] / 2 / radius))
    inner, size = radius * cos(half), (radius * (1 - cos(half)), 2 * radius * sin(half))
    left, at = (inner, 0.0) if build.rtl else (field[0] - radius, size[0])
    # From the upper end of the arc, by the side that looks into the page, to the lower; angles go clockwise.
    start, turn = (tau - half, 2 * half) if build.rtl else (pi + half, -2 * half)
    path = (
        f'<a:path w="{emu(size[0])}" h="{emu(size[1])}" fill="none"><a:moveTo><a:pt x="{emu(at)}" y="0"/></a:moveTo>'
        f'<a:arcTo wR="{emu(radius)}" hR="{emu(radius)}" stAng="{_angle(start)}" swAng="{_angle(turn)}"/></a:path>'
    )
    looks = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{path}</a:pathLst></a:custGeom><a:noFill/>'
        f'<a:ln w="{emu(_RING)}"><a:solidFill><a:srgbClr val="{build.theme.colour(colour)}"/></a:solidFill></a:ln>'
    )
    return _shape(build, "ring", (left, (field[1] - size[1]) / 2), size, looks)


def _angle(radians: float) -> int:
    return round(degrees(radians) * _DEGREE)


def _shape(build: Build, name: str, place: tuple[float, float], size: tuple[float, float], looks: str) -> str:
    left, top = (emu(length) for length in place)
    return (
        f'<wps:wsp><wps:cNvPr id="{build.drawing()}" name="{name}"/><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext {_extent(size)}/></a:xfrm>{looks}</wps:spPr><wps:bodyPr/></wps:wsp>'
    )
