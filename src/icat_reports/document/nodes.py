"""In: nothing. Out: the closed vocabulary of documents as frozen types, named as HTML names the thing.

A `Document` is what a layout makes of a publication in one language: structure and words, no looks.
Nothing in it is computed from its own structure: numbers, contents rows and reference texts stand in
tables beside the tree (`icat_reports.document.resolved`). Equality ignores origins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from icat_reports.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a node comes from; its id travels inside the Word file and leads an edit back."""

    id: str
    """Stable name, such as `mapping-2021/introduction:body.0.text:3`; empty for computed nodes."""
    kind: Literal["content", "catalogue", "layout", "computed"]
    span: Span | None = None


COMPUTED = Origin("", "computed")


def _origin() -> Origin:
    return field(default=COMPUTED, compare=False, repr=False)


# ---------------------------------------------------------------- inline


@dataclass(frozen=True, slots=True)
class Text:
    """Characters."""

    value: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """`em`: a title of a work, or a foreign phrase that the rules set in italics."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """`strong`."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """`a`: a link to an address on the web or by mail."""

    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """`cite`: a mention of a referenced document, linked when its address is known."""

    reference: str
    """Id of the reference, such as `A/RES/61/180`."""
    href: str
    """Empty when no address is known."""
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """`ref`: a cross reference; its words are computed from the target's number."""

    target: str
    form: Literal["label", "title", "page"] = "label"
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class NoteMark:
    """`noteref`: the mark of a note."""

    note: str
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class Phrase:
    """`span`: words in another language than their surroundings."""

    lang: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """`br`."""


Inline = Text | Emphasis | Strong | Link | Citation | Reference | NoteMark | Phrase | LineBreak

# ---------------------------------------------------------------- block

ParagraphRole = Literal[
    "body",
    "lead",  # opening sentence of a section
    "title",  # cover
    "subtitle",  # cover
    "series",  # cover: the body or the series the publication belongs to
    "date",  # cover
    "status",  # front matter: the line that says the text is unofficial or a draft
    "imprint",  # front matter
    "website",  # under the heading of an entity
    "entry",  # an entry of a bibliography
    "label",  # a small heading inside running text that takes no part in the outline
    "source",  # what stands under a chart or table: where its data comes from
    "disclaimer",
    "contact",  # a focal point, line by line
    "organization",  # masthead: whose document it is, in its first line
    "symbol",  # masthead: at the end of that line
    "organ",  # masthead: to which the document is addressed
    "particular",  # masthead: distribution, date, language of the version, language of the original
    "session",  # below the masthead
    "agenda",  # the line of the agenda
    "agenda-title",
]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`p`."""

    children: tuple[Inline, ...]
    role: ParagraphRole = "body"
    number: bool = False
    """Whether the paragraph takes a number in the document's straight-through count."""
    id: str = ""
    origin: Origin = _origin()
    attention: str = ""
    """What an entity is asked to look at; a comment in the Word file, nothing elsewhere."""


@dataclass(frozen=True, slots=True)
class Item:
    """`li`."""

    children: tuple[Block, ...]
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class List:
    """`ul` and `ol`."""

    kind: Literal["bullet", "decimal", "letter", "roman", "plain"]
    items: tuple[Item, ...]
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class Note:
    """`note`: one or more paragraphs' worth of words, kept inline."""

    id: str
    series: Literal["number", "letter", "asterisk"]
    """Numbers for text, letters under tables and figures, asterisks for title, masthead and table remarks."""
    children: tuple[Inline, ...]
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class Cell:
    """`th` and `td`."""

    children: tuple[Block, ...]
    header: Literal["", "col", "row", "colgroup", "rowgroup"] = ""
    """Scope of a header cell; empty for a data cell."""
    colspan: int = 1
    rowspan: int = 1
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class Row:
    """`tr`."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`table` with its caption, column widths (per cent of the measure), head, body and own notes."""

    id: str
    caption: tuple[Inline, ...]
    widths: tuple[float, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    landscape: bool = False
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: a name and a value for each category; None where there is no datum."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`chart`: the data of a chart and the kind of its drawing."""

    kind: Literal["bar", "stacked", "matrix"]
    """Horizontal bars; horizontal bars of several series, stacked; a grid of marks, series down, categories across."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    """What the values count, such as "entities"; title of the value axis."""


RegionId = Literal["africa", "americas", "asia-pacific", "europe-central-asia", "middle-east"]
REGIONS: tuple[str, ...] = get_args(RegionId)
"""The regions that the schematic map can show."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the schematic map."""

    id: RegionId
    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class RegionMap:
    """`map`: values by region, drawn as a schematic without boundaries."""

    regions: tuple[Region, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """`img`: a file from the project's assets folder."""

    src: str
    """Path from the project's root."""
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """`figure`: a chart, a map or an image with caption, alternative text and what stands under it."""

    id: str
    caption: tuple[Inline, ...]
    body: Chart | RegionMap | Image
    alt: str
    under: tuple[Paragraph, ...] = ()
    """Source line, remarks, disclaimer: roles `source` and `disclaimer`."""
    notes: tuple[Note, ...] = ()
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class Masthead:
    """`masthead`: the head of a document with a symbol (Editorial Manual).

    A line with organization and symbol; below it the organ, and the particulars at the end.
    """

    children: tuple[Paragraph, ...]
    """In their order; the role of each says where it stands."""
    mark: Image | None = None
    """Before the organ."""
    job: str = ""
    """Job number, which stands at the foot of the page."""
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class Aside:
    """`aside`: a box, a set-off quotation, or the summary of a document."""

    role: Literal["box", "quotation", "summary"]
    children: tuple[Block, ...]
    origin: Origin = _origin()


Column = Literal["paragraphs", "page"]


@dataclass(frozen=True, slots=True)
class Contents:
    """`contents`: the place of the contents page's rows, or of a list of captions."""

    of: Literal["sections", "figures", "tables"] = "sections"
    depth: int = 3
    """Deepest heading level listed; no meaning for captions."""
    columns: tuple[Column, ...] = ()
    """Columns that have heads, in the order of their places; `paragraphs` are the numbered ones below each heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`h`: the heading of a section; a note mark in it shows in the text only."""

    children: tuple[Inline, ...]
    origin: Origin = _origin()


@dataclass(frozen=True, slots=True)
class Section:
    """`section`: a heading and what stands under it. Its level is its depth in the tree."""

    id: str
    heading: Heading
    children: tuple[Block, ...]
    numbering: str = ""
    """Name of a numbering scheme of the layout; empty for an unnumbered heading."""
    kind: Literal["", "opener", "entity", "annex"] = ""
    """`opener` begins a page of its own with its lead; `entity` is the entry of an organization."""
    in_contents: bool = True
    short: str = ""
    """Words for the running head where the heading is too long for it."""
    origin: Origin = _origin()


Block = Paragraph | List | Table | Figure | Masthead | Aside | Contents | Section


@dataclass(frozen=True, slots=True)
class Division:
    """`cover`, `front`, `body`, `back`, which also begin pages."""

    kind: Literal["cover", "front", "body", "back"]
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself, in the language of the version."""

    title: str
    publication: str
    """Id of the publication."""
    language: str
    edition: str = ""
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    status: Literal["unofficial", "draft", "final"] = "unofficial"
    revision: str = ""
    """Hash of what the document says."""
    running_title: str = ""
    """Head of the left-hand pages; the right-hand pages bear the current section."""


@dataclass(frozen=True, slots=True)
class Document:
    """A publication laid out in one language."""

    metadata: Metadata
    divisions: tuple[Division, ...]
    notes: tuple[Note, ...] = ()
    """Definitions of the text's notes, in the order of their first marks. Table notes stand in their tables."""
    pages: Literal["parts", "through"] = "parts"
    """How pages are numbered: none on the cover, roman in front, arabic from 1 in the body and on in the back; or in
    arabic figures through all of it from the cover, which shows none."""
    chapters: Literal["apart", "run-on"] = "apart"
    """Whether each outermost section of body and back begins a page and heads the right-hand ones, or all run on."""
    word_limit: int | None = None
    """Most words that it may have."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Counts of sections and numbered paragraphs by their ids, where these are parts of a whole and keep its numbers."""
    origins: dict[str, Origin] = field(default_factory=dict, compare=False, repr=False)
