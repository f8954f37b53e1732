"""In: an HTML element. Out: what it is in a tagged PDF: its structure type and attributes, or nothing.

Structure types are those of ISO 32000-1, 14.8.4; what PDF/UA-1 (ISO 14289-1) asks of each stands beside it.
An element that is no structure (`em`, the `div` around a table) leaves its words to the element around it.
"""

from __future__ import annotations

from collections.abc import Mapping

from icat_reports.write_pdf.foreign import Element

SVG = "{http://www.w3.org/2000/svg}svg"

_TYPES: Mapping[str, str] = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P",
    "section": "Sect",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "a": "Link",
    "blockquote": "BlockQuote",
    "aside": "Div",
    "figure": "Div",
    "figcaption": "Caption",
    SVG: "Figure",
    "img": "Figure",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
}
_DIVISIONS = frozenset({"cover", "front", "body", "back"})
_IN_CONTENTS: Mapping[str, str] = {"ol": "TOC", "li": "TOCI"}
_SCOPES: Mapping[str, str] = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
_NUMBERING: Mapping[str, str] = {
    "bullet": "Disc",
    "decimal": "Decimal",
    "letter": "LowerAlpha",
    "roman": "LowerRoman",
    "plain": "None",
}


def classes(element: Element) -> list[str]:
    """The classes of an element."""
    return str(element.get("class", "")).split()


def structure_type(element: Element, *, in_contents: bool) -> str | None:
    """The structure type of an element, or None when it has none.

    Args:
        element: the element.
        in_contents: whether it stands in a `nav`, whose lists are tables of contents (PDF/UA-1, 7.9).
    """
    name = element.tag
    if "note" in classes(element):
        return "Note"
    if in_contents and name in _IN_CONTENTS:
        return _IN_CONTENTS[name]
    if name == "div":
        return "Part" if _DIVISIONS & set(classes(element)) else None
    if name == "span" and (element.get("lang") or (in_contents and "paragraphs" in classes(element))):
        return "Span"
    if name == "img" and not element.get("alt"):
        return "Artifact"
    return _TYPES.get(name)


def wrapper_type(element: Element, *, in_contents: bool) -> str | None:
    """The type that stands around an element's own: a mark is a Reference with a Link in it (ISO 32000-1, 14.8.4.4)."""
    if element.tag != "a":
        return None
    if "back" in classes(element):
        return "Lbl"
    return "Reference" if in_contents or {"mark", "ref"} & set(classes(element)) else None


def attributes(element: Element) -> dict[str, object]:
    """Attributes of a cell or a list (ISO 32000-1, 14.8.5.5 and 14.8.5.7), in plain values; empty for others."""
    if element.tag in {"th", "td"}:
        return _cell(element)
    if element.tag in {"ul", "ol"}:
        numbering = next((_NUMBERING[name] for name in classes(element) if name in _NUMBERING), "None")
        return {"O": "/List", "ListNumbering": f"/{numbering}"}
    return {}


def _cell(element: Element) -> dict[str, object]:
    """A head says which cells it is for, or a cell names its heads (PDF/UA-1, 7.5)."""
    found: dict[str, object] = {"O": "/Table"}
    if element.tag == "th":
        found["Scope"] = f"/{_SCOPES.get(element.get('scope', ''), 'Both')}"
    for attribute, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        if int(element.get(attribute, 1)) > 1:
            found[key] = int(element.get(attribute))
    if element.get("headers"):
        found["Headers"] = tuple(element.get("headers").split())
    return found


def words(element: Element) -> str:
    """What a link says of itself, its label or its words (PDF/UA-1, 7.18.5)."""
    return " ".join((element.get("aria-label") or "".join(element.itertext())).split())


def description(element: Element) -> str:
    """The alternative text of a drawing or an image (PDF/UA-1, 7.3)."""
    if element.tag == "img":
        return str(element.get("alt", ""))
    found = element.find(f"{SVG.removesuffix('svg')}desc")
    if found is None:
        found = element.find(f"{SVG.removesuffix('svg')}title")
    return "" if found is None else str(found.text or "")
