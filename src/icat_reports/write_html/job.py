"""In: a resolved document and what it is written for. Out: `Job`, what all parts of the writer look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from icat_reports.document.nodes import Division, Figure, Note, Section, Table
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.document.walk import blocks, document_blocks, plain
from icat_reports.language import Language
from icat_reports.theme import Theme

Medium = Literal["web", "print"]


@dataclass(slots=True)
class Job:
    """One document on its way to one medium; only the count of marks changes while it is written."""

    resolved: ResolvedDocument
    theme: Theme
    language: Language
    medium: Medium
    assets: Mapping[str, bytes]
    """Files of the assets folder by path from the project's root."""
    text_notes: Mapping[str, Note] = field(init=False)
    """Notes of the text, by id; those under tables are not among them."""
    titles: Mapping[str, str] = field(init=False)
    """Plain words of each heading and caption, by id."""
    front: frozenset[str] = field(init=False)
    """Ids of what stands in the front matter, whose pages have roman numbers."""
    _marks: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Look up once what many parts ask for."""
        document = self.resolved.document
        self.text_notes = {note.id: note for note in document.notes}
        self.titles = {
            block.id: plain(block.heading.children if isinstance(block, Section) else block.caption)
            for block in document_blocks(document)
            if isinstance(block, Section | Table | Figure)
        }
        parts = document.divisions if document.pages == "parts" else ()
        self.front = frozenset(found for division in parts for found in _ids(division))

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
