"""In: a text that WeasyPrint 70 is to break at the end of a line. Out: the same, broken after its last word that fits.

Where a text ends with a space, as it does before a link, and fits but for that space, the engine takes it for one that
does not fit and breaks it after its first word. A space at the end of a line hangs (CSS Text 3, 4.1.2). One that does
not break, as after an opening guillemet, does not: there the text breaks where it would with a letter at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

Split = Callable[..., tuple[Any, ...]]
"""Gives the layout of the first line, its length, where the next begins (None where nothing is left), and its size."""

_NO_BREAK = "\u00a0"
_NEXT = 2
_NARROWEST = 0.25
"""Least mean width of a letter, of the size of type: the engine's own estimate of what a line can hold."""


def keep_lines_full(theirs: Split) -> Split:
    """Make the function that stands in for `weasyprint.layout.inline.split_first_line`."""

    def split(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any) -> tuple[Any, ...]:  # noqa: ANN401 - handed on as it is
        line = theirs(text, style, context, max_width, *rest, **more)
        if line[_NEXT] is not None and max_width is not None and text[-1:] == _NO_BREAK:
            lettered = theirs(f"{text[:-1]}x", style, context, max_width, *rest, **more)
            return lettered if (lettered[_NEXT] or 0) > line[_NEXT] else line
        if line[_NEXT] is None or max_width is None or not _may_hang(text, style, max_width):
            return line
        bare = theirs(text[:-1], style, context, max_width, *rest, **more)
        return line if bare[_NEXT] is not None else theirs(text, style, context, inf, *rest, **more)

    return split


def _may_hang(text: str, style: Any, max_width: float) -> bool:  # noqa: ANN401
    """Whether a text ends with a space that may hang, and is short enough to stand in one line without it."""
    short = len(text) * style["font_size"] * _NARROWEST < max_width
    return short and len(text) > 1 and text[-1] == " " != text[-2] and style["white_space"] in ("normal", "pre-line")
