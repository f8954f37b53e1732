"""In: a table. Out: where its cells stand, and which of its columns hold figures or marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from icat_reports.document import walk
from icat_reports.document.nodes import Cell, Row, Table

_FIGURES = re.compile(r"[−-]?[\d\u0660-\u0669][\d\u0660-\u0669.,\u00a0\u202f]*\s?%?")
_MARK = 2
"""Greatest length of a cell that is a mark, such as a dot, a tick or a cross."""


class Placed(Struct, frozen=True):
    """A cell with the rows and columns that it covers, counted from 0."""

    cell: Cell
    rows: range
    columns: range

    @property
    def spans(self) -> bool:
        """Whether it covers more than one place."""
        return len(self.rows) * len(self.columns) > 1

    @property
    def heads(self) -> bool:
        """Whether it heads others: an empty corner heads nothing."""
        return bool(self.cell.header and self.cell.children)


def placed(rows: Sequence[Row]) -> Iterator[Placed]:
    """Cells in order on the grid (HTML 4.9.12.1, the algorithm for forming a table)."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row.cells:
            while (y, x) in taken:
                x += 1
            found = Placed(cell, range(y, y + cell.rowspan), range(x, x + cell.colspan))
            taken |= {(i, j) for i in found.rows for j in found.columns}
            yield found
            x += cell.colspan


def column_kinds(table: Table) -> Mapping[int, str]:
    """By column, what all its cells of data are: `figures` are set flush with its end, `marks` centred; empty for words.

    A column without data has no kind.
    """
    words: dict[int, list[str]] = {}
    for found in placed(table.body):
        if len(found.columns) == 1 and not found.cell.header and (shown := cell_words(found.cell)):
            words.setdefault(found.columns.start, []).append(shown)
    return {column: _kind(shown) for column, shown in words.items()}


def cell_words(cell: Cell) -> str:
    """All words of a cell, without marks of notes."""
    return " ".join(walk.plain(walk.own_inlines(block)) for block in walk.blocks(cell.children)).strip()


def _kind(words: Sequence[str]) -> str:
    if all(_FIGURES.fullmatch(shown) for shown in words):
        return "figures"
    return "marks" if all(len(shown) <= _MARK for shown in words) else ""
