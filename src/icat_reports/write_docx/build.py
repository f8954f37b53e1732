"""In: what a Word file is made from. Out: `Build`, which hands out the ids, parts and looks that its parts share.

One `Build` lives for one call of `write_docx`. Ids count up in the order of the document, so that they depend on
nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from icat_reports.document import walk
from icat_reports.document.nodes import Contents, Figure, Note, Origin, Section, Table
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.fonts import FONT_SETS, FontSet
from icat_reports.language import LANGUAGES, Language
from icat_reports.ooxml.markup import Value, properties
from icat_reports.ooxml.names import origin_bookmark
from icat_reports.ooxml.package import Part, Relationships
from icat_reports.ooxml.styles import CharacterLook
from icat_reports.ooxml.units import points
from icat_reports.theme import Theme, TypeStyle
from icat_reports.write_docx.endings import NOWHERE, Ending
from icat_reports.write_docx.numbering import Numbering

PLAIN = CharacterLook()


class Story(Struct, frozen=True):
    """One of the texts of a file, in Word's sense: the main text, the footnotes; each has links of its own."""

    kind: Literal["main", "notes"]
    relationships: Relationships = field(default_factory=Relationships)


class Build(Struct):
    """What the parts of one file share."""

    resolved: ResolvedDocument
    theme: Theme
    language: Language
    pages: Mapping[str, str]
    """Printed page number by target id; a target that it lacks shows a dash."""
    assets: Mapping[str, bytes]
    """Files that image nodes name."""
    numbering: Numbering
    main: Story = field(default_factory=lambda: Story("main"))
    footnotes: Story = field(default_factory=lambda: Story("notes"))
    parts: list[Part] = field(default_factory=list)
    """Parts that the main text brings with it: charts with their sheets, images, headers and footers."""
    notes: dict[str, tuple[int, Note]] = field(default_factory=dict)
    """Footnotes by note id: number of the footnote in the file, and its words."""
    comments: list[str] = field(default_factory=list)
    looks: dict[str, CharacterLook] = field(default_factory=dict)
    """Character styles in use, by id."""
    origins: dict[str, Origin] = field(default_factory=dict)
    """Bookmark names by which blocks are found again."""
    text_notes: dict[str, Note] = field(default_factory=dict)
    table_notes: dict[str, Note] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """Words of each heading and caption, by target id."""
    counts_paragraphs: bool = False
    """Whether the contents page has a column of the numbers of paragraphs."""
    ending: Ending = NOWHERE
    """What is kept together at the end of the chapter where we stand."""
    measure: float = 0
    """Width of the text in points where we stand: less in a cell or box, more on a landscape page."""
    _occurrences: Counter[str] = field(default_factory=Counter)
    """How many blocks of each origin there are so far."""
    _bookmarks: int = 0
    _drawings: int = 0
    _run_properties: dict[tuple[CharacterLook, bool], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with the page's own measure, and gather what marks and references look up."""
        self.measure = self.text_width()
        self.text_notes.update((note.id, note) for note in self.resolved.document.notes)
        for block in walk.document_blocks(self.resolved.document):
            self.table_notes.update((note.id, note) for note in walk.table_notes(block))
            if isinstance(block, Contents):
                self.counts_paragraphs |= "paragraphs" in block.columns
            if isinstance(block, Section | Table | Figure):
                self.titles[block.id] = " ".join(walk.plain(walk.own_inlines(block)).split())

    # ------------------------------------------------------------ looks

    @property
    def fonts(self) -> FontSet:
        """Fonts of running text."""
        return FONT_SETS[self.theme.fonts.text]

    @property
    def heading_fonts(self) -> FontSet:
        """Fonts of headings."""
        return FONT_SETS[self.theme.fonts.heading]

    @property
    def rtl(self) -> bool:
        """Whether the document runs from right to left."""
        return self.language.direction == "rtl"

    def type(self, role: str) -> TypeStyle:
        """Looks of a role; a level deeper than the theme has (`h5`, `contents-4`) takes those of the deepest."""
        while role not in self.theme.type and role[-1:].isdigit() and role[-1] != "1":
            role = f"{role[:-1]}{int(role[-1]) - 1}"
        return self.theme.type[role]

    def text_width(self, *, landscape: bool = False) -> float:
        """Width of the page's text in points."""
        page = self.theme.page
        width = page.height if landscape else page.width
        return points(width - page.margin.inside - page.margin.outside)

    def run_properties(self, look: CharacterLook = PLAIN, *, rtl: bool = False) -> str:
        """`w:rPr` of a run, remembering the style that it names."""
        known = self._run_properties.get((look, rtl))
        if known is None:
            values: dict[str, Value] = {}
            if look != PLAIN:
                self.looks[look.id] = look
                values["rStyle"] = look.id
            if rtl:
                values["rtl"] = True
            known = self._run_properties[look, rtl] = properties("rPr", values)
        return known

    def styled(self, style: str, **more: Value) -> str:
        """`w:rPr` of a run in a character style of the table, in the document's direction."""
        return properties("rPr", {"rStyle": style, **({"rtl": True} if self.rtl else {}), **more})

    # ------------------------------------------------------------ ids

    def bookmark(self, name: str, content: str) -> str:
        """`content` between the two ends of a bookmark (17.13.6)."""
        self._bookmarks += 1
        id_ = self._bookmarks
        return f'<w:bookmarkStart w:id="{id_}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{id_}"/>'

    def traced(self, origin: Origin, content: str) -> str:
        """`content` in the bookmark that leads an edit back to where it comes from; bare when it is computed."""
        if not origin.id:
            return content
        self._occurrences[origin.id] += 1
        name = origin_bookmark(origin.id, self._occurrences[origin.id])
        self.origins[name] = origin
        return self.bookmark(name, content)

    def drawing(self) -> int:
        """An id for a drawing (`wp:docPr`), unique in the file (20.4.2.5)."""
        self._drawings += 1
        return self._drawings

    def page(self, target: str) -> str:
        """Printed page number of a target."""
        return self.pages.get(target, "–")


def language_attributes(tag: str) -> dict[str, str | int]:
    """Attributes of `w:lang` (17.3.2.20) for a BCP 47 tag: each of Word's slots is for a script of its own."""
    language = LANGUAGES.get(tag.partition("-")[0])
    if language is None:
        return {"val": tag}
    slot = {"arabic": "bidi", "han": "eastAsia"}.get(language.script, "val")
    return {slot: language.word_tag if tag == language.code else tag}
