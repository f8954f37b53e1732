"""In: nothing. Out: a text in another language than its author's, which knows the catalogue's line of each of its units."""

from __future__ import annotations

import re
from typing import NamedTuple, Self

from msgspec import Struct

from icat_reports.diagnostics import Span
from icat_reports.words import Prose, Words

PHRASE = re.compile(r"\[([^\[\]]+)\]\{([a-z]{2,3})\}")
"""Words that are marked as of another language: `[Projet d'appui]{fr}`."""


class Marked(NamedTuple):
    """Words of plain words that are in another language."""

    start: int
    stop: int
    language: str


class Stretch(Struct, frozen=True):
    """What stands from a line of a translated text on, up to the next stretch."""

    line: int
    """Line of the text, counted from 0."""
    span: Span
    """Where to mend it: the entry of the catalogue, or the content where there is no translation."""
    language: str = ""
    """The language of these words where it is not that of the version (BCP 47)."""


class Translated(Prose):
    """A text of the content in the language of a version.

    `span` is still the place of the author's text, from which ids are made, so that they are the same in every language.
    """

    __slots__ = ("original", "phrases", "stretches")
    original: str
    """The author's words."""
    stretches: tuple[Stretch, ...]
    phrases: tuple[Marked, ...]
    """Of plain words, those that were marked as of another language; the marks themselves are taken out."""

    @classmethod
    def of(cls, text: Words, value: str, stretches: tuple[Stretch, ...]) -> Self:
        """`value`, which stands for the author's `text`."""
        shown, phrases = (value, ()) if isinstance(text, Prose) else _unmarked(value)
        self = cls(shown, text.span)
        self.original = str(text)
        self.stretches = stretches
        self.phrases = phrases
        return self

    def at(self, offset: int) -> Span:
        """See `Words.at`: the place in the catalogue."""
        return self.stretch(self.count("\n", 0, offset)).span

    def stretch(self, line: int) -> Stretch:
        """The stretch that a line, counted from 0, belongs to."""
        before = [stretch for stretch in self.stretches if stretch.line <= line]
        return before[-1] if before else Stretch(0, self.span)


def _unmarked(value: str) -> tuple[str, tuple[Marked, ...]]:
    """Plain words without the marks of phrases, and where these stand in them."""
    shown, place = "", 0
    phrases: list[Marked] = []
    for found in PHRASE.finditer(value):
        shown += value[place : found.start()]
        phrases.append(Marked(len(shown), len(shown + found[1]), found[2]))
        shown, place = shown + found[1], found.end()
    return shown + value[place:], tuple(phrases)


def phrases_of(text: str) -> tuple[Marked, ...]:
    """The words of plain words that are marked as of another language."""
    return text.phrases if isinstance(text, Translated) else ()


def original_of(text: str) -> str:
    """A text in its author's words."""
    return text.original if isinstance(text, Translated) else str(text)


def language_of(text: str, line: int = 0) -> str:
    """The language of a text at a line where it is not that of the version; else empty."""
    return text.stretch(line).language if isinstance(text, Translated) else ""
