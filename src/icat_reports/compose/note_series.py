"""In: a document. Out: the same with its notes in the order of their first marks, each in the series of its place."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from icat_reports.document import walk
from icat_reports.document.nodes import Block, Document, Note, NoteMark


def in_series(document: Document) -> Document:
    """Set notes in order, those without a mark at the end; [M] those of the cover and the masthead have asterisks.

    An asterisk takes no number: the first note of the text is note 1 whatever stands on the cover.
    """
    places = {name: place for place, name in enumerate(dict.fromkeys(_marks(walk.document_blocks(document))))}
    covers = (division for division in document.divisions if division.kind == "cover")
    on_cover = {mark for cover in covers for mark in _marks(walk.blocks(cover.children))}
    notes = sorted(document.notes, key=lambda note: places.get(note.id, len(places)))
    return replace(document, notes=tuple(_starred(note) if note.id in on_cover else note for note in notes))


def _starred(note: Note) -> Note:
    return replace(note, series="asterisk")


def _marks(blocks: Iterable[Block]) -> Iterable[str]:
    return (c.note for block in blocks for c in walk.inlines(walk.own_inlines(block)) if isinstance(c, NoteMark))
