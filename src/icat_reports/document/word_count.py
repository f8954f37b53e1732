"""In: a resolved document. Out: how many words it has, as the limits on documents of the United Nations count them.

Headings and notes are included (Editorial Manual, limits on documentation). Not counted are the masthead, the contents
page, numbers that are counted themselves, and what the layout says of the text's status.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from icat_reports.document import walk
from icat_reports.document.dump import line_of
from icat_reports.document.nodes import (
    Block,
    Contents,
    Inline,
    LineBreak,
    Masthead,
    Paragraph,
    Reference,
    Section,
    Text,
)
from icat_reports.document.resolved import ResolvedDocument

_IDEOGRAPHS = "[\u3400-\u9fff\uf900-\ufaff]"  # compiled when words are counted: the table of it is large
"""Each counts as a word (Unicode blocks of CJK unified and compatibility ideographs)."""


def word_count(resolved: ResolvedDocument) -> int:
    """Words between spaces that hold a letter or a figure; ideographs one by one."""
    return sum(_words(text) for text in _texts(resolved))


def _texts(resolved: ResolvedDocument) -> Iterator[str]:
    for block in _counted(block for division in resolved.document.divisions for block in division.children):
        yield _line(resolved, walk.own_inlines(block))
        yield from (_line(resolved, note.children) for note in walk.table_notes(block))
    yield from (_line(resolved, note.children) for note in resolved.document.notes)


def _counted(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        status = isinstance(block, Paragraph) and block.role == "status"
        contents = isinstance(block, Section) and any(isinstance(child, Contents) for child in block.children)
        if isinstance(block, Masthead) or status or contents:
            continue
        yield block
        yield from _counted(walk.inner_blocks(block))


def _line(resolved: ResolvedDocument, children: Iterable[Inline]) -> str:
    """Words with those of cross references, without marks of notes and addresses."""
    return "".join(_shown(resolved, child) for child in walk.inlines(children))


def _shown(resolved: ResolvedDocument, child: Inline) -> str:
    return line_of(resolved, (child,)) if isinstance(child, Text | LineBreak | Reference) else ""


def _words(text: str) -> int:
    rest = re.sub(_IDEOGRAPHS, " ", text).split()
    return len(re.findall(_IDEOGRAPHS, text)) + sum(any(map(str.isalnum, word)) for word in rest)
