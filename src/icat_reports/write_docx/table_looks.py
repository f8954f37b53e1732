"""In: a theme. Out: the looks of our table styles (ECMA-376 part 1, 17.7.6)."""

from __future__ import annotations

from collections.abc import Callable

from icat_reports.ooxml.markup import Inner, properties
from icat_reports.ooxml.units import eighths, twips
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.tables import BOX_PADDING, GUTTER


def _edge(side: str, width: float, color: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths(width)}" w:space="0" w:color="{color}"/>'


def _padding(top: float, sides: float) -> str:
    lengths = {"top": top, "left": sides, "bottom": top, "right": sides}
    return "".join(f'<w:{side} w:w="{twips(length)}" w:type="dxa"/>' for side, length in lengths.items())


def _table_normal(_: Build) -> str:
    return properties("tblPr", {"tblInd": {"w": 0, "type": "dxa"}, "tblCellMar": Inner(_padding(0, 5.4))})


def _publication_table(build: Build) -> str:
    """[M] Rules stand at the top, at the bottom and under the column heads only; notes stay with the last row."""
    looks, color = build.theme.table, build.theme.colour("text")
    rules = _edge("top", looks.rule_strong, color) + _edge("bottom", looks.rule_strong, color)
    table = {"tblBorders": Inner(rules), "tblCellMar": Inner(_padding(looks.padding, GUTTER / 2))}
    under = properties("tcPr", {"tcBorders": Inner(_edge("bottom", looks.rule, color))})
    first = f'<w:tblStylePr w:type="firstRow">{under}</w:tblStylePr>'
    last = f'<w:tblStylePr w:type="lastRow">{properties("pPr", {"keepNext": True})}</w:tblStylePr>'
    return properties("tblPr", table) + first + last


def _marks_table(build: Build) -> str:
    """A grid is read along its lines."""
    looks, color, line = build.theme.table, build.theme.colour("text"), build.theme.colour("rule")
    rules = (
        _edge("top", looks.rule_strong, color)
        + _edge("bottom", looks.rule_strong, color)
        + _edge("insideH", looks.rule, line)
        + _edge("insideV", looks.rule, line)
    )
    return properties(
        "tblPr", {"tblBorders": Inner(rules), "tblCellMar": Inner(_padding(looks.padding / 2, looks.padding))}
    )


def _box_table(build: Build) -> str:
    fill = {"val": "clear", "color": "auto", "fill": build.theme.colour("accent-light")}
    table = properties("tblPr", {"tblCellMar": Inner(_padding(BOX_PADDING, BOX_PADDING))})
    return f"{table}{properties('tcPr', {'shd': fill})}"


def _summary_table(build: Build) -> str:
    """A thin frame, as white as the page."""
    looks, color = build.theme.table, build.theme.colour("text")
    frame = "".join(_edge(side, looks.rule, color) for side in ("top", "left", "bottom", "right"))
    return properties("tblPr", {"tblBorders": Inner(frame), "tblCellMar": Inner(_padding(BOX_PADDING, BOX_PADDING))})


def _masthead_table(build: Build) -> str:
    """A rule under each of its two lines, and no others."""
    looks, color = build.theme.table, build.theme.colour("text")
    rules = _edge("bottom", looks.rule_strong, color) + _edge("insideH", looks.rule, color)
    return properties("tblPr", {"tblBorders": Inner(rules), "tblCellMar": Inner(_padding(looks.padding, 0))})


TABLES: dict[str, Callable[[Build], str]] = {
    "TableNormal": _table_normal,
    "PublicationTable": _publication_table,
    "MarksTable": _marks_table,
    "BoxTable": _box_table,
    "SummaryTable": _summary_table,
    "MastheadTable": _masthead_table,
}
"""By style id."""
