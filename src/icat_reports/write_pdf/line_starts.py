"""In: a line that WeasyPrint 70 has laid out. Out: the same, its first word where `text-indent` has it in a text from the right.

From the right the engine gives a first line the length that the indent leaves it, and the place of the other lines: one
that is to stand out at its start (CSS Text 3, 7.1) stands out at its end, beyond the measure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from icat_reports.write_pdf.foreign import Box

Next = Callable[..., tuple[Any, Any]]
"""Gives the next line of a block, or None, and where the one after it begins."""


def keep_line_starts(theirs: Next) -> Next:
    """Make the function that stands in for `weasyprint.layout.inline.get_next_linebox`."""

    def next_line(context: Any, linebox: Box, *rest: Any) -> tuple[Any, Any]:  # noqa: ANN401 - handed on as it is
        line, resume_at = theirs(context, linebox, *rest)
        if line is not None and linebox.text_indent and linebox.style["direction"] == "rtl":
            line.translate(-linebox.text_indent, 0)
        return line, resume_at

    return next_line
