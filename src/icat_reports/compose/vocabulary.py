"""In: the XML that a layout made. Out: nodes of the document vocabulary; what is not in it is refused with its place.

Elements carry HTML's names where HTML has the thing. Two more place content that is nodes already: `prose` (blocks)
and `words` (inline), both by number. The attribute `at` (template:line) is set on every element when a template is
read, so that each finding names the line of the template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from icat_reports.compose.elements import BLOCK, VALUES, Element, span_of, well_formed
from icat_reports.diagnostics import Sink
from icat_reports.document import nodes as n
from icat_reports.document.walk import plain


class Embedded(Struct, frozen=True):
    """Nodes that a template places by number, and where they come from."""

    blocks: tuple[n.Block, ...]
    inlines: tuple[n.Inline, ...]
    origin: n.Origin


class Parsed(Struct, frozen=True):
    """What the layout says of the document as a whole, and its divisions."""

    divisions: tuple[n.Division, ...]
    settings: Mapping[str, Any]
    """Attributes of `Document` by name."""


def parse_layout(xml: str, template: str, embedded: Sequence[Embedded], sink: Sink) -> Parsed | None:
    """What the layout's XML, made by `template`, says; None when it is not of our vocabulary. Findings go to `sink`."""
    root = well_formed(xml, template, len(embedded), sink)
    if root is None:
        return None
    reader = _Parser(embedded)
    settings = {name: root.get(name) for name in VALUES["document"] if root.get(name)}
    return Parsed(tuple(reader.division(child) for child in root), settings)


class _Parser(Struct):
    """Turns elements into nodes."""

    embedded: Sequence[Embedded]

    # ------------------------------------------------------------ blocks

    def division(self, element: Element) -> n.Division:
        return n.Division(element.tag, tuple(self._blocks(element)))

    def _blocks(self, parent: Element) -> Iterator[n.Block]:
        for element in parent:
            if element.tag == "prose":
                yield from self.embedded[int(element.get("n"))].blocks
            elif element.tag in _MAKERS:
                yield _MAKERS[element.tag](self, element)

    def _origin(self, element: Element) -> n.Origin:
        """The content that an element shows when it is all that the element holds; else the layout's line."""
        inner = [child for child in element if child.tag == "words"]
        beside = "".join((element.text or "", *((child.tail or "") for child in element)))
        if len(inner) == 1 and not beside.strip():
            return self.embedded[int(inner[0].get("n"))].origin
        return n.Origin(element.get("at", ""), "layout", span_of(element))

    def section(self, element: Element) -> n.Section:
        heading = element.find("h")
        return n.Section(
            element.get("id"),
            n.Heading(self.inlines(heading), origin=self._origin(heading)),
            tuple(self._blocks(element)),
            element.get("numbering", ""),
            element.get("kind", ""),
            element.get("contents") != "no",
            element.get("short", ""),
            origin=self._origin(heading),
        )

    def paragraph(self, element: Element) -> n.Paragraph:
        role = element.get("role", "body")
        number = element.get("number") == "yes"
        return n.Paragraph(self.inlines(element), role, number, element.get("id", ""), origin=self._origin(element))

    def list(self, element: Element) -> n.List:
        default = "bullet" if element.tag == "ul" else "decimal"
        kind = element.get("kind", default)
        items = tuple(n.Item(self._mixed(item), origin=self._origin(item)) for item in element)
        return n.List(kind, items, origin=self._origin(element))

    def _mixed(self, element: Element) -> tuple[n.Block, ...]:
        """Blocks, or words that stand alone, which make one paragraph."""
        if any(child.tag in BLOCK for child in element):
            return tuple(self._blocks(element))
        words = self.inlines(element)
        return (n.Paragraph(words, origin=self._origin(element)),) if words else ()

    def table(self, element: Element) -> n.Table:
        rows = {part: tuple(self._row(row) for row in element.iterfind(f"{part}/tr")) for part in ("thead", "tbody")}
        return n.Table(
            element.get("id"),
            self.inlines(element.find("caption")),
            tuple(float(w) for w in element.get("widths").split()),
            rows["thead"],
            rows["tbody"],
            self._notes(element),
            element.get("landscape") == "yes",
            origin=self._origin(element),
        )

    def _row(self, element: Element) -> n.Row:
        return n.Row(tuple(self._cell(cell) for cell in element))

    def _cell(self, element: Element) -> n.Cell:
        header = element.get("scope", "")
        spans = int(element.get("colspan", "1")), int(element.get("rowspan", "1"))
        return n.Cell(self._mixed(element), header, *spans, origin=self._origin(element))

    def _notes(self, element: Element) -> tuple[n.Note, ...]:
        return tuple(
            n.Note(note.get("id"), note.get("series", "letter"), self.inlines(note), origin=self._origin(note))
            for note in element.iterfind("notes/note")
        )

    def figure(self, element: Element) -> n.Figure:
        body = next(_BODIES[c.tag](self, c) for c in element if c.tag in _BODIES)
        alt = element.find("alt")
        return n.Figure(
            element.get("id"),
            self.inlines(element.find("figcaption")),
            body,
            plain(self.inlines(alt)) if alt is not None else "",
            tuple(self.paragraph(p) for p in element.iterfind("p")),
            self._notes(element),
            origin=self._origin(element),
        )

    def chart(self, element: Element) -> n.Chart:
        series = tuple(
            n.Series(s.get("name", ""), tuple(float(v.text) if (v.text or "").strip() else None for v in s))
            for s in element.iterfind("series")
        )
        categories = tuple((c.text or "").strip() for c in element.iterfind("category"))
        kind = element.get("kind", "bar")
        return n.Chart(kind, categories, series, element.get("unit", ""))

    def map(self, element: Element) -> n.RegionMap:
        regions = tuple(
            n.Region(r.get("id"), (r.text or "").strip(), float(r.get("value")) if r.get("value") else None)
            for r in element.iterfind("region")
        )
        return n.RegionMap(regions, element.get("unit", ""))

    def image(self, element: Element) -> n.Image:
        return n.Image(element.get("src"), decorative=element.get("decorative") == "yes")

    def masthead(self, element: Element) -> n.Masthead:
        mark = element.find("img")
        return n.Masthead(
            tuple(self.paragraph(p) for p in element.iterfind("p")),
            self.image(mark) if mark is not None else None,
            element.get("job", ""),
            origin=self._origin(element),
        )

    def aside(self, element: Element) -> n.Aside:
        role = element.get("role", "box")
        return n.Aside(role, tuple(self._blocks(element)), origin=self._origin(element))

    def contents(self, element: Element) -> n.Contents:
        of = element.get("of", "sections")
        return n.Contents(of, int(element.get("depth", "3")), tuple(element.get("columns", "").split()))

    # ------------------------------------------------------------ inline

    def inlines(self, element: Element) -> tuple[n.Inline, ...]:
        """The words of an element, white space folded, none at its ends."""
        if element is None:
            return ()
        return _trimmed(tuple(self._inline(element)))

    def _inline(self, element: Element) -> Iterator[n.Inline]:
        if element.text:
            yield n.Text(_folded(element.text))
        for child in element:
            if child.tag == "words":
                yield from self.embedded[int(child.get("n"))].inlines
            elif child.tag in _INLINE_MAKERS:
                yield _INLINE_MAKERS[child.tag](self, child)
            if child.tail:
                yield n.Text(_folded(child.tail))


_MAKERS: Mapping[str, Callable[[_Parser, Element], n.Block]] = {
    "section": _Parser.section,
    "p": _Parser.paragraph,
    "ul": _Parser.list,
    "ol": _Parser.list,
    "table": _Parser.table,
    "figure": _Parser.figure,
    "masthead": _Parser.masthead,
    "aside": _Parser.aside,
    "contents": _Parser.contents,
}
_BODIES: Mapping[str, Callable[[_Parser, Element], n.Chart | n.RegionMap | n.Image]] = {
    "chart": _Parser.chart,
    "map": _Parser.map,
    "img": _Parser.image,
}
_INLINE_MAKERS: Mapping[str, Callable[[_Parser, Element], n.Inline]] = {
    "em": lambda p, e: n.Emphasis(tuple(p._inline(e))),  # noqa: SLF001
    "strong": lambda p, e: n.Strong(tuple(p._inline(e))),  # noqa: SLF001
    "a": lambda p, e: n.Link(e.get("href"), tuple(p._inline(e))),  # noqa: SLF001
    "cite": lambda p, e: n.Citation(e.get("reference"), e.get("href", ""), tuple(p._inline(e))),  # noqa: SLF001
    "ref": lambda _, e: n.Reference(e.get("to"), e.get("form", "label"), origin=n.Origin("", "layout", span_of(e))),
    "noteref": lambda _, e: n.NoteMark(e.get("to"), origin=n.Origin("", "layout", span_of(e))),
    "span": lambda p, e: n.Phrase(e.get("lang"), tuple(p._inline(e))),  # noqa: SLF001
    "br": lambda _, __: n.LineBreak(),
}

_SPACE = re.compile(r"[ \t\r\n]+")


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text)


def _trimmed(children: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Without white space at the ends, neighbouring texts made one and empty ones left out."""
    joined: list[n.Inline] = []
    for child in children:
        last = joined[-1] if joined else None
        if isinstance(child, n.Text) and isinstance(last, n.Text):
            joined[-1] = n.Text(_folded(last.value + child.value))
        else:
            joined.append(child)
    if joined and isinstance(joined[0], n.Text):
        joined[0] = n.Text(joined[0].value.lstrip(" \n"))
    if joined and isinstance(joined[-1], n.Text):
        joined[-1] = n.Text(joined[-1].value.rstrip(" \n"))
    return tuple(child for child in joined if child != n.Text(""))
