"""In: a format of numbers by Word's name of it, and a count. Out: the count as Word shows it (ECMA-376 part 1, 17.18.59).

Counted here anew, not by what the writers count with: this is to find their mistakes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_DIGITS = "ivxlcdm"
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HAN = "零一二三四五六七八九"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"


def counted(shape: str, count: int) -> str:
    """A count from 1 in a format; raises KeyError for one that Word has and our files do not use."""
    return _SHAPES[shape](count)


def _roman(count: int) -> str:
    shown = ""
    for place, figure in enumerate(reversed(f"{count:d}")):
        shift = str.maketrans(dict(zip("ivx", _DIGITS[2 * place :], strict=False)))
        shown = _ROMAN[int(figure)].translate(shift) + shown
    return shown


def _letter(count: int) -> str:
    """Letters from a to z, then aa to zz."""
    times, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def _cardinal(count: int) -> str:
    """English words, up to ninety-nine, with a capital."""
    if count < len(_ONES):
        return _ONES[count].capitalize()
    tens, ones = divmod(count, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}".removesuffix("-zero").capitalize()


def _han(count: int) -> str:
    """Chinese figures up to ninety-nine."""
    tens, ones = divmod(count, 10)
    shown = ("" if tens == 1 else _HAN[tens]) + "十" if tens else ""
    return shown + (_HAN[ones] if ones or not tens else "")


_SHAPES: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "cardinalText": _cardinal,
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "arabicAbjad": lambda count: _ABJAD[(count - 1) % 28] * ((count - 1) // 28 + 1),
    "none": lambda _: "",
    "bullet": lambda _: "",
}
