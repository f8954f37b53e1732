"""In: a publication and what a layout needs of it. Out: findings about what is empty there."""

from __future__ import annotations

from icat_reports.content import Publication
from icat_reports.diagnostics import Sink, Span
from icat_reports.words import Words


def require(publication: Publication, layout: str, sink: Sink, key: str, names: tuple[str, ...]) -> None:
    """Report each of `names` that is empty under `key` of `publication.yaml`, which the layout of that id needs."""
    holder = getattr(publication, key)
    if holder is None:
        sink.error("field-filled", f"the layout `{layout}` needs `{key}`, which is empty", publication.id.span,
                   f"add `{key}:` with {', '.join(f'`{name}:`' for name in names)}")  # fmt: skip
        return
    for name in names:
        if not getattr(holder, name):
            sink.error("field-filled", f"the layout `{layout}` needs `{name}` in `{key}`, which is empty",
                       _first(holder), f"write `{name}:` under `{key}:`")  # fmt: skip


def _first(holder: object) -> Span:
    """Where the first filled field stands."""
    return min(value.span for value in vars(holder).values() if isinstance(value, Words) and value.span.line)
