"""In: a language. Out: the header of its catalogues, and which plural form each of their places is for."""

from __future__ import annotations

import re
from functools import cache
from gettext import c2py
from typing import Any

from babel import Locale
from babel.messages.plurals import get_plural

from icat_reports.catalogue.po import Catalogue, Entry
from icat_reports.diagnostics import Sink, Span
from icat_reports.language import Language

_LARGEST_TRIED = 1_000
"""Integers up to which a language's plural categories all occur; what CLDR has for millions is no form of a catalogue."""


@cache
def forms(language: Language) -> tuple[tuple[str, ...], ...]:
    """For each form of a catalogue's plurals, the categories of CLDR that it stands for (Language Plural Rules)."""
    category = Locale.parse(language.locale).plural_form
    place = c2py(_plural(language).plural_expr)
    found: list[dict[str, None]] = [{} for _ in range(_plural(language).num_plurals)]
    for number in range(_LARGEST_TRIED):
        found[place(number)][category(number)] = None
    if not any("other" in tags for tags in found):
        found[-1]["other"] = None
    return tuple(map(tuple, found))


def _plural(language: Language) -> Any:  # noqa: ANN401 - a type that Babel keeps to itself
    """Number and rule of a language's plural forms, as gettext's tools know them."""
    return get_plural(language.code)


def header(language: Language | None) -> Entry:
    """What a new catalogue begins with; no dates, so that nothing changes by itself. A template has no language."""
    fields = {
        "Project-Id-Version": "icat-reports",
        "Language": language.code if language else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _plural(language).plural_forms if language else "nplurals=INTEGER; plural=EXPRESSION;",
    }
    return Entry("", ("".join(f"{name}: {value}\n" for name, value in fields.items()),))


def check_header(catalogue: Catalogue, language: Language, sink: Sink) -> None:
    """Report a header that is another language's, or that says what the file is not."""
    headers, place = catalogue.headers, Span(catalogue.file, catalogue.header.line or 1)
    if not headers:
        sink.error("catalogue-headed", "the catalogue has no header", place,
                   "put back what stands before its first unit: ./icat i18n update writes it")  # fmt: skip
        return
    own = re.split(r"[_@-]", headers.get("Language", ""))[0]
    if own != language.code:
        sink.error("catalogue-of-language", f"the header says that the language is `{own}`, and the file stands under "
                   f"`{language.code}`", place, "put the file where it belongs, or mend `Language:`")  # fmt: skip
    charset = re.search(r"charset=(\S+)", headers.get("Content-Type", ""))
    if charset is None or charset[1].upper() != "UTF-8":
        sink.error("catalogue-in-utf-8", f"the header says that the characters are "
                   f"{charset[1] if charset else 'of no known kind'}", place,
                   "save the file as UTF-8, and write charset=UTF-8")  # fmt: skip
    expected = len(forms(language))
    found = re.search(r"nplurals=(\d+)", headers.get("Plural-Forms", ""))
    if found is None or int(found[1]) != expected:
        sink.error("plural-forms-fit", f"{language.english} has {expected} plural forms "
                   f"({_named(language)}), and the header says {found[1] if found else 'nothing'}", place,
                   f'write "Plural-Forms: {_plural(language).plural_forms}\\n"')  # fmt: skip
    for entry in (e for e in catalogue.entries if e.plural is not None):
        if len(entry.translations) != expected:
            sink.error("plural-forms-fit", f"{language.english} has {expected} plural forms, and here are "
                       f"{len(entry.translations)}", catalogue.span(entry),
                       f"give one for each of {_named(language)}")  # fmt: skip


def _named(language: Language) -> str:
    return ", ".join("/".join(tags) for tags in forms(language))
