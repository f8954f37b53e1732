"""In: a figure with a chart or a map of regions. Out: its drawing, as SVG for print and web alike.

Labels are measured, so none overlaps another; values are written out, so colour alone never tells one
(WCAG 2.2, 1.4.1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from icat_reports.colours import tint
from icat_reports.document.nodes import Chart, Figure, Image, Region, RegionMap
from icat_reports.document.regions import MAP_HEIGHT, TILES
from icat_reports.fonts import FONT_SETS
from icat_reports.measure import Measure
from icat_reports.write_html.drawing import Drawing, contrast
from icat_reports.write_html.job import Job

_POINTS = 72 / 25.4
"""Points in a millimetre."""

_BAR = 12.0
_GAP = 6.0
"""Height of a bar, and the space between two, and between a bar and its labels; points."""

_BETWEEN = 1.5
"""Space between bars of one group, in points."""

_LABELS = 0.4
"""Greatest share of the width that labels before bars may take."""

_TRIFLE = 0.01
"""Points that nobody sees, by which sums of widths may differ."""


_WIDEST = "arial"
"""Font set that labels are measured in on the web, where a reader without the first face gets a wider one."""


def draw(job: Job, node: Figure, description: str) -> str:
    """Draw the chart or map of a figure, as wide as the text."""
    page = job.theme.page
    width = (page.width - page.margin.inside - page.margin.outside) * _POINTS
    fonts = FONT_SETS[job.theme.fonts.text if job.medium == "print" else _WIDEST]
    drawing = Drawing(job.theme, fonts, width, job.language)
    body = node.body
    if isinstance(body, RegionMap):
        _map(job, drawing, body)
    elif not isinstance(body, Image):
        _KINDS[body.kind](job, drawing, body)
    caption = job.resolved.captions[node.id]
    title = f"{caption.label}{job.words['caption-separator']}{job.titles[node.id]}"
    return drawing.svg(node.id, title, description)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:g}"


class _Row(Struct, frozen=True):
    """Where a row of a chart stands."""

    lines: tuple[str, ...]
    """Its label, broken."""
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Height of its middle line."""
        return self.top + self.height / 2


def _labels_width(drawing: Drawing, labels: Sequence[str]) -> float:
    """Width of the column of labels: what the longest needs, up to its greatest share."""
    measure = drawing.measure()
    lines = (line for label in labels for line in even_lines(measure, label, drawing.width * _LABELS))
    return max(map(measure.width, lines), default=0)


def even_lines(measure: Measure, words: str, width: float) -> tuple[str, ...]:
    """Break words into as few lines as fit `width` points, and these as even as can be (CSS Text 4, 6.4.1, `balance`)."""
    lines = measure.lines(words, width)
    while True:
        longest = max(map(measure.width, lines))
        narrower = measure.lines(words, min(longest, width) - _TRIFLE)
        if narrower == lines or len(narrower) > len(lines):
            return lines
        lines = narrower


def _rows(drawing: Drawing, labels: Sequence[str], width: float, top: float, least: float) -> list[_Row]:
    """Rows one below the other, each as high as its label needs and `least` at least."""
    rows = []
    for label in labels:
        lines = even_lines(drawing.measure(), label, width + _TRIFLE)
        height = max(least, len(lines) * drawing.line) + _GAP
        rows.append(_Row(lines, top, height))
        top += height
    return rows


# ---------------------------------------------------------------- bars


def _bars(job: Job, drawing: Drawing, chart: Chart) -> None:
    """Horizontal bars, each with its value after it; several series stand below each other, with a legend above."""
    count = len(chart.series)
    colours = _series_colours(job, count) if count > 1 else [drawing.colour("accent")]
    thickness = drawing.line if count > 1 else _BAR
    if count > 1:
        _legend(drawing, [series.name for series in chart.series], colours)
    start, rows = _with_axis(drawing, chart, count * thickness)
    scale = _scale(drawing, start, [value or 0 for series in chart.series for value in series.values])
    for i, (series, colour) in enumerate(zip(chart.series, colours, strict=True)):
        for row, value in zip(rows, series.values, strict=True):
            middle = row.middle + (i - (count - 1) / 2) * thickness
            if value is None:
                _absent(job, drawing, start, middle)
                continue
            height = thickness - _BETWEEN if count > 1 else thickness
            drawing.box(start, middle - height / 2, value * scale, height, fill=colour)
            _total(drawing, start + value * scale, middle, value)
    _axis(drawing, start, rows)


def _stacked(job: Job, drawing: Drawing, chart: Chart) -> None:
    """Horizontal bars of several series, with a legend above, each part's value in it and the sum after them."""
    colours = _series_colours(job, len(chart.series))
    _legend(drawing, [series.name for series in chart.series], colours)
    start, rows = _with_axis(drawing, chart, _BAR)
    columns = list(zip(*(series.values for series in chart.series), strict=True))
    scale = _scale(drawing, start, [sum(value or 0 for value in column) for column in columns])
    for row, column in zip(rows, columns, strict=True):
        if all(value is None for value in column):
            _absent(job, drawing, start, row.middle)
            continue
        end = start
        for value, colour in zip(column, colours, strict=True):
            number = value or 0
            end = _part(drawing, row, end, width=number * scale, value=number, colour=colour)
        _total(drawing, end, row.middle, sum(value or 0 for value in column))
    _axis(drawing, start, rows)


def _with_axis(drawing: Drawing, chart: Chart, least: float) -> tuple[float, list[_Row]]:
    """Where bars begin, and their rows with their labels, `least` high at least; the unit stands above the axis."""
    width = _labels_width(drawing, chart.categories)
    start = width + _GAP
    top = drawing.height
    if chart.unit:
        drawing.label(start, top + drawing.line / 2, (chart.unit,), colour=drawing.colour("muted"))
        top += drawing.line + _GAP / 2
    rows = _rows(drawing, chart.categories, width, top, least)
    for row in rows:
        drawing.label(width, row.middle, row.lines, "end")
    return start, rows


def _scale(drawing: Drawing, start: float, values: Sequence[float]) -> float:
    """Points for a unit, so that the longest bar leaves room for its value."""
    greatest = max(values, default=0)
    room = drawing.measure(bold=True).width(_number(greatest)) + _GAP
    return (drawing.width - start - room) / greatest if greatest else 0


def _part(drawing: Drawing, row: _Row, start: float, *, width: float, value: float, colour: str) -> float:
    """A part of a stacked bar, its value in it where there is room; gives its end."""
    drawing.box(start, row.middle - _BAR / 2, width, _BAR, fill=colour)
    if drawing.measure().width(_number(value)) + 2 <= width:
        drawing.label(
            start + width / 2, row.middle, (_number(value),), "middle", colour=contrast(colour, drawing.theme)
        )
    drawing.rule(
        start + width, row.middle - _BAR / 2, start + width, row.middle + _BAR / 2, colour="#FFFFFF", thickness=0.75
    )
    return start + width


def _total(drawing: Drawing, end: float, middle: float, value: float) -> None:
    drawing.label(end + _GAP / 2, middle, (_number(value),), bold=True)


def _absent(job: Job, drawing: Drawing, start: float, middle: float) -> None:
    drawing.label(start + _GAP / 2, middle, (job.words["no-value"],), colour=drawing.colour("muted"))


def _axis(drawing: Drawing, start: float, rows: Sequence[_Row]) -> None:
    """The line at which bars begin."""
    if rows:
        bottom = rows[-1].top + rows[-1].height
        drawing.rule(start, rows[0].top, start, bottom, colour=drawing.colour("rule"), thickness=0.75)


def _legend(drawing: Drawing, names: Sequence[str], colours: Sequence[str]) -> None:
    """A square and a name for each series, in as many lines as they need."""
    measure, square = drawing.measure(), drawing.size * 0.8
    x, middle = 0.0, drawing.height + drawing.line / 2
    for name, colour in zip(names, colours, strict=True):
        width = square + _GAP / 2 + measure.width(name)
        if x and x + width > drawing.width:
            x, middle = 0.0, middle + drawing.line + _GAP / 2
        drawing.box(x, middle - square / 2, square, square, fill=colour)
        drawing.label(x + square + _GAP / 2, middle, (name,))
        x += width + 2 * _GAP
    drawing.height = middle + drawing.line / 2 + _GAP


def _series_colours(job: Job, count: int) -> list[str]:
    """The theme's colours for series, over again when there are more series."""
    colours = job.theme.colors["series"]
    stock = (colours,) if isinstance(colours, str) else colours
    return [f"#{stock[i % len(stock)]}" for i in range(count)]


# ---------------------------------------------------------------- matrix


def _matrix(_job: Job, drawing: Drawing, chart: Chart) -> None:
    """A grid of marks: a row for each series, a column for each category; where both are the same, a tinted cell."""
    labels = [series.name for series in chart.series]
    width = _labels_width(drawing, labels)
    start = width + _GAP
    pitch = (drawing.width - start) / max(1, len(chart.categories))
    top = _column_heads(drawing, chart.categories, start, pitch)
    rows = _rows(drawing, labels, width, top, _BAR)
    rule, tint = drawing.colour("rule"), drawing.colour("accent-light")
    for row in rows:
        for i, name in enumerate(chart.categories):
            if row.lines == (name,):
                drawing.box(start + i * pitch, row.top, pitch, row.height, fill=tint)
        drawing.rule(0, row.top + row.height, drawing.width, row.top + row.height, colour=rule, thickness=0.3)
    for i in range(len(chart.categories)):
        drawing.rule(start + i * pitch, top, start + i * pitch, drawing.height, colour=rule, thickness=0.3)
    drawing.rule(0, top, drawing.width, top, colour=drawing.colour("text"), thickness=0.5)
    for row, series in zip(rows, chart.series, strict=True):
        drawing.label(0, row.middle, row.lines)
        for i, value in enumerate(series.values):
            if value:
                drawing.dot(start + (i + 0.5) * pitch, row.middle, _BAR * 0.32, drawing.colour("accent"))


def _column_heads(drawing: Drawing, names: Sequence[str], start: float, pitch: float) -> float:
    """Heads of columns, broken where they fit, upright where a word is wider than its column; gives their foot."""
    measure = drawing.measure()
    broken = [measure.lines(name, pitch - 2) for name in names]
    if all(measure.width(line) <= pitch - 2 for lines in broken for line in lines):
        height = max((len(lines) for lines in broken), default=0) * drawing.line
        for i, lines in enumerate(broken):
            middle = height - len(lines) * drawing.line / 2
            drawing.label(start + (i + 0.5) * pitch, middle, lines, "middle")
        return height + _GAP / 2
    height = max(map(measure.width, names), default=0)
    for i, name in enumerate(names):
        drawing.upright(start + (i + 0.5) * pitch, height, name)
    return height + _GAP / 2


# ---------------------------------------------------------------- map


def _map(job: Job, drawing: Drawing, regions: RegionMap) -> None:
    """Five tiles, each with its name and value, the darker the greater its value; the unit stands above them."""
    if regions.unit:
        drawing.label(0, drawing.line / 2, (regions.unit,), colour=drawing.colour("muted"))
    top = drawing.line + _GAP / 2 if regions.unit else 0
    greatest = max((region.value or 0 for region in regions.regions), default=0)
    for region in regions.regions:
        share = (region.value or 0) / greatest if greatest else 0
        fill = "#FFFFFF" if region.value is None else f"#{tint(job.theme, share)}"
        _tile(job, drawing, region, fill, top)


def _tile(job: Job, drawing: Drawing, region: Region, fill: str, start: float) -> None:
    """A tile; `start` is where tiles begin."""
    left, top, width, height = TILES[region.id]
    w, h = width * drawing.width, height * MAP_HEIGHT
    x = left * drawing.width if drawing.language.direction == "ltr" else (1 - left - width) * drawing.width
    y = start + top * MAP_HEIGHT
    drawing.box(x, y, w, h, fill=fill, rx=3, stroke=drawing.colour("rule"), stroke_width=0.5)
    ink = contrast(fill, job.theme)
    lines = drawing.measure().lines(region.label, w - 2 * _GAP)
    if region.value is None:
        shown, size = job.words["no-value"], drawing.size
    else:
        shown, size = _number(region.value), drawing.size * 2
    whole = len(lines) * drawing.line + size * 1.2
    middle = y + h / 2 - whole / 2
    drawing.label(
        x + w / 2, middle + size * 0.6, (shown,), "middle", colour=ink, bold=region.value is not None, size=size
    )
    drawing.label(x + w / 2, middle + size * 1.2 + len(lines) * drawing.line / 2, lines, "middle", colour=ink)


_KINDS: Mapping[str, Callable[[Job, Drawing, Chart], None]] = {"bar": _bars, "stacked": _stacked, "matrix": _matrix}
