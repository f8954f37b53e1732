"""In: a web page as text. Out: its `Reading`, with the marks of list items that its style sheet asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.verify.html_lists import Marks, list_marks, marks_of
from icat_reports.verify.reading import Cell, Figure, Link, ListOf, Reading, Row, Table
from icat_reports.verify.scribe import Scribe, joined
from icat_reports.verify.words import PAGE, normal

Element = etree._Element  # noqa: SLF001 - lxml's own name of the type

_NAMING = ("headers", "aria-labelledby", "aria-describedby")
"""Attributes that name elements by their ids."""
_LISTS: Mapping[str, ListOf] = {"sections": "sections", "figures": "figures", "tables": "tables"}
_ENDNOTES = "endnotes"


def read_html(text: str) -> Reading:
    """Read a web page that `write_html` wrote; raises lxml.etree.ParserError for what is no HTML."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(text.encode(), parser)
    css = "".join(style.text or "" for style in root.iter("style"))
    reader = _Reader(list_marks(css))
    body = root.find("body")
    if body is not None:
        reader.block(body)
    reading = reader.scribe.reading("html", root.findtext("head/title") or "", root.get("lang", ""))
    return replace(reading, dangling=tuple(_dangling(root)))


def _dangling(root: Element) -> Iterator[Link]:
    """Names that links, labels and cells use and no element has, or that two elements have."""
    ids = Counter(element.get("id") for element in root.iter())
    for element in root.iter():
        href = element.get("href", "")
        named = [href[1:]] if href.startswith("#") else []
        named += [name for attribute in _NAMING for name in element.get(attribute, "").split()]
        yield from (Link(_words(element), name, _place(element)) for name in named if ids[name] != 1)


def _place(element: Element) -> str:
    return f"line {element.sourceline}"


def _words(element: Element) -> str:
    return normal("".join(map(str, element.itertext())))


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _within(element: Element, name: str) -> bool:
    return any(name in _classes(around) for around in element.iterancestors())


class _Reader(Struct):
    """Goes through the elements in order."""

    marks: Mapping[str, Marks]
    scribe: Scribe = field(default_factory=Scribe)

    # ------------------------------------------------------------ words

    def _flow(self, element: Element) -> None:
        """Read what is inside an element."""
        self.scribe.text(element.text or "")
        for child in element.iterchildren(etree.Element):
            self._element(child)
            self.scribe.text(child.tail or "")

    def _element(self, element: Element) -> None:
        """Read an element: a block ends what stands before it."""
        read = _BLOCKS.get(element.tag)
        if read:
            self.scribe.block()
            self.scribe.place = _place(element)
            read(self, element)
        elif element.tag == "br":
            self.scribe.text(" ")
        elif element.tag == "a":
            self._link(element)
        elif element.tag not in _UNREAD:
            self._flow(element)

    def _link(self, element: Element) -> None:
        href, classes = element.get("href", ""), _classes(element)
        if "mark" in classes:
            self.scribe.mark(href[1:], _words(element))
        elif "back" in classes:
            self._flow(element)
        elif "skip" not in classes:
            start = self.scribe.here()
            if "page" in classes:
                self.scribe.text(PAGE)
            else:
                self._flow(element)
            self.scribe.link(start, href.removeprefix("#"), inside=href.startswith("#"))

    # ------------------------------------------------------------ blocks

    def block(self, element: Element) -> None:
        """Read a block of words or of blocks."""
        if "note" in _classes(element):
            self._note(element)
        else:
            if "numbered" in _classes(element):
                number = element.find("span")
                self.scribe.targets[element.get("id", "")] = "" if number is None else _words(number)
            self._flow(element)
            self.scribe.block()

    def heading(self, element: Element) -> None:
        """Read a heading; the one over the notes at the end is the page's own, as other formats need none."""
        spans = element.iterchildren("span")
        label = "".join(span.text or "" for span in spans if {"number", "separator"} & set(_classes(span)))
        self._flow(element)
        if _within(element, _ENDNOTES):
            self.scribe.take()
        else:
            level = int(element.get("data-level") or element.tag[1:])
            self.scribe.heading(level, label, element.get("id", ""))

    def _note(self, element: Element) -> None:
        back = next((link for link in element.iterchildren("a") if "back" in _classes(link)), None)
        with self.scribe.note(element.get("id", "")) as note:
            if back is not None:
                note.mark = note.opening = _words(back)
            self._flow(element)

    def items(self, element: Element) -> None:
        """Read a list."""
        if _within(element, _ENDNOTES):
            self._flow(element)
            return
        marks = marks_of(element.tag, _classes(element), self.marks)
        for number, item in enumerate(element.iterchildren("li"), int(element.get("start", "1"))):
            self.scribe.place = _place(item)
            self.scribe.open_item(marks.of(number))
            self._flow(item)
            self.scribe.block()
            self.scribe.close_item()

    def contents(self, element: Element) -> None:
        """Read the contents or a list of captions."""
        of = next(_LISTS[name] for name in _classes(element) if name in _LISTS)
        heading = self.scribe.list_heading(of)
        self.scribe.rows += [heading] if heading else []
        for link in element.iter("a"):
            level = sum(1 for _ in link.iterancestors("ol"))
            target = link.get("href", "").removeprefix("#")
            range_ = next((_words(span) for span in link.iter("span") if "paragraphs" in _classes(span)), "")
            words = _words(link).removesuffix(range_).rstrip()
            self.scribe.rows.append(Row(of, level, words, "", target, _place(link), range_))

    # ------------------------------------------------------------ tables and figures

    def table(self, element: Element) -> None:
        """Read a table; the element around it bears the name that links lead to."""
        place = self.scribe.place
        self.scribe.block("table")
        around = next((e for e in element.iterancestors("div") if "table" in _classes(e)), element)
        caption = self._caption(element.find("caption"), around)
        rows = tuple(tuple(self._cell(cell) for cell in row.iterchildren("th", "td")) for row in element.iter("tr"))
        self.scribe.tables.append(Table(caption, rows, place))

    def _caption(self, element: Element | None, around: Element) -> str:
        if element is None:
            return ""
        self._flow(element)
        caption = self.scribe.take()
        self.scribe.targets[around.get("id", "")] = caption
        return caption

    def _cell(self, element: Element) -> Cell:
        self.scribe.place = _place(element)
        with self.scribe.apart() as blocks:
            self.block(element)
        spans = (int(element.get(name, "1")) for name in ("colspan", "rowspan"))
        return Cell(joined(blocks), element.tag == "th", *spans)

    def figure(self, element: Element) -> None:
        """Read a figure; one without words and drawing, such as an ornament, is passed over."""
        place = self.scribe.place
        caption = self._caption(element.find("figcaption"), element)
        alt = _alternative(element)
        if caption or alt:
            self.scribe.block("figure", place)
            self.scribe.figures.append(Figure(caption, alt, _data(element), place))
        for child in element.iterchildren("p", "div"):
            self._element(child)


def _alternative(figure: Element) -> str:
    """Alternative text of an image, or the description of a drawing."""
    for name in ("desc", "title"):
        found = figure.find(f"svg/{name}")
        if found is not None:
            return normal(found.text or "")
    image = figure.find("img")
    return "" if image is None else normal(image.get("alt", ""))


def _data(figure: Element) -> tuple[tuple[str, ...], ...]:
    """Rows of the table of a chart's data; its corner says only what stands below it."""
    rows = [[_words(cell) for cell in row.iterchildren("th", "td")] for row in figure.iterfind("details/table//tr")]
    return tuple(("", *row[1:]) if at == 0 else tuple(row) for at, row in enumerate(rows))


_UNREAD = frozenset({"svg", "style", "script"})
_BLOCKS: Mapping[str, Callable[[_Reader, Element], None]] = {
    **dict.fromkeys(("p", "div", "section", "main", "header", "aside", "blockquote", "h1"), _Reader.block),
    **dict.fromkeys((f"h{level}" for level in range(2, 7)), _Reader.heading),
    "ul": _Reader.items,
    "ol": _Reader.items,
    "li": _Reader.block,
    "nav": _Reader.contents,
    "table": _Reader.table,
    "figure": _Reader.figure,
}
