"""In: a document or any of its nodes. Out: its nodes in reading order, or its words without marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from icat_reports.document.nodes import (
    Aside,
    Block,
    Citation,
    Document,
    Emphasis,
    Figure,
    Inline,
    LineBreak,
    Link,
    List,
    Masthead,
    Note,
    Paragraph,
    Phrase,
    Section,
    Strong,
    Table,
    Text,
)

_HOLDING_WORDS = (Emphasis, Strong, Link, Citation, Phrase)
_HOLDING_BLOCKS = (Section, Aside, Masthead)


def inlines(children: Iterable[Inline]) -> Iterator[Inline]:
    """Every inline node, parents before children."""
    for child in children:
        yield child
        if isinstance(child, _HOLDING_WORDS):
            yield from inlines(child.children)


def plain(children: Iterable[Inline]) -> str:
    """The words, without marks and cross references; a line break counts as a space."""
    parts: list[str] = []
    _gather(children, parts)
    return "".join(parts)


def _gather(children: Iterable[Inline], parts: list[str]) -> None:
    for child in children:
        if isinstance(child, Text):
            parts.append(child.value)
        elif isinstance(child, LineBreak):
            parts.append(" ")
        elif isinstance(child, _HOLDING_WORDS):
            _gather(child.children, parts)


def inner_blocks(block: Block) -> Iterable[Block]:
    """The blocks directly inside a block, in reading order."""
    if isinstance(block, Paragraph):
        return ()
    if isinstance(block, _HOLDING_BLOCKS):
        return block.children
    if isinstance(block, List):
        return [child for item in block.items for child in item.children]
    if isinstance(block, Table):
        return [child for row in (*block.head, *block.body) for cell in row.cells for child in cell.children]
    return block.under if isinstance(block, Figure) else ()


def blocks(children: Iterable[Block]) -> Iterator[Block]:
    """Every block, parents before children."""
    for child in children:
        yield child
        inner = inner_blocks(child)
        if inner:
            yield from blocks(inner)


def document_blocks(document: Document) -> Iterator[Block]:
    """Every block of a document in reading order."""
    for division in document.divisions:
        yield from blocks(division.children)


def own_inlines(block: Block) -> tuple[Inline, ...]:
    """The words that a block holds itself: a paragraph's, a heading's, a caption's."""
    if isinstance(block, Paragraph):
        return block.children
    if isinstance(block, Section):
        return block.heading.children
    if isinstance(block, Table | Figure):
        return block.caption
    return ()


def table_notes(block: Block) -> tuple[Note, ...]:
    """Notes that stand under a table or figure."""
    return block.notes if isinstance(block, Table | Figure) else ()
