"""In: nothing. Out: the tables that `resolve` computes beside a `Document`; every writer reads them.

Nothing here is authored: numbers, marks, contents rows and the words of cross references.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.document.nodes import Document, Inline

NumberFormat = Literal[
    "decimal",
    "cardinalText",
    "ordinalText",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
    "chineseCountingThousand",
    "ordinalAdverb",
    "letterName",
]
"""ECMA-376 part 1, 17.18.59 (ST_NumberFormat), but for the last two, which Word does not know (`Language.number_words`)."""
_SET_IN = re.compile(r"\{\w+\}")
_LETTER = re.compile(r"[^\W\d_]")


class Counter(Struct, frozen=True):
    """How one level of a numbering scheme counts and reads; the same table drives Word's own numbering."""

    name: str
    """Name that `Section.numbering` uses, such as `section`."""
    format: NumberFormat
    pattern: str
    """What stands before the heading: `Section {n}`, `{n}.`, `Annex {n}`; `{n}` is the count."""
    separator: str
    """Between number and words: ` | `, a space, an en space."""
    reference: str
    """How running text refers to it: `section {n}`, `section {up}.{n}`; `{up}` are the counts of those above it."""
    level: int
    """Level of the headings that it is for, from 1."""
    restarts: bool = True
    """Whether the count begins anew in each parent section."""
    languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What differs in a language, by its code: any of the fields of text above."""

    @property
    def worded(self) -> tuple[str, ...]:
        """The fields that hold words, not only signs."""
        return tuple(key for key in ("pattern", "reference") if _LETTER.search(_SET_IN.sub("", getattr(self, key))))

    def word(self, key: str) -> str:
        """The key of a field among the layout's words."""
        return f"numbering-{self.name}-{key}"

    def in_language(self, code: str, words: Mapping[str, str]) -> Counter:
        """The counter with the words of a language, and what else differs in it."""
        own = {key: words[self.word(key)] for key in self.worded if self.word(key) in words}
        return replace(self, **{**own, **self.languages.get(code, {})})


class HeadingNumber(Struct, frozen=True):
    """The computed number of a section."""

    level: int
    """1 for the outermost headings."""
    counter: str
    """Name of its counter; empty when unnumbered."""
    count: int
    """Value of the counter; 0 when unnumbered."""
    label: str
    """`Section One`, `3.`, `Annex I`; empty when unnumbered."""
    separator: str
    reference: str
    """Words of a cross reference to it: `section 3.3`; the heading's own words in quotation marks when unnumbered."""


class CaptionNumber(Struct, frozen=True):
    """The computed number of a table or figure."""

    kind: Literal["table", "figure"]
    count: int
    label: str
    """`Table 2`, `Figure 3`, in the language."""


class NoteNumber(Struct, frozen=True):
    """The computed mark of a note."""

    series: Literal["number", "letter", "asterisk"]
    count: int
    mark: str
    """`1`, `a`, `*`."""


class ContentsRow(Struct, frozen=True):
    """One row of the contents page or of a list of captions."""

    target: str
    """Id of the section, table or figure."""
    level: int
    label: str
    """Number as shown in the row; empty when unnumbered."""
    separator: str
    children: tuple[Inline, ...]
    """The heading's or caption's words without note marks."""
    paragraphs: tuple[str, ...] = ()
    """Ids of the first and the last numbered paragraph below a heading; one id where there is one, none where none."""


class ResolvedDocument(Struct, frozen=True):
    """A document and everything computed about it."""

    document: Document
    counters: Mapping[str, Counter]
    headings: Mapping[str, HeadingNumber]
    """By section id."""
    captions: Mapping[str, CaptionNumber]
    """By table or figure id."""
    notes: Mapping[str, NoteNumber]
    """By note id, text notes and table notes alike."""
    paragraphs: Mapping[str, int]
    """Number by id of each numbered paragraph."""
    contents: tuple[ContentsRow, ...]
    figures: tuple[ContentsRow, ...]
    tables: tuple[ContentsRow, ...]
    references: Mapping[str, str]
    """Words of a cross reference by target id."""
    marks: Mapping[str, int]
    """How many marks each note has; an asterisk note may have several."""
    words: Mapping[str, str]
    """The layout's own words in the language: `contents`, `page`, `figures`, `tables`, `note`, `back-to-text` …"""
    paragraph_mark: str = "{n}."
    """What stands before a numbered paragraph, in the language."""

    def paragraphs_of(self, row: ContentsRow) -> str:
        """The numbers of the paragraphs below a row's heading, as its column shows them: `2–39`, `6`, or nothing."""
        return "–".join(str(self.paragraphs[id_]) for id_ in row.paragraphs)

    def paragraph_label(self, id_: str) -> str:
        """What stands before the numbered paragraph of that id: `12.`; raises KeyError for another's."""
        return self.paragraph_mark.replace("{n}", str(self.paragraphs[id_]))
