"""In: a count, a number format of Word and a language. Out: the count as that format shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from icat_reports.language import Language

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def roman(count: int) -> str:
    """Lower-case roman figures of a count from 1."""
    shown = ""
    for value, figures in _ROMAN:
        times, count = divmod(count, value)
        shown += figures * times
    return shown


def letter(count: int) -> str:
    """A … z, aa … zz: as Word's lowerLetter counts (ECMA-376 part 1, 17.18.59)."""
    times, place = divmod(count - 1, len(_ALPHABET))
    return _ALPHABET[place] * (times + 1)


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
}


def count_in(language: Language, shape: str, count: int) -> str:
    """Show `count` (from 1) in the number format `shape`; raises KeyError for a format that is not in the table."""
    return _SHAPES[shape](language, count)
