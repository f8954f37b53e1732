"""In: a text of the content. Out: its units, which translators see one by one; and the text again, of their translations.

A unit is a paragraph, an item of a list, or all of a text that is no prose; it stands on one line, with its marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from icat_reports.prose import paragraphs
from icat_reports.words import Prose, Words

_SPACE = re.compile(r"[ \t\n]+")
_BREAK = re.compile(r"(?:\\| {2,})\n[ \t]*")
"""A line break that CommonMark keeps (6.7)."""


class Piece(Struct, frozen=True):
    """A unit and the lines of its text that it stands on."""

    words: str
    first: int
    last: int
    """The line after its last, counted from 0."""
    head: str = ""
    """What stands before it on its first line: the mark of an item, spaces."""
    in_list: bool = False


def pieces(text: Words) -> tuple[Piece, ...]:
    """The units of a text in their order."""
    if not isinstance(text, Prose):
        return (Piece(folded(text), 0, text.count("\n") + 1),)
    lines = text.split("\n")
    return tuple(
        Piece(folded(p.words), p.first, p.last, _head(lines[p.first], p.words), p.in_list) for p in paragraphs(text)
    )


def folded(words: str) -> str:
    """White space made one space; a line break that is meant stays one, as a backslash at the end of its line."""
    return "\\\n".join(_SPACE.sub(" ", line).strip(" ") for line in _BREAK.split(words.strip()))


def _head(line: str, words: str) -> str:
    first = words.split("\n", 1)[0].rstrip()
    return line[: max(line.rfind(first), 0)]


def joined(text: Words, found: Sequence[Piece], words: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The text with `words` in the place of its pieces; and the line, counted from 0, at which each of them begins."""
    if not isinstance(text, Prose):
        return words[0], (0,)
    lines = text.split("\n")
    out: list[str] = []
    starts: list[int] = []
    done = 0
    for piece, own in zip(found, words, strict=True):
        out += lines[done : piece.first]
        starts.append(len(out))
        first, *rest = own.split("\n")
        out += [piece.head + first, *(" " * len(piece.head) + line for line in rest)]
        done = piece.last
    return "\n".join((*out, *lines[done:])), tuple(starts)


def has_words(words: str) -> bool:
    """Whether there is anything to translate: a letter."""
    return _LETTER.search(words) is not None


_LETTER = re.compile(r"[^\W\d_]")
