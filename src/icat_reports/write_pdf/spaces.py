"""In: a line of text being drawn by WeasyPrint 70. Out: the same, drawn also where it holds but a space.

The engine passes over such lines, as no one sees them. The words on both sides of one, such as a strong word and a link
after it, would then be one word to whoever reads the tagged text aloud or takes it over (PDF/UA-1, 7.2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from icat_reports.write_pdf.foreign import Box, Stream

Draw = Callable[..., list[Any]]
"""Draws a text box and gives the pictures in it."""


class _Visible:
    """A text box that does not pass for an empty one: the engine looks at `text` for this alone."""

    text = "\u00b7"

    def __init__(self, box: Box) -> None:
        self._box = box

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the box has
        return getattr(self._box, name)


def keep_spaces(theirs: Draw) -> Draw:
    """Make the function that stands in for `weasyprint.draw.text.draw_first_line`."""

    def draw_line(stream: Stream, textbox: Box, *rest: Any) -> list[Any]:  # noqa: ANN401 - handed on as it is
        return theirs(stream, _Visible(textbox) if textbox.text == " " else textbox, *rest)

    return draw_line
