"""In: HTML for print, and where the fonts are. Out: a tagged PDF, the printed page of each target, the engine's remarks.

PDF/UA-1 (ISO 14289-1) unless an archive's variant is asked for. Equal input gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from icat_reports.diagnostics import Diagnostic
from icat_reports.formats import Variant
from icat_reports.write_pdf.engine import Replacement, heard, our_fonts, replaced

__all__ = ["PdfResult", "write_pdf"]


_DRAWING = ("stream", "textbox", "text_overflow", "block_ellipsis", "matrix")
_SPLITTING = ("text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum")
_TAGS = ("pdf", "document", "pdf_version", "page_streams")
_NEXT_LINE = (
    *("context", "linebox", "position_y", "bottom_space", "skip_stack", "containing_block", "absolute_boxes"),
    *("fixed_boxes", "first_letter_style", "first_line_style"),
)
_LINES = (
    *("context", "box", "index", "child", "new_children", "page_is_empty", "absolute_boxes", "fixed_boxes"),
    *("adjoining_margins", "bottom_space", "position_y", "skip_stack", "first_letter_style", "first_line_style"),
    *("draw_bottom_decoration", "max_lines"),
)
"""Parameters of the engine's functions that ours stand in for."""


class PdfResult(Struct, frozen=True):
    """A PDF and what became known while it was laid out."""

    pdf: bytes
    pages: int
    targets: Mapping[str, str]
    """Printed label of the page (`iv`, `12`; empty on the cover) by id of heading, table, figure, note, mark."""
    diagnostics: tuple[Diagnostic, ...]


def write_pdf(html: str, *, fontconfig: Path, variant: Variant = "pdf/ua-1") -> PdfResult:
    """Lay out `html` and write it as PDF.

    Args:
        html: what `write_html` wrote for print; its addresses of images are `data:` ones, nothing else is read.
        fontconfig: a fontconfig file that knows the fonts (`fonts.write_fontconfig`).
        variant: the standard that the file is to meet.
    """
    found: list[Diagnostic] = []
    with our_fonts(fontconfig), heard(found):
        # The engine costs half a second to load: only those pay who write a PDF.
        from icat_reports.write_pdf.layout import lay_out, write  # noqa: PLC0415
        from icat_reports.write_pdf.letters import keep_letters  # noqa: PLC0415
        from icat_reports.write_pdf.line_ends import keep_lines_full  # noqa: PLC0415
        from icat_reports.write_pdf.line_starts import keep_line_starts  # noqa: PLC0415
        from icat_reports.write_pdf.notes import keep_notes  # noqa: PLC0415
        from icat_reports.write_pdf.spaces import keep_spaces  # noqa: PLC0415
        from icat_reports.write_pdf.svg_text import draw_label  # noqa: PLC0415
        from icat_reports.write_pdf.tagging import add_tags  # noqa: PLC0415

        replacements = (
            Replacement("weasyprint.layout.block", "_linebox_layout", _LINES, keep_notes),
            Replacement("weasyprint.layout.inline", "split_first_line", _SPLITTING, keep_lines_full),
            Replacement("weasyprint.layout.inline", "get_next_linebox", _NEXT_LINE, keep_line_starts),
            Replacement(
                "weasyprint.draw.text", "draw_first_line", _DRAWING, lambda theirs: keep_letters(keep_spaces(theirs))
            ),
            Replacement("weasyprint.pdf", "add_tags", _TAGS, lambda _: add_tags),
            Replacement("weasyprint.svg", "TAGS.text", ("svg", "node", "font_size"), lambda _: draw_label),
        )
        with replaced(replacements, found):
            laid = lay_out(html, variant)
            pdf = write(laid, variant)
    return PdfResult(pdf, len(laid.document.pages), laid.targets, tuple(found))
