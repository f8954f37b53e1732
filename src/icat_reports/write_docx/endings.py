"""In: a chapter that ends on a page of its own. Out: the paragraphs that Word is to keep together at its end.

Word knows no more than the two lines of a paragraph that must not be parted, so a last page might bear a line or two,
or a heading and an address. What is kept is the last paragraph with the end of the one before, a short last section
with the end of what it follows, and as much before them as makes a few lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from icat_reports.document import walk
from icat_reports.document.nodes import Block, List, Paragraph, Section

_SHORT = 800
"""Letters of a paragraph that may be kept whole, and of a last section: a third of a page.

LibreOffice, unlike Word, moves the whole of a paragraph that stays with the next.
"""

_FEW_LINES = 200
"""Letters that the last page of a chapter bears at least, where what stands before can be kept with them."""


class Ending(Struct, frozen=True):
    """Paragraphs by their identity: two of them may say the same."""

    with_next: frozenset[int] = frozenset()
    """Those that stay with what follows them."""
    whole: frozenset[int] = frozenset()
    """Those that are not divided."""


NOWHERE = Ending()


def ending(chapter: Section) -> Ending:
    """What is kept at the end of a chapter; nothing where it ends with a table, a figure or a box."""
    said = list(_said(chapter.children))
    last = said[-1] if said else None
    if last is None or _letters((last,)) > _SHORT:
        return NOWHERE
    count = 2
    section = _last_section(chapter)
    if section and section.children and _letters(section.children) <= _SHORT and _only_paragraphs(section.children):
        count = len(list(_said(section.children))) + 1
    while count < len(said) and _few(said[-count:]):
        count += 1
    with_next = (id(one) for one, _ in pairwise(said[-count:]) if one is not None and _letters((one,)) <= _SHORT)
    return Ending(frozenset(with_next), frozenset({id(last)}))


def _few(kept: Sequence[Paragraph | None]) -> bool:
    """Whether these are paragraphs that together make no more than a few lines."""
    paragraphs = tuple(one for one in kept if one is not None)
    return len(paragraphs) == len(kept) and _letters(paragraphs) < _FEW_LINES


def _said(children: tuple[Block, ...]) -> Iterator[Paragraph | None]:
    """Paragraphs in reading order, and None for anything that is not one."""
    for child in children:
        if isinstance(child, Paragraph):
            yield child
        elif isinstance(child, Section | List):
            yield from _said(tuple(walk.inner_blocks(child)))
        else:
            yield None


def _last_section(section: Section) -> Section | None:
    last = section.children[-1] if section.children else None
    return (_last_section(last) or last) if isinstance(last, Section) else None


def _only_paragraphs(children: tuple[Block, ...]) -> bool:
    return all(isinstance(child, Paragraph) for child in children)


def _letters(children: tuple[Block, ...]) -> int:
    return sum(len(walk.plain(walk.own_inlines(child))) for child in children)
