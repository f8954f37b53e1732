"""In: a unit and its translation. Out: what the translation lost, doubled or changed of what must survive it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Self

from msgspec import Struct

from icat_reports.catalogue.figures import SYMBOL, figures_changed, figures_misread, months_lost
from icat_reports.diagnostics import Sink, Span
from icat_reports.document.nodes import Citation, Inline, Paragraph, Text
from icat_reports.language import Language
from icat_reports.prose import parse_prose
from icat_reports.words import Words


class Fault(Struct, frozen=True):
    """Something that a translation may not do."""

    code: str
    message: str
    hint: str
    grave: bool = True
    """Whether the translation cannot be used."""


_MARKS = (
    ("note mark", re.compile(r"\[\^[^\]\s]+\]"), "a note has one mark in every language"),
    ("citation", re.compile(r"(?<=\[@)[^\]\s]+(?=\])|(?<=\]\(@)(?:[^()\s]|\([^()\s]*\))+(?=\))"),
     "write [@{0}], or [words of your own](@{0})"),
    ("address", re.compile(r"(?<=\]\()(?!@)<?[^)\s]+(?=\))"), "an address is kept letter for letter; /en/ may become the language's"),
    ("token", re.compile(r"(?<!\\)(?!(?<=\])\{[a-z]{2,3}\})\{[A-Za-z][^{}\n]*\}"), "a token is kept letter for letter: the program fills it in"),
)  # fmt: skip
"""What is kept letter for letter, how it is known, and what to do."""
_PHRASES = re.compile(r"(?<=\]\{)[a-z]{2,3}(?=\})")
"""Languages of words that are in another one; a translation may have more of them than its original, not less."""
_INNER = re.compile(r"\]\([^)]*\)|\[[@^][^\]]*\]|\{[^{}]*\}")
"""What other marks hold, which may look like a symbol."""
_GENDER = re.compile(r"(?<=\w)\|[mf]\}$")
_ACCEPT = "mend it; where it is right, write above the unit: # accept {}: why"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff\ufeff\ufffd-\uffff]")
_LONGER = 6
"""Times that a translation may be as long as its original, …"""
_LONGER_BY = 400
"""… and characters on top, for originals of a word or two."""


def unprintable(text: str) -> str:
    """What to say of the first character of a text that is no part of any; empty when all are."""
    found = _CONTROLS.search(text)
    return f"holds the character U+{ord(found[0]):04X}, which no text may hold" if found else ""


def faults(source: str, translation: str, language: Language, *, prose: bool) -> Iterator[Fault]:
    """What is wrong with a translation, each fault once. `prose` tells whether marks mean something in it."""
    if len(translation) > len(source) * _LONGER + _LONGER_BY:
        yield Fault("translation-of-reasonable-length", f"the translation has {len(translation):,} characters, "
                    f"the original {len(source):,}", "look whether something else was pasted here")  # fmt: skip
        return
    if told := unprintable(translation):
        yield Fault("translation-printable", f"the translation {told}", "delete it")
        return
    if "\n" in translation.replace("\\\n", "") and "\n" not in source.replace("\\\n", ""):
        yield Fault("translation-on-one-line", "the translation has several lines, the original one",
                    "write it on one line")  # fmt: skip
    yield from _changed_marks(source, translation, language)
    for message, grave in figures_changed(source, translation):
        yield Fault("translation-keeps-figures", message, _ACCEPT.format("translation-keeps-figures"), grave)
    for figure in figures_misread(translation, language):
        yield Fault("translation-groups-figures", f"the figure {figure} is grouped as in another language",
                    _ACCEPT.format("translation-groups-figures"), grave=False)  # fmt: skip
    for message in months_lost(source, translation, language):
        yield Fault("translation-keeps-dates", message, _ACCEPT.format("translation-keeps-dates"))
    if prose:
        yield from _unsound(translation)


def _changed_marks(source: str, translation: str, language: Language) -> Iterator[Fault]:
    yield from _compared(_MARKS, source, translation, language)
    lost = Counter(_PHRASES.findall(source)) - Counter(_PHRASES.findall(translation))
    for code in sorted(lost - Counter({language.code: lost[language.code]})):
        yield Fault("translation-keeps-marks", f"the translation has not all words that are marked `{{{code}}}`",
                    f"write them as [words]{{{code}}}, so that they are read aloud and hyphenated rightly")  # fmt: skip
    bare = (_INNER.sub(" ", source), _INNER.sub(" ", translation))
    yield from _compared((("document symbol", SYMBOL, "a symbol is kept letter for letter"),), *bare, language)


def _compared(
    marks: Iterable[tuple[str, re.Pattern[str], str]], source: str, translation: str, language: Language
) -> Iterator[Fault]:
    for what, pattern, hint in marks:
        wanted = Counter(_neutral(mark, language) for mark in pattern.findall(source))
        given = Counter(_neutral(mark, language) for mark in pattern.findall(translation))
        for mark in sorted(wanted.keys() | given.keys()):
            if given[mark] != wanted[mark]:
                times = {0: "has not", 1: "has"}.get(given[mark], f"has {given[mark]} times")
                there = (
                    "has it" if wanted[mark] == 1 else f"has it {wanted[mark]} times" if wanted[mark] else "has it not"
                )
                yield Fault("translation-keeps-marks", f"the translation {times} the {what} `{mark}`; the original {there}",
                            hint.format(mark))  # fmt: skip


def _neutral(mark: str, language: Language) -> str:
    """A mark as in every language: without beginning of sentence, gender of what is counted, language of a web page."""
    if mark.startswith("{"):
        return _GENDER.sub("}", mark[0] + mark[1:2].lower() + mark[2:])
    return mark.replace(f"/{language.code}/", "/en/") if "://" in mark else mark


class _Nothing:
    """An `Expander` that knows everything."""

    def among(self, language: str) -> Self:
        del language
        return self

    def note(self, name: str, place: Span) -> str:
        del place
        return name

    def cite(self, reference: str, words: tuple[Inline, ...], place: Span) -> Inline:
        del place
        return Citation(reference, "", words or (Text(reference),))

    def token(self, name: str, argument: str, place: Span) -> tuple[Inline, ...]:
        del name, argument, place
        return (Text("0"),)


def _unsound(translation: str) -> Iterator[Fault]:
    """What makes a translation more, less or something else than one paragraph."""
    sink = Sink()
    blocks = parse_prose(Words(translation), _Nothing(), sink)
    for finding in sink:
        yield Fault(finding.code, f"in the translation, {finding.message}", finding.hint)
    if not sink.failed and not (len(blocks) == 1 and isinstance(blocks[0], Paragraph)):
        yield Fault("translation-one-paragraph", "the translation is read as a list, a quotation or several paragraphs",
                    "write a backslash before the mark that it begins with, such as 1\\. or \\-")  # fmt: skip
