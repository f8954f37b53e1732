"""In: an edition, its library, the words of its layout and the catalogues of a language. Out: all three in that language.

A unit that is not translated, or whose translation lost something, stays in the original and says so, so that the
writers can mark its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct, field

from icat_reports.catalogue.extract import split_key
from icat_reports.catalogue.header import forms
from icat_reports.catalogue.po import Catalogue, Entry
from icat_reports.catalogue.review import faults_of, is_unreviewed
from icat_reports.catalogue.texts import ADDRESS, LAYOUTS, OPTIONAL, TITLES, Setting, catalogue_of, changed
from icat_reports.catalogue.units import has_words, joined, pieces
from icat_reports.content import Edition, Library
from icat_reports.diagnostics import Sink, Span
from icat_reports.formats import Untranslated
from icat_reports.language import ORIGINAL, Language
from icat_reports.translated import Stretch, Translated
from icat_reports.words import Address, Prose, Words

__all__ = ["translate"]

_UNDOCS = re.compile(r"^(https?://(?:www\.)?undocs\.org/)(?:[a-z]{2}/)?(?=[A-Z])")
"""Beginning of the address of a document of the United Nations, which has it in all six languages."""
MARK = f"[{ORIGINAL}] "


class Into(NamedTuple):
    """What to translate into."""

    language: Language
    catalogues: Mapping[str, Catalogue]
    """By name."""
    untranslated: Untranslated


class Version(NamedTuple):
    """A publication in a language."""

    edition: Edition
    library: Library
    words: Mapping[str, Words]


def translate(edition: Edition, library: Library, words: Mapping[str, Words], into: Into, sink: Sink) -> Version:
    """Put every text that a reader sees into a language; findings name the line of the catalogue."""
    work = _Translating(*into, sink)
    version = Version(
        changed(edition, work.text),
        library.model_copy(
            update={
                "organizations": changed(library.organizations, work.text),
                "references": changed(library.references, work.text),
                "sources": changed(library.sources, work.text),
            }
        ),
        work.layout(words),
    )
    work.report(edition)
    unreviewed = sum(map(is_unreviewed, work.used.values()))
    return version._replace(edition=version.edition.model_copy(update={"unreviewed": unreviewed}))


class _Translating(Struct):
    """Translates text by text; keeps count."""

    language: Language
    catalogues: Mapping[str, Catalogue]
    untranslated: Untranslated
    sink: Sink
    used: dict[tuple[str, int], Entry] = field(default_factory=dict)
    lacking: dict[tuple[str, str], Span] = field(default_factory=dict)

    def text(self, text: Words, setting: Setting) -> Words:
        """A text of the content, or the address of a page."""
        if setting.kind == ADDRESS:
            return Address(_UNDOCS.sub(rf"\g<1>{self.language.code}/", text), text.span)
        catalogue = self.catalogues.get(catalogue_of(text, setting))
        found = pieces(text)
        if catalogue is None or not any(has_words(piece.words) for piece in found):
            return text
        words, languages, spans = [], [], []
        for piece in found:
            entry = self._entry(catalogue, piece.words, prose=isinstance(text, Prose))
            english = has_words(piece.words) if entry is None else _is_kept(piece.words, entry, setting)
            words.append(entry.translations[0] if entry else self._original(piece.words, text, setting))
            languages.append(ORIGINAL if english else "")
            spans.append(catalogue.span(entry) if entry else text.at(0))
        value, starts = joined(text, found, words)
        stretches = map(Stretch, starts, spans, languages)
        return Translated.of(text, value, tuple(stretches))

    def _original(self, words: str, text: Words, setting: Setting) -> str:
        """A unit that has no translation."""
        if not has_words(words) or setting.kind in OPTIONAL:
            return words
        self.lacking.setdefault((text.span.file, words), text.span)
        if self.untranslated == "mark":
            return (MARK.replace("[", "\\[") if isinstance(text, Prose) else MARK) + words
        return words

    def _entry(self, catalogue: Catalogue, words: str, *, prose: bool, context: str | None = None) -> Entry | None:
        """The entry of a unit, when its translation can be used."""
        entry = catalogue.by_key.get((context, words))
        if entry is None or not entry.usable:
            return None
        place = catalogue.span(entry)
        grave = [fault for fault in faults_of(entry, self.language, prose=prose) if fault.grave]
        for fault in grave:
            self.sink.warn(fault.code, f"{fault.message}; the original stands in for it", place, fault.hint)
        if grave:
            return None
        self.used[place.file, place.line] = entry
        return entry

    # ------------------------------------------------------------ the layout's words

    def layout(self, words: Mapping[str, Words]) -> dict[str, Words]:
        """The layout's words; a word with plural forms has those of the language."""
        return {
            own: Translated.of(text, form, (Stretch(0, text.span),))
            for key, text in words.items()
            for own, form in self._word(key, text, words)
        }

    def _word(self, key: str, text: Words, words: Mapping[str, Words]) -> Iterator[tuple[str, str]]:
        stem, form = split_key(key)
        single = words.get(f"{stem}.one", text) if form else text
        entry = self._entry(self.catalogues[LAYOUTS], str(single), prose=False, context=stem)
        if entry is None:
            self.lacking.setdefault((single.span.file, f"{stem}: {single}"), single.span)
            yield key, (MARK if self.untranslated == "mark" else "") + text
        elif form:
            for tags, own in zip(forms(self.language), entry.translations, strict=False):
                yield from ((f"{stem}.{tag}", own) for tag in tags)
        else:
            yield key, entry.translations[0]

    # ------------------------------------------------------------ what is told

    def report(self, edition: Edition) -> None:
        """Say what has no translation: each unit when there must be none, else how many there are."""
        if self.untranslated == "fail":
            for (_, words), span in self.lacking.items():
                self.sink.error("unit-translated", f"there is no {self.language.english} for “{_short(words)}”", span,
                                f"./icat i18n status {self.language.code} tells what there is")  # fmt: skip
        elif self.lacking:
            name = edition.publication.id
            self.sink.warn("unit-translated", f"`{name}` has {len(self.lacking)} units that are not translated "
                           f"into {self.language.english}; they stand in the original", name.span,
                           f"translate them in i18n/{self.language.code}/LC_MESSAGES")  # fmt: skip


def _is_kept(words: str, entry: Entry, setting: Setting) -> bool:
    """Whether a translator gave a title as it is: a name of a word or two may be the same in many languages."""
    return entry.translations[0] == words and setting.kind in TITLES and len(words.split()) > 2  # noqa: PLR2004


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]} …"  # noqa: PLR2004 - what fits on a line
