"""In: a `Library` whose files are each well formed. Out: findings about what they say of one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import Struct

from icat_reports.content import (
    Areas,
    Bibliography,
    ChartDefinition,
    Charts,
    DocumentReference,
    Edition,
    Examples,
    Frameworks,
    Initiatives,
    Library,
    Membership,
    Memorandum,
    Name,
    Names,
    Organization,
    Part,
    Profile,
    Survey,
    Toolbox,
    values_in,
)
from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.document.nodes import REGIONS
from icat_reports.words import Provenance, Words

LISTS = ("entities", "respondents", "joined-after", "no-field-presence")
"""Names of lists of organizations that the data gives by itself."""


class _Kind(NamedTuple):
    """A kind of thing that others name: the code of the finding that there is none, and what to call it."""

    code: str
    noun: str


_GROUP = _Kind("group-known", "group")
_SCOPE = _Kind("scope-known", "scope")
_PARTNER = _Kind("partner-known", "partner of this row")
_PARTY = _Kind("party-known", "party to this arrangement")
_RESPONDENT = _Kind("respondent-known", "respondent")
_OPTION = _Kind("option-known", "option of this question")
_QUESTION = _Kind("question-known", "question of the survey")
_REGION = _Kind("region-known", "region of the map")


def check_library(library: Library, sink: Sink) -> None:
    """Report everything in the library that contradicts something else in it."""
    check = _Checks(library, sink)
    for organization in library.organizations.values():
        check.check_organization(organization)
    for reference in library.references.values():
        check.check_reference(reference)
    for correction in library.corrections:
        check.source(correction.place)
    for edition in library.editions.values():
        check.check_edition(edition)


class _Checks(Struct, frozen=True):
    """Checks that need the library alone."""

    library: Library
    sink: Sink

    def organizations(self, names: Iterable[Words]) -> None:
        """Report names that no file in content/organizations defines."""
        known = self.library.organizations
        for name in names:
            if name not in known and f"content/organizations/{name}.yaml" not in self.library.unread:
                self.sink.error("organization-known", f"there is no organization `{name}`", name.span,
                                nearest(name, known) or f"add content/organizations/{name}.yaml")  # fmt: skip

    def source(self, provenance: Words) -> None:
        """Report a provenance or a status that names no source."""
        name = provenance.split(":", 1)[0]
        if name not in self.library.sources and "content/sources.yaml" not in self.library.unread:
            self.sink.error("source-known", f"there is no source `{name}`", provenance.span,
                            nearest(name, self.library.sources) or "add it to content/sources.yaml")  # fmt: skip

    def provenances(self, value: object) -> None:
        """Report every provenance inside `value` that names no source."""
        for provenance in values_in(value, Provenance):
            self.source(provenance)

    def check_organization(self, organization: Organization) -> None:
        self.organizations(organization.predecessors)
        if organization.parent:
            self.organizations((organization.parent,))
            if organization.id in self.library.with_those_above(str(organization.parent)):
                self.sink.error("parent-above", f"`{organization.id}` is said to be a part of itself",
                                organization.parent.span, "name the organization above it")  # fmt: skip
        _unique(organization.facts, "fact", self.sink)
        periods: tuple[Name | Membership, ...] = (*organization.names, *organization.membership)
        for period in periods:
            self._in_order(period)
        self.provenances(organization)

    def _in_order(self, period: Name | Membership) -> None:
        if period.since and period.until and period.until.last < period.since.first:
            self.sink.error("dates-in-order", f"it ends ({period.until}) before it begins ({period.since})",
                            period.until.span, "look at both dates")  # fmt: skip

    def check_reference(self, reference: DocumentReference) -> None:
        self.provenances(reference)
        _unique(reference.facts, "fact", self.sink)
        symbol = reference.symbol
        if symbol and "/" in symbol and "/" in reference.id and symbol.replace(" ", "") != reference.id:
            self.sink.error("symbol-as-id", f"the symbol is {symbol}, but the id is {reference.id}", symbol.span,
                            "let the two agree: texts cite the id, readers see the symbol")  # fmt: skip

    def check_edition(self, edition: Edition) -> None:
        publication = edition.publication
        if publication.status.source:
            self.source(publication.status.source)
        elif publication.status.kind == "unofficial":
            self.sink.error("unofficial-text-sourced", "an unofficial text must name the source it was written from",
                            publication.id.span, "add `source:` under `status:`")  # fmt: skip
        self._annexes_last(edition)
        self._alphabetical(edition)
        self.provenances(publication)
        for part in _parts(edition.parts):
            self.organizations(filter(None, (part.organization,)))
            self.provenances(part)
        scope = _Scope(self.library, self.sink, edition)
        for dataset in edition.datasets.values():
            check = _CHECKS.get(type(dataset))
            if check is not None:
                check(scope, dataset)
            self.provenances(dataset)

    def _alphabetical(self, edition: Edition) -> None:
        """Report chapters out of their alphabetical order, where the publication promises it."""
        if not edition.publication.alphabetical:
            return
        date, known = edition.publication.as_of.first, self.library.organizations
        chapters = [p.organization for p in edition.parts if p.organization and p.organization in known]
        for one, other in pairwise(chapters):
            if _sort_key(known[other], date) < _sort_key(known[one], date):
                self.sink.warn("parts-in-order", f"`{other}` stands after `{one}`, but the publication promises "
                               "alphabetical order", other.span, "change the order under `parts:`; `sort_as:` in the "
                               "organization's file says what to sort it by")  # fmt: skip

    def _annexes_last(self, edition: Edition) -> None:
        annex = None
        for part in edition.parts:
            if part.kind == "annex":
                annex = annex or part
            elif annex is not None:
                self.sink.error("heading-in-order", f"“{_called(part)}” stands after the annex “{_called(annex)}”",
                                part.id.span, "set it before the annexes")  # fmt: skip


def _sort_key(organization: Organization, date: str) -> str:
    return (organization.sort_as or organization.name_at(date).name).casefold()


def _called(part: Part) -> Words:
    return part.title or part.id


def _parts(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts and all that stand in them; the links have been followed."""
    for part in parts:
        yield part.model_copy(update={"parts": ()})
        yield from _parts(inner for inner in part.parts if isinstance(inner, Part))


class _Scope(_Checks, frozen=True):
    """Checks of the datasets of an edition."""

    edition: Edition

    def known(self, name: Words, known: Iterable[str], kind: _Kind) -> None:
        """Report a name that is not among the known ones."""
        names = {str(k) for k in known}
        if name not in names:
            hint = nearest(name, names) or f"there are {', '.join(f'`{n}`' for n in sorted(names)) or 'none'}"
            self.sink.error(kind.code, f"there is no {kind.noun} `{name}`", name.span, hint)

    def entities(self, names: Iterable[Words], *, what: str) -> None:
        """Report organizations that do not belong to the group at the publication's date."""
        date = self.edition.publication.as_of.first
        organizations = self.library.organizations
        for name in names:
            self.organizations((name,))
            if name in organizations and not any(
                organizations[n].membership_at(date) for n in self.library.with_those_above(str(name))
            ):
                self.sink.error("entity-is-member", f"`{name}` was not a member or partner on {date}, but stands in {what}",
                                name.span, f"add its membership in content/organizations/{name}.yaml, or take it out")  # fmt: skip

    def groups(self, items: Iterable[Any], groups: Iterable[Any]) -> None:
        """Report two groups of one id, and items of a group that there is not."""
        groups = tuple(groups)
        _unique(groups, "group", self.sink)
        for item in items:
            self.known(item.group, (g.id for g in groups), _GROUP)


def _profile(scope: _Scope, dataset: Profile) -> None:
    scope.entities((dataset.organization,), what="a profile")


def _areas(scope: _Scope, dataset: Areas) -> None:
    scope.groups(dataset.areas, dataset.groups)
    activities = [a for area in dataset.areas for a in area.activities]
    _unique((*dataset.areas, *activities), "area or activity", scope.sink)
    for activity in activities:
        scope.entities(activity.organizations, what="an area of intervention")
        _distinct(activity.organizations, scope.sink)
        if activity.id in LISTS:
            scope.sink.error("id-unique", f"`{activity.id}` is already the name of a list of organizations",
                             activity.id.span, "give the activity another id")  # fmt: skip


def _examples(scope: _Scope, dataset: Examples) -> None:
    scope.groups(dataset.examples, dataset.groups)
    _unique(dataset.examples, "example", scope.sink)
    for example in dataset.examples:
        scope.organizations(example.organizations)
        _distinct(example.organizations, scope.sink)
        for objective in example.objectives:
            scope.known(objective, (g.id for g in dataset.groups), _GROUP)


def _frameworks(scope: _Scope, dataset: Frameworks) -> None:
    rows: dict[str, Memorandum] = {}
    for row in dataset.memorandums:
        scope.entities((row.organization, *row.partners), what="the matrix of frameworks")
        first = rows.setdefault(str(row.organization), row)
        if first is not row:
            scope.sink.error("row-unique", f"`{row.organization}` has a second row; the first is at "
                             f"{first.organization.span}", row.organization.span, "join them")  # fmt: skip
        _distinct(row.partners, scope.sink)
        for name in row.silent:
            scope.known(name, row.partners, _PARTNER)
    _stated_by_both(scope, dataset)
    _unique(dataset.arrangements, "arrangement", scope.sink)
    for arrangement in dataset.arrangements:
        scope.entities(arrangement.parties, what="an arrangement")
        for name in (*arrangement.stated_by, *arrangement.silent):
            scope.known(name, arrangement.parties, _PARTY)


def _stated_by_both(scope: _Scope, dataset: Frameworks) -> None:
    """Report a memorandum that only one side states; parts of an organization count as the organization."""

    def whole(name: str) -> str:
        return [name, *scope.library.with_those_above(name)][-1]

    stated = {(whole(row.organization), whole(partner)) for row in dataset.memorandums for partner in row.partners}
    for row in dataset.memorandums:
        one = row.organization
        for other in row.partners:
            if (whole(other), whole(one)) in stated:
                continue
            if other in row.silent:
                scope.sink.error("memorandum-stated", f"`{one}` did not answer, and `{other}` states no memorandum with it",
                                 other.span, f"add `{one}` to the row of `{other}`, or take it out here")  # fmt: skip
            else:
                scope.sink.warn("memorandum-stated-by-both",
                                f"`{one}` states a memorandum with `{other}`, but `{other}` does not state it", other.span,
                                f"ask the two; if `{other}` did not answer, give it a row that has `{one}` under `silent:`; "
                                "if it is right so, say why under `accept:`")  # fmt: skip


def _initiatives(scope: _Scope, dataset: Initiatives) -> None:
    _unique(dataset.scopes, "scope", scope.sink)
    _unique(dataset.initiatives, "initiative", scope.sink)
    for initiative in dataset.initiatives:
        scope.known(initiative.scope, (s.id for s in dataset.scopes), _SCOPE)
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
    _unique(dataset.questions, "question", scope.sink)
    for question in dataset.questions:
        options = [o.id for o in question.options]
        _distinct(options, scope.sink)
        _distinct([a.organization for a in question.answers], scope.sink)
        for answer in question.answers:
            scope.known(answer.organization, dataset.respondents, _RESPONDENT)
            _distinct(answer.options, scope.sink)
            for option in answer.options:
                scope.known(option, options, _OPTION)


def _names(scope: _Scope, dataset: Names) -> None:
    _distinct(dataset.names, scope.sink)


def _charts(scope: _Scope, dataset: Charts) -> None:
    _unique(dataset.charts, "chart", scope.sink)
    surveys = [d for d in scope.edition.datasets.values() if isinstance(d, Survey)]
    questions = {str(q.id): q for survey in surveys for q in survey.questions}
    for chart in dataset.charts:
        if chart.source == "survey" and surveys:
            scope.known(_question_of(chart), questions, _QUESTION)
            asked = questions.get(str(_question_of(chart)))
            for option in asked.options if asked and chart.kind == "map" else ():
                scope.known(option.id, REGIONS, _REGION)


def _question_of(chart: ChartDefinition) -> Words:
    return chart.select or chart.id


_CHECKS: Mapping[type, Callable[[_Scope, Any], None]] = {
    Profile: _profile,
    Areas: _areas,
    Examples: _examples,
    Frameworks: _frameworks,
    Initiatives: _initiatives,
    Toolbox: _toolbox,
    Bibliography: _bibliography,
    Survey: _survey,
    Charts: _charts,
    Names: _names,
}


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
