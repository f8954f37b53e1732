"""In: a number and a language. Out: how running text has it: figures grouped as the language groups them, or a word."""

from __future__ import annotations

import re
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, format_decimal

from icat_reports.language import LANGUAGES, ORIGINAL, Language

UNDER_TEN = 10
"""[M] Numbers under 10 are written in words, from 10 in figures."""

_WHOLE = re.compile(r"\d{1,3}(,\d{3})+|\d+")
"""A whole number as the author may write it, with commas or without."""
_DOLLARS = re.compile(r"\$(\d[\d,]*(?:\.\d+)?)")
"""An amount as the author writes it: $1.90."""
_FIGURES = re.compile(r"\d[\d.,]*")


def in_figures(value: float, language: Language) -> str:
    """A number in figures."""
    if language.separators is None:
        return str(format_decimal(value, locale=language.locale))
    return _separated(str(format_decimal(value, locale=LANGUAGES[ORIGINAL].locale)), language)


def in_text(value: int, language: Language, gender: str = "") -> str:
    """A whole number as running text has it; `gender` is that of what is counted, `m` or `f`, where it is known."""
    words = language.small_numbers
    word = words[value] if value < min(UNDER_TEN, len(words)) else ""
    return (language.ones.get(gender, "") if value == 1 else "") or word or in_figures(value, language)


def quantity(value: str, language: Language) -> str:
    """A quantity that an author wrote: 1,200 or $1.90; other words as they are."""
    if _WHOLE.fullmatch(value):
        return in_figures(int(value.replace(",", "")), language)
    dollars = _DOLLARS.fullmatch(value) if language.code != ORIGINAL else None
    if dollars is None:
        return value
    amount = Decimal(dollars[1].replace(",", ""))
    shown = str(format_currency(amount, "USD", locale=language.locale, format_type="name"))
    return _FIGURES.sub(lambda found: _separated(found[0], language), shown) if language.separators else shown


def group_of(language: Language) -> str:
    """What stands between groups of three figures."""
    if language.separators is not None:
        return language.separators[0]
    return str(Locale.parse(language.locale).number_symbols["latn"]["group"])


def _separated(figures: str, language: Language) -> str:
    """English figures with the separators of a language."""
    group, decimal = language.separators or (",", ".")
    return figures.translate(str.maketrans(",.", group + decimal))
