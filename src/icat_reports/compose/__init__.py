"""In: an edition of the library, a language and a layout. Out: a `Document`, and findings about texts and templates.

The layout's template says what stands where; it sees the edition through the few names listed in `_Studio.context`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from jinja2 import ChainableUndefined, Undefined
from markupsafe import Markup, escape
from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.collation import sort_key
from icat_reports.compose.chapters import Chapters
from icat_reports.compose.expander import Marks, Scope, labels_of, note_id
from icat_reports.compose.names import Named, in_order, joined
from icat_reports.compose.note_series import in_series
from icat_reports.compose.required import require
from icat_reports.compose.setting import set_in
from icat_reports.compose.tallies import TALLIES, Source, Tally
from icat_reports.compose.template import render
from icat_reports.compose.vocabulary import Embedded, parse_layout
from icat_reports.content import Block, ChartDefinition, Charts, Edition, Library, Masthead, Publication
from icat_reports.diagnostics import Sink, nearest
from icat_reports.document import nodes as n
from icat_reports.document import walk
from icat_reports.document.digest import digest
from icat_reports.document.nodes import (
    REGIONS,
    Division,
    Document,
    List,
    Metadata,
    Note,
    NoteMark,
    Origin,
    Paragraph,
    Section,
    WordLimit,
)
from icat_reports.document.walk import plain
from icat_reports.language import LANGUAGES, Language
from icat_reports.layout import Layout
from icat_reports.prose import parse_line, parse_prose, parse_words
from icat_reports.translated import Translated, original_of
from icat_reports.words import Date, Prose, Words

__all__ = ["compose"]


_REVISION = 12
"""Figures of a revision: enough to tell any two."""


class Reported(LookupError):  # noqa: N818 - it is an outcome, not a fault of the program
    """A template asked for what is not there, and the finding about it has been made."""


def compose(edition: Edition, library: Library, language: Language, layout: Layout, sink: Sink) -> Document | None:
    """Lay the edition out; None when the template could not be run."""
    scope = Scope(library, edition, language, sink)
    studio = _Studio(scope, layout, Chapters(scope))
    studio.scope.report_stated()
    xml = render(layout, studio.context(), studio.filters(), sink)
    if xml is None:
        return None
    parsed = parse_layout(xml, layout.template, studio.embedded, sink)
    if parsed is None:
        return None
    divisions = _without_empty_lists(parsed.divisions)
    own = language.code == edition.publication.language
    limit = _word_limit(edition.publication) if own else None  # words of a translation are not counted against it
    document = Document(studio.metadata(), divisions, studio.notes(), word_limit=limit, **parsed.settings)
    document = in_series(set_in(document, language, marks=not own, spaces=layout.theme.language_spaces))
    return replace(document, metadata=replace(document.metadata, revision=digest(document)[:_REVISION]))


def _word_limit(publication: Publication) -> WordLimit | None:
    limit = publication.word_limit
    return WordLimit(int(limit), origin=_origin(limit)) if limit else None


def _without_empty_lists(divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """The divisions without the sections that hold nothing but a list of captions, where there are no such captions."""
    blocks = [block for division in divisions for block in walk.blocks(division.children)]
    shown = {type(block) for block in blocks if isinstance(block, n.Figure | n.Table) and block.caption}
    empty = {of for of, kind in (("figures", n.Figure), ("tables", n.Table)) if kind not in shown}

    def kept(children: tuple[n.Block, ...]) -> tuple[n.Block, ...]:
        return tuple(
            replace(child, children=kept(child.children)) if isinstance(child, Section) else child
            for child in children
            if not (isinstance(child, Section) and child.children and all(map(is_empty, child.children)))
        )

    def is_empty(block: n.Block) -> bool:
        return isinstance(block, n.Contents) and block.of in empty

    return tuple(replace(d, children=kept(d.children)) for d in divisions) if empty else divisions


class _Studio(Struct):
    """What a template works with; keeps the nodes that it places."""

    scope: Scope
    layout: Layout
    chapters: Chapters
    embedded: list[Embedded] = field(default_factory=list)

    # ------------------------------------------------------------ what a template sees

    def context(self) -> dict[str, Any]:
        """Names that a template may use."""
        edition = self.scope.edition
        return {
            "publication": edition.publication,
            "parts": self.chapters.parts,
            "language": self.scope.language,
            "unreviewed": edition.unreviewed,
            "source": self.scope.library.sources.get(str(edition.publication.status.source)) or ChainableUndefined(),
            "word": self._word,
            "datasets": self._datasets,
            "dataset": self._dataset,
            "org": self._organization,
            "chart": self._chart,
            "particulars": self._particulars,
            "count": self.scope.counts.get,
            "entities": self._entities(),
            "show": self._show,
            "require": self._require,
            "family": self._family,
            "home": self.chapters.home,
        }

    def _require(self, key: str, *names: str) -> str:
        """Report which of the fields under a key of `publication.yaml` are empty; prints nothing."""
        require(self.scope.edition.publication, self.layout.id, self.scope.sink, key, names)
        return ""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Filters that a template may use."""
        return {
            "prose": self._prose,
            "inline": self._inline,
            "words": self._words,
            "date": self._date,
            "date_alone": lambda date: _with_capital(self._date(date)),
            "names": lambda names: joined(labels_of(self.scope, names), self.scope.language),
            "orgs": lambda names: self._by_label(map(self._organization, names)),
            "joined": self._joined,
            "homes": self.chapters.homes,
            "reference": lambda part: Markup('<ref to="{}"/>').format(part.id),
            "number": self.scope.number,
            "language_name": self._language_name,
            "by_name": lambda items: sorted(items, key=lambda i: self._organization(i.organization).sort_key),
            "in_original_order": lambda items: sorted(
                items, key=lambda i: self._organization(i.organization).original_key
            ),
            "by_id": lambda items: {str(item.id): item for item in items},
            "having": lambda items, key, value: [item for item in items if value in getattr(item, key)],
            "among": lambda items, key, names: [item for item in items if set(getattr(item, key)) & set(names)],
            "places": lambda items, wanted: [place for place, item in enumerate(items, 1) if item in wanted],
            "of": lambda items, group, key="group": [item for item in items if getattr(item, key) == group],
        }

    def _word(self, key: str, **values: Any) -> str:  # noqa: ANN401
        """The layout's words for `key`, filled in; `n` chooses among the plural forms of a language (CLDR)."""
        words = self.layout.words
        if key not in words and "n" in values:
            form = f"{key}.{Locale.parse(self.scope.language.locale).plural_form(values['n'])}"
            key = form if form in words else f"{key}.other"
        if key not in words:
            message = f"there is no layout word `{key}`; {nearest(key, words) or 'add it to words.yaml'}"
            raise LookupError(message)
        text = escape(words[key])
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", escape(value))
        return text

    def _datasets(self, kind: str) -> list[Any]:
        """The datasets of a type, each with the name by which the edition knows it as its id."""
        found = self.scope.edition.datasets.items()
        return [d.model_copy(update={"id": Words(name)}) for name, d in found if d.type == kind]

    def _dataset(self, kind: str, block: Block) -> Any:  # noqa: ANN401
        """The dataset that a block shows."""
        return self._named_dataset(kind, block.data, block.show or self.scope.edition.publication.id)

    def _named_dataset(self, kind: str, name: Words | None, place: Words) -> Any:  # noqa: ANN401
        """The dataset of a type; after a finding, something empty, so that all else is looked at in the same run."""
        found = self._datasets(kind)
        if name:
            chosen = next((d for d in found if d.id == name), None)
            if chosen is not None:
                return chosen
            self.scope.sink.error("dataset-known", f"there is no dataset `{name}` of type {kind}", name.span,
                                  nearest(name, self.scope.edition.datasets) or f"there are {len(found)} of this type")  # fmt: skip
        elif len(found) == 1:
            return found[0]
        else:
            self.scope.sink.error("dataset-single", f"there are {len(found)} datasets of type {kind}, and one is wanted",
                                  place.span, "name one with `data:`" if found else "add it")  # fmt: skip
        raise Reported

    def _show(self, shows: Mapping[str, Callable[..., str]], block: Block, whose: Words | None) -> str:
        """What the layout's macro makes of a block; nothing after a finding, so that one run finds all."""
        name = block.show or Words("")
        if name not in shows:
            hint = nearest(name, shows) or f"it shows {', '.join(f'`{n}`' for n in sorted(shows)) or 'nothing'}"
            self.scope.sink.error(
                "show-known", f"the layout `{self.layout.id}` has nothing to show as `{name}`", name.span, hint
            )
            return Markup()
        try:
            return shows[name](block, whose)
        except Reported:
            return Markup()

    def _family(self, whose: Words | None, block: Block) -> tuple[str, ...]:
        """The organization of whose part `block` is, and its parts: what a macro that tells of one selects by."""
        if whose is not None:
            return self.chapters.family(str(whose))
        name = block.show or Words("")
        self.scope.sink.error("show-of-organization", f"`{name}` tells of one organization, and this part is of none",
                              name.span, "give this part, or one around it, `organization:` or `each:`")  # fmt: skip
        raise Reported

    def _joined(self, labels: Iterable[str]) -> str:
        """Labels as a sentence of the language lists them; elements among them stay elements."""
        return Markup(joined([str(escape(label)) for label in labels], self.scope.language))  # noqa: S704 - escaped

    def _language_name(self, code: str, language: Language | None = None) -> str:
        """Name of a language in the language of the version, or in another."""
        language = language or self.scope.language
        names = Locale.parse(language.locale).languages
        return str(language.language_names.get(str(code)) or names.get(str(code), code))

    def _particulars(self, head: Masthead | Undefined) -> tuple[Markup, ...]:
        """The lines beside the organ in a masthead: distribution, date, language of a translation, original language."""
        if not isinstance(head, Masthead):
            return ()
        english = self.scope.language.english_particulars
        language = LANGUAGES["en"] if english else self.scope.language
        said = original_of if english else str
        words = self.layout.words
        version, original = self.scope.language.code, str(head.original)
        lines = (
            said(words["distribution"]).replace("{level}", said(head.distribution)),
            self._date(self.scope.edition.publication.date, language),
            _with_capital(self._language_name(version, language)) if version != original else "",
            said(words["original"]).replace("{language}", self._language_name(original, language)),
        )
        mark = Markup('<span lang="{0}">{1}</span>') if language != self.scope.language else Markup("{1}")
        return tuple(mark.format(language.code, line) for line in lines if line)

    def _organization(self, name: str) -> Named:
        return self.scope.named(str(name))

    def _by_label(self, organizations: Iterable[Named]) -> list[Named]:
        return sorted(organizations, key=lambda o: sort_key(str(o.label), self.scope.language))

    def _entities(self) -> list[Named]:
        """All that belong to the Group at the publication's date, in the order of their names."""
        return sorted(map(self._organization, self.scope.lists["entities"]), key=lambda entity: entity.sort_key)

    def _date(self, date: Date | Undefined, language: Language | None = None) -> str:
        """A date as far as it is known, as the language's locale data writes it (CLDR): 8 April 2011, July 2021, 2021."""
        if not isinstance(date, Date):
            return ""
        day = dt.date.fromisoformat(date.first)
        language = language or self.scope.language
        if len(date) == len("2021"):
            return str(format_skeleton("y", day, locale=language.locale))
        whole = len(date) == len("2021-07-15")
        if language.months:
            return f"{f'{day.day} ' if whole else ''}{language.months[day.month - 1]} {day.year}"
        pattern = language.date_patterns.get("day" if whole else "month")
        if whole or pattern:
            return str(format_date(day, pattern or "long", locale=language.locale))
        return str(format_skeleton("yMMMM", day, locale=language.locale))

    # ------------------------------------------------------------ texts

    def _prose(
        self,
        text: Prose | None,
        attention: Words | None = None,
        numbered: Words | bool = False,  # noqa: FBT001, FBT002 - as a template names it
        role: n.ParagraphRole = "body",
        **local: Callable[[str], str],
    ) -> Markup:
        """A text as blocks; `attention` is what an entity is asked to look at in it.

        `numbered` has its paragraphs take numbers in the document's count; an id given so is the first one's. `role` is
        that of the paragraphs outside lists.
        """
        if not isinstance(text, Words):
            return Markup()
        blocks = parse_prose(text, Marks(self.scope, local), self.scope.sink)
        if numbered:
            blocks = _numbered(blocks, _origin(text), "" if isinstance(numbered, bool) else str(numbered))
        if role != "body":
            blocks = tuple(replace(b, role=role) if isinstance(b, Paragraph) else b for b in blocks)
        if attention is not None:
            blocks = _asked(blocks, str(attention))
        return self._embed(Embedded(blocks, (), _origin(text)), "prose")

    def _inline(self, text: Prose | None, **local: Callable[[str], str]) -> Markup:
        """A text as words, its paragraphs one after another."""
        if not isinstance(text, Words):
            return Markup()
        words = parse_line(text, Marks(self.scope, local), self.scope.sink)
        return self._embed(Embedded((), words, _origin(text)), "words")

    def _words(self, text: Words | str | None, language: str = "") -> Markup:
        """Plain words; `language` where they are in another one than the version."""
        if text is None:
            return Markup()
        if not isinstance(text, Words):
            return Markup("{}").format(text)
        words = parse_words(text)
        return self._embed(Embedded((), (n.Phrase(language, words),) if language else words, _origin(text)), "words")

    def _embed(self, nodes: Embedded, element: str) -> Markup:
        self.embedded.append(nodes)
        return Markup('<{} n="{}"/>').format(Markup(element), len(self.embedded) - 1)  # noqa: S704 - a constant

    # ------------------------------------------------------------ charts

    def _chart(self, name: Words) -> dict[str, Any] | None:
        """A chart with its tally and alternative text, or None where there is no datum for it."""
        definitions = {str(c.id): c for d in self._datasets("charts") if isinstance(d, Charts) for c in d.charts}
        definition = definitions.get(str(name))
        if definition is None:
            self.scope.sink.error("chart-known", f"there is no chart `{name}`", name.span, nearest(name, definitions))
            return None
        kind, count = TALLIES[definition.source]
        dataset = self._named_dataset(kind, definition.data, definition.id)
        tally = count(self._source(dataset), definition)
        if definition.kind == "map" and tally and not all(bar.id in REGIONS for bar in tally.bars):
            return None  # the checks have reported it
        if tally is None:
            self.scope.sink.advise("chart-has-data", f"no data for the chart `{name}`; it is left out", name.span,
                                   "fill in the answers to its question in the survey")  # fmt: skip
            return None
        return {
            "definition": definition,
            "tally": tally,
            "bars": tally.ranked if definition.order == "value" else tally.bars,
            "alt": self._alt(definition, tally),
            "local": self._local(tally),
        }

    def _source(self, dataset: Any) -> Source:  # noqa: ANN401
        language = self.scope.language
        return Source(
            dataset,
            self.scope.library.organizations,
            self._organization,
            lambda names: in_order(names, language),
            language.bracketed,
        )

    def _alt(self, definition: ChartDefinition, tally: Tally) -> str:
        return plain(parse_line(definition.alt, Marks(self.scope, self._local(tally)), self.scope.sink))

    def _local(self, tally: Tally) -> Mapping[str, Callable[[str], str]]:
        """Tokens of a chart's own texts: the n-th highest category, its value, the lowest, the total, the respondents."""
        number = self.scope.number

        def ranked(argument: str) -> Any:  # noqa: ANN401
            place = int(argument) if argument.isdecimal() else 1
            return tally.ranked[min(place, len(tally.ranked)) - 1]

        return {
            "top": lambda a: ranked(a).label,
            "top-value": lambda a: number(ranked(a).value),
            "lowest": lambda _: tally.ranked[-1].label,
            "lowest-value": lambda _: number(tally.ranked[-1].value),
            "total": lambda _: number(tally.total),
            "n": lambda _: number(tally.respondents),
        }

    # ------------------------------------------------------------ what stands beside the tree

    def notes(self) -> tuple[Note, ...]:
        """All notes of the edition's files; those of used publications only if a text shown here marks them."""
        own = f"content/publications/{self.scope.edition.publication.id}/"
        shown = {mark for nodes in self.embedded for mark in _marks(nodes)}
        found = []
        for file, notes in self.scope.edition.notes.items():
            for name, text in notes.items():
                key = note_id(file, str(name))
                if file.startswith(own) or key in shown:
                    words = parse_line(text, Marks(self.scope), self.scope.sink)
                    found.append(Note(key, "number", words, origin=_origin(text)))
        return tuple(found)

    def metadata(self) -> Metadata:
        """What the files say of themselves."""
        publication = self.scope.edition.publication
        return Metadata(
            title=str(publication.title),
            publication=str(publication.id),
            language=self.scope.language.code,
            edition=str(publication.date),
            author=str(publication.author),
            subject=str(publication.subject or ""),
            keywords=tuple(map(str, publication.keywords)),
            status=publication.status.kind,
            running_title=str((publication.masthead and publication.masthead.symbol) or publication.short_title),
        )


def _asked(blocks: tuple[n.Block, ...], remark: str) -> tuple[n.Block, ...]:
    """Blocks with a remark on the first paragraph."""
    first, *rest = blocks
    if isinstance(first, Paragraph):
        first = replace(first, attention=remark)
    elif isinstance(first, List):
        item, *others = first.items
        first = replace(first, items=(replace(item, children=_asked(item.children, remark)), *others))
    return (first, *rest)


def _numbered(blocks: tuple[n.Block, ...], origin: Origin, first: str) -> tuple[n.Block, ...]:
    """Blocks whose paragraphs, but not those inside lists and boxes, are numbered; the first has the id `first`."""
    stem = _NO_ID.sub("-", origin.id.lower()).strip("-")
    found: list[n.Block] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            name = first if first and place == 0 else f"{stem}-{place + 1}"
            found.append(replace(block, number=True, id=name))
        else:
            found.append(block)
    return tuple(found)


def _with_capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_NO_ID = re.compile(r"[^a-z0-9]+")


def _origin(text: Words) -> Origin:
    file = text.span.file.removeprefix("content/").removesuffix(".yaml")
    name = f"{file}:{text.span.path}"
    return Origin(name, "catalogue", text.at(0)) if isinstance(text, Translated) else Origin(name, "content", text.span)


def _marks(nodes: Embedded) -> Iterable[str]:
    for words in (nodes.inlines, *map(walk.own_inlines, walk.blocks(nodes.blocks))):
        for child in walk.inlines(words):
            if isinstance(child, NoteMark):
                yield child.note
