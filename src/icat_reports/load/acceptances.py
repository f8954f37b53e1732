"""In: content values. Out: what their authors accept under `accept:`, each with the place that it holds for."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from icat_reports.content import Accepting, Model
from icat_reports.diagnostics import Acceptance


def acceptances(value: object) -> Iterator[Acceptance]:
    """Every acceptance inside a content value."""
    if isinstance(value, Accepting):
        for code, reason in value.accept.items():
            item = reason.span.path.removesuffix(f"accept.{code}").removesuffix(".")
            yield Acceptance(code, replace(reason.span, path=item), str(reason))
    if isinstance(value, tuple):
        for item in value:
            yield from acceptances(item)
    elif isinstance(value, Model):
        for inner in vars(value).values():
            if isinstance(inner, tuple | Model):
                yield from acceptances(inner)
