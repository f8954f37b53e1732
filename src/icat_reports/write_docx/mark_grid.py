"""In: a chart of marks. Out: a native table: Word has no chart of the kind, and a table's cells can be reached singly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from icat_reports.document.nodes import Chart, Series
from icat_reports.ooxml.markup import Value, for_word, paragraph, properties, style_of
from icat_reports.ooxml.units import twips
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.inline import text
from icat_reports.write_docx.tables import columns, table_parts, table_properties, turned_looks
from icat_reports.write_docx.widths import longest_word, turned_height, width

_WIDEST = 0.3
"""Share of the measure that the names of the rows may take."""


class _Room(Struct, frozen=True):
    """How the grid is divided, in points."""

    names: float
    """Width of the column of names."""
    marks: float
    """Width of each other column."""
    turned: bool
    """Whether the heads stand on their side."""


def mark_grid(build: Build, chart: Chart, alt: str) -> str:
    """The table: a row for each series, a column for each category; kept on one page."""
    room = _room(build, chart)
    rows = [_head(build, chart, room), *(_row(build, at, chart, room) for at in range(len(chart.series)))]
    looks = table_properties(build, "MarksTable", table_parts(head=True, rows=True), tblDescription=alt)
    grid = columns([room.names, *(room.marks for _ in chart.categories)])
    return f"<w:tbl>{looks}{grid}{''.join(rows)}</w:tbl>"


def _room(build: Build, chart: Chart) -> _Room:
    padding = 2 * build.theme.table.padding
    longest = max((width(series.name) for series in chart.series), default=0)
    names = min(longest * build.type("table").size + 2 * padding, build.measure * _WIDEST)
    marks = (build.measure - names) / len(chart.categories)
    size = build.type("table-head").size
    return _Room(names, marks, any(longest_word(name) * size + padding > marks for name in chart.categories))


def _head(build: Build, chart: Chart, room: _Room) -> str:
    values: dict[str, Value] = {"cantSplit": True, "tblHeader": True}
    style = "ChartHeadCentred"
    looks: dict[str, Value] = {"vAlign": "bottom"}
    if room.turned:
        height = turned_height(chart.categories, build.type("table-head").size)
        values["trHeight"] = {"val": twips(height), "hRule": "exact"}
        style = "ChartHead"
        looks = {**turned_looks(build), "vAlign": "center"}
    cells = (
        _cell(room.marks, style, _head_words(build, number, name, room), looks)
        for number, name in enumerate(chart.categories, 1)
    )
    return f"<w:tr>{properties('trPr', values)}{_cell(room.names, 'ChartHead')}{''.join(cells)}</w:tr>"


def _head_words(build: Build, number: int, name: str, room: _Room) -> str:
    """The name of a column; where not every program can turn it, its number for those that cannot."""
    words = text(build, name)
    return for_word(words, text(build, str(number))) if room.turned and build.rtl else words


def _row(build: Build, at: int, chart: Chart, room: _Room) -> str:
    series = chart.series[at]
    cells = "".join(_marks(build, series, chart.categories, room))
    words = text(build, series.name)
    if room.turned and build.rtl and series.name in chart.categories:
        words = for_word("", text(build, f"{chart.categories.index(series.name) + 1}- ")) + words
    name = _cell(room.names, "ChartRow", words)
    return f"<w:tr>{properties('trPr', {'cantSplit': True})}{name}{cells}</w:tr>"


def _marks(build: Build, series: Series, categories: Sequence[str], room: _Room) -> Iterator[str]:
    """A mark that needs no colour: a bullet for 1, else the figure; a tint where row and column are the same."""
    tint: Mapping[str, Value] = {"shd": {"val": "clear", "color": "auto", "fill": build.theme.colour("accent-light")}}
    for name, value in zip(categories, series.values, strict=True):
        shown = "●" if value == 1 else f"{value or 0:g}"
        same = tint if name == series.name else None
        yield _cell(room.marks, "ChartMark", text(build, shown) if value else "", same)


def _cell(wide: float, style: str, runs: str = "", looks: Mapping[str, Value] | None = None) -> str:
    values: dict[str, Value] = {"tcW": {"w": twips(wide), "type": "dxa"}, **(looks or {})}
    return f"<w:tc>{properties('tcPr', values)}{paragraph(style_of(style), runs)}</w:tc>"
