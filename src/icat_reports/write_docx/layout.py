"""In: the divisions of a document. Out: the main text, with the sections by which Word lays out pages (17.6).

A new section of pages begins with each division, with each chapter of the body (its running head is its own), and
before and after each landscape table. The properties of a section stand in its last paragraph; those of the last
section at the end of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.document.nodes import Block, Division, Paragraph, Section, Table
from icat_reports.ooxml.markup import Inner, paragraph, style_of
from icat_reports.ooxml.names import bookmark
from icat_reports.ooxml.page_numbers import GOES_ON, PAGE_NUMBERS, PageNumbers
from icat_reports.ooxml.units import points, twips
from icat_reports.write_docx import grounds
from icat_reports.write_docx.blocks import heading, pieces
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.endings import ending
from icat_reports.write_docx.furniture import Furniture

_CHAPTERS = frozenset({"body", "back"})


class Sheet(Struct, frozen=True):
    """How the pages of a section look."""

    division: str
    numbers: PageNumbers | None = None
    """How its pages are numbered; not at all when there is none."""
    restart: bool = False
    """Whether its first page is page 1."""
    landscape: bool = False
    opener: bool = False
    """Whether its first page begins a chapter, or has a masthead, and so bears no running head."""
    chapter: Section | None = None
    """The chapter whose heading is the running head of right-hand pages."""
    bare: bool = False
    """Whether it bears neither head nor number, as a back page does."""


class _Turn(Struct, frozen=True):
    """The sheet is turned here."""

    landscape: bool


class _Pages(Struct):
    """What is written so far, and the section that it goes on in."""

    build: Build
    furniture: Furniture
    written: list[str] = field(default_factory=list)
    sheet: Sheet | None = None
    begun: int = 0
    """Where in `written` the section begins."""

    def begin(self, sheet: Sheet) -> None:
        """End the section that is going on, if it holds anything, and begin another."""
        if self.sheet and len(self.written) > self.begun:
            self._end(self.sheet)
        elif self.sheet:
            sheet = replace(sheet, restart=sheet.restart or self.sheet.restart)
        self.sheet = sheet
        self.begun = len(self.written)

    def turn_to_back(self, sheet: Sheet) -> None:
        """Begin the back page, unless we stand on it."""
        if self.sheet and not self.sheet.bare:
            self.begin(replace(sheet, restart=False, opener=False, bare=True))

    def _end(self, sheet: Sheet) -> None:
        """Put the section's properties into a small paragraph of their own.

        In a paragraph of the text LibreOffice would let its bookmarks end a letter too soon, and where a contents
        field ends it would take the next section's headers and footers for a part of that field.
        """
        self.written.append(paragraph(style_of("SectionEnd", sectPr=Inner(self._properties(sheet)))))

    def mark(self, place: int, bookmark_: str) -> None:
        """Put a bookmark into the first paragraph from a place on."""
        if len(self.written) > place:
            self.written[place] = self.written[place].replace("</w:pPr>", f"</w:pPr>{bookmark_}", 1)

    def add(self, written: Iterable[str | _Turn]) -> None:
        """Take pieces as they come, turning the sheet where they ask for it."""
        for piece in written:
            if isinstance(piece, str):
                self.written.append(piece)
            elif self.sheet:
                self.begin(replace(self.sheet, landscape=piece.landscape, restart=False, opener=False))

    def text(self) -> str:
        """The main text's inner markup; a last section that holds nothing gives way to the one before it."""
        if self.sheet is None:
            return ""
        if len(self.written) > self.begun or not self.written:
            return "".join((*self.written, _section(self._properties(self.sheet))))
        ending = self.written[-1]
        return "".join((*self.written[:-1], ending[ending.index("<w:sectPr>") : ending.index("</w:pPr>")]))

    def _properties(self, sheet: Sheet) -> str:
        return section_properties(self.build, sheet, self.furniture.references(sheet))


def _section(properties: str) -> str:
    return f"<w:sectPr>{properties}</w:sectPr>"


def body(build: Build) -> str:
    """The inner markup of `w:body`."""
    pages = _Pages(build, Furniture(build))
    through = build.resolved.document.pages == "through"
    for turn, division in enumerate(build.resolved.document.divisions):
        count = "through" if through else division.kind
        numbers = GOES_ON if through and turn else PAGE_NUMBERS.get(count)
        first = Sheet(division.kind, numbers, numbers is not None and numbers.restart, opener=through and not turn)
        pages.begin(first)
        beginning = pages.begun
        _division(pages, build, division, first)
        if numbers is not GOES_ON:
            pages.mark(beginning, build.bookmark(bookmark("Division", count), ""))
    return pages.text()


def _division(pages: _Pages, build: Build, division: Division, sheet: Sheet) -> None:
    apart = division.kind in _CHAPTERS and build.resolved.document.chapters == "apart"
    for child in division.children:
        if division.kind == "cover":
            pages.add(grounds.of_cover(build, division.children, child))
        if isinstance(child, Section) and apart:
            pages.begin(replace(sheet, restart=False, opener=True, chapter=child))
            pages.add(grounds.of_chapter(build, child))
            build.ending = ending(child)
        if division.kind == "back" and isinstance(child, Paragraph) and child.role == "imprint":
            pages.turn_to_back(sheet)
        pages.add(_flow(build, (child,)))


def _flow(build: Build, children: Iterable[Block]) -> Iterator[str | _Turn]:
    """Pieces of blocks, with a turn of the sheet before and after each landscape table."""
    for own_pages, group in groupby(children, _has_own_pages):
        if not own_pages:
            yield from pieces(build, group)
            continue
        for child in group:
            if isinstance(child, Section):
                yield heading(build, child)
                yield from _flow(build, child.children)
            else:
                yield from _turned(build, child)


def _has_own_pages(block: Block) -> bool:
    """Whether a block may hold, or be, what the sheet is turned for."""
    return isinstance(block, Section) or (isinstance(block, Table) and block.landscape)


def _turned(build: Build, table: Block) -> Iterator[str | _Turn]:
    yield _Turn(landscape=True)
    build.measure = build.text_width(landscape=True)
    yield from pieces(build, (table,))
    build.measure = build.text_width()
    yield _Turn(landscape=False)


def section_properties(build: Build, sheet: Sheet, references: str) -> str:
    """What stands in `w:sectPr` (17.6.17)."""
    page = build.theme.page
    width, height = twips(points(page.width)), twips(points(page.height))
    size = f'<w:pgSz w:w="{width}" w:h="{height}"/>'
    if sheet.landscape:
        size = f'<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>'
    number = ""
    if sheet.numbers:
        start = ' w:start="1"' if sheet.restart else ""
        number = f'<w:pgNumType w:fmt="{sheet.numbers.format}"{start}/>'
    margins = {
        "top": page.margin.top, "right": page.margin.outside, "bottom": page.margin.bottom,
        "left": page.margin.inside, "header": page.header, "footer": page.footer,
    }  # fmt: skip
    margin = "".join(f' w:{side}="{twips(points(length))}"' for side, length in margins.items())
    return (
        f'{references}<w:type w:val="nextPage"/>{size}<w:pgMar{margin} w:gutter="0"/>{number}'
        f"{'<w:titlePg/>' if sheet.opener else ''}{'<w:bidi/>' if build.rtl else ''}"
    )
