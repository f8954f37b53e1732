"""In: organizations, a date and a language. Out: how they are named, sorted and joined into lists."""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list
from msgspec import Struct

from icat_reports.collation import sort_key
from icat_reports.content import Organization
from icat_reports.language import LANGUAGES, ORIGINAL, Language
from icat_reports.translated import original_of
from icat_reports.words import Words


class Named(Struct, frozen=True):
    """An organization as a publication of a certain date names it."""

    id: str
    name: Words
    acronym: Words | None
    label: Words
    """What running text and charts call it: the acronym, or the name where there is none."""
    website: Words | None
    sort_key: bytes
    """What lists and tables go by: the order of names in the language of the version."""
    original_key: bytes
    """What sections go by: the order of the original, so that notes have the same numbers in every language."""


def named(organization: Organization, date: str, language: Language) -> Named:
    """The organization's names on `date` (ISO 8601)."""
    name = organization.name_at(date)
    original = organization.sort_as or original_of(name.name)
    own = original if language.code == ORIGINAL else str(name.name)
    return Named(
        str(organization.id),
        name.name,
        name.acronym,
        name.acronym or name.name,
        organization.website,
        sort_key(own, language),
        sort_key(str(original), LANGUAGES[ORIGINAL]),
    )


def unknown(name: str, language: Language) -> Named:
    """What stands for an organization of which there is no file: its id."""
    return Named(name, Words(name), None, Words(name), None, sort_key(name, language), name.encode())


def joined(labels: Iterable[str], language: Language) -> str:
    """A list of names as a sentence of the language writes it (CLDR), in English without the serial comma."""
    return format_list(list(labels), locale=language.locale)


def sorted_labels(organizations: Iterable[Named], language: Language) -> list[str]:
    """Labels in alphabetical order, as house style has lists of names."""
    return in_order((str(o.label) for o in organizations), language)


def in_order(words: Iterable[str], language: Language) -> list[str]:
    """Words in the order of the language."""
    return sorted(words, key=lambda own: sort_key(own, language))
