"""In: a library and the words of its layouts. Out: the units of each catalogue in the order of the documents."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.catalogue.texts import ADDRESS, LAYOUTS, LIMITS, NAMES, OPTIONAL, Setting, catalogue_of, changed
from icat_reports.catalogue.units import Piece, has_words, pieces
from icat_reports.content import Edition, Library
from icat_reports.diagnostics import Span
from icat_reports.words import Prose, Words


class Place(Struct, frozen=True):
    """Where a unit stands in the content."""

    span: Span
    last: int
    """Its last line in the file."""
    setting: Setting


class Unit(Struct, frozen=True):
    """A text that has one translation, wherever it stands."""

    text: str
    places: tuple[Place, ...]
    context: str | None = None
    plural: str | None = None
    prose: bool = False
    """Whether it is prose at one of its places, with marks that mean something."""

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells it from all others."""
        return self.context, self.text

    @property
    def optional(self) -> bool:
        """Whether the original may stand for it in every language."""
        return all(place.setting.kind in OPTIONAL for place in self.places)

    @property
    def limit(self) -> int:
        """Most characters that there is room for; 0 when that does not matter."""
        return min((LIMITS[p.setting.kind] for p in self.places if p.setting.kind in LIMITS), default=0)


class _Gathering(Struct):
    """Units by catalogue, as they are met."""

    found: dict[str, dict[tuple[str | None, str], Unit]] = field(default_factory=dict)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def gather(self, library: Library) -> None:
        """All texts of a library; notes follow the units that mark them."""
        changed(tuple(library.organizations.values()), self._take)
        changed(tuple(library.references.values()), self._take)
        changed(tuple(library.sources.values()), self._take)
        for name, edition in sorted(library.editions.items()):
            self.found.setdefault(name, {})
            self._edition(edition)

    def _edition(self, edition: Edition) -> None:
        notes = {file: dict(own) for file, own in edition.notes.items()}

        def take(text: Words, setting: Setting) -> Words:
            self._take(text, setting)
            if isinstance(text, Prose):
                marked = notes.get(text.span.file, {})
                for name in _NOTE.findall(text):
                    if name in marked:
                        take(marked.pop(name), replace(setting, kind="note"))
            return text

        heading = Setting(trail=())
        changed(edition.publication.model_copy(update={"parts": (), "notes": {}}), take, heading)
        changed(edition.parts, take, heading)
        for dataset in edition.datasets.values():
            changed(dataset.model_copy(update={"notes": {}}), take, heading)
        changed(notes, take, replace(heading, kind="note"))

    def _take(self, text: Words, setting: Setting) -> Words:
        if setting.kind == ADDRESS:
            return text
        place = (text.span.file, text.span.path)
        if place in self._seen and text.span.file:
            return text
        self._seen.add(place)
        units = self.found.setdefault(catalogue_of(text, setting), {})
        for piece in pieces(text):
            if has_words(piece.words):
                self._add(units, _unit(text, piece, setting))
        return text

    def _add(self, units: dict[tuple[str | None, str], Unit], unit: Unit) -> None:
        known = units.get(unit.key)
        if known is not None:
            prose = known.prose or unit.prose
            unit = replace(known, places=(*known.places, *unit.places), prose=prose)
        units[unit.key] = unit


_NOTE = re.compile(r"\[\^([^\]\s]+)\]")


def _unit(text: Words, piece: Piece, setting: Setting) -> Unit:
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: piece.first]) + len(piece.head)
    last = sum(len(line) + 1 for line in lines[: piece.last]) - 2
    if setting.kind == "paragraph" and piece.in_list:
        setting = replace(setting, kind="item of a list")
    first = text.at(start) if isinstance(text, Prose) else text.span
    return Unit(piece.words, (Place(first, text.at(max(last, start)).line, setting),), prose=isinstance(text, Prose))


def extract(library: Library, words: Mapping[str, Mapping[str, Words]]) -> dict[str, tuple[Unit, ...]]:
    """The units of every catalogue by its name; `words` are those of the layouts, by layout."""
    gathering = _Gathering({LAYOUTS: _layout_units(words), NAMES: {}})
    gathering.gather(library)
    return {name: tuple(units.values()) for name, units in gathering.found.items()}


def _layout_units(layouts: Mapping[str, Mapping[str, Words]]) -> dict[tuple[str | None, str], Unit]:
    """Words of layouts by key; those with plural forms are one unit."""
    found: dict[tuple[str | None, str], Unit] = {}
    for words in layouts.values():
        for key, text in words.items():
            stem, form = split_key(key)
            if form == "one" or (form and f"{stem}.one" in words and form != "other"):
                continue
            single = words.get(f"{stem}.one", text) if form else text
            unit = layout_unit(stem, single, text if form else None)
            found.setdefault(unit.key, unit)
    return found


def layout_unit(key: str, text: Words, plural: Words | None) -> Unit:
    """The unit of a layout's word."""
    place = Place(text.span, text.span.line, Setting("word of the layouts"))
    return Unit(str(text), (place,), key, None if plural is None else str(plural))


_PLURAL = re.compile(r"(.+)\.(zero|one|two|few|many|other)")


def split_key(key: str) -> tuple[str, str]:
    """A layout word's key without its plural category, and that category; it is empty where there are no forms."""
    found = _PLURAL.fullmatch(key)
    return (found[1], found[2]) if found else (key, "")


def about(unit: Unit) -> tuple[str, ...]:
    """What a translator is told of a unit: each of its places, and how long it may be."""
    lines = list(dict.fromkeys(_said(place, unit.text) for place in unit.places))
    if unit.limit:
        lines.append(f"at most {unit.limit} characters")
    if unit.optional:
        lines.append("leave it empty where the work was not published in your language")
    return tuple(lines)


def _said(place: Place, text: str) -> str:
    setting = place.setting
    trail = " › ".join(heading for heading in setting.trail if heading != text)
    return f"{setting.kind}: {trail}" if trail else setting.kind


def places(unit: Unit) -> tuple[str, ...]:
    """File and line of each of a unit's places."""
    spans = (place.span for place in unit.places if place.span.file)
    return tuple(dict.fromkeys(f"{span.file}:{span.line}" for span in spans))
