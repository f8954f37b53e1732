"""In: a resolved document. Out: all of it but its words: what must be the same in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from icat_reports.document import walk
from icat_reports.document.nodes import (
    Aside,
    Block,
    Chart,
    Citation,
    Contents,
    Figure,
    Image,
    Inline,
    Link,
    List,
    Masthead,
    NoteMark,
    Paragraph,
    Reference,
    RegionMap,
    Section,
    Table,
)
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.language import LANGUAGES

_OWN_PAGE = re.compile(rf"(?<=/)(?:{'|'.join(LANGUAGES)})/")
"""What is the reader's language in an address."""
_OF_THE_VERSION = ("status", "particular")
"""Roles of paragraphs that say what version this is: that it was not reviewed, what the original is."""


def skeleton(resolved: ResolvedDocument) -> list[str]:
    """Structure, ids, counts, marks and targets, a line for each thing, so that a difference shows what differs."""
    document = resolved.document
    lines = []
    for division in document.divisions:
        lines.append(f"[{division.kind}]")
        for block in division.children:
            lines += _block(resolved, block, 1)
    for note in document.notes:
        number = resolved.notes[note.id]
        lines.append(f"note {note.id} {number.series} {number.count} ×{resolved.marks[note.id]}: {_in(note.children)}")
    for name, rows in (("contents", resolved.contents), ("figures", resolved.figures), ("tables", resolved.tables)):
        lines += [f"{name} {row.level} {row.target} {', '.join(row.paragraphs)}" for row in rows]
    lines += [f"reference to {target}" for target in sorted(resolved.references)]
    return lines


def _block(resolved: ResolvedDocument, block: Block, depth: int) -> Iterator[str]:
    if isinstance(block, Paragraph) and block.role in _OF_THE_VERSION:
        return
    yield "  " * depth + " ".join(filter(None, (type(block).__name__, *_facts(resolved, block), _in(_words(block)))))
    for note in walk.table_notes(block):
        number = resolved.notes[note.id]
        yield f"{'  ' * depth}  note {note.id} {number.series} {number.count}: {_in(note.children)}"
    if isinstance(block, Table):
        yield from _cells(block, depth + 1)
        return
    for child in walk.inner_blocks(block):
        yield from _block(resolved, child, depth + 1)


def _facts(resolved: ResolvedDocument, block: Block) -> Iterator[str]:
    if isinstance(block, Section):
        number = resolved.headings[block.id]
        yield from (block.id, block.kind, str(number.level), number.counter, str(number.count))
    elif isinstance(block, Paragraph):
        yield from (block.role, str(resolved.paragraphs[block.id]) if block.number else "")
    elif isinstance(block, Table | Figure):
        caption = resolved.captions.get(block.id)
        yield f"{block.id} {f'{caption.kind} {caption.count}' if caption else ''}"
        yield from _data(block)
    elif isinstance(block, List):
        yield f"{block.kind} of {len(block.items)}"
    elif isinstance(block, Contents):
        yield f"{block.of} to {block.depth} {', '.join(block.columns)}"
    elif isinstance(block, Aside):
        yield block.role
    elif isinstance(block, Masthead):
        yield block.job


def _data(block: Table | Figure) -> Iterator[str]:
    """What a table or figure holds; rows and columns that are names stand in each language's own order."""
    if isinstance(block, Table):
        yield f"{len(block.head)}+{len(block.body)} rows, widths {block.widths}"
    elif isinstance(block.body, Chart):
        yield f"{block.body.kind} of {len(block.body.series)}×{len(block.body.categories)}"
        yield str(sorted(sorted(value or 0 for value in series.values) for series in block.body.series))
    elif isinstance(block.body, RegionMap):
        yield str([(region.id, region.value) for region in block.body.regions])
    elif isinstance(block.body, Image):
        yield block.body.src


def _cells(table: Table, depth: int) -> Iterator[str]:
    """Rows of a table as each is made up, in no order: lists of names stand in each language's own."""
    for kind, rows in (("head", table.head), ("body", table.body)):
        made = sorted(
            " | ".join(f"{c.header} {c.colspan}×{c.rowspan} {len(c.children)} {_in(_all_inlines(c.children))}" for c in row.cells)
            for row in rows
        )  # fmt: skip
        yield from ("  " * depth + f"{kind}: {row}" for row in made)


def _all_inlines(blocks: Iterable[Block]) -> tuple[Inline, ...]:
    return tuple(inline for block in walk.blocks(blocks) for inline in _words(block))


def _words(block: Block) -> tuple[Inline, ...]:
    return walk.own_inlines(block)


def _in(children: Iterable[Inline]) -> str:
    """What stands in words but is none: marks of notes in their order, and what is referred to, in any."""
    inlines = list(walk.inlines(children))
    marks = [f"[^{child.note}]" for child in inlines if isinstance(child, NoteMark)]
    targets = Counter(target for child in inlines for target in _target(child))
    return " ".join((*marks, *(f"{target}{f' ×{n}' if n > 1 else ''}" for target, n in sorted(targets.items()))))


def _target(child: Inline) -> Iterator[str]:
    if isinstance(child, Reference):
        yield f"→{child.target}"
    elif isinstance(child, Citation):
        yield f"@{child.reference} <{_OWN_PAGE.sub('', child.href)}>"
    elif isinstance(child, Link):
        yield f"<{_OWN_PAGE.sub('', child.href)}>"
