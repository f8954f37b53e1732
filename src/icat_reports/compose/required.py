"""In: a publication and what a layout needs of it. Out: findings about what is empty there."""

from __future__ import annotations

from icat_reports.content import Publication, Words
from icat_reports.diagnostics import Sink, Span


def require(publication: Publication, layout: str, sink: Sink, key: str, names: tuple[str, ...]) -> None:
    """Report each of `names` that is empty under `key` of `publication.yaml`, which the layout of that id needs."""
    holder = getattr(publication, key)
    for name in names:
        if holder is None or not getattr(holder, name):
            sink.error("field-filled", f"the layout `{layout}` needs `{name}` in `{key}`, which is empty",
                       _first(holder) or publication.id.span, f"write `{name}:` under `{key}:`")  # fmt: skip


def _first(holder: object) -> Span | None:
    """Where the first filled field stands; None where none is filled."""
    values = vars(holder).values() if holder else ()
    spans = [value.span for value in values if isinstance(value, Words) and value.span.line]
    return min(spans, default=None)
