"""In: a drawing in a Word file. Out: its alternative text, and the data that a chart or a map of shapes shows."""

from __future__ import annotations

from collections.abc import Mapping

from icat_reports.ooxml.namespaces import qualified
from icat_reports.ooxml.reading import Element, Package
from icat_reports.verify.words import normal

Data = tuple[tuple[str, ...], ...]
"""A row of heads, the first empty, then a name and its values in each row."""

_DESCRIBED, _CHART, _SHAPE = qualified("wp:docPr"), qualified("c:chart"), qualified("w:txbxContent")


def alternative(drawing: Element) -> str:
    """The alternative text (20.4.2.5)."""
    found = next(drawing.iter(_DESCRIBED), None)
    return "" if found is None else normal(found.get("descr", ""))


def data(drawing: Element, package: Package, targets: Mapping[str, str]) -> Data:
    """The data behind a drawing; nothing for a picture. `targets` are those of the part's relationships."""
    chart = next(drawing.iter(_CHART), None)
    if chart is not None:
        return _stored(package.trees[targets[chart.get(qualified("r:id"), "")]])
    shapes = [_shape(shape) for shape in drawing.iter(_SHAPE)]
    return (("", ""), *shapes) if shapes else ()


def _stored(root: Element) -> Data:
    """Rows by category of the values stored in a chart part (21.2.2)."""
    series = list(root.iter(qualified("c:ser")))
    names = ("".join(_points(one, "c:tx")) for one in series)
    columns = [_points(one, "c:val") for one in series]
    categories = _points(series[0], "c:cat") if series else []
    return (("", *names), *((name, *values) for name, *values in zip(categories, *columns, strict=True)))


def _points(series: Element, of: str) -> list[str]:
    """Stored points of a series in order; an empty one where there is no value."""
    element = series.find(qualified(of))
    if element is None:
        return []
    points = element.iter(qualified("c:pt"))
    found = {int(point.get("idx", "0")): normal(point.findtext(qualified("c:v")) or "") for point in points}
    count = next(element.iter(qualified("c:ptCount")), None)
    return [found.get(at, "") for at in range(len(found) if count is None else int(count.get("val", "0")))]


def _shape(shape: Element) -> tuple[str, ...]:
    """Name and value of a region: its shape bears the value above the name."""
    lines = ["".join(text.text or "" for text in line.iter(qualified("w:t"))) for line in shape.iter(qualified("w:p"))]
    return tuple(normal(line) for line in reversed(lines))
