"""In: a figure. Out: its caption and its drawing: a native chart, a table of marks, a map of shapes, or a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from icat_reports.document.nodes import Chart, Figure, Image, RegionMap
from icat_reports.ooxml.markup import paragraph, run, style_of
from icat_reports.ooxml.package import Part, Relationships
from icat_reports.write_docx import charts, pictures, region_map
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.captions import caption
from icat_reports.write_docx.drawing import inline_drawing
from icat_reports.write_docx.mark_grid import mark_grid
from icat_reports.write_docx.workbook import workbook


def figure(build: Build, node: Figure) -> Iterator[str]:
    """The caption and the drawing; what stands under a figure is written as any paragraph."""
    if node.caption and node.id in build.resolved.captions:
        yield caption(build, node)
    yield from _BODIES[type(node.body)](build, node, node.body)


def _chart(build: Build, node: Figure, chart: Chart) -> Iterator[str]:
    if chart.kind == "matrix":
        yield mark_grid(build, chart, node.alt)
        return
    drawing = build.drawing()
    number = sum(part.type == "chart" for part in build.parts) + 1
    sheet = Part(f"word/embeddings/chart{number}.xlsx", "xlsx", workbook(chart))
    links = Relationships()
    data = links.to("package", f"../embeddings/chart{number}.xlsx")
    part = Part(f"word/charts/chart{number}.xml", "chart", charts.markup(build, chart, data).encode(), links)
    build.parts += [sheet, part]
    target = build.main.relationships.to("chart", f"charts/chart{number}.xml")
    graphic = (
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{target}"/></a:graphicData>'
    )
    size = (build.measure, charts.height(build, chart))
    yield _framed(inline_drawing(drawing, node.id, node.alt, size, graphic))


def _map(build: Build, node: Figure, body: RegionMap) -> Iterator[str]:
    yield _framed(region_map.drawing(build, body, node.id, node.alt))


def _image(build: Build, node: Figure, image: Image) -> Iterator[str]:
    shown = pictures.picture(build, node.id, image, "" if image.decorative else node.alt)
    if shown:
        yield _framed(shown)


def _framed(drawing: str) -> str:
    return paragraph(style_of("Figure"), run(drawing))


_BODIES: dict[type, Callable[..., Iterator[str]]] = {Chart: _chart, RegionMap: _map, Image: _image}
