"""In: values by region. Out: a map as a group of shapes with real text ([MS-ODRAWXML] wpg, wps).

A schematic without boundaries: five fields, each about where its region lies on a map with north above. Readers that
know no groups of shapes get the same words in the line.
"""

from __future__ import annotations

from icat_reports.document.nodes import Region, RegionMap
from icat_reports.ooxml.markup import escape, paragraph, style_of
from icat_reports.ooxml.namespaces import NAMESPACES
from icat_reports.ooxml.units import emu
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.drawing import inline_drawing
from icat_reports.write_docx.inline import text

_HEIGHT = 0.46
"""Of the map, as a share of its width."""

FIELDS: dict[str, tuple[float, float, float, float]] = {
    "americas": (0.0, 0.06, 0.27, 0.88),
    "europe-central-asia": (0.31, 0.0, 0.33, 0.36),
    "middle-east": (0.45, 0.40, 0.19, 0.24),
    "africa": (0.31, 0.40, 0.13, 0.60),
    "asia-pacific": (0.66, 0.06, 0.34, 0.88),
}
"""Left, top, width and height of each region's field, as shares of the map's."""


def drawing(build: Build, body: RegionMap, name: str, alt: str) -> str:
    """What stands in the run of the figure's paragraph."""
    size = (build.measure, build.measure * _HEIGHT)
    number = build.drawing()
    shapes = "".join(_shape(build, region, size) for region in body.regions)
    width, height = (emu(length) for length in size)
    extent = f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/><a:chOff x="0" y="0"/><a:chExt cx="{width}" cy="{height}"/>'
    graphic = (
        f'<a:graphicData uri="{NAMESPACES["wpg"]}"><wpg:wgp><wpg:cNvGrpSpPr/>'
        f"<wpg:grpSpPr><a:xfrm>{extent}</a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData>"
    )
    words = "; ".join(f"{region.label}: {_shown(build, region)}" for region in body.regions)
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wpg">{inline_drawing(number, name, alt, size, graphic)}</mc:Choice>'
        f'<mc:Fallback><w:t xml:space="preserve">{escape(words)}</w:t></mc:Fallback></mc:AlternateContent>'
    )


def _shown(build: Build, region: Region) -> str:
    return build.resolved.words["no-value"] if region.value is None else f"{region.value:g}"


def _shape(build: Build, region: Region, size: tuple[float, float]) -> str:
    left, top, width, height = FIELDS[region.id]
    place = (
        f'<a:off x="{emu(left * size[0])}" y="{emu(top * size[1])}"/>'
        f'<a:ext cx="{emu(width * size[0])}" cy="{emu(height * size[1])}"/>'
    )
    fill = build.theme.colour("accent-light")
    value = paragraph(style_of("MapValue"), text(build, _shown(build, region)))
    label = paragraph(style_of("MapLabel"), text(build, region.label))
    return (
        f'<wps:wsp><wps:cNvPr id="{build.drawing()}" name="{region.id}"/><wps:cNvSpPr/>'
        f'<wps:spPr><a:xfrm>{place}</a:xfrm><a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 6000"/></a:avLst>'
        f'</a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{value}{label}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="36000" tIns="0" rIns="36000" bIns="0" anchor="ctr"/></wps:wsp>'
    )
