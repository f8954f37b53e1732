"""In: a figure node. Out: its HTML: caption, drawing, what stands under it, and on the web the table of its data."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from icat_reports.document.nodes import Block, Chart, Figure, Image, RegionMap
from icat_reports.write_html.chart import draw
from icat_reports.write_html.job import Job
from icat_reports.write_html.markup import element, text
from icat_reports.write_html.tables import caption, notes

_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def figure(job: Job, node: Figure, block: Callable[[Block], str]) -> str:
    """A figure; a chart's data is told in its description in print, in a table below it on the web."""
    body = node.body
    kind = body.kind if isinstance(body, Chart) else "map" if isinstance(body, RegionMap) else "image"
    return element(
        "figure",
        {"class": kind, "id": node.id},
        element("figcaption", {}, caption(job, node)) if node.caption else "",
        image(job, body, node.alt) if isinstance(body, Image) else _chart(job, node, body),
        "\n",
        *(block(paragraph) for paragraph in node.under),
        notes(job, node),
    )


def image(job: Job, node: Image, alt: str = "") -> str:
    """An image file, carried inside the page; without the file a neutral mark in its place."""
    data = job.assets.get(node.src)
    if data is None:
        return element("div", {"class": "neutral-mark", "role": "presentation"})
    kind = _TYPES.get(PurePosixPath(node.src).suffix.lower(), "application/octet-stream")
    source = f"data:{kind};base64,{b64encode(data).decode('ascii')}"
    return element("img", {"src": source, "alt": "" if node.decorative else alt})


# ---------------------------------------------------------------- charts


def _chart(job: Job, node: Figure, body: Chart | RegionMap) -> str:
    rows = _data(job, body)
    if job.medium == "print":
        told = "; ".join(f"{name}: {', '.join(values)}" for name, *values in rows[1:])
        return draw(job, node, f"{node.alt} {told}")
    return draw(job, node, node.alt) + _data_table(job, node, rows)


def _data_table(job: Job, node: Figure, rows: list[tuple[str, ...]]) -> str:
    """The figures behind the drawing, closed until asked for (WCAG 2.2, 1.1.1)."""
    count = str(job.resolved.captions[node.id].count)
    title = text(job.words["data-of-figure"].replace("{n}", count))
    head = element("tr", {}, *(element("th", {"scope": "col"}, text(name)) for name in rows[0]))
    body = (
        element("tr", {}, element("th", {"scope": "row"}, text(name)), *(element("td", {}, text(v)) for v in values))
        for name, *values in rows[1:]
    )
    table = element(
        "table",
        {},
        element("caption", {}, title),
        element("thead", {}, head),
        element("tbody", {}, *body),
    )
    return element("details", {"class": "data"}, element("summary", {}, title), table)


def _data(job: Job, body: Chart | RegionMap) -> list[tuple[str, ...]]:
    """A row of column heads, then a row for each category or region."""
    words = job.words
    if isinstance(body, RegionMap):
        return [
            (words["category"], body.unit or words["value"]),
            *((region.label, _shown(job, region.value)) for region in body.regions),
        ]
    if body.kind == "matrix":
        head = (words["category"], *body.categories)
        return [head, *((s.name, *(_ticked(v) for v in s.values)) for s in body.series)]
    head = (words["category"], *(series.name or body.unit or words["value"] for series in body.series))
    columns: Iterable[tuple[float | None, ...]] = zip(*(s.values for s in body.series), strict=True)
    return [
        head,
        *((name, *(_shown(job, v) for v in vs)) for name, vs in zip(body.categories, columns, strict=True)),
    ]


def _shown(job: Job, value: float | None) -> str:
    return job.words["no-value"] if value is None else number(value)


def _ticked(value: float | None) -> str:
    """A mark of a matrix; nothing where there is none."""
    return "✓" if value else "–"


def number(value: float) -> str:
    """A value as figures, whole where it is whole."""
    return str(int(value)) if value == int(value) else f"{value:g}"
