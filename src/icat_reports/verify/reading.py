"""In: nothing. Out: `Reading`, what a reader finds in a file: the same type for a web page, a Word file and a PDF.

Words are normalised (`icat_reports.verify.words`). Numbers belong to the words that they stand before, as a reader
sees them, for a PDF does not tell them apart.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from icat_reports.verify.words import LINE_END

Format = Literal["html", "docx", "pdf"]
Kind = Literal["paragraph", "item", "heading", "table", "figure"]
"""Kinds of blocks: of headings, tables and figures the running text holds only that they stand there."""
ListOf = Literal["sections", "figures", "tables"]


class Heading(Struct, frozen=True):
    """A heading."""

    level: int
    """1 for the outermost."""
    label: str
    """Its number with what stands between number and words; empty where the format does not tell them apart."""
    words: str
    place: str
    """Where it stands in the file, in words: `page 4`, `word/document.xml, paragraph 12`, `line 30`."""
    page: str = ""
    """Number printed on its page; empty in formats without pages and on pages without a number."""

    @property
    def shown(self) -> str:
        """Number and words."""
        return f"{self.label}{self.words}"


class Block(Struct, frozen=True):
    """A piece of running text; of a heading, a table or a figure only that it stands here."""

    kind: Kind
    label: str
    """Mark of a list item: `•`, `1.`, `(a)`; empty for others."""
    words: str
    place: str

    @property
    def shown(self) -> str:
        """Mark and words."""
        return f"{self.label}{LINE_END}{self.words}" if self.label else self.words


class Mark(Struct, frozen=True):
    """The mark of a note in the text."""

    shown: str
    before: str
    """The end of the words before it."""
    place: str
    page: str = ""


class Note(Struct, frozen=True):
    """A note, and where it is marked."""

    mark: str
    """As the note itself shows it."""
    words: str
    marks: tuple[Mark, ...]
    place: str
    page: str = ""
    back: str = ""
    """Number of the page to which it leads back; empty in formats without pages."""
    under: bool = False
    """Whether it stands under a table or figure."""


class Cell(Struct, frozen=True):
    """A cell of a table."""

    words: str
    head: bool = False
    colspan: int = 1
    rowspan: int = 1


class Table(Struct, frozen=True):
    """A table: its caption with the number, its rows."""

    caption: str
    rows: tuple[tuple[Cell, ...], ...]
    place: str
    page: str = ""


class Figure(Struct, frozen=True):
    """A figure: its caption with the number, its alternative text, the data that it shows."""

    caption: str
    alt: str
    data: tuple[tuple[str, ...], ...]
    """A row of heads, the first empty, then a name and its values in each row; empty where `alt` tells the data."""
    place: str
    page: str = ""


class Link(Struct, frozen=True):
    """A link in the text."""

    words: str
    target: str
    """An address; of a link inside the file the words of the heading or caption that it leads to."""
    place: str
    inside: bool = False


class Row(Struct, frozen=True):
    """A row of the contents page or of a list of captions."""

    of: ListOf
    level: int
    """1 for the outermost; 0 for the heading of the list itself, which is no part of the outline."""
    words: str
    page: str
    target: str
    """The words of the heading or caption that its link leads to."""
    place: str
    paragraphs: str = ""
    """What its column says of the numbers of paragraphs below the heading: `2–39`."""


class Reading(Struct, frozen=True):
    """All that is compared."""

    format: Format
    title: str
    language: str
    outline: tuple[Heading, ...]
    text: tuple[Block, ...]
    notes: tuple[Note, ...]
    """In the order of their first marks."""
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    links: tuple[Link, ...]
    """Of the text in its order, then of the notes in theirs; not those of contents rows, marks and notes."""
    rows: tuple[Row, ...]
    dangling: tuple[Link, ...] = ()
    """Links and marks that lead nowhere in the file."""
    stale: tuple[Link, ...] = ()
    """Word's fields whose stored result is not what Word will count; the target is what it will count."""
