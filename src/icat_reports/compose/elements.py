"""In: the XML that a layout made. Out: its root, if it is of our vocabulary; else findings that name lines of templates.

What each element may hold and which attributes it has stands in one table. What passes here can be read without
further questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args, get_type_hints

from lxml import etree
from msgspec import Struct

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.document import nodes as n
from icat_reports.words import Address

MOST_COLUMNS = 63
"""As many as Word takes in a table."""
WHOLE = 100
"""Per cent."""

Element = Any
"""lxml's elements have no public type."""


class _Rule(Struct, frozen=True):
    """What an element may hold and which attributes it may and must have."""

    attributes: frozenset[str]
    required: frozenset[str]
    children: frozenset[str]
    text: bool


INLINE = frozenset({"em", "strong", "a", "cite", "ref", "noteref", "span", "br", "words"})
BLOCK = frozenset({"p", "ul", "ol", "table", "figure", "masthead", "aside", "contents", "section", "prose"})


def _rule(
    attributes: str = "", required: str = "", children: frozenset[str] | str = "", *, text: bool = False
) -> _Rule:
    needed = frozenset(required.split())
    inside = frozenset(children.split()) if isinstance(children, str) else children
    return _Rule(frozenset(attributes.split()) | needed, needed, inside, text)


RULES: Mapping[str, _Rule] = {
    "document": _rule("pages chapters", children="cover front body back"),
    **dict.fromkeys(("cover", "front", "body", "back"), _rule(children=BLOCK)),
    "section": _rule("numbering kind contents short", "id", BLOCK | {"h"}),
    "h": _rule(children=INLINE, text=True),
    "p": _rule("role id number", children=INLINE, text=True),
    "ul": _rule("kind", children="li"),
    "ol": _rule("kind", children="li"),
    "li": _rule(children=BLOCK | INLINE, text=True),
    "table": _rule("landscape", "id widths", "caption thead tbody notes"),
    "caption": _rule(children=INLINE, text=True),
    "thead": _rule(children="tr"),
    "tbody": _rule(children="tr"),
    "tr": _rule(children="th td"),
    "th": _rule("colspan rowspan", "scope", BLOCK | INLINE, text=True),
    "td": _rule("colspan rowspan", children=BLOCK | INLINE, text=True),
    "notes": _rule(children="note"),
    "note": _rule("series", "id", INLINE, text=True),
    "figure": _rule(required="id", children="figcaption chart map img alt p notes"),
    "figcaption": _rule(children=INLINE, text=True),
    "chart": _rule("unit", "kind", "category series"),
    "category": _rule(text=True),
    "series": _rule("name", children="v"),
    "v": _rule(text=True),
    "map": _rule("unit", children="region"),
    "region": _rule("value", "id", text=True),
    "img": _rule("decorative", "src"),
    "alt": _rule(children=INLINE, text=True),
    "masthead": _rule("job", children="p img"),
    "aside": _rule(required="role", children=BLOCK),
    "contents": _rule("of depth columns"),
    "em": _rule(children=INLINE, text=True),
    "strong": _rule(children=INLINE, text=True),
    "a": _rule(required="href", children=INLINE, text=True),
    "cite": _rule("href", "reference", INLINE, text=True),
    "ref": _rule("form", "to"),
    "noteref": _rule(required="to"),
    "span": _rule(required="lang", children=INLINE, text=True),
    "br": _rule(),
    "prose": _rule(required="n"),
    "words": _rule(required="n"),
}


# ---------------------------------------------------------------- values of attributes


class _Value(Struct, frozen=True):
    """What an attribute may say."""

    fits: Callable[[str], bool]
    what: str
    """Completes "expected …"."""


def _one_of(choices: Any) -> _Value:  # noqa: ANN401 - a Literal type
    allowed = get_args(choices)
    return _Value(lambda value: value in allowed, f"one of {', '.join(filter(None, allowed))}")


_YES_NO = _one_of(Literal["yes", "no"])
_COUNT = _Value(
    lambda value: value.isdecimal() and 0 < int(value) <= MOST_COLUMNS, f"a number from 1 to {MOST_COLUMNS}"
)
_NUMBER = _Value(lambda value: bool(re.fullmatch(r"-?\d+(\.\d+)?", value)), "a number")
_ADDRESS = _Value(Address.fits, Address.what)
_LIST = _one_of(get_type_hints(n.List)["kind"])

VALUES: Mapping[str, Mapping[str, _Value]] = {
    "document": {name: _one_of(get_type_hints(n.Document)[name]) for name in ("pages", "chapters")},
    "section": {"kind": _one_of(get_type_hints(n.Section)["kind"]), "contents": _YES_NO},
    "p": {"role": _one_of(n.ParagraphRole), "number": _YES_NO},
    "ul": {"kind": _LIST},
    "ol": {"kind": _LIST},
    "table": {
        "landscape": _YES_NO,
        "widths": _Value(
            lambda value: all(map(_NUMBER.fits, value.split())) and round(sum(map(float, value.split()))) == WHOLE,
            "percentages that add up to 100",
        ),
    },
    "th": {"colspan": _COUNT, "rowspan": _COUNT, "scope": _one_of(get_type_hints(n.Cell)["header"])},
    "td": {"colspan": _COUNT, "rowspan": _COUNT},
    "note": {"series": _one_of(get_type_hints(n.Note)["series"])},
    "chart": {"kind": _one_of(get_type_hints(n.Chart)["kind"])},
    "region": {"id": _one_of(get_type_hints(n.Region)["id"]), "value": _NUMBER},
    "img": {"decorative": _YES_NO},
    "aside": {"role": _one_of(get_type_hints(n.Aside)["role"])},
    "contents": {
        "of": _one_of(get_type_hints(n.Contents)["of"]),
        "depth": _COUNT,
        "columns": _one_of(Literal["", "page", "paragraphs page"]),
    },
    "a": {"href": _ADDRESS},
    "cite": {"href": _ADDRESS},
    "ref": {"form": _one_of(get_type_hints(n.Reference)["form"])},
}

# ---------------------------------------------------------------- checking

_AT = re.compile(r'\bat="([^"]+):(\d+)"')
_DECLARATION = re.compile(r"<[!?](?!--)")
_LINES = re.compile(r",? line \d+(?:, column \d+)?")
"""Lines of the XML, of no use to who writes a template."""


def well_formed(xml: str, template: str, embedded: int, sink: Sink) -> Element | None:
    """The root of the layout's XML; None after findings. `embedded` is how many texts its elements can place.

    What stands in no element is told at the beginning of `template`, which made it all.
    """
    if declared := _DECLARATION.search(xml):
        sink.error("layout-makes-xml", "a layout makes elements only, no declarations", _line_of(xml, declared.end(), template),
                   "delete the line that begins with <! or <?")  # fmt: skip
        return None
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
        root: Element = etree.fromstring(xml.encode(), parser)
    except etree.XMLSyntaxError as error:
        end = sum(len(line) + 1 for line in xml.split("\n")[: error.lineno or 1])
        sink.error("layout-makes-xml", f"the layout's output is not well-formed XML: {_LINES.sub('', str(error.msg))}",
                   _line_of(xml, end, template), "close every element that is opened, in this line or above it; write &amp; for &")  # fmt: skip
        return None
    check = _Check(embedded, sink)
    if root.tag in RULES and root.tag != "document":
        check.error("element-known", f"a layout makes a `document`, not `{root.tag}`", root, "put it into <document>")
    for element in root.iter():
        check.element(element)
    return None if check.failed else root


def _line_of(xml: str, end: int, template: str) -> Span:
    """The template's line of the last element that begins before `end`, or else of the first, or else of `template`."""
    places = _AT.findall(xml[:end])[-1:] or _AT.findall(xml)[:1]
    return Span(f"layouts/{places[0][0]}", int(places[0][1])) if places else Span(f"layouts/{template}", 1)


def span_of(element: Element) -> Span:
    """The template's line of an element, or of the nearest one around it that has one."""
    placed = next((e for e in (element, *element.iterancestors()) if e.get("at")), element)
    file, _, line = placed.get("at", "").rpartition(":")
    return Span(f"layouts/{file}", int(line)) if file else Span("layouts")


class _Check(Struct):
    """Reports what is not of the vocabulary."""

    embedded: int
    sink: Sink
    failed: bool = False

    def error(self, code: str, message: str, element: Element, hint: str = "") -> None:
        """Report an error at the line of the template that made `element`."""
        self.failed = True
        self.sink.error(code, message, span_of(element), hint)

    def element(self, element: Element) -> None:
        """Check one element: its name, its attributes, what it holds."""
        tag = element.tag
        rule = RULES.get(tag)
        if rule is None:
            self.error("element-known", f"there is no element `{tag}`", element,
                       nearest(str(tag), RULES) or "src/icat_reports/compose/elements.py lists what there is")  # fmt: skip
            return
        self._attributes(element, rule)
        for child in element:
            if child.tag in RULES and child.tag not in rule.children:
                self.error("element-in-place", f"`{child.tag}` cannot stand in `{tag}`", child,
                           f"`{tag}` holds {', '.join(sorted(rule.children)) or 'words'}")  # fmt: skip
        if rule.text and _mixes(element):
            self.error("element-in-place", f"`{tag}` holds blocks and words side by side", element,
                       "put the words into a `p`, or show the text with `inline`")  # fmt: skip
        if not rule.text and _stray(element):
            self.error("element-in-place", f"words cannot stand in `{tag}`: “{_stray(element)[:40]}”", element,
                       "put them into a `p`")  # fmt: skip
        if not self.failed and tag in _WHOLE:
            _WHOLE[tag](self, element)

    def _attributes(self, element: Element, rule: _Rule) -> None:
        tag = element.tag
        for name in sorted(set(element.keys()) - rule.attributes - {"at"}):
            self.error("attribute-known", f"`{tag}` has no attribute `{name}`", element,
                       nearest(name, rule.attributes) or f"it has {', '.join(sorted(rule.attributes)) or 'none'}")  # fmt: skip
        for name in sorted(rule.required - set(element.keys())):
            self.error(
                "attribute-present", f"`{tag}` lacks the attribute `{name}`", element, f'write <{tag} {name}="…">'
            )
        for name, value in VALUES.get(tag, {}).items():
            said = element.get(name)
            if said is not None and not value.fits(said):
                self.error(
                    "attribute-fits", f"`{name}` of `{tag}` cannot be `{said}`", element, f"expected {value.what}"
                )

    def placed(self, element: Element) -> None:
        """A text is placed by the number that the filters `prose`, `inline` and `words` give."""
        number = element.get("n")
        if not number.isdecimal() or int(number) >= self.embedded:
            self.error("attribute-fits", f"there is no text with the number `{number}`", element,
                       f"`{element.tag}` is written by a filter, as in {{{{ block.text | prose }}}}")  # fmt: skip

    def paragraph(self, element: Element) -> None:
        """The number of a paragraph is kept by its id."""
        if element.get("number") == "yes" and not element.get("id"):
            self.error(
                "attribute-present", "a numbered `p` lacks the attribute `id`", element, 'write <p number="yes" id="…">'
            )

    def section(self, element: Element) -> None:
        """A section has a heading."""
        if element.find("h") is None:
            self.error("section-headed", "a section lacks its heading `h`", element, "begin it with <h>…</h>")

    def figure(self, element: Element) -> None:
        """A figure shows one thing, and says in words what it shows."""
        shown = [child for child in element if child.tag in ("chart", "map", "img")]
        if len(shown) != 1:
            self.error(
                "figure-filled", f"this figure shows {len(shown)} things", element, "give it one chart, map or img"
            )
            return
        decorative = shown[0].tag == "img" and shown[0].get("decorative") == "yes"
        if not decorative and not (element.findtext("alt") or "").strip() and element.find("alt/*") is None:
            self.error("figure-described", "a figure lacks its alternative text `alt`", element,
                       "say in words what it shows, for those who cannot see it")  # fmt: skip

    def chart(self, element: Element) -> None:
        """Each series has a number, or nothing, for each category."""
        categories = len(element.findall("category"))
        for series in element.iterfind("series"):
            values = [(value.text or "").strip() for value in series]
            if len(values) != categories:
                self.error("chart-whole", f"a series of {len(values)} values in a chart of {categories} categories", series,
                           "write a <v> for each <category>, empty where there is no datum")  # fmt: skip
            for value in filter(None, values):
                if not _NUMBER.fits(value):
                    self.error(
                        "chart-whole", f"`{value}` is not a number", series, "expected figures, such as 12 or 0.5"
                    )

    def table(self, element: Element) -> None:
        """Each row fills all columns, cells that reach down from above counted."""
        columns = len(element.get("widths").split())
        for part in ("thead", "tbody"):
            reaching = [0] * columns
            for row in element.iterfind(f"{part}/tr"):
                reaching = [max(0, left - 1) for left in reaching]
                width = sum(int(cell.get("colspan", "1")) for cell in row)
                free = [place for place, left in enumerate(reaching) if not left]
                if width != len(free):
                    self.error("row-fits", f"this row fills {width} columns, and {len(free)} are to be filled", row,
                               "count `colspan`, and `rowspan` in the rows above")  # fmt: skip
                    break
                for cell in row:
                    for place in [free.pop(0) for _ in range(int(cell.get("colspan", "1")))]:
                        reaching[place] = int(cell.get("rowspan", "1"))
            if any(left > 1 for left in reaching):
                self.error("row-fits", f"a cell reaches below the last row of `{part}`", element, "look at `rowspan`")


_WHOLE: Mapping[str, Callable[[_Check, Element], None]] = {
    "prose": _Check.placed,
    "words": _Check.placed,
    "p": _Check.paragraph,
    "section": _Check.section,
    "figure": _Check.figure,
    "chart": _Check.chart,
    "table": _Check.table,
}
"""Checks that concern an element as a whole."""


def _mixes(element: Element) -> bool:
    """Whether an element holds both blocks and words, of which one kind would be lost."""
    kinds = [child.tag in BLOCK for child in element if isinstance(child.tag, str)]
    return any(kinds) and (not all(kinds) or bool(_stray(element)))


def _stray(element: Element) -> str:
    return "".join((element.text or "", *((child.tail or "") for child in element))).strip()
