"""In: a masthead. Out: a table without a frame that places it, as Word's users make one (ECMA-376 part 1, 17.4).

Two rows: organization and symbol; below them mark, organ and particulars. Empty cells stay, to be filled by hand.
"""

from __future__ import annotations

from collections.abc import Callable

from icat_reports.document.nodes import Masthead, Paragraph
from icat_reports.ooxml.markup import Value, paragraph, properties, run, style_of
from icat_reports.ooxml.styles import PARAGRAPHS
from icat_reports.ooxml.units import twips
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.pictures import picture
from icat_reports.write_docx.tables import columns, table_parts, table_properties

MARK, PARTICULARS = 66.0, 128.0
"""Widths in points of the first column and the last."""
_GAP = 12.0
"""Points between the mark and the organ."""


def masthead(build: Build, node: Masthead, write: Callable[[Paragraph], str]) -> str:
    """The table of a masthead; `write` writes a paragraph of it."""
    reach = build.theme.type.get("masthead")
    start, end = (reach.indent, reach.end) if reach else (0.0, 0.0)
    whole = build.measure - start - end
    first = MARK if node.mark else 0.0
    widths = [width for width in (first, whole - first - PARTICULARS, PARTICULARS) if width]

    def cell(role: str, *places: int) -> str:
        shown = "".join(write(child) for child in node.children if child.role == role)
        return _cell(widths, places, shown or paragraph(style_of(PARAGRAPHS[role])))  # type: ignore[index]

    last = len(widths) - 1
    mark = [_cell(widths, (0,), _mark(build, node))] if node.mark else []
    rows = (
        [cell("organization", *range(last)), cell("symbol", last)],
        [*mark, cell("organ", last - 1), cell("particular", last)],
    )
    table = table_properties(
        build,
        "MastheadTable",
        table_parts(head=False, rows=False),
        tblW={"w": twips(whole), "type": "dxa"},
        tblInd={"w": twips(start), "type": "dxa"},
    )
    height = properties("trPr", {"trHeight": {"val": twips(MARK), "hRule": "atLeast"}})
    inner = "".join(f"<w:tr>{looks}{''.join(row)}</w:tr>" for looks, row in zip(("", height), rows, strict=True))
    return f"<w:tbl>{table}{columns(widths)}{inner}</w:tbl>"


def _cell(widths: list[float], places: tuple[int, ...], inner: str) -> str:
    width = twips(sum(widths[place] for place in places))
    values: dict[str, Value] = {
        "tcW": {"w": width, "type": "dxa"},
        "gridSpan": len(places) if len(places) > 1 else None,
    }
    return f"<w:tc>{properties('tcPr', values)}{inner}</w:tc>"


def _mark(build: Build, node: Masthead) -> str:
    """The mark, as wide as its column leaves room for."""
    before, build.measure = build.measure, MARK - _GAP
    shown = picture(build, "mark", node.mark) if node.mark else ""
    build.measure = before
    return paragraph(style_of("Figure"), run(shown) if shown else "")
