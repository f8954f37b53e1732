"""In: the files of a publication in one language, as bytes. Out: what is wrong in them and what differs between them.

Nothing is taken from the document that the files were made of: they are read back as their readers will read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from icat_reports.diagnostics import Diagnostic, Span
from icat_reports.ooxml.checks import check
from icat_reports.verify.compare import differences
from icat_reports.verify.docx import read_docx
from icat_reports.verify.html import read_html
from icat_reports.verify.inside import faults
from icat_reports.verify.pdf import read_pdf
from icat_reports.verify.reading import Reading

__all__ = ["Reading", "read", "verify"]

_READERS: Mapping[str, Callable[[bytes], Reading]] = {
    "html": lambda data: read_html(data.decode()),
    "docx": read_docx,
    "pdf": read_pdf,
}
"""Readers by format; the others are compared with the first that there is."""

_HINT = "what is wrong here is wrong in this program: please report it, with the content that it was built from"


def read(format_: str, data: bytes) -> Reading:
    """Read one file; raises KeyError for an unknown format, and what the format's reader raises."""
    return _READERS[format_](data)


def verify(files: Mapping[str, bytes], names: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Read files back and compare them.

    Args:
        files: The bytes by format: `html`, `docx`, `pdf`.
        names: The files' names by format, for the messages.

    Returns:
        Errors: what is wrong inside a file, and what differs from the first of them.
    """
    readings = {kind: read(kind, files[kind]) for kind in _READERS if kind in files}
    found = (*_schema_faults(files, names), *_findings(readings, names))
    return tuple(replace(one, hint=one.hint or _HINT) for one in found)


def _schema_faults(files: Mapping[str, bytes], names: Mapping[str, str]) -> Iterator[Diagnostic]:
    """What Word would repair or refuse."""
    for found in check(files["docx"]) if "docx" in files else ():
        yield replace(found, message=f"{found.message} ({found.span})", span=Span(names["docx"]))


def _findings(readings: Mapping[str, Reading], names: Mapping[str, str]) -> Iterator[Diagnostic]:
    for kind, reading in readings.items():
        yield from faults(reading, names[kind])
    first, *others = readings or ("",)
    for other in others:
        yield from differences(readings[first], readings[other], (names[first], names[other]))
