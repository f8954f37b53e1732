"""In: a catalogue and the units of the content as they now are. Out: the catalogue brought up to date.

A unit is known by its text. One that is new is taken for a changed one when it stands where an old one stood, or is
much like one that is gone: it then keeps the old translation, marked as of another text, with that text. What is gone
is kept as memory and comes back when its text does. Merging twice is merging once, and undoing a change of the content
brings the bytes back.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

from icat_reports.catalogue.extract import Unit, about, places
from icat_reports.catalogue.po import Catalogue, Entry, Key, as_read
from icat_reports.catalogue.review import UNREVIEWED, UNREVIEWED_AGAIN, is_unreviewed

ALIKE_IN_PLACE = 40
"""Least likeness, of 100, of a text that stands where another stood."""
ALIKE_ELSEWHERE = 70
_MOST_PAIRS = 2_500
_MOST_CANDIDATES = 8
_RARE = 100
"""Most old texts that a word may stand in to tell them apart."""


def merge(
    catalogue: Catalogue,
    units: Sequence[Unit],
    forms: int,
    memory: Mapping[Key, Entry] | None = None,
    typos: Iterable[Key] = (),
) -> Catalogue:
    """Bring `catalogue` up to date with `units`.

    Args:
        catalogue: What there is.
        units: All units in the order of the document.
        forms: Number of plural forms of the language.
        memory: Translations of other catalogues, for units that have none.
        typos: Keys of units whose original was corrected without effect on its translation.
    """
    memory = memory or {}
    work = _Sources(catalogue, units)
    sources = work.find()
    kept = frozenset(typos)
    entries = []
    for unit in units:
        source = sources.get(unit.key)
        entry = _entry(unit, source, forms, typo=unit.key in kept)
        if not entry.translated and unit.key in memory and not unit.optional:
            entry = replace(entry, translations=memory[unit.key].translations)
        entries.append(as_read(source, entry) if source else entry)
    obsolete = sorted(work.left(sources, memory), key=lambda entry: (entry.text, entry.context or ""))
    return replace(catalogue, entries=tuple(entries), obsolete=tuple(obsolete))


def _entry(unit: Unit, source: Entry | None, forms: int, *, typo: bool) -> Entry:
    """The entry of a unit, with the translation of `source`."""
    new = Entry(
        unit.text,
        ("",) * (forms if unit.plural is not None else 1),
        unit.context,
        unit.plural,
        (UNREVIEWED,),
        about(unit),
        places(unit),
    )
    if source is None or not (source.translated or source.key == unit.key):
        return new
    same = replace(new, translations=source.translations, remarks=source.remarks)
    if (source.text, source.plural) == (unit.text, unit.plural) or typo:
        return replace(same, flags=source.flags, previous=source.previous)
    before = dict(source.previous)
    if source.fuzzy and (before.get("msgid"), before.get("msgid_plural")) == (unit.text, unit.plural):
        remarks = tuple(remark for remark in source.remarks if remark != UNREVIEWED_AGAIN)
        return replace(same, flags=without_fuzzy(source), remarks=remarks)
    return replace(
        same,
        flags=("fuzzy", *without_fuzzy(source)),
        previous=source.previous if source.fuzzy and source.previous else _as_previous(source),
        remarks=source.remarks if is_unreviewed(source) else (*source.remarks, UNREVIEWED_AGAIN),
    )


def without_fuzzy(entry: Entry) -> tuple[str, ...]:
    """Its other flags."""
    return tuple(flag for flag in entry.flags if flag != "fuzzy")


def _as_previous(entry: Entry) -> tuple[tuple[str, str], ...]:
    words = (("msgctxt", entry.context), ("msgid", entry.text), ("msgid_plural", entry.plural))
    return tuple((word, text) for word, text in words if text is not None)


def _as_memory(entry: Entry) -> Entry:
    """A gone entry as memory: the translation with the text that it is of."""
    before = dict(entry.previous)
    old = replace(entry, about=(), places=(), obsolete=True)
    if entry.fuzzy and "msgid" in before:
        remarks = tuple(remark for remark in entry.remarks if remark != UNREVIEWED_AGAIN)
        old = replace(
            old,
            text=before["msgid"],
            plural=before.get("msgid_plural"),
            flags=without_fuzzy(entry),
            previous=(),
            remarks=remarks,
        )
    return as_read(entry, old)


class _Sources(Struct):
    """Finds for each unit the entry that its translation comes from."""

    catalogue: Catalogue
    units: Sequence[Unit]
    _found: dict[Key, Entry] = field(default_factory=dict)
    _taken: set[int] = field(default_factory=set)

    def find(self) -> dict[Key, Entry]:
        """Sources by the keys of units; none for what is new."""
        live = self.catalogue.by_key
        obsolete = {entry.key: entry for entry in self.catalogue.obsolete}
        before = {dict(e.previous).get("msgid"): e for e in self.catalogue.entries if e.fuzzy}
        for unit in self.units:
            self._take(unit, live.get(unit.key))
            self._take(unit, obsolete.get(unit.key))
        for unit in self._new():
            self._take(unit, before.get(unit.text))
        for unit, entry in self._in_place():
            self._take(unit, entry)
        for unit, entry in self._alike():
            self._take(unit, entry)
        return self._found

    def left(self, sources: Mapping[Key, Entry], memory: Mapping[Key, Entry]) -> Iterator[Entry]:
        """What is kept as memory: what no unit is translated from, and no other catalogue knows as well."""
        used = {id(entry) for entry in sources.values()}
        live = {(unit.key, unit.plural is None) for unit in self.units}
        seen: set[Key] = set()
        for entry in (*self.catalogue.obsolete, *self.catalogue.entries):
            old = entry if entry.obsolete else _as_memory(entry)
            elsewhere = memory.get(old.key)
            known = elsewhere is not None and elsewhere.translations == old.translations
            here = (old.key, old.plural is None) in live or old.key in seen
            if id(entry) not in used and old.translated and not known and not here:
                seen.add(old.key)
                yield old

    def _take(self, unit: Unit, entry: Entry | None) -> None:
        if entry is None or unit.key in self._found or id(entry) in self._taken:
            return
        if (entry.plural is None) == (unit.plural is None):
            self._found[unit.key] = entry
            self._taken.add(id(entry))

    def _new(self) -> list[Unit]:
        return [unit for unit in self.units if unit.key not in self._found]

    def _free(self, entries: Iterable[Entry]) -> list[Entry]:
        return [entry for entry in entries if id(entry) not in self._taken and entry.translated]

    def _in_place(self) -> Iterator[tuple[Unit, Entry]]:
        """Units that stand where something stood that is gone: between the same neighbours."""
        old, new = self.catalogue.entries, self.units
        start, begin = 0, 0
        for block in Indel.editops([e.key for e in old], [u.key for u in new]).as_matching_blocks():
            gone = self._free(old[start : block.a])
            come = [unit for unit in new[begin : block.b] if unit.key not in self._found]
            if gone and come and len(gone) * len(come) <= _MOST_PAIRS:
                yield from _paired(come, gone)
            start, begin = block.a + block.size, block.b + block.size

    def _alike(self) -> Iterator[tuple[Unit, Entry]]:
        """Units much like something that is gone, or that memory holds."""
        free = self._free((*self.catalogue.entries, *self.catalogue.obsolete))
        index: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(free):
            for word in _words(entry.text):
                index[word].append(place)
        for unit in self._new() if free else ():
            shared = Counter(p for word in _words(unit.text) for p in index.get(word, ()) if len(index[word]) <= _RARE)
            best = max(((ratio(unit.text, free[p].text), -p) for p, _ in shared.most_common(_MOST_CANDIDATES)),
                       default=(0.0, 0))  # fmt: skip
            if best[0] >= ALIKE_ELSEWHERE:
                yield unit, free[-best[1]]


def _paired(units: Sequence[Unit], entries: Sequence[Entry]) -> Iterator[tuple[Unit, Entry]]:
    """Units and entries that are most alike first."""
    scores = [(-ratio(unit.text, entry.text), u, e) for u, unit in enumerate(units) for e, entry in enumerate(entries)]
    return ((units[u], entries[e]) for score, u, e in sorted(scores) if -score >= ALIKE_IN_PLACE)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


_WORD = re.compile(r"\w{4,}")
