"""In: a `Library` whose files are each well formed. Out: findings about what they say of one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from icat_reports.content import (
    Areas,
    Bibliography,
    Charts,
    Edition,
    Examples,
    Frameworks,
    Initiatives,
    Library,
    Profile,
    Survey,
    Toolbox,
    Words,
)
from icat_reports.diagnostics import Sink, Span, nearest


def check_library(library: Library, sink: Sink) -> None:
    """Report everything in the library that contradicts something else in it."""
    for organization in library.organizations.values():
        if organization.parent:
            _known(organization.parent, library.organizations, "organization", sink)
        for name in organization.predecessors:
            _known(name, library.organizations, "organization", sink)
        _unique(organization.facts, "fact", sink)
        for provenance in _provenances(organization):
            _sourced(provenance, library, sink)
    for reference in library.references.values():
        if reference.provenance:
            _sourced(reference.provenance, library, sink)
    for correction in library.corrections:
        _sourced(correction.place, library, sink)
    for edition in library.editions.values():
        _check_edition(edition, library, sink)


def _check_edition(edition: Edition, library: Library, sink: Sink) -> None:
    status = edition.publication.status
    if status.source:
        _known(status.source, library.sources, "source", sink)
    elif status.kind == "unofficial":
        sink.error("unofficial-text-sourced", "an unofficial text must name the source it was written from",
                   edition.publication.id.span, "add `source:` under `status:`")  # fmt: skip
    for dataset in edition.datasets.values():
        check = _CHECKS.get(type(dataset))
        if check is not None:
            check(_Scope(library, edition, sink), dataset)
        for provenance in _provenances(dataset):
            _sourced(provenance, library, sink)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a check of a dataset needs."""

    library: Library
    edition: Edition
    sink: Sink

    def organizations(self, names: Iterable[Words]) -> None:
        for name in names:
            _known(name, self.library.organizations, "organization", self.sink)

    def entities(self, names: Iterable[Words], *, what: str) -> None:
        """Report organizations that do not belong to the group at the publication's date."""
        date = self.edition.publication.as_of.first
        for name in names:
            organization = self.library.organizations.get(name)
            if organization is None:
                _known(name, self.library.organizations, "organization", self.sink)
            elif not self._belongs(str(name), date):
                self.sink.error("entity-is-member", f"`{name}` was not a member or partner on {date}, but stands in {what}",
                                name.span, f"add its membership in content/organizations/{name}.yaml, or take it out")  # fmt: skip

    def _belongs(self, name: str, date: str) -> bool:
        organization = self.library.organizations.get(name)
        if organization is None:
            return False
        return bool(organization.membership_at(date)) or (
            organization.parent is not None and self._belongs(str(organization.parent), date)
        )

    def groups(self, items: Iterable[Any], groups: Iterable[Any]) -> None:
        known = [g.id for g in groups]
        for item in items:
            _known(item.group, known, "group", self.sink)


def _profile(scope: _Scope, dataset: Profile) -> None:
    scope.entities((dataset.organization,), what="a profile")


def _areas(scope: _Scope, dataset: Areas) -> None:
    scope.groups(dataset.areas, dataset.groups)
    activities = [a for area in dataset.areas for a in area.activities]
    _unique((*dataset.areas, *activities), "area or activity", scope.sink)
    for activity in activities:
        scope.entities(activity.organizations, what="an area of intervention")
        _distinct(activity.organizations, scope.sink)


def _examples(scope: _Scope, dataset: Examples) -> None:
    scope.groups(dataset.examples, dataset.groups)
    _unique(dataset.examples, "example", scope.sink)
    for example in dataset.examples:
        scope.organizations(example.organizations)
        _distinct(example.organizations, scope.sink)
        for objective in example.objectives:
            _known(objective, [g.id for g in dataset.groups], "group", scope.sink)


def _frameworks(scope: _Scope, dataset: Frameworks) -> None:
    stated = {}
    for row in dataset.memorandums:
        scope.entities((row.organization, *row.partners, *row.silent), what="the matrix of frameworks")
        if row.organization in stated:
            scope.sink.error("row-unique", f"`{row.organization}` has a second row", row.organization.span, "join them")
        stated[str(row.organization)] = {str(p) for p in row.partners}
        _distinct(row.partners, scope.sink)
        for name in row.silent:
            _known(name, row.partners, "partner of this row", scope.sink)
    _warn_of_one_sided(scope, dataset, stated)
    _unique(dataset.arrangements, "arrangement", scope.sink)
    for arrangement in dataset.arrangements:
        scope.entities(arrangement.parties, what="an arrangement")
        for name in (*arrangement.stated_by, *arrangement.silent):
            _known(name, arrangement.parties, "party to this arrangement", scope.sink)


def _warn_of_one_sided(scope: _Scope, dataset: Frameworks, stated: dict[str, set[str]]) -> None:
    """A memorandum that only one side states; parts of an organization count as the organization."""

    def whole(name: str) -> str:
        organization = scope.library.organizations.get(name)
        return str(organization.parent) if organization and organization.parent else name

    pairs = {(whole(a), whole(b)) for a, partners in stated.items() for b in partners}
    for row in dataset.memorandums:
        for partner in row.partners:
            pair = (whole(str(partner)), whole(str(row.organization)))
            if pair not in pairs and partner not in row.silent:
                scope.sink.warn(
                    "memorandum-stated-by-both",
                    f"`{row.organization}` states a memorandum with `{partner}`, but `{partner}` does not state it",
                    partner.span,
                    "ask the two entities; if the other did not answer, name it under `silent:`",
                )


def _initiatives(scope: _Scope, dataset: Initiatives) -> None:
    _unique(dataset.initiatives, "initiative", scope.sink)
    for initiative in dataset.initiatives:
        _known(initiative.scope, [s.id for s in dataset.scopes], "scope", scope.sink)
        scope.organizations((*initiative.leads, *initiative.participants))


def _toolbox(scope: _Scope, dataset: Toolbox) -> None:
    scope.groups(dataset.items, dataset.groups)
    _unique(dataset.items, "item", scope.sink)


def _bibliography(scope: _Scope, dataset: Bibliography) -> None:
    scope.groups(dataset.items, dataset.groups)
    _unique(dataset.items, "item", scope.sink)
    for group in dataset.groups:
        scope.organizations(group.organizations)
    for item in dataset.items:
        scope.organizations(item.publishers)


def _survey(scope: _Scope, dataset: Survey) -> None:
    scope.entities((*dataset.respondents, *dataset.joined_after, *dataset.no_field_presence), what="the survey")
    _distinct(dataset.respondents, scope.sink)
    for question in dataset.questions:
        options = [o.id for o in question.options]
        _distinct(options, scope.sink)
        _distinct([a.organization for a in question.answers], scope.sink)
        for answer in question.answers:
            _known(answer.organization, dataset.respondents, "respondent", scope.sink)
            for option in answer.options:
                _known(option, options, "option of this question", scope.sink)


def _charts(scope: _Scope, dataset: Charts) -> None:
    _unique(dataset.charts, "chart", scope.sink)


_CHECKS: dict[type, Callable[[_Scope, Any], None]] = {
    Profile: _profile,
    Areas: _areas,
    Examples: _examples,
    Frameworks: _frameworks,
    Initiatives: _initiatives,
    Toolbox: _toolbox,
    Bibliography: _bibliography,
    Survey: _survey,
    Charts: _charts,
}


def _known(name: Words, known: Iterable[str], kind: str, sink: Sink) -> None:
    names = {str(k) for k in known}
    if name not in names:
        code = kind.split(maxsplit=1)[0]
        sink.error(f"{code}-known", f"there is no {kind} `{name}`", name.span, nearest(name, names))


def _unique(items: Iterable[Any], kind: str, sink: Sink) -> None:
    seen: dict[str, Span] = {}
    for item in items:
        first = seen.setdefault(str(item.id), item.id.span)
        if first is not item.id.span:
            sink.error("id-unique", f"the {kind} `{item.id}` stands a second time; the first is at {first}",
                       item.id.span, "delete one of them, or give it another id")  # fmt: skip


def _distinct(names: Iterable[Words], sink: Sink) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            sink.error("name-once", f"`{name}` stands twice in this list", name.span, "delete one of them")
        seen.add(str(name))


def _sourced(provenance: Words, library: Library, sink: Sink) -> None:
    name = provenance.split(":", 1)[0]
    if name not in library.sources:
        sink.error("source-known", f"there is no source `{name}`", provenance.span, nearest(name, library.sources))


def _provenances(value: Any) -> Iterable[Words]:  # noqa: ANN401
    """Every provenance inside a content value."""
    if isinstance(value, tuple):
        for item in value:
            yield from _provenances(item)
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if name == "provenance":
                if inner is not None:
                    yield inner
            elif isinstance(inner, tuple) or hasattr(type(inner), "model_fields"):
                yield from _provenances(inner)
