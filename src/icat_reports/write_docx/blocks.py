"""In: block nodes. Out: paragraphs and tables of the main text, one piece of markup each.

A list of pieces, not one text: where a section of the page layout ends, its properties go into the last paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from icat_reports.document import walk
from icat_reports.document.nodes import (
    COMPUTED,
    Aside,
    Block,
    Contents,
    Figure,
    Item,
    List,
    Masthead,
    NoteMark,
    Origin,
    Paragraph,
    Section,
    Table,
)
from icat_reports.ooxml.markup import Value, paragraph, style_of
from icat_reports.ooxml.names import bookmark
from icat_reports.ooxml.styles import AFTER_LIST, PARAGRAPHS, heading_style, list_style
from icat_reports.write_docx import contents, figures, masthead, tables
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.comments import commented
from icat_reports.write_docx.inline import words
from icat_reports.write_docx.numbering import LISTS, number_properties
from icat_reports.write_docx.titles import paragraph_title, title


class Place(Struct, frozen=True):
    """Where a block stands, as far as that decides its style."""

    depth: int = 0
    """Lists that it stands in."""
    paragraph_style: str = ""
    """Style of plain paragraphs here, such as a table's; empty for that of their role."""
    origin: Origin = COMPUTED
    """Where the surrounding item or cell comes from, for a paragraph that does not say."""
    in_table: bool = False
    in_box: bool = False
    leads: bool = False
    """Whether a list follows, or a figure after a line or two: what leads into it should not be parted from it."""
    follows: bool = False
    """Whether a list stands before."""


TOP = Place()
_TITLES = frozenset({"title", "subtitle", "date"})
"""Roles of paragraphs that are set as titles are: no word stands alone on the last line."""
END_OF_TABLE = paragraph(style_of("TableEnd"))


def pieces(build: Build, children: Iterable[Block], place: Place = TOP) -> Iterator[str]:
    """The paragraphs and tables of blocks; sections and landscape tables are for `layout`, which knows pages."""
    follows = False
    for child, following in pairwise((*children, None)):
        leads = isinstance(following, List) or (isinstance(following, Figure) and _is_brief(child))
        here = replace(place, leads=leads, follows=follows) if leads or follows else place
        yield from _WRITERS[type(child)](build, child, here)
        follows = isinstance(child, List)


_BRIEF = 220
"""Letters of a line or two."""


def _is_brief(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and len(walk.plain(block.children)) <= _BRIEF


def text_paragraph(build: Build, node: Paragraph, style: str, origin: Origin, **more: Value) -> str:
    """A paragraph of words in a style; a bookmark by which fields find its number stands round the words."""
    children = paragraph_title(build, node) if node.role in _TITLES else node.children
    runs = words(build, build.main, children)
    if node.number:
        runs = build.bookmark(bookmark("Ref", node.id), runs)
    runs = build.traced(node.origin if node.origin.id else origin, runs)
    if id(node) in build.ending.with_next:
        more = {**more, "keepNext": True}
    if id(node) in build.ending.whole:
        more = {**more, "keepLines": True}
    return paragraph(style_of(style, **more), commented(build, node.attention, runs))


def _paragraph(build: Build, node: Paragraph, place: Place) -> Iterator[str]:
    more: dict[str, Value] = {}
    if node.number:
        style = _running(place, "NumberedParagraph", "NumberedLeadIn")
        place_in_list = build.numbering.paragraph(build.resolved.paragraphs[node.id])
        more = {"numPr": place_in_list} if place_in_list else {}
    elif node.role == "body" and place.paragraph_style:
        style = place.paragraph_style
    elif node.role == "body":
        style = _running(place, PARAGRAPHS["body"], "LeadIn")
    else:
        style = PARAGRAPHS[node.role]
        # LibreOffice divides no table that begins with words that stay with the next.
        more = {"keepNext": False} if place.in_box and node.role == "label" else {}
    yield text_paragraph(build, node, style, place.origin, **more)


def _running(place: Place, style: str, lead_in: str) -> str:
    """The style of running text, by what stands before and after it."""
    return (lead_in if place.leads else style) + (AFTER_LIST if place.follows else "")


def heading(build: Build, section: Section) -> str:
    """The paragraph of a section's heading, numbered by Word, with the bookmark that contents rows lead to."""
    number = build.resolved.headings[section.id]
    runs = build.bookmark(bookmark("Toc", section.id), words(build, build.main, title(build, section)))
    runs += words(build, build.main, [child for child in section.heading.children if isinstance(child, NoteMark)])
    origin = section.heading.origin if section.heading.origin.id else section.origin
    numbered = build.numbering.heading(number, listed=section.in_contents)
    more: dict[str, Value] = {"numPr": numbered} if numbered else {}
    return paragraph(
        style_of(heading_style(number.level, listed=section.in_contents), **more), build.traced(origin, runs)
    )


# ---------------------------------------------------------------- lists


_COUNTED = frozenset({"decimal", "letter", "roman"})
"""Kinds of lists that begin anew each time: a new instance of Word's list for each."""


def _list(build: Build, node: List, place: Place) -> Iterator[str]:
    depth = place.depth + 1
    numbered: dict[str, Value] = {}
    if node.kind in _COUNTED:
        instance = build.numbering.restart(LISTS[node.kind, place.in_table], depth - 1)
        numbered["numPr"] = number_properties(depth - 1, instance)
    style = list_style(node.kind, depth, in_table=place.in_table)
    kept = len(node.items) - 2 if _ends_briefly(node) and not (place.in_table or place.in_box) else None
    for at, item in enumerate(node.items):
        looks = {**numbered, "keepNext": True} if at == kept else numbered
        yield from _item(build, item, style, looks, replace(place, depth=depth))


def _ends_briefly(node: List) -> bool:
    """Whether the last two items are a line or two each, so that the last need not be alone at the head of a page."""
    last = [item.children for item in node.items[-2:]]
    return all(len(children) == 1 and _is_brief(children[0]) for children in last)


def _item(build: Build, item: Item, style: str, numbered: dict[str, Value], place: Place) -> Iterator[str]:
    """The first paragraph bears the mark; what follows in the item stands under its words."""
    first, *rest = item.children or (Paragraph(()),)
    if not isinstance(first, Paragraph):
        first, rest = Paragraph(()), list(item.children)
    yield text_paragraph(build, first, style, item.origin, **numbered)
    style = list_style("continue", place.depth, in_table=place.in_table)
    inner = replace(place, paragraph_style=style, origin=COMPUTED, leads=False, follows=False)
    yield from pieces(build, rest, inner)


# ---------------------------------------------------------------- boxes


def _aside(build: Build, node: Aside, place: Place) -> Iterator[str]:
    if node.role == "quotation":
        yield from pieces(build, node.children, replace(place, paragraph_style="Quote"))
        return
    narrower = 2 * tables.BOX_PADDING
    build.measure -= narrower
    inner = "".join(pieces(build, node.children, Place(in_box=True)))
    build.measure += narrower
    yield tables.box(build, inner, _BOXES[node.role])
    yield END_OF_TABLE


_BOXES = {"box": "BoxTable", "summary": "SummaryTable"}


def _masthead(build: Build, node: Masthead, _: Place) -> Iterator[str]:
    yield masthead.masthead(build, node, lambda child: "".join(_paragraph(build, child, TOP)))
    yield END_OF_TABLE


def _table(build: Build, node: Table, _: Place) -> Iterator[str]:
    yield from tables.table(build, node, _cell)


def _cell(build: Build, children: Iterable[Block], style: str, origin: Origin) -> str:
    return "".join(pieces(build, children, Place(paragraph_style=style, origin=origin, in_table=True)))


def _figure(build: Build, node: Figure, _: Place) -> Iterator[str]:
    yield from figures.figure(build, node)
    for under in node.under:
        yield text_paragraph(build, under, PARAGRAPHS[under.role], COMPUTED)
    yield from tables.notes(build, node.notes)
    if node.notes or not node.under:
        yield END_OF_TABLE


def _contents(build: Build, node: Contents, _: Place) -> Iterator[str]:
    yield from contents.contents(build, node)


def _section(build: Build, node: Section, _: Place) -> Iterator[str]:
    yield heading(build, node)
    yield from pieces(build, node.children)


_WRITERS: dict[type, Callable[..., Iterator[str]]] = {
    Paragraph: _paragraph,
    List: _list,
    Masthead: _masthead,
    Aside: _aside,
    Table: _table,
    Figure: _figure,
    Contents: _contents,
    Section: _section,
}
