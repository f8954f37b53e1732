"""In: a unit, its translation and the glossary. Out: terms that the translation says otherwise than is approved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from icat_reports.content import Term


class Departure(Struct, frozen=True):
    """A term that is not as approved."""

    term: str
    message: str
    approved: str


def departures(source: str, translation: str, language: str, terms: Iterable[Term]) -> Iterator[Departure]:
    """The terms of `source` of which `translation` has no approved form, or one to avoid."""
    for term in terms:
        forms = next((own for code, own in term.equivalents.items() if code == language), None)
        if forms is None or not any(_english(str(form)).search(source) for form in term.english):
            continue
        approved = " or ".join(f"“{form}”" for form in forms.use)
        avoided = next((found[0] for form in forms.avoid if (found := _form(str(form)).search(translation))), None)
        if avoided is not None:
            yield Departure(str(term.id), f"“{avoided}” is not the approved term for “{term.english[0]}”", approved)
        elif not any(_form(str(form)).search(translation) for form in forms.use):
            yield Departure(str(term.id), f"the approved term for “{term.english[0]}” is not used", approved)


def _word(word: str) -> str:
    """A word as a pattern; both apostrophes are one."""
    return re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]")


@cache
def _english(form: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in form.split())
    return re.compile(rf"(?<!\w){words}(?:e?s)?(?!\w)", re.IGNORECASE if form.islower() else 0)


@cache
def _form(form: str) -> re.Pattern[str]:
    """A form as a pattern: `*` for any letters. Languages that do not set words apart have no ends of words."""
    words = r"\s+".join(map(_word, form.split()))
    if not form.isascii() and re.search(r"[\u3400-\u9fff]", form):
        return re.compile(words)
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
