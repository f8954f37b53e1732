"""In: a table node. Out: an HTML table with caption, scopes, headers of each cell and the notes under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from icat_reports.document.grid import Placed, column_kinds, placed
from icat_reports.document.nodes import Block, Figure, Table
from icat_reports.write_html.inline import footnote, inline
from icat_reports.write_html.job import Job
from icat_reports.write_html.markup import element, text

Flow = Callable[[tuple[Block, ...]], str]
"""Writes the blocks of a cell."""


def table(job: Job, node: Table, flow: Flow) -> str:
    """A table and its notes, kept together by a `div` that bears the table's id."""
    cells = tuple(placed((*node.head, *node.body)))
    heads = tuple(cell for cell in cells if cell.heads) if any(cell.spans for cell in cells) else ()
    kinds = column_kinds(node)
    rows = [_row(node, row, heads, kinds, flow) for row in _rows(cells, len(node.head) + len(node.body))]
    columns = (element("col", {"style": f"width:{share:.4g}%"}) for share in _shares(node.widths))
    written = element(
        "table",
        {},
        element("caption", {}, caption(job, node)),
        element("colgroup", {}, *columns),
        element("thead", {}, "\n", *rows[: len(node.head)]),
        element("tbody", {}, "\n", *rows[len(node.head) :]),
    )
    frame = written if job.medium == "print" else _scrolling(job, node, written)
    classes = "table landscape" if node.landscape else "table"
    return element("div", {"class": classes, "id": node.id}, frame, notes(job, node))


def caption(job: Job, node: Table | Figure) -> str:
    """Label, separator and words of a caption."""
    label = job.resolved.captions[node.id].label
    shown = element("span", {"class": "number"}, text(label), text(job.words["caption-separator"]))
    return shown + inline(job, node.caption)


def notes(job: Job, node: Table | Figure) -> str:
    """The notes directly under a table or figure (Editorial Manual: in letters, or an asterisk)."""
    if not node.notes:
        return ""
    return element("div", {"class": "table-notes"}, *(footnote(job, note, "p", {}) for note in node.notes))


def _scrolling(job: Job, node: Table, written: str) -> str:
    """A wide table scrolls in its own frame, which the keyboard can reach (WCAG 2.2, 1.4.10 and 2.1.1)."""
    label = job.resolved.captions[node.id].label
    return element("div", {"class": "scroll", "role": "region", "tabindex": 0, "aria-label": label}, written)


def _shares(widths: tuple[float, ...]) -> tuple[float, ...]:
    """Widths as per cent of their sum."""
    whole = sum(widths) or 1
    return tuple(100 * width / whole for width in widths)


# ---------------------------------------------------------------- rows and cells


def _rows(cells: Sequence[Placed], count: int) -> list[tuple[Placed, ...]]:
    """Cells by the row in which they begin."""
    begun = {y: tuple(group) for y, group in groupby(cells, lambda placed: placed.rows.start)}
    return [begun.get(y, ()) for y in range(count)]


def _row(node: Table, row: Sequence[Placed], heads: Sequence[Placed], kinds: Mapping[int, str], flow: Flow) -> str:
    return element("tr", {}, *(_cell(node, placed, heads, kinds, flow) for placed in row)) + "\n"


def _cell(node: Table, placed: Placed, heads: Sequence[Placed], kinds: Mapping[int, str], flow: Flow) -> str:
    """A cell; `heads` are those that it may name, none in a table without spanning cells (HTML 4.9.11, PDF/UA-1 7.5)."""
    cell = placed.cell
    return element(
        "th" if placed.heads else "td",
        {
            "id": _header_id(node, placed) if placed.heads and heads else None,
            "class": (kinds.get(placed.columns.start) or None) if len(placed.columns) == 1 else None,
            "scope": cell.header if placed.heads else None,
            "colspan": cell.colspan if cell.colspan > 1 else None,
            "rowspan": cell.rowspan if cell.rowspan > 1 else None,
            "headers": " ".join(_header_id(node, head) for head in heads if _is_headed(placed, head)) or None,
        },
        flow(cell.children),
    )


def _header_id(node: Table, placed: Placed) -> str:
    return f"{node.id}-r{placed.rows.start + 1}c{placed.columns.start + 1}"


def _is_headed(placed: Placed, head: Placed) -> bool:
    """Whether `head` stands above the cell in its columns, or before a cell of data in its rows."""
    if head.cell.header in {"col", "colgroup"}:
        return head.rows.start < placed.rows.start and _meet(head.columns, placed.columns)
    return not placed.heads and head.columns.start < placed.columns.start and _meet(head.rows, placed.rows)


def _meet(a: range, b: range) -> bool:
    return a.start < b.stop and b.start < a.stop
