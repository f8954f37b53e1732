"""In: a table. Out: its caption, a native table and its notes (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct

from icat_reports.document.grid import cell_words, column_kinds, placed
from icat_reports.document.nodes import Block, Cell, Note, Origin, Row, Table
from icat_reports.faces import families
from icat_reports.measure import Measure
from icat_reports.ooxml.markup import Inner, Instead, Value, for_word, paragraph, properties, style_of, text_run
from icat_reports.ooxml.names import bookmark
from icat_reports.ooxml.units import eighths, twips
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.captions import caption
from icat_reports.write_docx.inline import mark_style, plain_words, words
from icat_reports.write_docx.numbering import TABLE_NOTES, number_properties
from icat_reports.write_docx.widths import longest_word, turned_height

BOX_PADDING = 10.0
"""Points between a box's edge and its words."""
GUTTER = 8.0
"""Points between the words of two columns."""

_SPARE = 1.0
"""Points beyond the measured width of a word, as programs round."""

_STYLES = {
    "": ("TableText", "TableHead"),
    "marks": ("TableMark", "TableHeadCentred"),
    "figures": ("TableFigure", "TableHeadEnd"),
}
"""Styles of cells and heads by the kind of a column."""

_KEPT = {style: f"{style}Kept" for style in ("TableText", "TableMark", "TableFigure")}
"""Styles of cells in rows that stay with what follows.

The format of the table's style for a last row says so too, for lists in its cells; not every program heeds it there.
"""

_TURNED: dict[str, Value] = {
    "textDirection": "btLr",
    "tcMar": Inner('<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'),
}
"""Words that read from below upwards, with no space beside the line, which a narrow column has not."""


def turned_looks(build: Build) -> dict[str, Value]:
    """Properties of a cell whose words stand on their side.

    LibreOffice (7.4) sets such words of a script from the right, and the cells of their row, beside the table. So Word is
    told (since 2013, whose namespace it knows), and others are not.
    """
    if not build.rtl:
        return _TURNED
    return _TURNED | {"textDirection": Instead(for_word('<w:textDirection w:val="btLr"/>'))}


_Shown = tuple[int, Cell, bool]
"""A cell in a row: its column, the cell, and whether it begins in this row."""

CellWriter = Callable[[Build, Iterable[Block], str, Origin], str]
"""Writes a cell's blocks, their plain paragraphs in the style given."""


class _Grid(Struct, frozen=True):
    """Where the cells of a table stand, and how its columns look."""

    table: Table
    widths: list[float]
    """Of the columns, in points."""
    kinds: Mapping[int, str]
    """What stands in each column, as `column_kinds` says."""
    turned: frozenset[int]
    """Columns whose heads stand on their side: all but the first and those of words, where one is too narrow for its head."""
    size: float
    """Of the type, in points."""


def table(build: Build, node: Table, write_cell: CellWriter) -> Iterator[str]:
    """The pieces of a table: caption, table, notes, and a small paragraph that parts it from what follows."""
    if node.caption:
        yield caption(build, node)
    grid = _grid(build, node)
    rows = list(_rows(build, grid, write_cell))
    said: dict[str, Value] = {"tblCaption": plain_words(node.caption)} if node.caption else {}
    parts = table_parts(head=bool(node.head), rows=_has_row_heads(node), last=bool(node.notes))
    looks = table_properties(build, "PublicationTable", parts, **said)
    yield f"<w:tbl>{looks}{columns(grid.widths)}{''.join(rows)}</w:tbl>"
    yield from notes(build, node.notes)
    yield paragraph(style_of("TableEnd"))


def _grid(build: Build, node: Table) -> _Grid:
    widths = [build.measure * share / sum(node.widths) for share in node.widths]
    size = build.type("table").size
    kinds = column_kinds(node)
    heads = {found.columns.start: found.cell for found in placed(node.head) if len(found.columns) == 1}
    narrow = {place: cell for place, cell in heads.items() if place and kinds.get(place, "marks")}
    turned = any(longest_word(cell_words(cell)) * size > widths[place] for place, cell in narrow.items())
    wordy = {place: cell for place, cell in heads.items() if kinds.get(place) == ""}
    return _Grid(node, _roomy(build, widths, wordy), kinds, frozenset(narrow if turned else ()), size)


def _roomy(build: Build, widths: Sequence[float], heads: Mapping[int, Cell]) -> list[float]:
    """Widths of columns with room for the longest word of each of these heads, which the widest column gives."""
    found = list(widths)
    measure = Measure(families(build.fonts, build.language), build.type("table-head").size, bold=True)
    widest = found.index(max(found))
    for place, cell in heads.items():
        lack = max(map(measure.width, cell_words(cell).split()), default=0) + GUTTER + _SPARE - found[place]
        if lack > 0 and place != widest:
            found[place] += lack
            found[widest] -= lack
    return found


def _rows_of(rows: Sequence[Row]) -> list[list[_Shown]]:
    """Each row as (column, cell, whether the cell begins here), with the cells that reach down into it."""
    shown: list[list[_Shown]] = [[] for _ in rows]
    for found in placed(rows):
        for row in found.rows:
            shown[row].append((found.columns.start, found.cell, row == found.rows.start))
    return [sorted(row, key=itemgetter(0)) for row in shown]


def table_properties(build: Build, style: str, parts: Mapping[str, str | int], **more: Value) -> str:
    """`w:tblPr`: style, whole width, and the words that a screen reader says first (17.4.59, 17.4.47)."""
    values: dict[str, Value] = {
        "tblStyle": style,
        "tblW": {"w": twips(build.measure), "type": "dxa"},
        "tblLayout": {"type": "fixed"},
        "tblLook": parts,
        **more,
    }
    return properties("tblPr", {**values, "bidiVisual": True} if build.rtl else values)


def _has_row_heads(node: Table) -> bool:
    return any(cell.header == "row" for row in node.body for cell in row.cells[:1])


def table_parts(*, head: bool, rows: bool, last: bool = False) -> Mapping[str, str | int]:
    """`w:tblLook` (17.4.56): which conditional formats of the style apply; the number repeats it for old readers.

    The format of the `last` row keeps it on the page of what follows, the table's notes.
    """
    value = 0x0600 | (0x0020 if head else 0) | (0x0040 if last else 0) | (0x0080 if rows else 0)
    return {
        "val": f"{value:04X}",
        "firstRow": int(head),
        "lastRow": int(last),
        "firstColumn": int(rows),
        "lastColumn": 0,
        "noHBand": 1,
        "noVBand": 1,
    }


def columns(widths: Iterable[float]) -> str:
    """`w:tblGrid` of columns of these widths in points."""
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _rows(build: Build, grid: _Grid, write_cell: CellWriter) -> Iterator[str]:
    last = len(grid.table.head) - 1
    for at, row in enumerate(_rows_of(grid.table.head)):
        values: dict[str, Value] = {"cantSplit": True, "tblHeader": True}
        if grid.turned and at == last:
            values["trHeight"] = {"val": twips(_turned_height(grid, row)), "hRule": "exact"}
        cells = (_cell(build, grid, shown, write_cell, rule=_head_rule(build, at, last, shown[1])) for shown in row)
        yield f"<w:tr>{properties('trPr', values)}{''.join(cells)}</w:tr>"
    rows = _rows_of(grid.table.body)
    kept = _kept_rows(len(rows), notes=bool(grid.table.notes))
    for at, row in enumerate(rows):
        cells = (_cell(build, grid, shown, write_cell, rule=None, kept=at in kept) for shown in row)
        yield f"<w:tr>{properties('trPr', {'cantSplit': True})}{''.join(cells)}</w:tr>"


def _kept_rows(count: int, *, notes: bool) -> range:
    """The row before the last, so that the last is not left alone, and the last itself where notes follow."""
    return range(max(count - 2, 0), count if notes else count - 1)


def _turned_height(grid: _Grid, row: Sequence[_Shown]) -> float:
    return turned_height((cell_words(cell) for place, cell, _ in row if place in grid.turned), grid.size)


def _head_rule(build: Build, at: int, last: int, cell: Cell) -> float | None:
    """Points of the rule under a head cell, where the style's own, under the first row, is not the right one.

    [M] Rules stand under the column heads only; a head over several columns has a thin one of its own.
    """
    if last == 0:
        return None
    if at + cell.rowspan > last:
        return build.theme.table.rule_strong
    return build.theme.table.rule if cell.colspan > 1 else 0


def _cell(
    build: Build, grid: _Grid, shown: _Shown, write_cell: CellWriter, *, rule: float | None, kept: bool = False
) -> str:
    place, cell, first = shown
    turned = place in grid.turned and cell.header == "col"
    values: dict[str, Value] = {
        "tcW": {"w": twips(sum(grid.widths[place : place + cell.colspan])), "type": "dxa"},
        "gridSpan": cell.colspan if cell.colspan > 1 else None,
    }
    if cell.rowspan > 1:
        values["vMerge"] = "restart" if first else "continue"
    if rule is not None:
        values["tcBorders"] = Inner(_border("bottom", rule, build.theme.colour("accent-dark")))
    if turned:
        values |= {**turned_looks(build), "vAlign": "center"}
    elif cell.header in {"col", "colgroup"}:
        values["vAlign"] = "bottom"
    style = _cell_style(grid, place, cell)
    if kept:
        style = _KEPT.get(style, style)
    blocks = cell.children if first else ()
    body = write_cell(build, blocks, style, cell.origin) or paragraph(style_of(style))
    if body.endswith("</w:tbl>"):
        body += paragraph(style_of(style))
    return f"<w:tc>{properties('tcPr', values)}{body}</w:tc>"


def _cell_style(grid: _Grid, place: int, cell: Cell) -> str:
    text_style, head_style = _STYLES[grid.kinds.get(place, "")]
    if cell.header == "colgroup":
        return "TableHeadCentred"
    if cell.header == "col":
        return "TableHead" if place in grid.turned else head_style
    return "TableText" if cell.header else text_style


def _border(side: str, width: float, color: str) -> str:
    """A border of a cell (17.4.66); a width of 0 is none."""
    if not width:
        return f'<w:{side} w:val="nil"/>'
    return f'<w:{side} w:val="single" w:sz="{eighths(width)}" w:space="0" w:color="{color}"/>'


# ---------------------------------------------------------------- notes, boxes


def notes(build: Build, notes_: Sequence[Note]) -> Iterator[str]:
    """The notes of a table or figure, directly under it: letters are counted by Word, asterisks are words."""
    instance = 0
    for note in notes_:
        more: dict[str, Value] = {}
        content = build.traced(note.origin, words(build, build.main, note.children))
        if note.series == "letter":
            instance = instance or build.numbering.restart(TABLE_NOTES)
            more["numPr"] = number_properties(0, instance)
            content = build.bookmark(bookmark("Note", note.id), content)
        else:
            mark = text_run(build.resolved.notes[note.id].mark, mark_style(build, note.id))
            content = build.bookmark(bookmark("Note", note.id), mark) + text_run(" ") + content
        yield paragraph(style_of("TableNote", **more), content)


def box(build: Build, inner: str, style: str) -> str:
    """A box: a table of one cell, which can hold lists and run over a page."""
    width = twips(build.measure)
    looks = table_properties(build, style, table_parts(head=False, rows=False))
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
    return f"<w:tbl>{looks}{columns([build.measure])}<w:tr>{cell}</w:tr></w:tbl>"
