"""In: an open project. Out: its catalogues: written, brought up to date, checked and counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from icat_reports.catalogue.extract import Unit, extract
from icat_reports.catalogue.header import forms, header
from icat_reports.catalogue.merge import merge
from icat_reports.catalogue.po import FOLDER, Catalogue, Entry, Key, catalogue_path, write_po
from icat_reports.catalogue.review import accepted, faults_of, is_unreviewed
from icat_reports.catalogue.survive import unprintable
from icat_reports.catalogue.terms import departures
from icat_reports.catalogue.texts import LAYOUTS, NAMES, catalogue_of_file
from icat_reports.content import Term
from icat_reports.diagnostics import Sink, Span
from icat_reports.exchange.bitext import read_bitext, write_bitext
from icat_reports.exchange.pairs import Pair, taken
from icat_reports.exchange.tmx import read_tmx, write_tmx
from icat_reports.exchange.xliff import read_xliff, write_xliff
from icat_reports.language import LANGUAGES, ORIGINAL, Language
from icat_reports.load import CONTENT
from icat_reports.load.catalogues import load_catalogues
from icat_reports.load.layouts import load_layout
from icat_reports.pipeline import Project
from icat_reports.words import Words
from icat_reports.world import World

TEMPLATES = f"{FOLDER}/templates"


def targets() -> list[str]:
    """The languages that there are catalogues of."""
    return [code for code in LANGUAGES if code != ORIGINAL]


def units(project: Project, sink: Sink) -> dict[str, tuple[Unit, ...]]:
    """The units of every catalogue, by its name, as the content now has them.

    A catalogue is left out while a content file that it is made from cannot be read: nothing would tell what was deleted.
    """
    words: dict[str, Mapping[str, Words]] = {}
    unsure = {catalogue_of_file(file) for file in project.library.unread}
    for file in project.world.files("layouts", "layout.xml.j2"):
        name = file.split("/")[1]
        layout = load_layout(project.world, name, Span(file), sink)
        if layout is None:
            unsure.add(LAYOUTS)
        else:
            words[name] = layout.words
    for name in sorted(unsure):
        sink.warn("catalogue-known", f"the catalogue `{name}` is left alone, as content that it is made from cannot be read",
                  Span(CONTENT), "mend what ./icat check tells")  # fmt: skip
    return {name: own for name, own in extract(project.library, words).items() if name not in unsure}


def templates(project: Project, sink: Sink) -> dict[str, bytes]:
    """Files of templates, which hold all units and no translations."""
    found = {}
    for name, own in units(project, sink).items():
        file = f"{TEMPLATES}/{name}.pot"
        catalogue = merge(Catalogue(file, header(None)), own, 2)
        found[file] = write_po(catalogue).encode()
    return found


def updated(project: Project, languages: Iterable[str], typos: Sequence[Span], sink: Sink) -> dict[str, bytes]:
    """Files of the catalogues that change when they are brought up to date; a language with an error is left alone."""
    wanted = units(project, sink)
    corrected = _corrected(wanted, typos, sink)
    files: dict[str, bytes] = {}
    for code in languages if not sink.failed else ():
        own = Sink()
        catalogues = load_catalogues(project.world, LANGUAGES[code], wanted, own)
        sink.extend(own)
        if own.failed:
            continue
        for name, catalogue in catalogues.items():
            memory = _memory(catalogues, name)
            merged = merge(catalogue, wanted[name], len(forms(LANGUAGES[code])), memory, corrected)
            data = write_po(merged).encode()
            if wanted[name] and not (
                project.world.exists(catalogue.file) and project.world.read(catalogue.file) == data
            ):
                files[catalogue.file] = data
    return files


def _memory(catalogues: Mapping[str, Catalogue], name: str) -> dict[Key, Entry]:
    """What other catalogues have of units that stand in several; the words of layouts have meanings of their own."""
    others = (c for other, c in sorted(catalogues.items()) if LAYOUTS not in (other, name) and other != name)
    return {entry.key: entry for catalogue in others for entry in catalogue.entries if entry.usable}


def _corrected(wanted: Mapping[str, Sequence[Unit]], typos: Sequence[Span], sink: Sink) -> frozenset[Key]:
    """Keys of the units in which an editor mended a slip that no translation shows."""
    found: set[Key] = set()
    for typo in typos:
        here = {
            unit.key
            for own in wanted.values()
            for unit in own
            for place in unit.places
            if place.span.file == typo.file and place.span.line <= typo.line <= place.last
        }
        if not here:
            sink.error("typo-in-unit", "there is no text to translate in this line", typo,
                       "name the file from the project's root, and a line of the text that you mended")  # fmt: skip
        found |= here
    return frozenset(found)


# ---------------------------------------------------------------- checking


def check(project: Project, languages: Iterable[str], sink: Sink) -> None:
    """Find what is wrong with the catalogues: their files, and what translations lost."""
    wanted = units(project, sink)
    for code in languages:
        catalogues = load_catalogues(project.world, LANGUAGES[code], wanted, sink)
        for name, catalogue in catalogues.items():
            if catalogue.entries:
                checking = _Checking(catalogue, LANGUAGES[code], project.library.glossary, sink)
                checking.units(wanted[name])
    _strays(project.world, languages, sink)


def _strays(world: World, languages: Iterable[str], sink: Sink) -> None:
    """Report catalogues that no build reads: a translator may have put them, or the publication, under another name."""
    for file in world.files(FOLDER, ".po"):
        parts = file.split("/")
        if parts[1] in LANGUAGES and parts[1] not in languages:
            continue
        name = parts[-1].removesuffix(".po")
        known = name in (LAYOUTS, NAMES) or world.exists(f"{CONTENT}/publications/{name}/publication.yaml")
        if not known or parts[1] not in targets() or file != catalogue_path(parts[1], name):
            sink.warn("catalogue-of-content", "no build reads this catalogue", Span(file),
                      f"expected {catalogue_path('LANG', 'PUBLICATION')}, of a language and a publication that there are")  # fmt: skip


class _Checking(Struct, frozen=True):
    catalogue: Catalogue
    language: Language
    terms: tuple[Term, ...]
    sink: Sink

    def units(self, wanted: Sequence[Unit]) -> None:
        """Check each translation that can be used; say what the content no longer has."""
        known = {unit.key: unit for unit in wanted}
        stale = sum(entry.key not in known for entry in self.catalogue.entries)
        if stale:
            self.sink.warn("catalogue-current", f"{stale} of its units are no longer in the content",
                           Span(self.catalogue.file), f"./icat i18n update {self.language.code}")  # fmt: skip
        for entry in self.catalogue.entries:
            unit = known.get(entry.key)
            if unit is not None and entry.fuzzy:
                self.sink.warn("translation-current", "the original has changed since this was translated, and stands in for it",
                               self.catalogue.span(entry), "mend the translation and take `fuzzy` away above it")  # fmt: skip
            elif unit is not None and entry.usable:
                self.unit(entry, unit)

    def unit(self, entry: Entry, unit: Unit) -> None:
        """Check one translation."""
        place, allowed = self.catalogue.span(entry), accepted(entry)
        for fault in faults_of(entry, self.language, prose=unit.prose):
            report = self.sink.error if fault.grave else self.sink.warn
            report(fault.code, fault.message, place, fault.hint)
        longest = max(map(len, entry.translations))
        if unit.limit and longest > unit.limit and "translation-within-limit" not in allowed:
            self.sink.warn("translation-within-limit", f"the translation has {longest} characters, and there is room "
                           f"for {unit.limit}", place, "shorten it")  # fmt: skip
        if "term-approved" not in allowed:
            for found in departures(entry.text, " ".join(entry.translations), self.language.code, self.terms):
                self.sink.warn("term-approved", found.message, place,
                               f"write {found.approved}; where something else is right, write above the unit: "
                               "# accept term-approved: why")  # fmt: skip


# ---------------------------------------------------------------- exchange

Read = Callable[[str, bytes, Sink], tuple[str, tuple[Pair, ...]] | None]


def exported(project: Project, code: str, names: Iterable[str], kind: str, sink: Sink) -> dict[str, bytes]:
    """The catalogues of a language in a format of exchange (`xliff`, `tmx`, `docx`), by the names of their files."""
    write = {"xliff": write_xliff, "tmx": write_tmx, "docx": write_bitext}[kind]
    found = load_catalogues(project.world, LANGUAGES[code], names, sink)
    for catalogue in found.values():
        for entry in catalogue.entries:
            said = (entry.text, *entry.translations, *entry.remarks, *(text for _, text in entry.previous))
            if told := next(filter(None, map(unprintable, said)), ""):
                sink.error("translation-printable", f"the unit {told}", catalogue.span(entry), "delete it")
    if sink.failed:
        return {}
    return {f"{name}.{code}.{kind}": write(own, LANGUAGES[code]) for name, own in found.items() if own.entries}


def imported(project: Project, files: Mapping[str, bytes], sink: Sink) -> dict[str, bytes]:
    """The catalogues that change when `files` are taken in, which came back from translators' other programs."""
    changed: dict[str, Catalogue] = {}
    for file, data in files.items():
        came = _READERS.get(file.rpartition(".")[2], read_xliff)(file, data, sink)
        found = _OWN.fullmatch(came[0]) if came else None
        if came is None:
            continue
        if found is None or found[1] not in targets():
            sink.error("exchange-of-catalogue", f"this file is of no catalogue of ours: it says `{came[0][:80]}`", Span(file),
                       "give back the file that ./icat i18n export made")  # fmt: skip
            continue
        path, language = came[0], LANGUAGES[found[1]]
        if not project.world.exists(path):
            sink.error("exchange-of-catalogue", f"this file is of a catalogue that is not there: `{path[:80]}`", Span(file),
                       f"./icat i18n update {language.code} makes the catalogues of what there is")  # fmt: skip
            continue
        catalogue = changed.get(path) or load_catalogues(project.world, language, [found[2]], sink)[found[2]]
        changed[path] = taken(catalogue, came[1], file, sink)
    if sink.failed:
        return {}
    written = {file: write_po(catalogue).encode() for file, catalogue in changed.items()}
    return {file: data for file, data in written.items() if data != project.world.read(file)}


_READERS: Mapping[str, Read] = {"xliff": read_xliff, "xlf": read_xliff, "tmx": read_tmx, "docx": read_bitext}
_OWN = re.compile(rf"{FOLDER}/([a-z]+)/LC_MESSAGES/([a-z0-9-]+)\.po")


# ---------------------------------------------------------------- counting


class Count(Struct):
    """How far a catalogue, or a part of it, is translated."""

    units: int = 0
    translated: int = 0
    """With a translation of their present text, which may be the same words."""
    fuzzy: int = 0
    """With a translation of an earlier text."""
    missing: int = 0
    unreviewed: int = 0
    """Of those translated, how many nobody has read again."""

    @property
    def percentage(self) -> int:
        """Translated units, of 100; below 100 when a single one lacks."""
        return self.translated * 100 // self.units if self.units else 100

    def add(self, entry: Entry | None, *, optional: bool) -> None:
        """Count one unit."""
        self.units += 1
        if entry is not None and entry.fuzzy:
            self.fuzzy += 1
        elif (entry is not None and entry.translated) or optional:
            self.translated += 1
            self.unreviewed += entry is not None and entry.translated and is_unreviewed(entry)
        else:
            self.missing += 1


class Row(Struct, frozen=True):
    """A line of the table that `./icat i18n status` prints."""

    language: str
    catalogue: str
    organization: str
    """Id of the organization whose part or profile it is; empty for all of the catalogue."""
    count: Count = field(default_factory=Count)


def status(project: Project, languages: Iterable[str], sink: Sink, *, by_organization: bool = False) -> list[Row]:
    """How far each catalogue is, in each language."""
    wanted = units(project, sink)
    rows: list[Row] = []
    for code in languages:
        catalogues = load_catalogues(project.world, LANGUAGES[code], wanted, sink)
        for name, own in sorted(wanted.items()):
            rows += _rows(code, name, own, catalogues[name], by_organization=by_organization)
    return rows


def _rows(code: str, name: str, own: Sequence[Unit], catalogue: Catalogue, *, by_organization: bool) -> Iterator[Row]:
    whole = Row(code, name, "")
    parts: dict[str, Row] = {}
    for unit in own:
        entry = catalogue.by_key.get(unit.key)
        whole.count.add(entry, optional=unit.optional)
        for organization in dict.fromkeys(p.setting.organization for p in unit.places if p.setting.organization):
            row = parts.setdefault(organization, Row(code, name, organization))
            row.count.add(entry, optional=unit.optional)
    if own:
        yield whole
        yield from (row for _, row in sorted(parts.items()) if by_organization)
