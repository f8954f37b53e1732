"""In: a web page as text. Out: its `Reading`, with the marks of list items that its style sheet asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from lxml import html

from icat_reports.verify.counting import counted
from icat_reports.verify.reading import Cell, Figure, Link, ListOf, Reading, Row, Table
from icat_reports.verify.scribe import Scribe, joined
from icat_reports.verify.words import PAGE, normal

Element = html.HtmlElement

_HEADINGS = frozenset(f"h{level}" for level in range(2, 7))
_NAMING = ("headers", "aria-labelledby", "aria-describedby")
"""Attributes that name elements by their ids."""
_COUNTS: Mapping[str, str] = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "lower-roman": "lowerRoman",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "upper-roman": "upperRoman",
}
"""CSS Counter Styles 3, 6, by the names that Word has for them."""


def read_html(text: str) -> Reading:
    """Read a web page that `write_html` wrote; raises lxml.etree.ParserError for what is no HTML."""
    root = html.document_fromstring(text)
    reader = _Reader(_styles(root))
    body = root.find("body")
    if body is not None:
        reader.flow(body)
        reader.scribe.block()
    title = root.findtext("head/title") or ""
    reading = reader.scribe.reading("html", title, root.get("lang", ""))
    return replace(reading, dangling=tuple(_dangling(root)))


def _dangling(root: Element) -> Iterator[Link]:
    """Names that links, labels and cells use and no element has, or that two elements have."""
    ids = Counter(str(found) for found in root.xpath("//@id"))
    for element in cast(Iterator[Element], root.iter()):
        place = f"line {element.sourceline}"
        href = element.get("href", "") if isinstance(element.tag, str) else ""
        named = [href[1:]] if href.startswith("#") else []
        named += [name for attribute in _NAMING for name in (element.get(attribute) or "").split()]
        yield from (Link(normal(element.text_content()), name, place) for name in named if ids[name] != 1)


@dataclass(frozen=True, slots=True)
class _Marks:
    """How a list marks its items."""

    shape: str
    """A format of `counting`; empty for a mark that does not count."""
    before: str = ""
    after: str = ""

    def of(self, place: int) -> str:
        """The mark of an item, from 1."""
        return f"{self.before}{counted(self.shape, place) if self.shape else ''}{self.after}".strip()


_BULLET = _Marks("", "•")
_NONE = _Marks("")
_DEFAULTS: Mapping[str, _Marks] = {"ul": _BULLET, "ol": _Marks("decimal", after=".")}


def _styles(root: Element) -> dict[str, _Marks]:
    """Marks by selector such as `ol.letter`, from the style sheet in the page."""
    css = "".join(style.text or "" for style in root.iter("style"))
    custom: dict[str, _Marks] = {}
    for name, rule in re.findall(r"@counter-style ([\w-]+) \{([^}]*)\}", css):
        facts = dict(re.findall(r"([\w-]+): (?:extends )?(?:'([^']*)'|[\w-]+)", rule))
        system = re.search(r"extends ([\w-]+)", rule)
        shape = _COUNTS.get(system[1], "decimal") if system else "decimal"
        custom[name] = _Marks(shape, facts.get("prefix", ""), facts.get("suffix", "."))
    found: dict[str, _Marks] = {}
    for selector, value in re.findall(r"\b([uo]l\.[\w-]+) \{[^}]*list-style(?:-type)?: ([^;}]+?) ?[;}]", css):
        if value in custom:
            found[selector] = custom[value]
        elif value in _COUNTS:
            found[selector] = _Marks(_COUNTS[value], after=".")
        else:
            found[selector] = _NONE if value == "none" else _BULLET
    return found


@dataclass(slots=True)
class _Reader:
    """Goes through the elements in order."""

    marks: Mapping[str, _Marks]
    scribe: Scribe = field(default_factory=Scribe)

    # ------------------------------------------------------------ blocks and words

    def flow(self, element: Element) -> None:
        """Read what is inside an element."""
        self.scribe.text(element.text or "")
        for child in cast(Iterator[Element], element.iterchildren()):
            if isinstance(child.tag, str):
                self.element(child)
            self.scribe.text(child.tail or "")

    def element(self, element: Element) -> None:
        """Read an element: a block ends what stands before it."""
        name = str(element.tag)
        read = _BLOCKS.get(name)
        if read is None:
            self._inline(element, name)
            return
        self.scribe.block()
        self.scribe.place = f"line {element.sourceline}"
        read(self, element)

    def _inline(self, element: Element, name: str) -> None:
        if name == "br":
            self.scribe.text(" ")
        elif name == "a":
            self._link(element)
        else:
            self.flow(element)

    def _link(self, element: Element) -> None:
        href = element.get("href", "")
        classes = _classes(element)
        if "mark" in classes:
            self.scribe.mark(href[1:], element.text_content())
        elif "back" in classes:
            self.flow(element)
        elif "skip" not in classes:
            start = self.scribe.here()
            if "page" in classes:
                self.scribe.text(PAGE)
            else:
                self.flow(element)
            self.scribe.link(start, href.removeprefix("#"), inside=href.startswith("#"))

    def block(self, element: Element) -> None:
        """Read a block of words or of blocks."""
        if "note" in _classes(element):
            self._note(element)
            return
        self.flow(element)
        self.scribe.block()

    def heading(self, element: Element) -> None:
        """Read a heading; its level is what it says, or its element's."""
        label = "".join(span.text_content() for span in element.xpath("span[@class='number' or @class='separator']"))
        self.flow(element)
        name = element.get("id", "")
        if _within(element, "endnotes"):
            self.scribe.take()
            return
        self.scribe.heading(int(element.get("data-level") or str(element.tag)[1:]), label, name)

    def _note(self, element: Element) -> None:
        with self.scribe.note(element.get("id", "")) as note:
            back = element.find("a[@class='back']")
            if back is not None:
                note.mark = note.opening = normal(back.text_content())
            self.flow(element)

    def list(self, element: Element) -> None:
        """Read a list."""
        name = str(element.tag)
        chosen = [self.marks[f"{name}.{c}"] for c in _classes(element) if f"{name}.{c}" in self.marks]
        marks = (*chosen, _NONE if "plain" in _classes(element) else _DEFAULTS[name])[0]
        for place, item in enumerate(element.iterchildren("li"), int(element.get("start", 1))):
            self.scribe.place = f"line {item.sourceline}"
            if not _within(element, "endnotes"):
                self.scribe.open_item(marks.of(place))
            self.flow(item)
            self.scribe.block()
            self.scribe.close_item()

    # ------------------------------------------------------------ contents

    def contents(self, element: Element) -> None:
        """Read the contents or a list of captions."""
        kind = cast(ListOf, next(c for c in _classes(element) if c in {"sections", "figures", "tables"}))
        heading = self.scribe.list_heading(kind)
        self.scribe.rows += [heading] if heading else []
        for link in element.iter("a"):
            level = sum(1 for _ in link.iterancestors("ol"))
            target = (link.get("href") or "").removeprefix("#")
            words = normal(link.text_content())
            place = f"line {link.sourceline}"
            self.scribe.rows.append(Row(kind, level, words, "", target, place))

    # ------------------------------------------------------------ tables and figures

    def table(self, element: Element) -> None:
        """Read a table; the element around it bears the name that links lead to."""
        place = f"line {element.sourceline}"
        self.scribe.block("table", place)
        caption = self._caption(element.find("caption"))
        rows = tuple(tuple(self._cell(cell) for cell in row.iterchildren("th", "td")) for row in element.iter("tr"))
        self.scribe.tables.append(Table(caption, rows, place))
        around = next((e for e in element.iterancestors("div") if "table" in _classes(e)), element)
        self.scribe.targets[around.get("id", "")] = caption

    def _caption(self, element: Element | None) -> str:
        if element is None:
            return ""
        self.scribe.place = f"line {element.sourceline}"
        self.flow(element)
        return self.scribe.take()

    def _cell(self, element: Element) -> Cell:
        self.scribe.place = f"line {element.sourceline}"
        with self.scribe.apart() as blocks:
            self.flow(element)
            self.scribe.block()
        spans = (int(element.get(name, 1)) for name in ("colspan", "rowspan"))
        return Cell(joined(blocks), element.tag == "th", *spans)

    def figure(self, element: Element) -> None:
        """Read a figure; one without words and drawing, such as an ornament, is passed over."""
        place = f"line {element.sourceline}"
        caption = self._caption(element.find("figcaption"))
        alt = _alternative(element)
        if caption or alt:
            self.scribe.block("figure", place)
            self.scribe.figures.append(Figure(caption, alt, _data(element), place))
            self.scribe.targets[element.get("id", "")] = caption
        for child in element.iterchildren("p", "div"):
            self.element(child)


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _within(element: Element, name: str) -> bool:
    return any(name in _classes(around) for around in element.iterancestors())


def _alternative(figure: Element) -> str:
    """Alternative text of an image, or the description of a drawing."""
    for name in ("desc", "title"):
        found = figure.find(f"svg/{name}")
        if found is not None:
            return normal(found.text or "")
    image = figure.find("img")
    return "" if image is None else normal(image.get("alt") or "")


def _data(figure: Element) -> tuple[tuple[str, ...], ...]:
    """Rows of the table of a chart's data; its corner says only what stands below it."""
    rows = [[normal(cell.text_content()) for cell in row.iterchildren("th", "td")] for row in figure.iterfind("details/table//tr")]
    return tuple(("", *row[1:]) if at == 0 else tuple(row) for at, row in enumerate(rows))


_BLOCKS: Mapping[str, Callable[[_Reader, Element], None]] = {
    **dict.fromkeys(
        ("p", "div", "section", "main", "header", "aside", "blockquote", "h1", "footer", "article"), _Reader.block
    ),
    **dict.fromkeys(sorted(_HEADINGS), _Reader.heading),
    "ul": _Reader.list,
    "ol": _Reader.list,
    "nav": _Reader.contents,
    "table": _Reader.table,
    "figure": _Reader.figure,
    "svg": lambda *_: None,
    "style": lambda *_: None,
}

