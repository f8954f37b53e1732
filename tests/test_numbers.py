"""In: quantities as an author writes them. Out: how running text has them in each of the six languages."""

from __future__ import annotations

import pytest

from icat_reports.language import LANGUAGES
from icat_reports.numbers import in_text, quantity

NO_BREAK, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("code", "people", "line"),
    [
        ("ar", f"1{NO_BREAK}234{NO_BREAK}567", "1,90 دولار أمريكي"),
        ("zh", "1,234,567", "1.90美元"),
        ("en", "1,234,567", "$1.90"),
        ("fr", f"1{NARROW}234{NARROW}567", "1,90 dollar des États-Unis"),
        ("ru", f"1{NO_BREAK}234{NO_BREAK}567", "1,90 доллара США"),
        ("es", "1.234.567", "1,90 dólares estadounidenses"),
    ],
)
def test_a_quantity_is_grouped_and_its_unit_named_as_the_language_does(code: str, people: str, line: str) -> None:
    assert quantity("1,234,567", LANGUAGES[code]) == quantity("1234567", LANGUAGES[code]) == people
    assert quantity("$1.90", LANGUAGES[code]) == line
    assert quantity("12.3 million", LANGUAGES[code]) == "12.3 million"


@pytest.mark.parametrize(
    ("code", "one"),
    [("fr", ("un", "une", "1")), ("es", ("un", "una", "1")), ("en", ("one",) * 3), ("ru", ("1",) * 3)],
)
def test_one_is_a_word_where_its_gender_is_said(code: str, one: tuple[str, ...]) -> None:
    assert tuple(in_text(1, LANGUAGES[code], gender) for gender in ("m", "f", "")) == one
    assert in_text(2, LANGUAGES[code], "f") == in_text(2, LANGUAGES[code])


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("ar", "1 2 9 10"),
        ("zh", "1 2 9 10"),
        ("en", "one two nine 10"),
        ("fr", "1 deux neuf 10"),
        ("ru", "1 2 9 10"),
        ("es", "1 dos nueve 10"),
    ],
)
def test_numbers_below_ten_are_words_where_the_word_is_the_same_whatever_is_counted(code: str, shown: str) -> None:
    assert " ".join(in_text(number, LANGUAGES[code]) for number in (1, 2, 9, 10)) == shown
