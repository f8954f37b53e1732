"""In: a paragraph being broken over pages by WeasyPrint 70. Out: its lines, with every note left on the page of its mark.

Where a line does not fit above the notes, the engine may push notes of earlier lines to the next page to make room,
and leaves them there even when it then takes the paragraph back. House style wants each note at the foot of the page
of its mark: we take the paragraph back and the notes with it, and the engine begins it on the next page, as it does
with one that must not be divided.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from icat_reports.write_pdf.foreign import Box

LayoutContext = Any
"""What the engine knows of the page that it fills: weasyprint.layout.LayoutContext."""

Outcome = tuple[bool, bool, Any, float, list[Box], int | None]
"""Whether the block is taken back, whether the page ends, where to go on, the height reached, notes, lines left."""


def keep_notes(theirs: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Make the function that stands in for `weasyprint.layout.block._linebox_layout`."""

    def layout_lines(  # noqa: PLR0917 - the engine calls it so
        context: LayoutContext,
        box: Box,
        index: int,
        child: Box,
        new_children: list[Box],
        page_is_empty: bool,  # noqa: FBT001
        *rest: Any,  # noqa: ANN401
    ) -> Outcome:
        here, waiting = [*context.current_page_footnotes], [*context.reported_footnotes]
        outcome = theirs(context, box, index, child, new_children, page_is_empty, *rest)
        _, _, resume_at, position_y, own, lines = outcome
        pushed = [note for note in context.reported_footnotes if note not in waiting]
        if page_is_empty or not any(note in here or _is_set(note, new_children) for note in pushed):
            return outcome
        context.reported_footnotes[:] = waiting
        context.current_page_footnotes[:] = [*here, *(note for note in own if note not in here)]
        context._update_footnote_area()  # noqa: SLF001 - as the engine does after each such change
        return True, False, resume_at, position_y, own, lines

    return layout_lines


def _is_set(note: Box, lines: list[Box]) -> bool:
    """Whether the mark of a note stands in lines that stay on the page."""
    return any(descendant.footnote is note for line in lines for descendant in line.descendants())
