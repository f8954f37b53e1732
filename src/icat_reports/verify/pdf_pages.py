"""In: nothing. Out: `Page`, the words of a page of a PDF by marked content, and how pieces of lines make words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct, field

from icat_reports.verify.words import FROM_RIGHT, LINE_END

_SAME_LINE = 0.5
"""Points by which the base lines of one line may differ."""


class Piece(NamedTuple):
    """Words in a line."""

    text: str
    x: float
    """Of its left end, in points from the lower left corner of the page."""
    y: float
    """Of the base line."""


class Page(Struct):
    """A page's words."""

    number: int
    """From 0."""
    label: str = ""
    """As the file names the page."""
    folio: str = ""
    """The number that is printed on the page, apart from its text."""
    contents: dict[int, list[Piece]] = field(default_factory=dict)
    """Pieces by MCID; none where the engine drew nothing for white space."""

    @property
    def place(self) -> str:
        """The page in words."""
        return f"page {self.shown}" if self.shown else f"sheet {self.number + 1}"

    @property
    def shown(self) -> str:
        """The number that a reader goes by."""
        return self.folio or self.label


def goes_on(a: Piece, b: Piece) -> bool:
    """Whether a piece of a page goes on in the next, on one line and in the order of reading."""
    in_order = not a.text.startswith(FROM_RIGHT) and not b.text.startswith(FROM_RIGHT)
    return in_order and abs(a.y - b.y) <= _SAME_LINE


def joined(pieces: Iterable[Piece]) -> str:
    """The words of pieces, with the ends of lines between them."""
    parts: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        if before and not goes_on(before, piece):
            parts.append(LINE_END)
        parts.append(piece.text)
        before = piece
    return "".join(parts)
