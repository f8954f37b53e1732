"""In: a document and what its author wrote. Out: findings about abbreviations used before they are given.

An abbreviation is given where it stands in brackets after the words that it stands for, or before them in brackets
(United Nations Editorial Manual, abbreviations). An organization that has a heading of its own is known by it, and
what the data puts into a text is not the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from icat_reports.diagnostics import Sink
from icat_reports.document import walk
from icat_reports.document.nodes import Document, Inline, Link, Origin, Paragraph, Section
from icat_reports.written import Written

_LETTERS = r"[A-ZÀ-Þ](?:[A-ZÀ-Þ&]|[a-z](?=[A-Z]))[A-Za-zÀ-ÿ&]*(?:[-.](?:[A-Z]+|\d+)\b)*"
_ABBREVIATION = re.compile(rf"(?<![\w/.&@’'-]){_LETTERS}(?![\w.]*[/\d@])")
_GIVEN = re.compile(
    rf"[(,“] ?(?:also |or )?({_LETTERS})(?: [A-Za-z]+)?[)”,]|({_LETTERS})(?: \((?=[“]?\w+ )|(?: – |: |, )(?=(?:the |in full )?[“]?[A-Z][a-z]+ ))"
)
_ROMAN = re.compile(r"[IVXLC]+")


def check_abbreviations(document: Document, written: Written, sink: Sink) -> None:
    """Report the first use of each abbreviation that no words before it explain."""
    known = set(written.abbreviations)
    for block in walk.document_blocks(document):
        if isinstance(block, Section):
            known |= _given(walk.plain(block.heading.children))
    reader = _Reader(written, known, sink)
    for origin, text in _texts(document):
        reader.read(origin, text)


def _texts(document: Document) -> Iterator[tuple[Origin, str]]:
    """Running text in reading order; neither the cover nor addresses are."""
    for division in (d for d in document.divisions if d.kind != "cover"):
        for block in walk.blocks(division.children):
            if isinstance(block, Paragraph) and block.role != "contact":
                yield block.origin, walk.plain(_without_addresses(block.children))


def _without_addresses(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(c for c in children if not (isinstance(c, Link) and "://" in walk.plain(c.children)))


def _given(text: str) -> set[str]:
    return {_singular(found[1] or found[2]) for found in _GIVEN.finditer(text)}


def _singular(word: str) -> str:
    return re.sub(r"(?<=[A-Z])(?:s|[’']s)$", "", word)


class _Reader(Struct, dict=True):
    """Reads a document from the beginning to its end."""

    written: Written
    known: set[str]
    sink: Sink

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """Names of several words, the longest first."""
        return tuple(sorted((n for n in self.written.names if " " in n), key=len, reverse=True))

    def read(self, origin: Origin, text: str) -> None:
        """Take in what a text gives, and report what it uses unexplained."""
        self.known |= _given(text)
        used = [found[0] for found in _ABBREVIATION.finditer(text)]
        if all(_singular(word) in self.known for word in used):
            return
        for name in self._names:
            text = text.replace(name, "")
        for found in _ABBREVIATION.finditer(text):
            word = _singular(found[0])
            if word in self.known or _ROMAN.fullmatch(word) or not self.written.says(found[0], origin):
                continue
            self.known.add(word)
            self.sink.warn("abbreviation-given", f"the abbreviation {word} is used before it is given",
                           self.written.place_of(found[0], origin),
                           f"write “… ({word})” at its first use (United Nations Editorial Manual, abbreviations), "
                           "or add it to the publication's `abbreviations:`")  # fmt: skip
