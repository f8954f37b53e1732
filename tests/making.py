"""In: a resolved document and a language. Out: its HTML and PDF as the mapping layout has them, for the writers' tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

from tests import long_sample, sample

from icat_reports.diagnostics import Sink
from icat_reports.document.nodes import Document
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.fonts import write_fontconfig
from icat_reports.language import LANGUAGES
from icat_reports.resolve import resolve
from icat_reports.write_html import write_html
from icat_reports.write_pdf import PdfResult, write_pdf

LAYOUTS = Path(__file__).parent.parent / "layouts"
Medium = Literal["web", "print"]


def css(medium: Medium) -> str:
    """The layouts' style sheets for a medium: the shared one, then that of the mapping layout."""
    return "".join((LAYOUTS / part / f"{medium}.css").read_text("utf-8") for part in ("shared", "mapping"))


def html(resolved: ResolvedDocument, code: str, medium: Medium, assets: dict[str, bytes] | None = None) -> str:
    """A document as HTML."""
    return write_html(resolved, sample.theme(), LANGUAGES[code], medium=medium, css=css(medium), assets=assets)


def resolved(document: Document, code: str) -> ResolvedDocument:
    """A document with its numbers; a finding is a fault of the test."""
    sink = Sink()
    found = resolve(document, LANGUAGES[code], sample.counters(code), sample.shared_words(code), sink)
    assert not sink.failed, "\n".join(map(str, sink))
    return found


@cache
def fontconfig() -> Path:
    """A file that knows our fonts alone."""
    return write_fontconfig(Path(mkdtemp(prefix="icat-fontconfig-")))


def pdf(resolved: ResolvedDocument, code: str) -> PdfResult:
    """A document as PDF."""
    return write_pdf(html(resolved, code, "print"), fontconfig=fontconfig())


@cache
def small(code: str) -> ResolvedDocument:
    """The sample with every kind of node."""
    return sample.sample(code)


@cache
def small_html(code: str, medium: Medium) -> str:
    """It as HTML."""
    return html(small(code), code, medium)


@cache
def long(code: str) -> ResolvedDocument:
    """The sample of some length."""
    return long_sample.resolved_sample(code)


@cache
def long_pdf(code: str) -> PdfResult:
    """It as PDF."""
    return pdf(long(code), code)


@cache
def small_pdf(code: str) -> PdfResult:
    """The small sample as PDF."""
    return pdf(small(code), code)
