"""In: a count, a number format of Word and a language. Out: the count as that format shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from icat_reports.language import Language
from icat_reports.numerals import abjad, chinese, letter, roman


def cardinal(language: Language, count: int) -> str:
    """The count in words, capitalized as Word's cardinalText is; in figures where the language has no word."""
    return language.cardinals[count].capitalize() if count < len(language.cardinals) else str(count)


_SHAPES: Mapping[str, Callable[[Language, int], str]] = {
    "decimal": lambda _, n: str(n),
    "cardinalText": cardinal,
    "upperRoman": lambda _, n: roman(n).upper(),
    "lowerRoman": lambda _, n: roman(n),
    "upperLetter": lambda _, n: letter(n).upper(),
    "lowerLetter": lambda _, n: letter(n),
    "chineseCountingThousand": lambda _, n: chinese(n),
    "arabicAbjad": lambda _, n: abjad(n),
}


def count_in(language: Language, shape: str, count: int) -> str:
    """Show `count` (from 1) in the number format `shape`; raises KeyError for a format that is not in the table."""
    words = language.number_words.get(shape)
    if words is not None:
        return words[count - 1] if count <= len(words) else str(count)
    return _SHAPES[shape](language, count)
