"""In: a document and what its author wrote. Out: findings about headings written In Title Case.

A heading has a capital on its first word and on proper names only (United Nations Editorial Manual, headings). What is
no proper name is asked of the publication itself: a word that its texts mostly write small is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from icat_reports.diagnostics import Sink
from icat_reports.document import walk
from icat_reports.document.nodes import Document, Paragraph, Section
from icat_reports.written import Written

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_][\w’'-]*")
"""A word inside a sentence, where only proper names have a capital."""


def check_capitals(document: Document, written: Written, sink: Sink) -> None:
    """Report words of headings that have a capital and are no proper names."""
    headings = _Headings(written, Counter(_running_words(document)))
    for block in walk.document_blocks(document):
        if isinstance(block, Section) and written.text_of(block.heading.origin) is not None:
            wrong = tuple(headings.capitals(walk.plain(block.heading.children)))
            if wrong:
                words = ", ".join(f"“{word}”" for word in wrong)
                sink.warn("heading-in-sentence-case", f"the heading has a capital on {words}",
                          written.place_of(wrong[0], block.heading.origin),
                          "capitals are for the first word and proper names (United Nations Editorial Manual, headings); "
                          "if it is a name, say so under `accept:`")  # fmt: skip


def _running_words(document: Document) -> Iterator[str]:
    for block in walk.document_blocks(document):
        if isinstance(block, Paragraph):
            yield from _INSIDE.findall(walk.plain(block.children))


class _Headings(Struct, frozen=True):
    """Judges headings."""

    written: Written
    count: Counter[str]

    def capitals(self, heading: str) -> Iterator[str]:
        """Words after the first that have a capital though the texts mostly write them small."""
        plain = self._without_names(heading)
        for found in list(_WORD.finditer(plain))[1:]:
            word = found[0]
            small = word[0].lower() + word[1:]
            starts = plain[: found.start()].rstrip()[-1:] in (":", "–", ".", "|", "?")
            if word != small and word[1:].islower() and not starts and self.count[small] > self.count[word]:
                yield word

    def _without_names(self, heading: str) -> str:
        """The heading with small letters for the proper names in it."""
        for name in sorted((n for n in self.written.names if n in heading), key=len, reverse=True):
            heading = heading.replace(name, name.lower())
        return heading
