"""In: nothing. Out: the styles of our Word files: what each stands for, its names, and the type role that gives its looks.

One table for the writer, which makes `styles.xml` of it, and for the reviewer, who reads from a paragraph's style
what the paragraph is. Built-in styles bear the names that Word knows in every language of its menus ([MS-OI29500]
2.1.236 lists them); the others are ours and follow the same manner.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from icat_reports.document.nodes import ParagraphRole

LAYOUT_TABLES = frozenset({"BoxTable", "SummaryTable", "MastheadTable"})
"""Ids of the styles of tables that only place what stands in them."""

DEEPEST_HEADING = 6
DEEPEST_LIST = 5
"""Word has built-in styles for five levels of lists."""


class Style(Struct, frozen=True):
    """A style."""

    id: str
    name: str
    type: Literal["paragraph", "character", "table"] = "paragraph"
    role: str = ""
    """Role of the theme's `type` that gives its looks; empty where it takes those of its base."""
    based_on: str = "Normal"
    next: str = ""
    """Style of the paragraph that Word's user begins after one of this style; itself when empty."""
    outline: int = 0
    """Level in the outline, from 1; 0 for what is no heading."""
    listed: bool = True
    """Whether the style gallery shows it."""
    keep_with_next: bool = False
    align: Literal["", "center", "right"] = ""
    """In the direction of the language: `right` is the end of the line."""

    @property
    def builtin(self) -> bool:
        """Whether Word knows the style by its name."""
        return self.name.rstrip("0123456789 ") in _BUILT_IN


_BUILT_IN = frozenset({
    *("Normal", "Body Text", "Title", "Subtitle", "Date", "Bibliography", "caption", "Quote", "footnote text", "header"),
    *("footer", "annotation text", "table of figures", "heading", "TOC Heading", "toc", "List Bullet", "List Number"),
    *("List", "List Continue", "Default Paragraph Font", "footnote reference", "annotation reference"),
    *("FollowedHyperlink", "Hyperlink", "Strong", "Emphasis", "Normal Table", "annotation subject", "Balloon Text"),
})  # fmt: skip
"""Names of Word's own styles, without the figure of their level."""


def heading_style(level: int, *, listed: bool = True) -> str:
    """Id of the style of headings at `level`; those not `listed` stand in no contents page."""
    level = min(level, DEEPEST_HEADING)
    if listed:
        return f"Heading{level}"
    return "TOCHeading" if level == 1 else f"Heading{level}Unlisted"


def list_style(kind: str, depth: int, *, in_table: bool = False) -> str:
    """Id of the style of list items of a kind (or `continue`, a further paragraph of an item) at `depth` from 1."""
    depth = min(depth, DEEPEST_LIST)
    return f"{'Table' if in_table else ''}{_LISTS[kind][0]}{depth if depth > 1 else ''}"


def contents_style(level: int) -> str:
    """Id of the style of rows of the contents page."""
    return f"TOC{level}"


_LISTS: dict[str, tuple[str, str]] = {
    "bullet": ("ListBullet", "List Bullet"),
    "decimal": ("ListNumber", "List Number"),
    "letter": ("ListLetter", "List Letter"),
    "roman": ("ListRoman", "List Roman"),
    "plain": ("List", "List"),
    "continue": ("ListContinue", "List Continue"),
}
"""Ids and names of list styles: Word's own but for letters and roman figures, which Word has not."""

LIST_ITEMS: frozenset[str] = frozenset(
    list_style(kind, depth, in_table=in_table)
    for kind in _LISTS
    if kind != "continue"
    for depth in range(1, DEEPEST_LIST + 1)
    for in_table in (False, True)
)
"""Ids of the styles of paragraphs with which an item of a list begins."""

NOTE_MARKS: dict[tuple[bool, bool], str] = {
    (False, False): "FootnoteReference",
    (True, False): "TableNoteReference",
    (False, True): "AsteriskReference",
    (True, True): "AsteriskReference",
}
"""Ids of the styles of notes' marks, by whether the note stands under a table and whether it is an asterisk.

An asterisk is high enough as it is: raised and made smaller it could not be seen.
"""

PARAGRAPHS: dict[ParagraphRole, str] = {
    "body": "BodyText",
    "lead": "Lead",
    "title": "Title",
    "subtitle": "Subtitle",
    "series": "SeriesTitle",
    "date": "Date",
    "status": "Status",
    "imprint": "Imprint",
    "website": "Website",
    "entry": "Bibliography",
    "label": "Label",
    "source": "Source",
    "disclaimer": "Disclaimer",
    "contact": "Contact",
    "organization": "MastheadOrganization",
    "symbol": "MastheadSymbol",
    "organ": "MastheadOrgan",
    "particular": "MastheadParticular",
    "session": "Session",
    "agenda": "AgendaItem",
    "agenda-title": "AgendaTitle",
}
"""Ids by the role of a paragraph."""

AFTER_LIST = "AfterList"
"""Ends the ids of the styles of running text that follows a list, whose items stand closer than paragraphs."""

_BASIC = (
    Style("Normal", "Normal", role="body", based_on=""),
    Style("BodyText", "Body Text", role="body"),
    Style("LeadIn", "Lead-in", based_on="BodyText", keep_with_next=True),
    Style("NumberedParagraph", "Numbered Paragraph", based_on="BodyText"),
    Style("NumberedLeadIn", "Numbered Lead-in", based_on="NumberedParagraph", keep_with_next=True),
    *(
        Style(f"{before}{AFTER_LIST}", f"{name} after List", based_on=before, next=before, listed=False)
        for before, name in (
            ("BodyText", "Body Text"),
            ("LeadIn", "Lead-in"),
            ("NumberedParagraph", "Numbered Paragraph"),
            ("NumberedLeadIn", "Numbered Lead-in"),
        )
    ),
    Style("Lead", "Lead", role="lead", next="BodyText"),
    Style("Title", "Title", role="title", next="Subtitle"),
    Style("Subtitle", "Subtitle", role="subtitle", next="BodyText"),
    Style("SeriesTitle", "Series Title", role="series", next="Title"),
    Style("Date", "Date", role="date", next="BodyText"),
    Style("Status", "Status", role="status"),
    Style("Imprint", "Imprint", role="imprint"),
    Style("Website", "Website", role="website", next="BodyText", keep_with_next=True),
    Style("Bibliography", "Bibliography", role="entry"),
    Style("Label", "Label", role="label", next="BodyText", keep_with_next=True),
    Style("Caption", "caption", role="caption", next="BodyText", keep_with_next=True),
    Style("Figure", "Figure", next="Source", keep_with_next=True),
    Style("Source", "Source", role="source", next="BodyText"),
    Style("Disclaimer", "Disclaimer", role="disclaimer", next="BodyText"),
    Style("Contact", "Contact", role="contact", keep_with_next=True),
    Style("MastheadOrganization", "Masthead Organization", role="organization"),
    Style("MastheadSymbol", "Masthead Symbol", role="symbol", align="right"),
    Style("MastheadOrgan", "Masthead Organ", role="organ"),
    Style("MastheadParticular", "Masthead Particular", role="particular"),
    Style("Session", "Session", role="session", next="AgendaItem"),
    Style("AgendaItem", "Agenda Item", role="agenda", next="AgendaTitle"),
    Style("AgendaTitle", "Agenda Title", role="agenda-title", next="Title"),
    Style("Quote", "Quote", based_on="BodyText"),
    Style("TableText", "Table Text", role="table"),
    Style("TableMark", "Table Mark", based_on="TableText", align="center"),
    Style("TableFigure", "Table Figure", based_on="TableText", align="right"),
    Style("TableTextKept", "Table Text Kept", based_on="TableText", keep_with_next=True, listed=False),
    Style("TableMarkKept", "Table Mark Kept", based_on="TableMark", keep_with_next=True, listed=False),
    Style("TableFigureKept", "Table Figure Kept", based_on="TableFigure", keep_with_next=True, listed=False),
    Style("TableHead", "Table Head", role="table-head", based_on="TableText"),
    Style("TableHeadCentred", "Table Head Centred", based_on="TableHead", align="center"),
    Style("TableHeadEnd", "Table Head End", based_on="TableHead", align="right"),
    Style("ChartRow", "Chart Row", based_on="TableText", keep_with_next=True, listed=False),
    Style("ChartMark", "Chart Mark", based_on="TableMark", keep_with_next=True, listed=False),
    Style("ChartHead", "Chart Head", based_on="TableHead", keep_with_next=True, listed=False),
    Style("ChartHeadCentred", "Chart Head Centred", based_on="ChartHead", align="center", listed=False),
    Style("TableNote", "Table Note", role="table-note"),
    Style("FootnoteText", "footnote text", role="note", listed=False),
    Style("Header", "header", role="header", listed=False),
    Style("HeaderEnd", "Header End", based_on="Header", listed=False, align="right"),
    Style("Footer", "footer", role="footer", listed=False, align="center"),
    Style("JobNumber", "Job Number", role="footer", listed=False),
    Style("CommentText", "annotation text", role="note", listed=False),
    Style("ContentsHead", "Contents Head", role="contents-head", listed=False, keep_with_next=True),
    Style("TableofFigures", "table of figures", role="contents-caption", listed=False),
    Style("MapLabel", "Map Label", role="table", align="center", listed=False),
    Style("MapValue", "Map Value", role="h3", next="MapLabel", align="center", listed=False),
    Style("MapLabelDark", "Map Label Dark", based_on="MapLabel", listed=False),
    Style("MapValueDark", "Map Value Dark", based_on="MapValue", next="MapLabelDark", listed=False),
    Style("TableEnd", "Table End", listed=False),
    Style("SectionEnd", "Section End", listed=False),
    Style("PageGround", "Page Ground", listed=False),
)

_HEADINGS = (
    *(
        Style(
            f"Heading{level}", f"heading {level}", role=f"h{level}", next="BodyText", outline=level, keep_with_next=True
        )
        for level in range(1, DEEPEST_HEADING + 1)
    ),
    Style("TOCHeading", "TOC Heading", based_on="Heading1", next="BodyText", keep_with_next=True),
    *(
        Style(f"Heading{level}Unlisted", f"Heading {level} Unlisted", based_on=f"Heading{level}", next="BodyText")
        for level in range(2, DEEPEST_HEADING + 1)
    ),
)

_CONTENTS = (
    *(
        Style(f"TOC{level}", f"toc {level}", role=f"contents-{level}", listed=False)
        for level in range(1, DEEPEST_HEADING + 1)
    ),
    *(
        Style(f"{row}Kept", f"{row} Kept", based_on=row, keep_with_next=True, listed=False)
        for row in (*(f"TOC{level}" for level in range(1, DEEPEST_HEADING + 1)), "TableofFigures")
    ),
)


def _lists() -> tuple[Style, ...]:
    return tuple(
        Style(
            list_style(kind, depth, in_table=in_table),
            f"{'Table ' if in_table else ''}{name}{f' {depth}' if depth > 1 else ''}",
            based_on="TableText" if in_table else "BodyText",
            listed=not in_table,
        )
        for in_table in (False, True)
        for kind, (_, name) in _LISTS.items()
        for depth in range(1, DEEPEST_LIST + 1)
    )


_CHARACTERS = (
    Style("DefaultParagraphFont", "Default Paragraph Font", "character", based_on="", listed=False),
    Style("FootnoteReference", "footnote reference", "character", based_on="DefaultParagraphFont", listed=False),
    Style("TableNoteReference", "Table Note Reference", "character", based_on="DefaultParagraphFont", listed=False),
    Style("AsteriskReference", "Asterisk Reference", "character", based_on="DefaultParagraphFont", listed=False),
    Style("CommentReference", "annotation reference", "character", based_on="DefaultParagraphFont", listed=False),
    Style("FollowedHyperlink", "FollowedHyperlink", "character", based_on="DefaultParagraphFont", listed=False),
)

_TABLES = (
    Style("TableNormal", "Normal Table", "table", based_on="", listed=False),
    Style("PublicationTable", "Publication Table", "table", based_on="TableNormal"),
    Style("MarksTable", "Marks Table", "table", based_on="PublicationTable"),
    Style("BoxTable", "Box Table", "table", based_on="TableNormal"),
    Style("SummaryTable", "Summary Table", "table", based_on="TableNormal"),
    Style("MastheadTable", "Masthead Table", "table", based_on="TableNormal"),
)

STYLES: dict[str, Style] = {
    style.id: style for style in (*_BASIC, *_HEADINGS, *_CONTENTS, *_lists(), *_CHARACTERS, *_TABLES)
}
"""Every style but those of characters that `CharacterLook` combines."""


class CharacterLook(Struct, frozen=True):
    """What sets words apart from their paragraph; each combination that occurs is a character style of its own."""

    emphasis: bool = False
    strong: bool = False
    link: bool = False
    lang: str = ""
    """Language tag of a foreign phrase."""

    @property
    def name(self) -> str:
        """`Strong`, `Hyperlink Emphasis`, `Emphasis fr`; empty for words like their paragraph's."""
        parts = (
            "Hyperlink" if self.link else "",
            "Strong" if self.strong else "",
            "Emphasis" if self.emphasis else "",
            self.lang,
        )
        shown = " ".join(part for part in parts if part)
        return f"Phrase {self.lang}" if shown and shown == self.lang else shown

    @property
    def id(self) -> str:
        """The name without spaces."""
        return self.name.replace(" ", "")


def character_look(name: str) -> CharacterLook:
    """The look that a character style's name stands for: the inverse of `CharacterLook.name`."""
    parts = name.split()
    known = {"Hyperlink", "Strong", "Emphasis", "Phrase"}
    lang = next((part for part in parts if part not in known), "")
    return CharacterLook("Emphasis" in parts, "Strong" in parts, "Hyperlink" in parts, lang)
