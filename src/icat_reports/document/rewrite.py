"""In: blocks and a change of words. Out: the same blocks with all their words changed, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

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

Arrange = Callable[[tuple[Inline, ...], Inline | None], tuple[Inline, ...]]
"""What becomes of inline nodes that stand side by side, in the node given, if any; what stands in them is arranged."""


def each(change: Change) -> Arrange:
    """Change inline nodes one by one."""
    return lambda children, _: tuple(map(change, children))


def in_words(children: Iterable[Inline], arrange: Arrange, within: Inline | None = None) -> tuple[Inline, ...]:
    """Inline nodes, changed from the innermost outwards."""
    return arrange(tuple(_inside(child, arrange) for child in children), within)


def _inside(child: Inline, arrange: Arrange) -> Inline:
    if isinstance(child, Emphasis | Strong | Link | Citation | Phrase):
        return replace(child, children=in_words(child.children, arrange, child))
    return child


def in_blocks(blocks: Iterable[Block], arrange: Arrange) -> tuple[Any, ...]:
    """Blocks whose words, captions, headings and notes are changed."""
    return tuple(_block(block, arrange) for block in blocks)


def in_note(note: Note, arrange: Arrange) -> Note:
    """A note whose words are changed."""
    return replace(note, children=in_words(note.children, arrange))


def _block(block: Block, arrange: Arrange) -> Block:
    rewrite = _BLOCKS.get(type(block))
    return rewrite(block, arrange) if rewrite else block


def _paragraph(block: Paragraph, arrange: Arrange) -> Block:
    return replace(block, children=in_words(block.children, arrange))


def _section(block: Section, arrange: Arrange) -> Block:
    heading = replace(block.heading, children=in_words(block.heading.children, arrange))
    return replace(block, heading=heading, children=in_blocks(block.children, arrange))


def _group(block: Aside | Masthead, arrange: Arrange) -> Block:
    return replace(block, children=in_blocks(block.children, arrange))


def _list(block: List, arrange: Arrange) -> Block:
    return replace(block, items=tuple(_item(item, arrange) for item in block.items))


def _table(block: Table, arrange: Arrange) -> Block:
    head, body = (tuple(_row(row, arrange) for row in rows) for rows in (block.head, block.body))
    return replace(block, head=head, body=body, caption=in_words(block.caption, arrange), notes=_notes(block, arrange))


def _figure(block: Figure, arrange: Arrange) -> Block:
    under = in_blocks(block.under, arrange)
    return replace(block, under=under, caption=in_words(block.caption, arrange), notes=_notes(block, arrange))


def _item(item: Item, arrange: Arrange) -> Item:
    return replace(item, children=in_blocks(item.children, arrange))


def _row(row: Row, arrange: Arrange) -> Row:
    return replace(row, cells=tuple(replace(cell, children=in_blocks(cell.children, arrange)) for cell in row.cells))


def _notes(block: Table | Figure, arrange: Arrange) -> tuple[Note, ...]:
    return tuple(in_note(note, arrange) for note in block.notes)


_BLOCKS: Mapping[type, Callable[..., Block]] = {
    Paragraph: _paragraph,
    Section: _section,
    Aside: _group,
    Masthead: _group,
    List: _list,
    Table: _table,
    Figure: _figure,
}
