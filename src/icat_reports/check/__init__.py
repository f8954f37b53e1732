"""In: a resolved document and its language. Out: findings about house style that only the whole document shows."""

from __future__ import annotations

from icat_reports.check.counts import check_counts
from icat_reports.check.headings import check_headings
from icat_reports.diagnostics import Sink
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.language import Language

__all__ = ["check"]


def check(resolved: ResolvedDocument, language: Language, sink: Sink) -> None:
    """Report what contradicts house style; findings go to `sink`."""
    check_headings(resolved, sink)
    check_counts(resolved.document, language, sink)
