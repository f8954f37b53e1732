"""In: the parts of an edition. Out: the same with a part for each organization where one stands for many; whose each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from icat_reports.compose.expander import Scope, listed
from icat_reports.content import Part
from icat_reports.words import Id


class Chapters(Struct, frozen=True, dict=True):
    """The tree of parts as a layout sees it, and the parts that are organizations' own."""

    scope: Scope

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The edition's parts; one with `each` gives way to as many as its list has organizations, in their order."""
        return tuple(self._spread(self.scope.edition.parts))

    def _spread(self, parts: Iterable[Part]) -> Iterator[Part]:
        for part in parts:
            if part.each is None:
                yield part.model_copy(update={"parts": tuple(self._spread(_inner(part)))})
                continue
            for entity in sorted(listed(self.scope, part.each, part.each.span), key=lambda entity: entity.original_key):
                yield _of(part, entity.id).model_copy(
                    update={"each": None, "organization": Id(entity.id, part.id.span)}
                )

    @cached_property
    def own(self) -> Mapping[str, Part]:
        """The first part of each organization, by the organization's id."""
        found: dict[str, Part] = {}
        for part in _all(self.parts):
            if part.organization is not None:
                found.setdefault(str(part.organization), part)
        return found

    def home(self, names: Iterable[str]) -> Part | None:
        """The part of the first of these organizations that has one, or that is a part of one that has."""
        above = (name for name in names for name in self.scope.library.with_those_above(str(name)))
        return next((self.own[name] for name in above if name in self.own), None)

    def homes(self, many: Iterable[Iterable[str]]) -> list[Part]:
        """The part of each of these groups of organizations, each once."""
        found = {str(part.id): part for names in many if (part := self.home(names))}
        return list(found.values())

    def family(self, name: str) -> tuple[str, ...]:
        """An organization, then all that are parts of it."""
        library = self.scope.library
        below = (other for other in library.organizations if other != name and name in library.with_those_above(other))
        return (name, *below)


def _inner(part: Part) -> tuple[Part, ...]:
    """The parts of a part; the links among them have been followed."""
    return tuple(inner for inner in part.parts if isinstance(inner, Part))


def _of(part: Part, name: str) -> Part:
    """The part with its id, and those of all that stand in it, made the organization's own."""
    inner = tuple(_of(child, name) for child in _inner(part))
    return part.model_copy(update={"id": Id(f"{part.id}-{name}", part.id.span), "parts": inner})


def _all(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _all(_inner(part))
