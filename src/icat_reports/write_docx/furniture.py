"""In: the sections of pages. Out: running heads and page numbers: header and footer parts (17.10).

Left-hand pages bear the publication's title, right-hand pages the chapter, by a field that follows its heading. The
pages of the front matter and the first page of a chapter bear a number only, the cover and a back page nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec import Struct, field

from icat_reports.document import walk
from icat_reports.document.nodes import Masthead, Section
from icat_reports.ooxml.markup import field as complex_field
from icat_reports.ooxml.markup import paragraph, style_of
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION, Part
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.inline import plain_words, text, title_words


class SheetLike(Protocol):
    """What of a section of pages its furniture depends on."""

    @property
    def division(self) -> str:
        """Kind of its division."""
        ...

    @property
    def chapter(self) -> Section | None:
        """The chapter that its right-hand pages name."""
        ...

    @property
    def bare(self) -> bool:
        """Whether its pages bear neither head nor number."""
        ...


class Furniture(Struct):
    """The header and footer parts made so far.

    Each section names all of its own: Word lets a section go on with those of the one before, but LibreOffice loses
    what belongs to first pages when a section between has none.
    """

    build: Build
    _made: dict[tuple[str, str], str] = field(default_factory=dict)
    """Ids of relationships, by kind and content."""

    def references(self, sheet: SheetLike) -> str:
        """The references of a section's properties (17.10.5)."""
        through = self.build.resolved.document.pages == "through"
        if sheet.division == "cover" and not through:
            return ""
        if sheet.bare:
            return self._rows(self._nothing())
        number = self._page_number()
        first = self._job_number() if sheet.division == "cover" else number
        rows = [("footer", "even", number), ("footer", "default", number), ("footer", "first", first)]
        if sheet.division != "front" or through:
            head = self._running_chapter(sheet.chapter) if sheet.chapter else self._running_title(end=True)
            rows = [("header", "even", self._running_title()), ("header", "default", head), *rows]
        return self._rows(rows)

    def _rows(self, rows: Iterable[tuple[str, str, str]]) -> str:
        return "".join(
            f'<w:{kind}Reference w:type="{page}" r:id="{self._part(kind, content)}"/>' for kind, page, content in rows
        )

    def _nothing(self) -> Iterator[tuple[str, str, str]]:
        """Heads and feet without words: a section that names none goes on with those of the one before."""
        for kind, style in (("header", "Header"), ("footer", "Footer")):
            for page in ("even", "default"):
                yield kind, page, paragraph(style_of(style))

    def _part(self, kind: str, content: str) -> str:
        """The relationship to the part of this content."""
        known = self._made.get((kind, content))
        if known is None:
            name = f"{kind}{sum(made == kind for made, _ in self._made) + 1}.xml"
            root = {"header": "hdr", "footer": "ftr"}[kind]
            data = f"{DECLARATION}<w:{root}{declare('w', 'r')}>{content}</w:{root}>".encode()
            self.build.parts.append(Part(f"word/{name}", kind, data))
            known = self._made[kind, content] = self.build.main.relationships.to(kind, name)
        return known

    def _running_title(self, *, end: bool = False) -> str:
        title = self.build.resolved.document.metadata.running_title
        return paragraph(style_of("HeaderEnd" if end else "Header"), text(self.build, title) if title else "")

    def _running_chapter(self, chapter: Section) -> str:
        """The chapter's short title where it has one; else a field that follows the heading on the page (17.16.5.59)."""
        if chapter.short:
            return paragraph(style_of("HeaderEnd"), text(self.build, chapter.short))
        words = text(self.build, plain_words(title_words(chapter.heading.children)))
        return paragraph(style_of("HeaderEnd"), complex_field("STYLEREF 1", words))

    def _job_number(self) -> str:
        """What stands at the foot of a masthead's page, which shows no number."""
        blocks = walk.document_blocks(self.build.resolved.document)
        job = next((block.job for block in blocks if isinstance(block, Masthead)), "")
        return paragraph(style_of("JobNumber"), text(self.build, job) if job else "")

    def _page_number(self) -> str:
        return paragraph(style_of("Footer"), complex_field("PAGE", text(self.build, "1")))
