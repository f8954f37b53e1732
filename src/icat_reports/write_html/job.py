"""In: a resolved document and what it is written for. Out: `Job`, what all parts of the writer look up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from icat_reports.document.nodes import Division, Figure, Note, Section, Table
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.document.walk import blocks, document_blocks, plain
from icat_reports.language import Language
from icat_reports.theme import Theme

Medium = Literal["web", "print"]


class Job(Struct, dict=True):
    """One document on its way to one medium; only the count of marks changes while it is written."""

    resolved: ResolvedDocument
    theme: Theme
    language: Language
    medium: Medium
    assets: Mapping[str, bytes]
    """Files of the assets folder by path from the project's root."""
    _marks: dict[str, int] = field(default_factory=dict)

    @cached_property
    def text_notes(self) -> Mapping[str, Note]:
        """Notes of the text, by id; those under tables are not among them."""
        return {note.id: note for note in self.resolved.document.notes}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Plain words of each heading and caption, by id."""
        return {
            block.id: plain(block.heading.children if isinstance(block, Section) else block.caption)
            for block in document_blocks(self.resolved.document)
            if isinstance(block, Section | Table | Figure)
        }

    @cached_property
    def front(self) -> frozenset[str]:
        """Ids of what stands in the front matter, whose pages have roman numbers."""
        document = self.resolved.document
        parts = document.divisions if document.pages == "parts" else ()
        return frozenset(found for division in parts for found in _ids(division))

    @property
    def words(self) -> Mapping[str, str]:
        """The layout's own words."""
        return self.resolved.words

    def next_mark(self, note: str) -> int:
        """Count another mark of a note, from 1."""
        self._marks[note] = self._marks.get(note, 0) + 1
        return self._marks[note]


def _ids(division: Division) -> tuple[str, ...]:
    """Ids in a front division; none in the others."""
    if division.kind != "front":
        return ()
    return tuple(b.id for b in blocks(division.children) if isinstance(b, Section | Table | Figure))
