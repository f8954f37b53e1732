"""In: a resolved document, its language and what its author wrote. Out: findings about house style."""

from __future__ import annotations

from icat_reports.check.abbreviations import check_abbreviations
from icat_reports.check.capitals import check_capitals
from icat_reports.check.counts import check_counts
from icat_reports.check.headings import check_headings
from icat_reports.check.length import check_length
from icat_reports.check.wording import check_wording
from icat_reports.diagnostics import Sink
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.language import Language
from icat_reports.written import Written

__all__ = ["check"]


def check(resolved: ResolvedDocument, language: Language, written: Written, sink: Sink) -> None:
    """Report what contradicts house style; findings go to `sink`.

    It is for a document in its author's own language: a translation has the same structure, and its words are checked
    in its catalogues.
    """
    check_headings(resolved, sink)
    check_length(resolved, sink)
    check_counts(resolved.document, language, written, sink)
    check_wording(written, sink)
    check_capitals(resolved.document, written, sink)
    check_abbreviations(resolved.document, written, sink)
