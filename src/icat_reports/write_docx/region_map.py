"""In: values by region. Out: a map as a group of shapes with real text ([MS-ODRAWXML] wpg, wps).

A schematic without boundaries: five fields, each about where its region lies on a map with north above. Readers that
know no groups of shapes get the same words in the line.
"""

from __future__ import annotations

from icat_reports import colours
from icat_reports.document.nodes import Region, RegionMap
from icat_reports.document.regions import MAP_HEIGHT, TILES
from icat_reports.ooxml.markup import escape, paragraph, style_of
from icat_reports.ooxml.namespaces import NAMESPACES
from icat_reports.ooxml.units import emu
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.drawing import inline_drawing
from icat_reports.write_docx.inline import text


def drawing(build: Build, body: RegionMap, name: str, alt: str) -> str:
    """What stands in the run of the figure's paragraph."""
    size = (build.measure, MAP_HEIGHT)
    number = build.drawing()
    greatest = max((region.value or 0 for region in body.regions), default=0) or 1
    shapes = "".join(_shape(build, region, size, (region.value or 0) / greatest) for region in body.regions)
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


def _shape(build: Build, region: Region, size: tuple[float, float], share: float) -> str:
    """A field with its name and value, the darker the greater its value."""
    left, top, width, height = TILES[region.id]
    place = (
        f'<a:off x="{emu(left * size[0])}" y="{emu(top * size[1])}"/>'
        f'<a:ext cx="{emu(width * size[0])}" cy="{emu(height * size[1])}"/>'
    )
    fill = "FFFFFF" if region.value is None else colours.tint(build.theme, share)
    shade = "Dark" if colours.readable_on(fill, build.theme) == "FFFFFF" else ""
    value = paragraph(style_of(f"MapValue{shade}"), text(build, _shown(build, region)))
    label = paragraph(style_of(f"MapLabel{shade}"), text(build, region.label))
    return (
        f'<wps:wsp><wps:cNvPr id="{build.drawing()}" name="{region.id}"/><wps:cNvSpPr/>'
        f'<wps:spPr><a:xfrm>{place}</a:xfrm><a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 6000"/></a:avLst>'
        f'</a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="{build.theme.colour("rule")}"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{value}{label}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="36000" tIns="0" rIns="36000" bIns="0" anchor="ctr"/></wps:wsp>'
    )
