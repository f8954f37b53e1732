"""In: nothing. Out: the namespaces, relationship types and content types of Word's packages.

ECMA-376 part 1, annex A and 15.2 (parts); part 2, 9 (packages). Names that Microsoft added are in [MS-DOCX].
"""

from __future__ import annotations

NAMESPACES: dict[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
"""Addresses of the namespaces by the prefixes that Word uses."""

ORIGINS = "urn:icat-reports:origins"
"""Of our own part, which tells where the words in each bookmark come from."""
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
EXTENDED_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

RELATIONSHIPS: dict[str, str] = {
    "document": f"{_OFFICE}/officeDocument",
    "core": "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    "app": f"{_OFFICE}/extended-properties",
    "custom": f"{_OFFICE}/custom-properties",
    **{
        name: f"{_OFFICE}/{name}"
        for name in (
            *("styles", "numbering", "settings", "webSettings", "fontTable", "theme", "footnotes", "comments"),
            *("header", "footer", "hyperlink", "image", "chart", "package", "customXml", "customXmlProps"),
        )
    },
}
"""Relationship types by a short name."""

TYPES: dict[str, str] = {
    "document": f"{_WORD}.document.main+xml",
    **{
        name: f"{_WORD}.{name}+xml"
        for name in (
            "styles",
            "numbering",
            "settings",
            "webSettings",
            "fontTable",
            "footnotes",
            "comments",
            "header",
            "footer",
        )
    },
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
    "app": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "custom": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "customXmlProps": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    "xml": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "jpeg": "image/jpeg",
}
"""Content types by the same short names, and by file ending."""


def declare(*prefixes: str) -> str:
    """The namespace declarations of a root element, as attributes with a space before each."""
    return "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)


def qualified(name: str) -> str:
    """The name of an element or attribute as lxml writes it: `w:p` gives `{…}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
