"""In: an edition, the library and a language. Out: what the marks of its texts stand for.

Counts, lists of organizations and facts are made from the data here, so that no text can disagree with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.compose.names import Named, in_order, joined, named, sorted_labels, unknown
from icat_reports.content import (
    AnyDataset,
    Areas,
    Bibliography,
    DocumentReference,
    Edition,
    Examples,
    Fact,
    Frameworks,
    Initiatives,
    Library,
    Names,
    Organization,
    Survey,
    Toolbox,
)
from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.document import walk
from icat_reports.document.nodes import Citation, Inline, Origin, Phrase, Reference, Text
from icat_reports.language import LANGUAGES, ORIGINAL, Language
from icat_reports.numbers import in_figures, in_text, quantity
from icat_reports.prose import parse_words
from icat_reports.translated import language_of, original_of

_T = TypeVar("_T")


class Scope(Struct, frozen=True, dict=True):
    """What the texts of an edition may speak of."""

    library: Library
    edition: Edition
    language: Language
    sink: Sink

    @property
    def date(self) -> str:
        """Day at which names and memberships are taken (ISO 8601)."""
        return str(self.edition.publication.as_of.first)

    def named(self, name: str) -> Named:
        """An organization as the edition names it; one that is not known, which the checks report, by its id."""
        known = self.library.organizations.get(name)
        return named(known, self.date, self.language) if known else unknown(name, self.language)

    @cached_property
    def lists(self) -> Mapping[str, tuple[str, ...]]:
        """Lists of organizations that `{orgs:…}` can name."""
        found: dict[str, tuple[str, ...]] = {}
        entities = [o for o in self.library.organizations.values() if o.membership_at(self.date)]
        found["entities"] = tuple(str(o.id) for o in entities)
        for dataset in self.edition.datasets.values():
            if isinstance(dataset, Areas):
                for activity in (a for area in dataset.areas for a in area.activities):
                    found[str(activity.id)] = tuple(map(str, activity.organizations))
            elif isinstance(dataset, Frameworks):
                for row in dataset.memorandums:
                    found[f"{row.organization}-memorandums"] = tuple(map(str, row.partners))
            elif isinstance(dataset, Survey):
                found["respondents"] = tuple(map(str, dataset.respondents))
                found["joined-after"] = tuple(map(str, dataset.joined_after))
                found["no-field-presence"] = tuple(map(str, dataset.no_field_presence))
        return found

    @cached_property
    def name_lists(self) -> Mapping[str, tuple[str, ...]]:
        """Lists of names that `{names:…}` can name."""
        datasets = self.edition.datasets.items()
        return {name: tuple(map(str, d.names)) for name, d in datasets if isinstance(d, Names)}

    @cached_property
    def stated(self) -> Mapping[str, tuple[Fact, ...]]:
        """Facts that `{fact:…}` can name, by what they are about: an organization or a document."""
        abouts: tuple[DocumentReference | Organization, ...] = (
            *self.library.references.values(),
            *self.library.organizations.values(),
        )
        return {str(about.id): about.facts for about in abouts}

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """What `{count:…}` can name: stated counts, lists, datasets and their groups."""
        return {**self._counted, **{str(n): stated.value for n, stated in self.edition.publication.counts.items()}}

    def report_stated(self) -> None:
        """Report counts that the publication states although the data gives them: the two may disagree."""
        for name in self.edition.publication.counts:
            if str(name) in self._counted:
                self.sink.error("count-stated-once", f"the count `{name}` is stated here, but the data gives it: "
                                f"{self._counted[str(name)]}", name.span, "delete it here, so that it follows the data")  # fmt: skip

    @cached_property
    def _counted(self) -> Mapping[str, int]:
        found = {name: len(members) for name, members in self.lists.items()}
        for name, dataset in self.edition.datasets.items():
            for part, number in _sizes(dataset):
                found[f"{name}/{part}" if part else name] = number
        return found

    def number(self, value: float) -> str:
        """A number in figures, grouped as the language groups them."""
        return in_figures(value, self.language)


def _sizes(dataset: AnyDataset) -> Iterator[tuple[str, int]]:
    """Number of items of a dataset, and of each of its groups."""
    groups: list[str]
    if isinstance(dataset, Examples):
        groups = [str(e.group) for e in dataset.examples]
    elif isinstance(dataset, Areas):
        groups = [str(a.group) for a in dataset.areas]
    elif isinstance(dataset, Initiatives):
        groups = [str(i.scope) for i in dataset.initiatives]
    elif isinstance(dataset, Names):
        yield "", len(dataset.names)
        return
    elif isinstance(dataset, Bibliography):
        groups = [str(i.group) for i in dataset.items]
    elif isinstance(dataset, Toolbox):
        published = [i for i in dataset.items if i.status == "published"]
        groups = [str(i.group) for i in published]
        yield "upcoming", len(dataset.items) - len(published)
        yield "versions", sum(len(i.versions) for i in published)
    else:
        return
    yield "", len(groups)
    for group in dict.fromkeys(groups):
        yield group, groups.count(group)


def note_id(file: str, name: str) -> str:
    """Document-wide id of a file's note."""
    return f"{file.removeprefix('content/').removesuffix('.yaml')}.{name}"


class Marks(Struct, frozen=True):
    """The `Expander` of an edition's texts."""

    scope: Scope
    local: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    """Tokens that only the text at hand knows, such as a chart's own numbers."""
    around: str = ""
    """Language of the words around, where it is not that of the version."""

    def among(self, language: str) -> Marks:
        """See `Expander.among`."""
        return replace(self, around=language) if language != self.around else self

    def note(self, name: str, place: Span) -> str:
        """See `Expander.note`."""
        return note_id(place.file, name)

    def cite(self, reference: str, words: tuple[Inline, ...], place: Span) -> Inline:
        """See `Expander.cite`."""
        found = self.scope.library.references.get(reference)
        if found is None:
            self.scope.sink.error("reference-known", f"there is no reference `{reference}`", place,
                                  nearest(reference, self.scope.library.references)
                                  or "add it to a file in content/references/")  # fmt: skip
            return Citation(reference, "", words or (Text(reference),))
        return Citation(
            reference, found.url or "", self._titled(words, found) or self._filled(parse_words(found.cite_as))
        )

    def _titled(self, words: tuple[Inline, ...], found: DocumentReference) -> tuple[Inline, ...]:
        """Words for a document; in a translation, its title in the original is said to be in that language."""
        titles = {original_of(found.cite_as), str(found.title)} if self.scope.language.code != ORIGINAL else ()
        return (Phrase(ORIGINAL, words),) if walk.plain(words) in titles else words

    def token(self, name: str, argument: str, place: Span) -> tuple[Inline, ...]:
        """See `Expander.token`."""
        if name == "ref":
            return self._filled((Reference(argument, origin=Origin("", "content", place)),))
        if name in self.local:
            return self._filled((Text(self.local[name](argument)),))
        if name in _COUNTED:
            counted, _, gender = argument.partition("|")
            found = _look_up(self.scope, self.scope.counts, counted, _COUNT, place)
            language = LANGUAGES[self.around] if self.around else self.scope.language
            return () if found is None else (Text(_COUNTED[name](in_text(found, language, gender))),)
        make = _TOKENS.get(name)
        if make is None:
            self.scope.sink.error("token-known", f"there is no token `{name}`", place,
                                  nearest(name, (*_TOKENS, *_COUNTED, *self.local, "ref"))
                                  or "to print a brace, write \\{")  # fmt: skip
            return ()
        return self._filled((Text(make(self.scope, argument, place)),))

    def _filled(self, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """What the data names is in the language of the version, whatever that of the words around it."""
        lettered = any(not isinstance(child, Text) or any(map(str.isalpha, child.value)) for child in children)
        return (Phrase(self.scope.language.code, children),) if self.around and lettered else children


def listed(scope: Scope, name: str, place: Span) -> list[Named]:
    """The organizations of a list; none after a finding at `place`."""
    names = _look_up(scope, scope.lists, name, _LIST, place)
    return [scope.named(name) for name in names or () if name in scope.library.organizations]


def _orgs(scope: Scope, argument: str, place: Span) -> str:
    return joined(sorted_labels(listed(scope, argument, place), scope.language), scope.language)


def _names(scope: Scope, argument: str, place: Span) -> str:
    names = _look_up(scope, scope.name_lists, argument, _NAMES, place)
    return joined(in_order(names or (), scope.language), scope.language)


def _fact(scope: Scope, argument: str, place: Span) -> str:
    name, _, fact_id = argument.rpartition("/")
    about = _look_up(scope, scope.stated, name, _SUBJECT, place)
    if about is None:
        return ""
    facts = {str(f.id): f for f in about}
    fact = _look_up(scope, facts, fact_id, _Kind("fact-known", f"fact of `{name}`"), place)
    if fact is None:
        return ""
    usable = [v for v in fact.values if v.as_of is None or v.as_of.first <= scope.date]
    if not usable:
        scope.sink.error("fact-dated", f"the fact `{argument}` has no value on {scope.date}", place,
                         f"add one in {fact.id.span.file}")  # fmt: skip
        return ""
    value = max(usable, key=lambda v: v.as_of.first if v.as_of else "")
    shown = quantity(value.value, scope.language) if fact.kind == "quantity" else str(value.value)
    if not value.qualifier:
        return shown
    space = " " if language_of(value.qualifier) else scope.language.word_space
    return f"{value.qualifier}{space}{shown}"


class _Kind(NamedTuple):
    """A kind of thing that a token names: the code of the finding that there is none, and what to call it."""

    code: str
    noun: str


_LIST = _Kind("list-known", "list of organizations")
_COUNT = _Kind("count-known", "count")
_NAMES = _Kind("names-known", "list of names")
_SUBJECT = _Kind("organization-known", "organization or document")


def _look_up(scope: Scope, table: Mapping[str, _T], name: str, kind: _Kind, place: Span) -> _T | None:
    if name in table:
        return table[name]
    if f"content/organizations/{name}.yaml" not in scope.library.unread:
        scope.sink.error(kind.code, f"there is no {kind.noun} `{name}`", place,
                         nearest(name, table) or f"there are {', '.join(f'`{n}`' for n in sorted(table)) or 'none'}")  # fmt: skip
    return None


_TOKENS: Mapping[str, Callable[[Scope, str, Span], str]] = {
    "orgs": _orgs,
    "names": _names,
    "fact": _fact,
}
_COUNTED: Mapping[str, Callable[[str], str]] = {"count": str, "Count": str.capitalize}
"""How a number in words begins, by token."""


def labels_of(scope: Scope, names: Iterable[str]) -> list[str]:
    """Labels of organizations in alphabetical order."""
    return sorted_labels((scope.named(str(name)) for name in names), scope.language)
