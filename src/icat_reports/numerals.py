"""In: a count from 1. Out: the count in figures that are letters, as Word counts them (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_HAN = "零一二三四五六七八九"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"


def roman(count: int) -> str:
    """Lower-case roman figures."""
    shown = ""
    for value, figures in _ROMAN:
        times, count = divmod(count, value)
        shown += figures * times
    return shown


def letter(count: int) -> str:
    """A … z, aa … zz, in lower case."""
    times, place = divmod(count - 1, len(_ALPHABET))
    return _ALPHABET[place] * (times + 1)


def chinese(count: int) -> str:
    """Chinese figures, up to ninety-nine: 一, 十一, 二十."""
    tens, ones = divmod(count, 10)
    shown = ("" if tens == 1 else _HAN[tens]) + "十" if tens else ""
    return shown + (_HAN[ones] if ones else "")


def abjad(count: int) -> str:
    """Arabic letters in the order of abjad, as Word counts them; doubled after the last."""
    times, place = divmod(count - 1, len(_ABJAD))
    return _ABJAD[place] * (times + 1)
