"""In: a table of a Word file. Out: its rows with the cells that begin in them (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from icat_reports.ooxml.namespaces import qualified
from icat_reports.ooxml.reading import Element, value
from icat_reports.verify.reading import Cell

_ROW, _CELL = qualified("w:tr"), qualified("w:tc")
_MERGE = f"{qualified('w:tcPr')}/{qualified('w:vMerge')}"
_HEAD = f"{qualified('w:trPr')}/{qualified('w:tblHeader')}"
_LOOK = f"{qualified('w:tblPr')}/{qualified('w:tblLook')}"


class _Draft(Struct):
    """A cell that may reach down further."""

    words: str
    head: bool
    colspan: int
    rowspan: int = 1

    def cell(self) -> Cell:
        """The cell; an empty one heads nothing."""
        return Cell(self.words, self.head and bool(self.words), self.colspan, self.rowspan)


def rows(table: Element, words: Callable[[Element], str]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of a table; `words` reads what is in a cell.

    Heads are the rows that Word repeats (17.4.49), and the first cells of rows where the table's look says so (17.4.56).
    """
    look = table.find(_LOOK)
    row_heads = look is not None and look.get(qualified("w:firstColumn")) == "1"
    found: list[list[_Draft]] = []
    reaching: dict[int, _Draft] = {}
    for row in table.iterchildren(_ROW):
        found.append([])
        head = row.find(_HEAD) is not None
        place = 0
        for cell in row.iterchildren(_CELL):
            span = int(value(cell, "w:tcPr/w:gridSpan") or 1)
            merge = cell.find(_MERGE)
            above = reaching.pop(place, None)
            if merge is not None and value(merge) != "restart" and above:  # the cell above goes on (17.4.84)
                above.rowspan += 1
                reaching[place] = above
            else:
                draft = _Draft(words(cell), head or (row_heads and not place), span)
                found[-1].append(draft)
                if merge is not None:
                    reaching[place] = draft
            place += span
    return tuple(tuple(draft.cell() for draft in row) for row in found)
