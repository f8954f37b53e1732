"""In: nothing. Out: the closed vocabulary of documents as frozen types, named as HTML names the thing.

A `Document` is what a layout makes of a publication in one language: structure and words, no looks.
Nothing in it is computed from its own structure: numbers, contents rows and reference texts stand in
tables beside the tree (`icat_reports.document.resolved`). Equality ignores origins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, get_args

from msgspec import Struct, field

from icat_reports.diagnostics import Span
from icat_reports.values import Value


class Origin(Struct, frozen=True):
    """Where a node comes from; its id travels inside the Word file and leads an edit back."""

    id: str
    """Stable name, such as `mapping-2021/introduction:body.0.text:3`; empty for computed nodes."""
    kind: Literal["content", "catalogue", "layout", "computed"]
    span: Span | None = None


COMPUTED = Origin("", "computed")


class Placed(Value, frozen=True, kw_only=True):
    """What was written at a place in a file; it is equal to what says the same elsewhere."""

    apart: ClassVar[frozenset[str]] = frozenset({"origin"})
    origin: Origin = COMPUTED


# ---------------------------------------------------------------- inline


class Text(Struct, frozen=True):
    """Characters."""

    value: str


class Emphasis(Struct, frozen=True):
    """`em`: a title of a work, or a foreign phrase that the rules set in italics."""

    children: tuple[Inline, ...]


class Strong(Struct, frozen=True):
    """`strong`."""

    children: tuple[Inline, ...]


class Link(Struct, frozen=True):
    """`a`: a link to an address on the web or by mail."""

    href: str
    children: tuple[Inline, ...]


class Citation(Struct, frozen=True):
    """`cite`: a mention of a referenced document, linked when its address is known."""

    reference: str
    """Id of the reference, such as `A/RES/61/180`."""
    href: str
    """Empty when no address is known."""
    children: tuple[Inline, ...]


class Reference(Placed, frozen=True):
    """`ref`: a cross reference; its words are computed from the target's number."""

    target: str
    form: Literal["label", "title", "page"] = "label"


class NoteMark(Placed, frozen=True):
    """`noteref`: the mark of a note."""

    note: str


class Phrase(Struct, frozen=True):
    """`span`: words in another language than their surroundings."""

    lang: str
    children: tuple[Inline, ...]


class LineBreak(Struct, frozen=True):
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


class Paragraph(Placed, frozen=True):
    """`p`."""

    children: tuple[Inline, ...]
    role: ParagraphRole = "body"
    number: bool = False
    """Whether the paragraph takes a number in the document's straight-through count."""
    id: str = ""
    attention: str = ""
    """What an entity is asked to look at; a comment in the Word file, nothing elsewhere."""


class Item(Placed, frozen=True):
    """`li`."""

    children: tuple[Block, ...]


class List(Placed, frozen=True):
    """`ul` and `ol`."""

    kind: Literal["bullet", "decimal", "letter", "roman", "plain"]
    items: tuple[Item, ...]


class Note(Placed, frozen=True):
    """`note`: one or more paragraphs' worth of words, kept inline."""

    id: str
    series: Literal["number", "letter", "asterisk"]
    """Numbers for text, letters under tables and figures, asterisks for title, masthead and table remarks."""
    children: tuple[Inline, ...]


class Cell(Placed, frozen=True):
    """`th` and `td`."""

    children: tuple[Block, ...]
    header: Literal["", "col", "row", "colgroup", "rowgroup"] = ""
    """Scope of a header cell; empty for a data cell."""
    colspan: int = 1
    rowspan: int = 1


class Row(Struct, frozen=True):
    """`tr`."""

    cells: tuple[Cell, ...]


class Table(Placed, frozen=True):
    """`table` with its caption, column widths (per cent of the measure), head, body and own notes."""

    id: str
    caption: tuple[Inline, ...]
    widths: tuple[float, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    landscape: bool = False


class Series(Struct, frozen=True):
    """One series of a chart: a name and a value for each category; None where there is no datum."""

    name: str
    values: tuple[float | None, ...]


class Chart(Struct, frozen=True):
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


class Region(Struct, frozen=True):
    """A region of the schematic map."""

    id: RegionId
    label: str
    value: float | None


class RegionMap(Struct, frozen=True):
    """`map`: values by region, drawn as a schematic without boundaries."""

    regions: tuple[Region, ...]
    unit: str = ""


class Image(Struct, frozen=True):
    """`img`: a file from the project's assets folder."""

    src: str
    """Path from the project's root."""
    decorative: bool = False


class Figure(Placed, frozen=True):
    """`figure`: a chart, a map or an image with caption, alternative text and what stands under it."""

    id: str
    caption: tuple[Inline, ...]
    body: Chart | RegionMap | Image
    alt: str
    under: tuple[Paragraph, ...] = ()
    """Source line, remarks, disclaimer: roles `source` and `disclaimer`."""
    notes: tuple[Note, ...] = ()


class Masthead(Placed, frozen=True):
    """`masthead`: the head of a document with a symbol (Editorial Manual).

    A line with organization and symbol; below it the organ, and the particulars at the end.
    """

    children: tuple[Paragraph, ...]
    """In their order; the role of each says where it stands."""
    mark: Image | None = None
    """Before the organ."""
    job: str = ""
    """Job number, which stands at the foot of the page."""


class Aside(Placed, frozen=True):
    """`aside`: a box, a set-off quotation, or the summary of a document."""

    role: Literal["box", "quotation", "summary"]
    children: tuple[Block, ...]


Column = Literal["paragraphs", "page"]


class Contents(Struct, frozen=True):
    """`contents`: the place of the contents page's rows, or of a list of captions."""

    of: Literal["sections", "figures", "tables"] = "sections"
    depth: int = 3
    """Deepest heading level listed; no meaning for captions."""
    columns: tuple[Column, ...] = ()
    """Columns that have heads, in the order of their places; `paragraphs` are the numbered ones below each heading."""


class Heading(Placed, frozen=True):
    """`h`: the heading of a section; a note mark in it shows in the text only."""

    children: tuple[Inline, ...]


class Section(Placed, frozen=True):
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


Block = Paragraph | List | Table | Figure | Masthead | Aside | Contents | Section


class Division(Struct, frozen=True):
    """`cover`, `front`, `body`, `back`, which also begin pages."""

    kind: Literal["cover", "front", "body", "back"]
    children: tuple[Block, ...]


class WordLimit(Placed, frozen=True):
    """Most words that a document may have."""

    words: int


class Metadata(Struct, frozen=True):
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


class Document(Struct, frozen=True):
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
    word_limit: WordLimit | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Counts of sections and numbered paragraphs by their ids, where these are parts of a whole and keep its numbers."""
