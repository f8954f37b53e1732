"""In: a resolved document. Out: a stable text of it that a person can read and a test can compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from icat_reports.document.nodes import (
    Aside,
    Block,
    Chart,
    Citation,
    Contents,
    Figure,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    Masthead,
    NoteMark,
    Paragraph,
    Reference,
    RegionMap,
    Row,
    Section,
    Table,
    Text,
)
from icat_reports.document.resolved import ResolvedDocument

_STEP = "  "


def outline(resolved: ResolvedDocument, *, ids: bool = False) -> Iterator[str]:
    """Headings with their numbers, and with their ids if asked for, tables and figures, one a line, indented by level."""
    for division in resolved.document.divisions:
        yield f"[{division.kind}]"
        yield from _outline(resolved, division.children, 1, ids=ids)


def _outline(resolved: ResolvedDocument, blocks: Iterable[Block], depth: int, *, ids: bool) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Section):
            number = resolved.headings[block.id]
            id_ = f"  [{block.id}]" if ids else ""
            yield f"{_STEP * depth}{number.label}{number.separator}{line_of(resolved, block.heading.children)}{id_}"
            yield from _outline(resolved, block.children, depth + 1, ids=ids)
        elif isinstance(block, Table | Figure) and block.id in resolved.captions:
            yield f"{_STEP * depth}({resolved.captions[block.id].label}: {line_of(resolved, block.caption)})"


def dump(resolved: ResolvedDocument) -> str:
    """The whole document as text: structure by indentation, marks and links in brackets, notes at the end."""
    lines: list[str] = []
    for division in resolved.document.divisions:
        lines.append(f"[{division.kind}]")
        for block in division.children:
            lines += _block(resolved, block, 1)
    if resolved.document.notes:
        lines.append("[notes]")
    for note in resolved.document.notes:
        mark = resolved.notes[note.id].mark if note.id in resolved.notes else "?"
        lines.append(f"{_STEP}{mark} {line_of(resolved, note.children)}")
    return "\n".join(lines) + "\n"


def _block(resolved: ResolvedDocument, block: Block, depth: int) -> Iterator[str]:
    yield from _BLOCKS[type(block)](resolved, block, depth)


def _section(resolved: ResolvedDocument, block: Section, depth: int) -> Iterator[str]:
    number = resolved.headings[block.id]
    words = line_of(resolved, block.heading.children)
    yield f"{_STEP * depth}h{number.level} {number.label}{number.separator}{words}"
    for child in block.children:
        yield from _block(resolved, child, depth + 1)


def _paragraph(resolved: ResolvedDocument, block: Paragraph, depth: int) -> Iterator[str]:
    role = "" if block.role == "body" else f"{block.role}: "
    count = f"{resolved.paragraphs[block.id]}. " if block.number else ""
    yield f"{_STEP * depth}{role}{count}{line_of(resolved, block.children)}"


def _list(resolved: ResolvedDocument, block: List, depth: int) -> Iterator[str]:
    for place, item in enumerate(block.items, 1):
        yield f"{_STEP * depth}- {block.kind} {place}"
        for child in item.children:
            yield from _block(resolved, child, depth + 2)


def _table(resolved: ResolvedDocument, block: Table, depth: int) -> Iterator[str]:
    pad = _STEP * depth
    yield f"{pad}{_caption(resolved, block)}"
    for row in (*block.head, *block.body):
        yield f"{pad}{_STEP}| {_row(resolved, row)} |"
    for note in block.notes:
        yield f"{pad}{_STEP}{resolved.notes[note.id].mark} {line_of(resolved, note.children)}"


def _row(resolved: ResolvedDocument, row: Row) -> str:
    cells = []
    for cell in row.cells:
        words = " / ".join(text.strip() for block in cell.children for text in _block(resolved, block, 0))
        cells.append(f"{words}{f' <{cell.header}>' if cell.header else ''}")
    return " | ".join(cells)


def _caption(resolved: ResolvedDocument, block: Table | Figure) -> str:
    number = resolved.captions.get(block.id)
    return f"{number.label}: {line_of(resolved, block.caption)}" if number else ""


def _figure(resolved: ResolvedDocument, block: Figure, depth: int) -> Iterator[str]:
    pad = _STEP * depth
    if block.caption:
        yield f"{pad}{_caption(resolved, block)}"
    for line in _data(block.body):
        yield f"{pad}{_STEP}{line}"
    if block.alt:
        yield f"{pad}{_STEP}alt: {block.alt}"
    for paragraph in block.under:
        yield f"{pad}{_STEP}{paragraph.role}: {line_of(resolved, paragraph.children)}"


def _data(body: Chart | RegionMap | Image) -> Iterator[str]:
    if isinstance(body, Image):
        yield f"image {body.src}"
    elif isinstance(body, RegionMap):
        yield from (f"{r.label} | {'' if r.value is None else f'{r.value:g}'}" for r in body.regions)
    else:
        for series in body.series:
            for category, value in zip(body.categories, series.values, strict=True):
                if value is not None:
                    yield f"{series.name} | {category} | {value:g}"


def _masthead(resolved: ResolvedDocument, block: Masthead, depth: int) -> Iterator[str]:
    yield f"{_STEP * depth}masthead{f' {block.job}' if block.job else ''}"
    if block.mark:
        yield f"{_STEP * (depth + 1)}image {block.mark.src}"
    for child in block.children:
        yield from _block(resolved, child, depth + 1)


def _aside(resolved: ResolvedDocument, block: Aside, depth: int) -> Iterator[str]:
    yield f"{_STEP * depth}{block.role}"
    for child in block.children:
        yield from _block(resolved, child, depth + 1)


def _contents(resolved: ResolvedDocument, block: Contents, depth: int) -> Iterator[str]:
    rows = {"sections": resolved.contents, "figures": resolved.figures, "tables": resolved.tables}[block.of]
    for row in rows:
        if block.of != "sections" or row.level <= block.depth:
            words = line_of(resolved, row.children)
            range_ = f" … {resolved.paragraphs_of(row)}" if "paragraphs" in block.columns else ""
            yield f"{_STEP * depth}> {_STEP * (row.level - 1)}{row.label}{row.separator}{words}{range_}"


_BLOCKS: Mapping[type, Callable[[ResolvedDocument, Any, int], Iterator[str]]] = {
    Section: _section,
    Paragraph: _paragraph,
    List: _list,
    Table: _table,
    Figure: _figure,
    Masthead: _masthead,
    Aside: _aside,
    Contents: _contents,
}


def line_of(resolved: ResolvedDocument, children: Iterable[Inline]) -> str:
    """Inline nodes on one line: links as words<address>, note marks as [^1]."""
    return "".join(_inline(resolved, child) for child in children)


def _inline(resolved: ResolvedDocument, child: Inline) -> str:
    if isinstance(child, Text):
        return child.value
    if isinstance(child, LineBreak):
        return " / "
    if isinstance(child, Reference):
        return resolved.references.get(child.target, f"?{child.target}")
    if isinstance(child, NoteMark):
        return f"[^{resolved.notes[child.note].mark}]" if child.note in resolved.notes else "[^?]"
    words = line_of(resolved, child.children)
    address = child.href if isinstance(child, Link | Citation) else ""
    return f"{words}<{address}>" if address else words
