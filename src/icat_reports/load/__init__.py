"""In: a `World`. Out: a `Library` of all content, and every finding about its files, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct, field
from pydantic import TypeAdapter

from icat_reports.content import (
    AnyDataset,
    ContentFile,
    Correction,
    DocumentReference,
    Edition,
    Glossary,
    Library,
    Organization,
    Part,
    PartFile,
    PartLink,
    Profile,
    Publication,
    ReferenceFile,
    Source,
    SourceFile,
    Term,
)
from icat_reports.diagnostics import Acceptance, Sink, Span, nearest
from icat_reports.language import LANGUAGES, ORIGINAL
from icat_reports.load.acceptances import acceptances
from icat_reports.load.checks import check_library
from icat_reports.load.files import read_text
from icat_reports.load.validation import validated
from icat_reports.load.yaml_tree import read_tree
from icat_reports.words import Id, Prose, Words
from icat_reports.world import Outside, World

__all__ = ["load"]

CONTENT = "content"
ORGANIZATION = TypeAdapter(Organization)
REFERENCES = TypeAdapter(ReferenceFile)
SOURCES = TypeAdapter(SourceFile)
GLOSSARY = TypeAdapter(Glossary)
PUBLICATION = TypeAdapter(Publication)
DATASET: TypeAdapter[Any] = TypeAdapter(AnyDataset)


def load(world: World, sink: Sink) -> Library:
    """Read and check all content; what could not be read is left out, and `sink` says why."""
    reading = _Reading(world, sink, world.files(CONTENT, ".yaml"))
    organizations = {str(o.id): o for o in reading.organizations()}
    references = {str(r.id): r for r in reading.references()}
    sources = {str(s.id): s for s in reading.sources()}
    editions = {str(e.publication.id): e for e in reading.editions()}
    editions = {name: _with_used(edition, editions, sink) for name, edition in editions.items()}
    library = Library.model_construct(  # not validated: its values are
        organizations=organizations,
        references=references,
        sources=sources,
        glossary=tuple(reading.glossary()),
        editions=editions,
        corrections=tuple(reading.corrections),
        acceptances=tuple(reading.acceptances),
        unread=frozenset(reading.unread),
    )
    reading.report_passed_over()
    sink.accept(library.acceptances)
    check_library(library, sink)
    return library


class _Reading(Struct):
    """Reads files; collects what every kind of file may hold."""

    world: World
    sink: Sink
    files: tuple[str, ...]
    corrections: list[Correction] = field(default_factory=list)
    acceptances: list[Acceptance] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    _taken: set[str] = field(default_factory=set)
    _ids: dict[tuple[str, str], Span] = field(default_factory=dict)

    def organizations(self) -> Iterator[Organization]:
        for file in self._below("organizations"):
            organization = self._file(file, ORGANIZATION)
            if organization is None:
                continue
            self._named_as_file(organization.id, file)
            if self._first("organization", organization.id):
                yield organization

    def references(self) -> Iterator[DocumentReference]:
        for file in self._below("references"):
            found = self._file(file, REFERENCES)
            for reference in found.references if found else ():
                if self._first("reference", reference.id):
                    yield reference

    def sources(self) -> Iterator[Source]:
        file = f"{CONTENT}/sources.yaml"
        found = self._file(file, SOURCES) if file in self.files else None
        for source in found.sources if found else ():
            if self._first("source", source.id):
                yield source

    def glossary(self) -> Iterator[Term]:
        file = f"{CONTENT}/glossary.yaml"
        found = self._file(file, GLOSSARY) if file in self.files else None
        for term in found.terms if found else ():
            for code in term.equivalents:
                if code not in LANGUAGES or code == ORIGINAL:
                    self.sink.error("language-known", f"`{code}` is no language that we translate into", code.span,
                                    nearest(code, LANGUAGES) or f"there are: {', '.join(LANGUAGES)}")  # fmt: skip
            if self._first("term", term.id):
                yield term

    def editions(self) -> Iterator[Edition]:
        files = self._below("publications")
        if not any(PurePosixPath(file).name == "publication.yaml" for file in files):
            self.sink.error("publication-present", "there is no publication", Span(f"{CONTENT}/publications"),
                            "make a folder there that holds a `publication.yaml`: see content/README.md")  # fmt: skip
        for file in files:
            path = PurePosixPath(file)
            if path.name == "publication.yaml" and len(path.parts) == 4:  # noqa: PLR2004 - content/publications/<id>/…
                edition = self._edition(file, tuple(f for f in files if f.startswith(f"{path.parent}/") and f != file))
                if edition is not None:
                    yield edition

    def _edition(self, file: str, others: tuple[str, ...]) -> Edition | None:
        publication = self._file(file, PUBLICATION)
        datasets: dict[str, Any] = {}
        notes: dict[str, dict[str, Prose]] = {file: dict(publication.notes) if publication else {}}
        linked: dict[str, Part] = {}
        folder = str(PurePosixPath(file).parent)
        for other in others:
            dataset = self._file(other, DATASET)
            if dataset is None:
                continue
            notes[other] = dict(dataset.notes)
            if isinstance(dataset, PartFile):
                linked[other.removeprefix(f"{folder}/")] = dataset.part
                continue
            name = str(dataset.id or PurePosixPath(other).stem)
            place = dataset.id.span if dataset.id else Span(other, 1)
            if not self._first("dataset", Words(f"{folder}/{name}", place), name):
                continue
            if isinstance(dataset, Profile):
                who = dataset.organization
                if not self._first("profile of", Words(f"{folder}/{who}", who.span), who):
                    continue
            datasets[name] = dataset
        if publication is None:
            return None
        self._named_as_folder(publication.id, file)
        if not self._first("publication", publication.id):
            return None
        unread = {f.removeprefix(f"{folder}/") for f in self.unread if f.startswith(f"{folder}/")}
        tree = _Linking(linked, unread, publication.headings, self.sink)
        parts = tuple(tree.follow(publication.parts))
        tree.report_unused(folder)
        self.unread |= {f"{folder}/{name}" for name in tree.missing}
        return Edition.model_construct(publication=publication, parts=parts, datasets=datasets, notes=notes)

    def _file(self, file: str, adapter: TypeAdapter[Any]) -> Any:  # noqa: ANN401
        self._taken.add(file)
        text = read_text(self.world, file, self.sink)
        tree = read_tree(file, text, self.sink) if text is not None else None
        found = validated(tree, adapter, file, self.sink) if tree is not None and tree.value is not None else None
        if found is None:
            self.unread.add(file)
        elif isinstance(found, ContentFile):
            self.corrections += found.corrections
            self.acceptances += acceptances(found)
        return found

    def _below(self, folder: str) -> tuple[str, ...]:
        return tuple(f for f in self.files if f.startswith(f"{CONTENT}/{folder}/"))

    def report_passed_over(self) -> None:
        """Warn of files that nothing reads."""
        for file in self.world.files(CONTENT, ""):
            path = PurePosixPath(file)
            if file in self._taken or path.suffix == ".md" or path.parts[1] == "assets":
                continue
            if not self._is_file(file):
                self.sink.error("folder-itself", "this is a link to a folder, and what stands there is not read",
                                Span(file), "put the folder itself here")  # fmt: skip
                continue
            hint = (
                f"rename it to {path.stem}.yaml"
                if path.suffix == ".yml"
                else "see content/README.md for what stands where"
            )
            self.sink.warn("file-in-place", "nothing reads this file", Span(file), hint)

    def _is_file(self, file: str) -> bool:
        try:
            return self.world.exists(file)
        except (OSError, Outside):
            return True  # no folder of the project's

    def _first(self, kind: str, name: Words, shown: str = "") -> bool:
        """Whether `name` is the first of its kind; reports it if not."""
        known = self._ids.setdefault((kind, str(name)), name.span)
        if known is not name.span:
            self.sink.error("id-unique", f"the {kind} `{shown or name}` stands a second time; the first is at {known}",
                            name.span, "delete one of them, or give it another id")  # fmt: skip
            return False
        return True

    def _named_as_file(self, name: Words, file: str) -> None:
        if PurePosixPath(file).stem != name:
            self.sink.error("file-named-as-id", f"the file's name and the id `{name}` differ", name.span,
                            f"rename the file to {name}.yaml, or change the id")  # fmt: skip

    def _named_as_folder(self, name: Words, file: str) -> None:
        if PurePosixPath(file).parent.name != name:
            self.sink.error("file-named-as-id", f"the folder's name and the id `{name}` differ", name.span,
                            f"rename the folder to {name}, or change the id")  # fmt: skip


class _Linking(Struct):
    """Puts the parts that stand in files of their own in their places."""

    linked: dict[str, Part]
    unread: set[str]
    headings: Mapping[Id, Words]
    sink: Sink
    missing: set[str] = field(default_factory=set)
    _used: set[str] = field(default_factory=set)

    def follow(self, parts: tuple[Part | PartLink, ...]) -> Iterator[Part]:
        for part in parts:
            if isinstance(part, Part):
                inner = tuple(self.follow(part.parts))
                yield part.model_copy(update={"title": self._title(part), "heading": None, "parts": inner})
                continue
            name = str(part.file)
            if name in self.unread:
                continue
            if name not in self.linked:
                self.missing.add(name)
                self.sink.error("part-file-exists", f"there is no part in the file `{name}`", part.file.span,
                                nearest(name, self.linked))  # fmt: skip
            elif name in self._used:
                self.sink.error("part-used-once", f"the part in `{name}` stands here a second time", part.file.span,
                                "delete one of the two")  # fmt: skip
            else:
                self._used.add(name)
                yield from self.follow((self.linked[name],))

    def _title(self, part: Part) -> Words | None:
        """The part's own title, or the shared heading that it names."""
        if part.heading is None:
            return part.title
        if part.heading not in self.headings:
            self.sink.error("heading-known", f"the publication has no heading `{part.heading}`", part.heading.span,
                            nearest(part.heading, self.headings) or "add it under `headings:` in publication.yaml")  # fmt: skip
        return self.headings.get(part.heading, part.heading)

    def report_unused(self, folder: str) -> None:
        """Warn of part files that no publication shows."""
        for name in sorted(set(self.linked) - self._used) if not (self.unread or self.missing) else ():
            self.sink.warn("part-used", "no part of the publication names this file", Span(f"{folder}/{name}", 1),
                           "name it under `parts:`, or delete it")  # fmt: skip


def _with_used(edition: Edition, editions: dict[str, Edition], sink: Sink) -> Edition:
    """The edition with the datasets and notes of the publications that it uses."""
    datasets, notes = dict(edition.datasets), dict(edition.notes)
    for name in edition.publication.uses:
        other = editions.get(name)
        if other is None:
            sink.error("publication-known", f"there is no publication `{name}`", name.span, nearest(name, editions))
            continue
        datasets = {**other.datasets, **datasets}
        notes = {**other.notes, **notes}
    return edition.model_copy(update={"datasets": datasets, "notes": notes})
