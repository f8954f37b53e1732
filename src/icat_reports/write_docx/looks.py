"""In: a theme. Out: what is particular to a style, beyond its type role: places, numbers, tabs (ECMA-376 part 1, 17.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from icat_reports.ooxml.markup import Inner, Instead, Value, attributes, for_word
from icat_reports.ooxml.styles import AFTER_LIST, DEEPEST_HEADING, DEEPEST_LIST, STYLES, list_style
from icat_reports.ooxml.units import twips
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.numbering import (
    HEADINGS,
    KINDS,
    LISTS,
    PARAGRAPHS,
    UNNUMBERED,
    list_step,
    number_properties,
)

Properties = dict[str, Value]
Looks = tuple[Properties, Properties]
"""Of paragraph and run."""


def spacing(before: float, after: float, line: float) -> Mapping[str, str | int]:
    """`w:spacing` (17.3.1.33) of lengths in points; lines grow for scripts that stand taller."""
    return {"before": twips(before), "after": twips(after), "line": twips(line), "lineRule": "atLeast"}


def faces(build: Build, *, heading: bool) -> Mapping[str, str]:
    """Word's own faces in its four slots (17.3.2.26); in Chinese, marks that both scripts have are Chinese."""
    fonts = build.heading_fonts if heading else build.fonts
    slots = {
        "ascii": fonts.latin.word,
        "eastAsia": fonts.east_asian.word,
        "hAnsi": fonts.latin.word,
        "cs": fonts.complex_script.word,
    }
    return {"hint": "eastAsia", **slots} if build.language.script == "han" else slots


def _normal(build: Build) -> Looks:
    body = build.type("body")
    paragraph: Properties = {"spacing": spacing(0, 0, body.line), "widowControl": True}
    if build.rtl:
        paragraph["bidi"] = True
    return paragraph, {}


def _heading(level: int) -> Callable[[Build], Looks]:
    def looks(build: Build) -> Looks:
        paragraph: Properties = {"keepLines": True}
        if level in build.numbering.main:
            paragraph["numPr"] = number_properties(level - 1, HEADINGS)
        return paragraph, {"rFonts": faces(build, heading=True)}

    return looks


def _unlisted(level: int) -> Callable[[Build], Looks]:
    """Out of the outline and so of the contents field, and without a number; the outermost may follow text.

    Rule and ground that chapters have are not for the outermost, unless the theme gives it some of its own.
    """

    def looks(build: Build) -> Looks:
        paragraph: Properties = {"outlineLvl": 9}
        run: Properties = {}
        if level == 1:
            role = build.type("h1")
            paragraph["spacing"] = spacing(build.type("h2").before, role.after, role.line)
            paragraph["pBdr"] = Inner(
                "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
            )
            paragraph |= {"shd": {"val": "clear", "color": "auto", "fill": "auto"}, "ind": {"right": 0}}
            run["color"] = build.theme.colour(role.color)
        if level in build.numbering.main:
            paragraph["numPr"] = number_properties(level - 1, UNNUMBERED)
        return paragraph, run

    return looks


def _listed(kind: str, depth: int, *, in_table: bool) -> Callable[[Build], Looks]:
    """Items stand closer than paragraphs."""

    def looks(build: Build) -> Looks:
        paragraph: Properties = {}
        if not in_table:
            body = build.type("body")
            paragraph["spacing"] = spacing(0, build.theme.list.after, body.line)
        if kind in KINDS:
            paragraph["numPr"] = number_properties(depth - 1, LISTS[kind, in_table])
        else:
            start = 0 if in_table else build.theme.list.start
            paragraph["ind"] = {"left": twips(start + list_step(build.theme, in_table=in_table)[0] * depth)}
        return paragraph, {}

    return looks


def _after_list(build: Build) -> Looks:
    """As far from the list as paragraphs are from each other: of the spaces after and before, the larger counts."""
    body = build.type("body")
    return {"spacing": spacing(max(body.after, body.before), body.after, body.line)}, {}


def _contents_row(level: int) -> Callable[[Build], Looks]:
    """Dots, and the page number at the end of the measure; no right indent, which LibreOffice would hide it behind.

    Word is told to keep words out of the columns (since 2013, whose namespace it knows).
    """

    def looks(build: Build) -> Looks:
        role = build.type(f"contents-{level}" if level else "contents-caption")
        paragraphs = level > 0 and build.counts_paragraphs
        places = {"left": twips(role.indent + role.hanging), "hanging": twips(role.hanging)}
        return {
            "tabs": _columns(build, "dot", paragraphs=paragraphs),
            "ind": _kept_out(places, columns_width(paragraphs=paragraphs)),
        }, {}

    return looks


def columns_width(*, paragraphs: bool) -> float:
    """Points at the end of a row of the contents that its words are kept out of."""
    return PAGE_COLUMN + PARAGRAPHS_COLUMN if paragraphs else _PAGE_NUMBER


def _kept_out(places: Mapping[str, str | int], width: float) -> Instead:
    narrow = {**places, "right": twips(width)}
    return Instead(for_word(f"<w:ind{attributes(narrow)}/>", f"<w:ind{attributes(places)}/>"))


def _contents_head(build: Build) -> Looks:
    return {"tabs": _columns(build, "none", paragraphs=build.counts_paragraphs)}, {}


PAGE_COLUMN = 48
"""Points from the numbers of paragraphs to those of pages, at the ends of both columns of a contents page."""


_PAGE_NUMBER = 24
"""Points that the number of a page takes where it is alone, with the space before it."""

PARAGRAPHS_COLUMN = 40
"""Points that the widest numbers of paragraphs take, `103–113`, with the space before them."""


def _columns(build: Build, leader: str, *, paragraphs: bool) -> Inner:
    """The ends of the columns: dots lead to the first."""
    places = [build.text_width() - PAGE_COLUMN] if paragraphs else []
    places.append(build.text_width())
    leaders = (leader, *["none"] * (len(places) - 1))
    rows = (
        f'<w:tab w:val="right" w:leader="{dots}" w:pos="{twips(at)}"/>'
        for dots, at in zip(leaders, places, strict=True)
    )
    return Inner("".join(rows))


def _quote(build: Build) -> Looks:
    indent = twips(build.theme.list.indent)
    return {"ind": {"left": indent, "right": indent}}, {}


def _numbered(_: Build) -> Looks:
    return {"numPr": number_properties(0, PARAGRAPHS)}, {}


def _flush_end(build: Build) -> Looks:
    """Figures flush with the end of their column, but not against the words of the next."""
    return {"ind": {"right": twips(2 * build.theme.table.padding)}}, {}


def _figure(build: Build) -> Looks:
    """A drawing is as tall as it is: lines of a fixed height would cut it.

    It is set from left to right in every language: LibreOffice misplaces words in shapes otherwise.
    """
    side = {"jc": "right"} if build.rtl else {}
    return {"spacing": {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}, "bidi": False, **side}, {}


def _small(after: float) -> Looks:
    """A paragraph without words, a point high, and the space after it."""
    return {"spacing": {"before": 0, "after": twips(after), "line": 20, "lineRule": "exact"}}, {"sz": 2, "szCs": 2}


def _table_end(build: Build) -> Looks:
    return _small(build.type("body").after)


def _unseen(_: Build) -> Looks:
    return _small(0)


def _entry(_: Build) -> Looks:
    """An entry of a bibliography stands whole on its page."""
    return {"keepLines": True}, {}


def _on_dark(_: Build) -> Looks:
    return {}, {"color": "FFFFFF"}


def _accented(build: Build) -> Looks:
    return {}, {"color": build.theme.colour("accent")}


def _raised(_: Build) -> Looks:
    return {}, {"vertAlign": "superscript"}


def _comment_mark(_: Build) -> Looks:
    return {}, {"sz": 16, "szCs": 16}


def _whole(_: Build) -> Looks:
    """An address is not divided."""
    return {"keepLines": True}, {}


def _followed(build: Build) -> Looks:
    return {}, {"color": build.theme.colour("link")}


PARTICULAR: dict[str, Callable[[Build], Looks]] = {
    "Normal": _normal,
    **{f"Heading{level}": _heading(level) for level in range(1, DEEPEST_HEADING + 1)},
    "TOCHeading": _unlisted(1),
    **{f"Heading{level}Unlisted": _unlisted(level) for level in range(2, DEEPEST_HEADING + 1)},
    **{
        list_style(kind, depth, in_table=in_table): _listed(kind, depth, in_table=in_table)
        for kind in (*KINDS, "plain", "continue")
        for depth in range(1, DEEPEST_LIST + 1)
        for in_table in (False, True)
    },
    **{f"TOC{level}": _contents_row(level) for level in range(1, DEEPEST_HEADING + 1)},
    "TableofFigures": _contents_row(0),
    "ContentsHead": _contents_head,
    **{style: _after_list for style in STYLES if style.endswith(AFTER_LIST)},
    "Quote": _quote,
    "NumberedParagraph": _numbered,
    "Figure": _figure,
    "TableFigure": _flush_end,
    "TableHeadEnd": _flush_end,
    "Bibliography": _entry,
    "Contact": _whole,
    "ChartMark": _accented,
    "MapLabelDark": _on_dark,
    "MapValueDark": _on_dark,
    "TableEnd": _table_end,
    "SectionEnd": _unseen,
    "PageGround": _unseen,
    "FootnoteReference": _raised,
    "TableNoteReference": _raised,
    "CommentReference": _comment_mark,
    "FollowedHyperlink": _followed,
}
"""By style id."""
