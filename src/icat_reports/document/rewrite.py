"""In: blocks and a change of inline nodes. Out: the same blocks with every inline node changed, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from icat_reports.document.nodes import (
    Aside,
    Block,
    Citation,
    Emphasis,
    Figure,
    Inline,
    Item,
    Link,
    List,
    Masthead,
    Note,
    Paragraph,
    Phrase,
    Row,
    Section,
    Strong,
    Table,
)

Change = Callable[[Inline], Inline]
"""What becomes of an inline node; what stands in it is changed already."""


def in_words(children: Iterable[Inline], change: Change) -> tuple[Inline, ...]:
    """Inline nodes, changed from the innermost outwards."""
    return tuple(change(_inside(child, change)) for child in children)


def _inside(child: Inline, change: Change) -> Inline:
    if isinstance(child, Emphasis | Strong | Link | Citation | Phrase):
        return replace(child, children=in_words(child.children, change))
    return child


def in_blocks(blocks: Iterable[Block], change: Change) -> tuple[Any, ...]:
    """Blocks whose words, captions, headings and notes are changed."""
    return tuple(_block(block, change) for block in blocks)


def in_note(note: Note, change: Change) -> Note:
    """A note whose words are changed."""
    return replace(note, children=in_words(note.children, change))


def _block(block: Block, change: Change) -> Block:
    rewrite = _BLOCKS.get(type(block))
    return rewrite(block, change) if rewrite else block


def _paragraph(block: Paragraph, change: Change) -> Block:
    return replace(block, children=in_words(block.children, change))


def _section(block: Section, change: Change) -> Block:
    heading = replace(block.heading, children=in_words(block.heading.children, change))
    return replace(block, heading=heading, children=in_blocks(block.children, change))


def _group(block: Aside | Masthead, change: Change) -> Block:
    return replace(block, children=in_blocks(block.children, change))


def _list(block: List, change: Change) -> Block:
    return replace(block, items=tuple(_item(item, change) for item in block.items))


def _table(block: Table, change: Change) -> Block:
    head, body = (tuple(_row(row, change) for row in rows) for rows in (block.head, block.body))
    return replace(block, head=head, body=body, caption=in_words(block.caption, change), notes=_notes(block, change))


def _figure(block: Figure, change: Change) -> Block:
    under = in_blocks(block.under, change)
    return replace(block, under=under, caption=in_words(block.caption, change), notes=_notes(block, change))


def _item(item: Item, change: Change) -> Item:
    return replace(item, children=in_blocks(item.children, change))


def _row(row: Row, change: Change) -> Row:
    return replace(row, cells=tuple(replace(cell, children=in_blocks(cell.children, change)) for cell in row.cells))


def _notes(block: Table | Figure, change: Change) -> tuple[Note, ...]:
    return tuple(in_note(note, change) for note in block.notes)


_BLOCKS: Mapping[type, Callable[..., Block]] = {
    Paragraph: _paragraph,
    Section: _section,
    Aside: _group,
    Masthead: _group,
    List: _list,
    Table: _table,
    Figure: _figure,
}
