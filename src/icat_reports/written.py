"""In: a library and one of its editions. Out: its texts by place, and the names and abbreviations that they may use.

The checks of house style read words as their author wrote them, so that a finding can name line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from icat_reports.content import Bibliography, Edition, Initiatives, Library, Toolbox, values_in
from icat_reports.diagnostics import Span
from icat_reports.document.nodes import Origin
from icat_reports.words import Words


class Written(Struct, frozen=True):
    """What the checks of house style need to know of the content."""

    texts: Mapping[tuple[str, str], Words] = field(default_factory=dict)
    """Every text of the publication's own files by file and key path."""
    names: frozenset[str] = frozenset()
    """Proper names: of organizations, documents, initiatives, works."""
    abbreviations: frozenset[str] = frozenset()
    """Abbreviations that the publication need not spell out."""

    def text_of(self, origin: Origin) -> Words | None:
        """The text that a node was made from, if it was made from one."""
        span = origin.span
        return self.texts.get((span.file, span.path)) if span else None

    def says(self, words: str, origin: Origin) -> bool:
        """Whether the author wrote `words` in what a node was made from; the data may have put them there."""
        return words in (self.text_of(origin) or "")

    def place_of(self, words: str, origin: Origin) -> Span:
        """Where `words` first stand in what a node was made from, from where it begins; else where it begins."""
        text, start = self.text_of(origin), origin.span
        if text is not None and start is not None:
            for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
                place = text.at(found.start())
                if (place.line, place.column) >= (start.line, start.column):
                    return place
        return start or Span("")


def written(library: Library, edition: Edition) -> Written:
    """Gather what the edition's author wrote."""
    own = f"content/publications/{edition.publication.id}/"
    texts = {(t.span.file, t.span.path): t for t in values_in(edition, Words) if t.span.file.startswith(own)}
    return Written(texts, frozenset(_names(library, edition)), frozenset(map(str, edition.publication.abbreviations)))


def _names(library: Library, edition: Edition) -> Iterator[str]:
    for organization in library.organizations.values():
        yield from map(str, organization.aliases)
        for name in organization.names:
            yield str(name.name)
            yield str(name.acronym or name.name)
    for reference in library.references.values():
        yield from map(str, filter(None, (reference.title, reference.cite_as, reference.body)))
    yield from (str(source.title) for source in library.sources.values())
    for dataset in edition.datasets.values():
        if isinstance(dataset, Initiatives):
            for initiative in dataset.initiatives:
                yield from map(str, filter(None, (initiative.title, initiative.acronym)))
        elif isinstance(dataset, Bibliography | Toolbox):
            yield from (str(item.title) for item in dataset.items)
