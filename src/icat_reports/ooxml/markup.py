"""In: words and values. Out: WordprocessingML as text, the children of property elements in the schema's order.

Text is built, not a tree: writing a report is mostly joining, and the parts go straight to the archive. Whatever
comes from content passes through `escape`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from icat_reports.ooxml.order import RANK


class Inner(str):
    """Markup that stands inside a property element, where a plain string would be its `w:val`."""

    __slots__ = ()


class Instead(str):
    """Markup that stands in the place of a property element, such as the alternatives of one (part 3, 7.5)."""

    __slots__ = ()


Value = bool | int | str | Inner | Instead | Mapping[str, str | int] | None
"""Of a property: on, off or absent; `w:val`; inner markup; markup in its place; attributes."""


def for_word(markup: str, others: str = "") -> str:
    """Markup that Word reads (since 2013, whose namespace it knows), and what stands in its place for others (part 3, 7.5)."""
    choice = f'<mc:Choice Requires="w15">{markup}</mc:Choice>'
    return f"<mc:AlternateContent>{choice}<mc:Fallback>{others}</mc:Fallback></mc:AlternateContent>"


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def escape(text: str) -> str:
    """Text as character data or attribute value; raises ValueError for what XML 1.0 (2.2) has no place for."""
    if text.isalnum():  # as most values of attributes are
        return text
    if _FORBIDDEN.search(text):
        message = f"a control character in {text!r}"
        raise ValueError(message)
    return text.translate(_ESCAPES)


def properties(name: str, values: Mapping[str, Value]) -> str:
    """A property element such as `pPr` with its children in order; empty text when none is set.

    Raises KeyError for a child that the schema does not have.
    """
    rank = RANK[name]
    children = "".join(_property(child, values[child]) for child in sorted(values, key=rank.__getitem__))
    return f"<w:{name}>{children}</w:{name}>" if children else ""


def _property(name: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f"<w:{name}/>" if value else f'<w:{name} w:val="0"/>'
    if isinstance(value, Instead):
        return value
    if isinstance(value, Inner):
        return f"<w:{name}>{value}</w:{name}>"
    if isinstance(value, Mapping):
        return f"<w:{name}{attributes(value)}/>"
    return f'<w:{name} w:val="{escape(str(value))}"/>'


def attributes(values: Mapping[str, str | int]) -> str:
    """Attributes in Word's namespace, each with a space before it."""
    return "".join(f' w:{key}="{escape(str(value))}"' for key, value in values.items())


def paragraph(properties_: str, *content: str) -> str:
    """`w:p`; `properties_` is its `w:pPr` or empty."""
    return f"<w:p>{properties_}{''.join(content)}</w:p>"


def style_of(style: str, **more: Value) -> str:
    """`w:pPr` of a paragraph of `style`."""
    return properties("pPr", {"pStyle": style, **more}) if more else f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'


def text_run(text: str, run_properties: str = "") -> str:
    """`w:r` with words; `run_properties` is its `w:rPr` or empty."""
    return f'<w:r>{run_properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def run(content: str, run_properties: str = "") -> str:
    """`w:r` with markup such as a tab or a break."""
    return f"<w:r>{run_properties}{content}</w:r>"


def field(instruction: str, result: str, run_properties: str = "") -> str:
    """A complex field with its stored result (17.16.18); `result` is made of whole runs."""
    return field_start(instruction, run_properties) + result + field_end(run_properties)


def field_start(instruction: str, run_properties: str = "") -> str:
    """The part of a complex field before its stored result."""
    return (
        f'<w:r>{run_properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{run_properties}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{run_properties}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end(run_properties: str = "") -> str:
    """The part of a complex field after its stored result."""
    return f'<w:r>{run_properties}<w:fldChar w:fldCharType="end"/></w:r>'
