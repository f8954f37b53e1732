"""In: a chart's definition and the datasets. Out: its categories and values, or None where there is no datum.

One function for each kind of dataset a chart can draw from; the table `TALLIES` names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from icat_reports.compose.names import Named
from icat_reports.content import (
    Areas,
    Bibliography,
    ChartDefinition,
    Examples,
    Frameworks,
    Initiatives,
    Organization,
    Survey,
)


class Bar(Struct, frozen=True):
    """A category and what was counted in it."""

    id: str
    label: str
    value: float


class Tally(Struct, frozen=True):
    """What a chart shows."""

    bars: tuple[Bar, ...] = ()
    """Categories of a bar chart; of a matrix, how many marks each name has."""
    labels: tuple[str, ...] = ()
    """Names along both sides of a matrix."""
    cells: frozenset[tuple[str, str]] = frozenset()
    """Pairs of names that a matrix marks, in both directions."""
    coded: bool = False
    """Whether the data was coded from the published text."""
    respondents: int = 0
    """How many organizations have a datum, for survey data."""

    @property
    def total(self) -> float:
        """Sum of all values; number of marked pairs of a matrix."""
        return len(self.cells) / 2 if self.cells else sum(bar.value for bar in self.bars)

    @property
    def ranked(self) -> tuple[Bar, ...]:
        """Bars from the highest, equal ones in the order listed."""
        return tuple(sorted(self.bars, key=lambda bar: -bar.value))


class Source(Struct, frozen=True):
    """What a tally is made from."""

    dataset: Any
    organizations: Mapping[str, Organization]
    named: Callable[[str], Named]
    in_order: Callable[[Iterable[str]], list[str]]
    """Sorts names as the language does."""
    bracketed: Callable[[str], str]
    """Puts words into brackets as the language does, with the space before them."""

    def whole(self, name: str) -> str:
        """The organization that `name` is a part of, or itself."""
        known = self.organizations.get(name)
        return str(known.parent) if known and known.parent else name


def _survey(source: Source, chart: ChartDefinition) -> Tally | None:
    survey: Survey = source.dataset
    question = next((q for q in survey.questions if q.id == (chart.select or chart.id)), None)
    if question is None or not question.answers:
        return None
    counts = {str(o.id): sum(o.id in a.options for a in question.answers) for o in question.options}
    bars = tuple(Bar(str(o.id), str(o.label), counts[str(o.id)]) for o in question.options)
    return Tally(bars, coded=question.coded, respondents=len(question.answers))


def _areas(source: Source, _: ChartDefinition) -> Tally | None:
    areas: Areas = source.dataset
    titles = [str(area.title) for area in areas.areas]
    groups = {str(group.id): str(group.title) for group in areas.groups}
    bars = []
    for area in areas.areas:
        names = {str(o) for activity in area.activities for o in activity.organizations}
        alike = titles.count(str(area.title)) > 1
        label = f"{area.title}{source.bracketed(groups[str(area.group)].lower())}" if alike else str(area.title)
        bars.append(Bar(str(area.id), label, len(names)))
    return Tally(tuple(bars))


def _grouped(items: Any, groups: Any) -> Tally:  # noqa: ANN401
    counts = {str(group.id): sum(item == group.id for item in items) for group in groups}
    return Tally(tuple(Bar(str(g.id), str(g.title), counts[str(g.id)]) for g in groups))


def _examples(source: Source, _: ChartDefinition) -> Tally | None:
    examples: Examples = source.dataset
    return _grouped([e.group for e in examples.examples], examples.groups)


def _initiatives(source: Source, _: ChartDefinition) -> Tally | None:
    initiatives: Initiatives = source.dataset
    return _grouped([i.scope for i in initiatives.initiatives], initiatives.scopes)


def _bibliography(source: Source, _: ChartDefinition) -> Tally | None:
    bibliography: Bibliography = source.dataset
    return _grouped([i.group for i in bibliography.items], bibliography.groups)


def memorandum_pairs(source: Source) -> frozenset[frozenset[str]]:
    """Pairs of entities between which at least one states a memorandum; parts count as the whole."""
    frameworks: Frameworks = source.dataset
    pairs = {
        frozenset((source.whole(str(row.organization)), source.whole(str(partner))))
        for row in frameworks.memorandums
        for partner in row.partners
    }
    return frozenset(pair for pair in pairs if len(pair) == 2)  # noqa: PLR2004 - a pair


def _memorandums(source: Source, _: ChartDefinition) -> Tally | None:
    pairs = memorandum_pairs(source)
    label = {name: str(source.named(name).label) for pair in pairs for name in pair}
    cells = {(label[a], label[b]) for pair in pairs for a in pair for b in pair if a != b}
    labels = tuple(source.in_order(label.values()))
    bars = tuple(Bar(name, name, sum(a == name for a, _ in cells)) for name in labels)
    return Tally(bars, labels, frozenset(cells))


TALLIES: Mapping[str, tuple[str, Callable[[Source, ChartDefinition], Tally | None]]] = {
    "survey": ("survey", _survey),
    "areas": ("areas", _areas),
    "examples": ("examples", _examples),
    "memorandums": ("frameworks", _memorandums),
    "initiatives": ("initiatives", _initiatives),
    "bibliography": ("bibliography", _bibliography),
}
"""By `source` of a chart: the type of dataset and the function that counts it."""
