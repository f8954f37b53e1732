"""In: a resolved document. Out: a warning when it has more words than it may have."""

from __future__ import annotations

from icat_reports.diagnostics import Sink, Span
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.document.word_count import word_count


def check_length(resolved: ResolvedDocument, sink: Sink) -> None:
    """[M] A report of the Secretariat has at most 8,500 words: the publication says how many are allowed."""
    limit = resolved.document.word_limit
    words = word_count(resolved) if limit else 0
    if limit and words > limit.words:
        sink.warn("words-within-limit", f"the document has {words:,} words, and at most {limit.words:,} are allowed",
                  limit.origin.span or Span(""), f"take away {words - limit.words:,} words, or change `word_limit:`")  # fmt: skip
