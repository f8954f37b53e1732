"""In: a unit and its translation. Out: the figures and months of the one that are not in the other, in words.

A figure is the same in every grouping: 1,200 in English is 1 200 in French and Russian, and may be in Arabic-Indic
digits. [M] Small numbers are words, and languages differ in where: small figures may appear, and be words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from babel import Locale

from icat_reports.language import LANGUAGES, Language
from icat_reports.numbers import group_of
from icat_reports.numerals import roman

_GROUP = " \u00a0\u202f.,'’\u066c"
_NUMERAL = re.compile(rf"(?<!\d)\d{{1,3}}(?:[{_GROUP}]\d{{3}})+(?!\d)|\d+(?:[.,\u066b]\d+)?")
SYMBOL = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9./()-]*\d)[A-Z][A-Z0-9.]*(?:/[A-Z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?:\(\w+\))?)+"
)
"""The symbol of a document: parts between slashes, with a number (Editorial Manual, "Document symbols")."""
_MARK = re.compile(rf"\]\([^)]*\)|\[[@^][^\]]*\]|\{{[^{{}}]*\}}|{SYMBOL.pattern}|https?://\S+")
"""What is compared elsewhere, letter for letter."""
_LARGE = re.compile(r"\s*(?:hundred|thousand|million|billion|trillion)")
"""After such a word a language may count otherwise: 1 million is 100万 in Chinese."""
_LARGEST_SMALL = 31
"""Days of a month: what a translation may add, as a day, a month or a number that the original has in words."""
_LARGEST_IN_WORDS = 10
_LARGEST_ROMAN = 50
"""Centuries, congresses and meetings: figures that French, Spanish and Russian have in Roman numerals."""


def figures_changed(source: str, translation: str) -> Iterator[tuple[str, bool]]:
    """What is wrong with the figures of a translation, in words; and whether it can be nothing but wrong."""
    in_marks = {_value(n[0]) for mark in _MARK.finditer(source) for n in _NUMERAL.finditer(mark[0])}
    source, translation = _MARK.sub(" ", source), _MARK.sub(" ", translation)
    loose = bool(_LARGE.search(source))
    wanted = Counter(_value(n[0]) for n in _NUMERAL.finditer(source) if not _LARGE.match(source, n.end()))
    given = Counter(_value(n[0]) for n in _NUMERAL.finditer(translation))
    for value, lost in sorted((wanted - given).items()):
        if not _in_roman(value, translation):
            message = f"the figure {value} of the original stands {_times(lost)} fewer in the translation"
            yield message, int(value) > _LARGEST_IN_WORDS
    for value, added in sorted((given - wanted).items()):
        if int(value) > _LARGEST_SMALL and not loose and value not in in_marks:
            yield f"the figure {value} stands {_times(added)} more in the translation than in the original", True


_GROUPED = re.compile(r"(?<![\w.,/])\d{1,3}(?:([.,'’])\d{3})+(?![\d/])")


def figures_misread(translation: str, language: Language) -> Iterator[str]:
    """Figures whose groups stand apart by a sign that is another thing in the language: 7,000 may be read as 7."""
    for found in _GROUPED.finditer(_MARK.sub(" ", translation)):
        if found[1] != group_of(language):
            yield found[0]


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _value(numeral: str) -> str:
    """The digits of a numeral in ASCII, without what groups them."""
    return "".join(str(unicodedata.digit(c)) for c in numeral if c.isdigit())


def _in_roman(value: str, translation: str) -> bool:
    return int(value) <= _LARGEST_ROMAN and bool(re.search(rf"\b{roman(int(value)).upper()}", translation))


# ---------------------------------------------------------------- months

_ENGLISH = tuple(Locale.parse(LANGUAGES["en"].locale).months["format"]["wide"].values())
_DATE = re.compile(rf"\b\d{{1,2}} ({'|'.join(_ENGLISH)})\b|\b({'|'.join(_ENGLISH)}) \d{{4}}\b")
_STEM = 3
"""Letters that tell a month in whatever case it stands: июль, июля; and in either of the Arabic names of a month."""


def months_lost(source: str, translation: str, language: Language) -> Iterator[str]:
    """The months of the dates of a unit that its translation does not name, in words."""
    text = translation.casefold()
    for name in dict.fromkeys(found[1] or found[2] for found in _DATE.finditer(_MARK.sub(" ", source))):
        if not any(stem in text for stem in _stems(language.locale, _ENGLISH.index(name) + 1)):
            yield f"the translation does not name the month {name} of a date of the original"


@cache
def _stems(locale: str, month: int) -> frozenset[str]:
    names = Locale.parse(locale).months
    ways = (("format", "wide"), ("stand-alone", "wide"), ("format", "abbreviated"))
    own = {str(names[use][width][month]).casefold()[:_STEM] for use, width in ways}
    return frozenset(own | {stem[:2] for stem in own if stem == "мая"})
