"""In: a catalogue. Out: its units as every format of exchange has them; and the catalogue with what came back in them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from icat_reports.catalogue.merge import without_fuzzy
from icat_reports.catalogue.po import Catalogue, Entry, as_read
from icat_reports.catalogue.review import REVIEW, UNREVIEWED, is_unreviewed
from icat_reports.diagnostics import Sink, Span

State = Literal["new", "fuzzy", "unreviewed", "reviewed"]


class Pair(Struct, frozen=True):
    """A unit beside its translation; of a unit with plural forms, one of them."""

    source: str
    target: str
    state: State | Literal[""]
    """Empty where a file does not tell it: it is what it was, or that of a new translation."""
    context: str | None = None
    form: int = 0
    """Which plural form, from 0."""
    remarks: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    previous: str = ""
    """What a fuzzy translation is of."""
    key: str = ""
    """A name of the unit in letters and figures, where the format has a place for one."""
    line: int = 0
    """Where it stands in a file of exchange."""
    keeps_remarks: bool = False
    """Whether a file has no place for remarks, so that they are what they were."""


def pairs(catalogue: Catalogue) -> Iterator[Pair]:
    """The units of a catalogue that are in use, form by form."""
    for entry in catalogue.entries:
        for form, target in enumerate(entry.translations):
            source = entry.text if entry.plural is None or form == 0 < len(entry.translations) - 1 else entry.plural
            yield Pair(
                source,
                target,
                state_of(entry),
                entry.context,
                form,
                tuple(remark for remark in entry.remarks if remark not in REVIEW),
                entry.about,
                dict(entry.previous).get("msgid", ""),
                _digest(entry.context, entry.text),
            )


def _digest(context: str | None, text: str) -> str:
    return hashlib.sha256(f"{context or ''}\0{text}".encode()).hexdigest()[:24]


def state_of(entry: Entry) -> State:
    """How far the translation of a unit is."""
    if not entry.translated:
        return "new"
    if entry.fuzzy:
        return "fuzzy"
    return "unreviewed" if is_unreviewed(entry) else "reviewed"


def taken(catalogue: Catalogue, found: Iterable[Pair], file: str, sink: Sink) -> Catalogue:
    """The catalogue with the translations of `found`, which came back in `file`; what did not come back stays."""
    forms: dict[int, dict[int, Pair]] = {}
    index = _Index.of(catalogue)
    for pair in found:
        place = index.find(pair)
        if place is None:
            sink.warn("unit-in-catalogue", f"the catalogue has no unit “{pair.source[:60]}”; its translation was not taken",
                      Span(file, pair.line), "the original has changed since: ./icat i18n update, then translate what is fuzzy")  # fmt: skip
        elif pair.form in forms.setdefault(place, {}):
            sink.warn("unit-once", f"the unit “{pair.source[:60]}” stands here a second time; the first one was taken",
                      Span(file, pair.line), "keep one of the two")  # fmt: skip
        else:
            forms[place][pair.form] = pair
    entries = tuple(
        as_read(entry, _with(entry, forms[place])) if place in forms else entry
        for place, entry in enumerate(catalogue.entries)
    )
    absent = len(entries) - len(forms)
    if absent:
        sink.advise("units-complete", f"{absent} units of the catalogue are not in this file; they stay as they are",
                    Span(file), f"compare it with {catalogue.file}")  # fmt: skip
    return replace(catalogue, entries=entries)


class _Index(Struct, frozen=True):
    """Places of entries by context and text, or by key; the plural's text leads to them as well."""

    places: Mapping[tuple[str | None, str], int]
    keys: Mapping[str, int]
    texts: Mapping[str, int]
    """Of texts that stand in one context only."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Index:
        found: dict[tuple[str | None, str], int] = {}
        for place, entry in enumerate(catalogue.entries):
            found[entry.key] = place
            if entry.plural is not None:
                found.setdefault((entry.context, entry.plural), place)
        keys = {_digest(entry.context, entry.text): place for place, entry in enumerate(catalogue.entries)}
        texts = Counter(text for _, text in found)
        return cls(found, keys, {text: place for (_, text), place in found.items() if texts[text] == 1})

    def find(self, pair: Pair) -> int | None:
        place = self.keys.get(pair.key, self.places.get((pair.context, pair.source)))
        return self.texts.get(pair.source) if place is None else place


def _with(entry: Entry, forms: Mapping[int, Pair]) -> Entry:
    """An entry with what came back; an empty translation never takes the place of one that there is."""
    translations = tuple(
        forms[form].target or old if form in forms else old for form, old in enumerate(entry.translations)
    )
    first = forms[min(forms)]
    state = first.state or (state_of(entry) if translations == entry.translations else "unreviewed")
    if translations != entry.translations and state in (state_of(entry), "new"):
        state = "unreviewed"  # whoever changed the words left the state as it was
    review = tuple(remark for remark in entry.remarks if remark in REVIEW)
    if state == "reviewed":
        review = ()
    elif state == "unreviewed":
        review = review or (UNREVIEWED,)
    flags = without_fuzzy(entry)
    if state == "fuzzy":
        flags = ("fuzzy", *flags)
    own = tuple(remark for remark in entry.remarks if remark not in REVIEW)
    told = (own if pair.keeps_remarks else pair.remarks for pair in forms.values())
    remarks = tuple(dict.fromkeys(remark for said in told for remark in said))
    same = remarks == own and set(review) == set(entry.remarks) & REVIEW
    remarks = entry.remarks if same else (*review, *remarks)
    previous = entry.previous if state == "fuzzy" else ()
    return replace(entry, translations=translations, flags=flags, remarks=remarks, previous=previous)
