"""In: names, attributes and text. Out: HTML with everything escaped that must be."""

from __future__ import annotations

from html import escape

Attributes = dict[str, str | int | None]

_VOID = frozenset({"br", "col", "img", "link", "meta", "wbr"})
"""Elements without end tags (HTML 13.1.2)."""


def text(value: str) -> str:
    """Characters as HTML content."""
    return escape(value, quote=False)


def attributes(values: Attributes) -> str:
    """Attributes in the order given, each after a space; those that are None are left out."""
    return "".join(f' {name}="{escape(str(value))}"' for name, value in values.items() if value is not None)


def element(name: str, values: Attributes | None = None, *content: str) -> str:
    """An element; its content is HTML already."""
    start = f"<{name}{attributes(values or {})}>"
    return start if name in _VOID else f"{start}{''.join(content)}</{name}>"
