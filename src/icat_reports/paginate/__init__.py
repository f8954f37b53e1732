"""In: a Word file and LibreOffice. Out: the printed page number of each heading and caption, as that file is laid out.

LibreOffice makes a PDF of the file, in which each bookmark is a named place; the PDF tells the page of each place.
Its own re-saved Word file is not used: it breaks the contents field and the schema. The numbers are written into the
rows of the next file, which is laid out again, until what is stored is what is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from icat_reports.diagnostics import Diagnostic, Span, Stopped
from icat_reports.paginate.bare import bare
from icat_reports.paginate.office import Office
from icat_reports.paginate.places import printed_pages

__all__ = ["Laid", "Office", "paginate", "settle"]

_ATTEMPTS = 4


class Laid(Struct, frozen=True):
    """A Word file whose stored page numbers are those of its own layout."""

    docx: bytes
    pages: Mapping[str, str]
    """Printed page number by target id."""
    count: int
    """Sheets, the cover among them."""


def paginate(docx: bytes, targets: Iterable[str], office: Office) -> tuple[dict[str, str], int]:
    """The printed page number of each target (id of a section, figure or table), and the count of pages.

    Raises:
        Stopped: LibreOffice is missing, failed or was too slow, or gave no place for a target.
    """
    return printed_pages(office.pdf(bare(docx)), targets)


def settle(write: Callable[[Mapping[str, str]], bytes], targets: Iterable[str], office: Office) -> Laid:
    """Write and lay out until the stored numbers are those of the layout.

    Args:
        write: Writes the Word file with the page numbers given.
        targets: Ids of sections, figures and tables whose pages the file tells.
        office: LibreOffice.

    Raises:
        Stopped: As `paginate`, or the numbers still change after four rounds.
    """
    wanted = tuple(targets)
    pages: Mapping[str, str] = {}
    for _ in range(_ATTEMPTS):
        docx = write(pages)
        laid_out, count = paginate(docx, wanted, office)
        if laid_out == pages:
            return Laid(docx, pages, count)
        pages = laid_out
    raise Stopped(
        [
            Diagnostic(
                "word-pages-settled",
                f"the page numbers of the Word file still change after {_ATTEMPTS} layouts",
                Span("LibreOffice"),
                "a title in the contents may be just as long as its line: change its wording a little",
            )
        ]
    )
