"""In: a library. Out: the facts on which its sources disagree, with every value and where it stands.

Sources disagree where they give two values for one day, where what never changes has changed, and where what only
grows has shrunk. Both values stay in the content: which one is right is for the editor to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from icat_reports.content import DocumentReference, Fact, FactValue, Library, Organization
from icat_reports.diagnostics import Span


class Disagreement(Struct, frozen=True):
    """A fact and what its sources say of it."""

    about: str
    """Id of the organization or document."""
    label: str
    place: Span
    why: str
    values: tuple[str, ...]
    """Each value with its date and its place in a source, the oldest first."""


def disagreements(library: Library) -> Iterator[Disagreement]:
    """Facts on which sources disagree, by what they are about."""
    abouts: tuple[Organization | DocumentReference, ...] = (
        *library.organizations.values(),
        *library.references.values(),
    )
    for about in abouts:
        for fact in about.facts:
            values = sorted(fact.values, key=_day)
            why = next((says for says, found in _REASONS.items() if found(fact, values)), None)
            if why is not None:
                yield Disagreement(str(about.id), str(fact.label), fact.id.span, why, tuple(map(_shown, values)))


def _day(value: FactValue) -> str:
    return value.as_of.first if value.as_of else ""


def _shown(value: FactValue) -> str:
    said = f"{value.qualifier} {value.value}" if value.qualifier else str(value.value)
    return f"{said} ({', '.join(filter(None, (str(value.as_of or ''), str(value.provenance or ''))))})"


def _at_one_day(_: Fact, values: Sequence[FactValue]) -> bool:
    return any(_day(a) == _day(b) and a.value != b.value for a, b in pairwise(values))


def _changed(fact: Fact, values: Sequence[FactValue]) -> bool:
    return fact.changes == "never" and len({str(v.value) for v in values}) > 1


def _shrunk(fact: Fact, values: Sequence[FactValue]) -> bool:
    if fact.changes != "upwards":
        return False
    counts = [int(v.value.replace(",", "").replace(" ", "")) for v in values if _countable(v)]
    return any(later < earlier for earlier, later in pairwise(counts))


def _countable(value: FactValue) -> bool:
    return value.value.replace(",", "").replace(" ", "").isdecimal()


_REASONS: Mapping[str, Callable[[Fact, Sequence[FactValue]], bool]] = {
    "it never changes, but the sources give different values": _changed,
    "two values are given for one day": _at_one_day,
    "it only grows, but a later value is smaller": _shrunk,
}
