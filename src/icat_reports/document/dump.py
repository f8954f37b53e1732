"""In: a resolved document. Out: a stable text of it that a person can read and a test can compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from icat_reports.document.nodes import (
    Aside,
    Block,
    Chart,
    Citation,
    Contents,
    Emphasis,
    Figure,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    NoteMark,
    Paragraph,
    Phrase,
    Reference,
    RegionMap,
    Row,
    Section,
    Strong,
    Table,
    Text,
)
from icat_reports.document.resolved import ResolvedDocument

_STEP = "  "


def outline(resolved: ResolvedDocument) -> Iterator[str]:
    """Headings with their numbers, tables and figures, one a line, indented by level."""
    for division in resolved.document.divisions:
        yield f"[{division.kind}]"
        yield from _outline(resolved, division.children, 1)


def _outline(resolved: ResolvedDocument, blocks: Iterable[Block], depth: int) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Section):
            number = resolved.headings[block.id]
            yield f"{_STEP * depth}{number.label}{number.separator}{line_of(resolved, block.heading.children)}"
            yield from _outline(resolved, block.children, depth + 1)
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
    pad = _STEP * depth
    match block:
        case Section():
            number = resolved.headings[block.id]
            yield f"{pad}h{number.level} {number.label}{number.separator}{line_of(resolved, block.heading.children)}"
            for child in block.children:
                yield from _block(resolved, child, depth + 1)
        case Paragraph():
            role = "" if block.role == "body" else f"{block.role}: "
            count = f"{resolved.paragraphs[block.id]}. " if block.number else ""
            yield f"{pad}{role}{count}{line_of(resolved, block.children)}"
        case List():
            for place, item in enumerate(block.items, 1):
                yield f"{pad}- {block.kind} {place}"
                for child in item.children:
                    yield from _block(resolved, child, depth + 2)
        case Table():
            yield f"{pad}{resolved.captions[block.id].label}: {line_of(resolved, block.caption)}"
            for row in (*block.head, *block.body):
                yield f"{pad}{_STEP}| {_row(resolved, row)} |"
            for note in block.notes:
                yield f"{pad}{_STEP}{resolved.notes[note.id].mark} {line_of(resolved, note.children)}"
        case Figure():
            yield from _figure(resolved, block, pad)
        case Aside():
            yield f"{pad}{block.role}"
            for child in block.children:
                yield from _block(resolved, child, depth + 1)
        case Contents():
            rows = {"sections": resolved.contents, "figures": resolved.figures, "tables": resolved.tables}[block.of]
            for row in rows:
                if block.of != "sections" or row.level <= block.depth:
                    yield f"{pad}> {_STEP * (row.level - 1)}{row.label}{row.separator}{line_of(resolved, row.children)}"


def _row(resolved: ResolvedDocument, row: Row) -> str:
    cells = []
    for cell in row.cells:
        words = " / ".join(text.strip() for block in cell.children for text in _block(resolved, block, 0))
        cells.append(f"{words}{f' <{cell.header}>' if cell.header else ''}")
    return " | ".join(cells)


def _figure(resolved: ResolvedDocument, figure: Figure, pad: str) -> Iterator[str]:
    if figure.id in resolved.captions:
        yield f"{pad}{resolved.captions[figure.id].label}: {line_of(resolved, figure.caption)}"
    match figure.body:
        case Chart():
            for series in figure.body.series:
                for category, value in zip(figure.body.categories, series.values, strict=True):
                    if value is not None:
                        yield f"{pad}{_STEP}{series.name} | {category} | {value:g}"
        case RegionMap():
            for region in figure.body.regions:
                yield f"{pad}{_STEP}{region.label} | {'' if region.value is None else f'{region.value:g}'}"
        case Image():
            yield f"{pad}image {figure.body.src}"
    if figure.alt:
        yield f"{pad}{_STEP}alt: {figure.alt}"
    for paragraph in figure.under:
        yield f"{pad}{_STEP}{paragraph.role}: {line_of(resolved, paragraph.children)}"


def line_of(resolved: ResolvedDocument, children: Iterable[Inline]) -> str:
    """Inline nodes on one line: links as words<address>, note marks as [^1]."""
    parts = []
    for child in children:
        match child:
            case Text():
                parts.append(child.value)
            case Emphasis() | Strong():
                parts.append(line_of(resolved, child.children))
            case Phrase():
                parts.append(line_of(resolved, child.children))
            case Link():
                parts.append(f"{line_of(resolved, child.children)}<{child.href}>")
            case Citation():
                parts.append(f"{line_of(resolved, child.children)}{f'<{child.href}>' if child.href else ''}")
            case Reference():
                parts.append(resolved.references.get(child.target, f"?{child.target}"))
            case NoteMark():
                parts.append(f"[^{resolved.notes[child.note].mark}]" if child.note in resolved.notes else "[^?]")
            case LineBreak():
                parts.append(" / ")
    return "".join(parts)
