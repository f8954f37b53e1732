"""In: the XML that a layout made. Out: nodes of the document vocabulary; what is not in it is refused with its place.

Elements carry HTML's names where HTML has the thing. Two more place content that is nodes already: `prose` (blocks)
and `words` (inline), both by number. The attribute `at` (template:line) is set on every element when a template is
read, so that each finding names the line of the template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from lxml import etree

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.document import nodes as n
from icat_reports.document.walk import plain

Element = Any
"""lxml's elements have no public type."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Nodes that a template places by number, and where they come from."""

    blocks: tuple[n.Block, ...]
    inlines: tuple[n.Inline, ...]
    origin: n.Origin


@dataclass(frozen=True, slots=True)
class _Rule:
    """What an element may hold and which attributes it may and must have."""

    attributes: frozenset[str]
    required: frozenset[str]
    children: frozenset[str]
    text: bool


_INLINE = frozenset({"em", "strong", "a", "cite", "ref", "noteref", "span", "br", "words"})
_BLOCK = frozenset({"p", "ul", "ol", "table", "figure", "aside", "contents", "section", "prose"})


def _rule(
    attributes: str = "", required: str = "", children: frozenset[str] | str = "", *, text: bool = False
) -> _Rule:
    needed = frozenset(required.split())
    inside = frozenset(children.split()) if isinstance(children, str) else children
    return _Rule(frozenset(attributes.split()) | needed, needed, inside, text)


RULES: Mapping[str, _Rule] = {
    "document": _rule(children="cover front body back"),
    **dict.fromkeys(("cover", "front", "body", "back"), _rule(children=_BLOCK)),
    "section": _rule("numbering kind contents short", "id", _BLOCK | {"h"}),
    "h": _rule(children=_INLINE, text=True),
    "p": _rule("role id number", children=_INLINE, text=True),
    "ul": _rule("kind", children="li"),
    "ol": _rule("kind", children="li"),
    "li": _rule(children=_BLOCK | _INLINE, text=True),
    "table": _rule("landscape", "id widths", "caption thead tbody notes"),
    "caption": _rule(children=_INLINE, text=True),
    "thead": _rule(children="tr"),
    "tbody": _rule(children="tr"),
    "tr": _rule(children="th td"),
    "th": _rule("colspan rowspan", "scope", _BLOCK | _INLINE, text=True),
    "td": _rule("colspan rowspan", children=_BLOCK | _INLINE, text=True),
    "notes": _rule(children="note"),
    "note": _rule(required="id series", children=_INLINE, text=True),
    "figure": _rule(required="id", children="figcaption chart map img alt p notes"),
    "figcaption": _rule(children=_INLINE, text=True),
    "chart": _rule("unit", "kind", "category series"),
    "category": _rule(text=True),
    "series": _rule("name", children="v"),
    "v": _rule(text=True),
    "map": _rule("unit", children="region"),
    "region": _rule("value", "id", text=True),
    "img": _rule("decorative", "src"),
    "alt": _rule(children=_INLINE, text=True),
    "aside": _rule(required="role", children=_BLOCK),
    "contents": _rule("of depth"),
    "em": _rule(children=_INLINE, text=True),
    "strong": _rule(children=_INLINE, text=True),
    "a": _rule(required="href", children=_INLINE, text=True),
    "cite": _rule("href", "reference", _INLINE, text=True),
    "ref": _rule("form", "to"),
    "noteref": _rule(required="to"),
    "span": _rule(required="lang", children=_INLINE, text=True),
    "br": _rule(),
    "prose": _rule(required="n"),
    "words": _rule(required="n"),
}


def parse_document(
    xml: str, embedded: Sequence[Embedded], metadata: n.Metadata, notes: Sequence[n.Note], sink: Sink
) -> n.Document | None:
    """The document that the layout's XML says; None when it is not XML. Findings go to `sink`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(xml.encode(), parser)
    except etree.XMLSyntaxError as error:
        line = xml.split("\n")[max(0, error.lineno - 1)] if error.lineno else ""
        place = re.findall(r'\bat="([^"]+):(\d+)"', line)
        span = Span(f"layouts/{place[-1][0]}", int(place[-1][1])) if place else Span("layouts")
        sink.error("layout-makes-xml", f"the layout's output is not well-formed XML: {error.msg}", span,
                   "close every element that is opened")  # fmt: skip
        return None
    reader = _Parser(embedded, sink)
    reader.check(root)
    if root.tag != "document":
        sink.error("element-known", f"a layout makes a `document`, not `{root.tag}`", _span(root))
    if sink.failed and reader.failed:
        return None
    return n.Document(metadata, tuple(reader.division(child) for child in root), tuple(notes))


def _span(element: Element) -> Span:
    """The template's line of an element, or of the nearest one around it that has one."""
    placed = next((e for e in (element, *element.iterancestors()) if e.get("at")), element)
    file, _, line = placed.get("at", "").rpartition(":")
    return Span(f"layouts/{file}", int(line)) if file else Span("layouts")


@dataclass(slots=True)
class _Parser:
    """Turns elements into nodes."""

    embedded: Sequence[Embedded]
    sink: Sink
    failed: bool = False

    # ------------------------------------------------------------ checking

    def check(self, element: Element) -> None:
        """Report unknown elements, children, attributes and stray text, everywhere below `element`."""
        for found in element.iter():
            rule = RULES.get(found.tag) if isinstance(found.tag, str) else None
            if rule is None:
                self._error(
                    "element-known", f"there is no element `{found.tag}`", found, nearest(str(found.tag), RULES)
                )
                continue
            for name in set(found.keys()) - rule.attributes - {"at"}:
                self._error("attribute-known", f"`{found.tag}` has no attribute `{name}`", found,
                            nearest(name, rule.attributes))  # fmt: skip
            for name in rule.required - set(found.keys()):
                self._error("attribute-present", f"`{found.tag}` lacks the attribute `{name}`", found)
            for child in found:
                if isinstance(child.tag, str) and child.tag in RULES and child.tag not in rule.children:
                    self._error("element-in-place", f"`{child.tag}` cannot stand in `{found.tag}`", child)
            if rule.text and _mixes(found):
                self._error("element-in-place", f"`{found.tag}` holds blocks and words side by side", found,
                            "put the words into a `p`, or show the text with `inline`")  # fmt: skip
            if not rule.text and _stray(found):
                self._error("element-in-place", f"text cannot stand in `{found.tag}`: “{_stray(found)[:40]}”", found)

    def _error(self, code: str, message: str, element: Element, hint: str = "") -> None:
        self.failed = True
        self.sink.error(code, message, _span(element), hint)

    def _choice(self, element: Element, name: str, allowed: Any, default: str = "") -> Any:  # noqa: ANN401
        value = element.get(name, default)
        if value not in get_args(allowed) and value != default:
            self._error("attribute-fits", f"`{name}` of `{element.tag}` cannot be `{value}`", element,
                        nearest(value, get_args(allowed)) or f"one of {', '.join(get_args(allowed))}")  # fmt: skip
            return default
        return value

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
        if len(inner) == 1 and not (element.text or "").strip():
            return self.embedded[int(inner[0].get("n"))].origin
        return n.Origin(element.get("at", ""), "layout", _span(element))

    def section(self, element: Element) -> n.Section:
        heading = element.find("h")
        if heading is None:
            self._error("section-headed", "a section lacks its heading `h`", element)
            heading = etree.SubElement(element, "h")
        return n.Section(
            element.get("id"),
            n.Heading(self.inlines(heading), self._origin(heading)),
            tuple(self._blocks(element)),
            element.get("numbering", ""),
            self._choice(element, "kind", Literal["opener", "entity", "annex"]),
            element.get("contents") != "no",
            element.get("short", ""),
            self._origin(heading),
        )

    def paragraph(self, element: Element) -> n.Paragraph:
        role = self._choice(element, "role", n.ParagraphRole, "body")
        number = element.get("number") == "yes"
        return n.Paragraph(self.inlines(element), role, number, element.get("id", ""), self._origin(element))

    def list(self, element: Element) -> n.List:
        default = "bullet" if element.tag == "ul" else "decimal"
        kind = self._choice(element, "kind", Literal["bullet", "decimal", "letter", "roman", "plain"], default)
        items = tuple(n.Item(self._mixed(item), self._origin(item)) for item in element)
        return n.List(kind, items, self._origin(element))

    def _mixed(self, element: Element) -> tuple[n.Block, ...]:
        """Blocks, or words that stand alone, which make one paragraph."""
        if any(child.tag in _BLOCK for child in element):
            return tuple(self._blocks(element))
        words = self.inlines(element)
        return (n.Paragraph(words, origin=self._origin(element)),) if words else ()

    def table(self, element: Element) -> n.Table:
        widths = tuple(float(w) for w in element.get("widths").split())
        rows = {part: tuple(self._row(row) for row in element.iterfind(f"{part}/tr")) for part in ("thead", "tbody")}
        for row in element.iterfind("tbody/tr"):
            span = sum(int(cell.get("colspan", "1")) for cell in row)
            if span > len(widths):
                self._error("row-fits", f"a row of {span} cells in a table of {len(widths)} columns", row)
        return n.Table(
            element.get("id"),
            self.inlines(element.find("caption")),
            widths,
            rows["thead"],
            rows["tbody"],
            self._notes(element),
            element.get("landscape") == "yes",
            self._origin(element),
        )

    def _row(self, element: Element) -> n.Row:
        return n.Row(tuple(self._cell(cell) for cell in element))

    def _cell(self, element: Element) -> n.Cell:
        header = self._choice(element, "scope", Literal["col", "row", "colgroup", "rowgroup"])
        spans = int(element.get("colspan", "1")), int(element.get("rowspan", "1"))
        return n.Cell(self._mixed(element), header, *spans, self._origin(element))

    def _notes(self, element: Element) -> tuple[n.Note, ...]:
        series = Literal["number", "letter", "asterisk"]
        return tuple(
            n.Note(
                note.get("id"), self._choice(note, "series", series, "letter"), self.inlines(note), self._origin(note)
            )
            for note in element.iterfind("notes/note")
        )

    def figure(self, element: Element) -> n.Figure:
        body = next((_BODIES[c.tag](self, c) for c in element if c.tag in _BODIES), None)
        if body is None:
            self._error("figure-filled", "a figure holds a chart, a map or an image", element)
            body = n.Image("", decorative=True)
        alt = element.find("alt")
        return n.Figure(
            element.get("id"),
            self.inlines(element.find("figcaption")),
            body,
            plain(self.inlines(alt)) if alt is not None else "",
            tuple(self.paragraph(p) for p in element.iterfind("p")),
            self._notes(element),
            self._origin(element),
        )

    def chart(self, element: Element) -> n.Chart:
        series = tuple(
            n.Series(s.get("name", ""), tuple(float(v.text) if (v.text or "").strip() else None for v in s))
            for s in element.iterfind("series")
        )
        categories = tuple((c.text or "").strip() for c in element.iterfind("category"))
        kind = self._choice(element, "kind", Literal["bar", "stacked", "matrix"], "bar")
        return n.Chart(kind, categories, series, element.get("unit", ""))

    def map(self, element: Element) -> n.RegionMap:
        regions = tuple(
            n.Region(r.get("id"), (r.text or "").strip(), float(r.get("value")) if r.get("value") else None)
            for r in element.iterfind("region")
        )
        return n.RegionMap(regions, element.get("unit", ""))

    def image(self, element: Element) -> n.Image:
        return n.Image(element.get("src"), decorative=element.get("decorative") == "yes")

    def aside(self, element: Element) -> n.Aside:
        role = self._choice(element, "role", Literal["box", "quotation"], "box")
        return n.Aside(role, tuple(self._blocks(element)), self._origin(element))

    def contents(self, element: Element) -> n.Contents:
        of = self._choice(element, "of", Literal["sections", "figures", "tables"], "sections")
        return n.Contents(of, int(element.get("depth", "3")))

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
    "ref": lambda _, e: n.Reference(e.get("to"), e.get("form", "label"), n.Origin("", "layout", _span(e))),
    "noteref": lambda _, e: n.NoteMark(e.get("to"), n.Origin("", "layout", _span(e))),
    "span": lambda p, e: n.Phrase(e.get("lang"), tuple(p._inline(e))),  # noqa: SLF001
    "br": lambda _, __: n.LineBreak(),
}

_SPACE = re.compile(r"[ \t\r\n]+")


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text)


def _stray(element: Element) -> str:
    return "".join((element.text or "", *((child.tail or "") for child in element))).strip()


def _mixes(element: Element) -> bool:
    """Whether an element holds both blocks and words, of which one kind would be lost."""
    kinds = [child.tag in _BLOCK for child in element if isinstance(child.tag, str)]
    return any(kinds) and (not all(kinds) or bool(_stray(element)))


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
