"""Our publications in six languages: the same document in each, and no English in it by accident."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unicodedata import category

import pytest
import yaml
from fontTools.ttLib import TTFont
from msgspec.structs import replace
from pydantic import BaseModel
from tests.editions import TRANSLATED, edition, project
from tests.left_over import left_over, texts
from tests.shipped import PUBLICATIONS
from tests.skeleton import skeleton

from icat_reports import pipeline
from icat_reports.fonts import FONT_SETS
from icat_reports.language import LANGUAGES

each = pytest.mark.parametrize("publication", PUBLICATIONS)


@each
def test_a_publication_is_the_same_document_in_every_language(publication: str) -> None:
    """Ids, structure, counts of all series, notes and their marks, references and addresses; not their words."""
    english = skeleton(edition(publication, "en").resolved)
    assert len(english) > 100
    for code in TRANSLATED:
        assert skeleton(edition(publication, code).resolved) == english, code


def test_a_form_of_address_stands_before_or_after_a_name_as_the_language_has_it() -> None:
    assert "Beate Andrees女士" in page("synopsis-2008", "zh")
    assert "Mme Beate Andrees" in page("synopsis-2008", "fr").replace("\xa0", " ")


def test_a_date_on_a_line_of_its_own_begins_with_a_capital() -> None:
    assert "Июль 2021\xa0года" in page("mapping-2021", "ru")
    assert "Julio de 2021" in page("mapping-2021", "es")


def test_a_document_is_not_the_same_without_a_note_a_division_or_a_number() -> None:
    resolved = edition("sg-report-2019", "en").resolved
    document, same = resolved.document, skeleton(resolved)
    others = (
        replace(document, notes=document.notes[:-1]),
        replace(document, divisions=document.divisions[:-1]),
        replace(document, divisions=document.divisions[::-1]),
    )
    assert all(skeleton(replace(resolved, document=other)) != same for other in others)
    numbers = {name: number + (number > 9) for name, number in resolved.paragraphs.items()}
    assert skeleton(replace(resolved, paragraphs=numbers)) != same
    title = replace(document, metadata=replace(document.metadata, title="Another title"))
    assert skeleton(replace(resolved, document=title)) == same


# ---------------------------------------------------------------- no glyph is missing


@each
def test_every_letter_of_a_publication_is_in_its_fonts_in_each_weight(publication: str) -> None:
    """Word takes the same families; a letter that the bold face lacks would stand there in another's."""
    for code in LANGUAGES:
        shown = {c for _, text in texts(page(publication, code)) for c in text if category(c)[0] not in "ZC"}
        fonts = edition(publication, code).layout.theme.fonts
        for name in {fonts.text, fonts.heading}:
            for weight in (400, 700):
                assert {c for c in shown if ord(c) not in letters_of(name, weight)} == set(), (code, name, weight)


@cache
def letters_of(font_set: str, weight: int) -> frozenset[int]:
    """Codes of the characters that the upright faces of a weight have between them."""
    faces = (face for family in FONT_SETS[font_set].families for face in family.faces)
    upright = (face for face in faces if face.weight == weight and face.style != "italic")
    return frozenset(letter for face in upright for letter in TTFont(face.path, lazy=False).getBestCmap())


# ---------------------------------------------------------------- no English left over

KEPT = yaml.safe_load((Path(__file__).parent / "data/english-kept.yaml").read_text(encoding="utf-8"))


@each
def test_what_is_english_in_a_translated_publication_says_that_it_is(publication: str) -> None:
    english = page(publication, "en")
    for code in TRANSLATED:
        assert left_over(page(publication, code), english, code, names()) == [], code


@pytest.mark.parametrize(
    ("code", "shown", "expected"),
    [
        ("ru", "<p>Доклад Global Report Организации</p>", ["Global Report"]),
        ("ru", '<p>Доклад <span lang="en">Global Report</span> ООН, <cite lang="fr">Guide</cite></p>', []),
        ("ru", "<p>ICAT, S/2003/919, WePROTECT и <a href='https://x.org/a-b'>https://x.org/a-b</a></p>", []),
        ("ru", "<p>Дело Rantsev; Nadia Murad и Facebook, доклад Human Report</p>", ["Human Report"]),
        ("ar", "<figure><img alt='شكل Bar chart'></figure>", ["Bar chart"]),
        ("zh", "<p>世界Report</p><p class='contact'><span lang='en'>Vienna, Austria</span></p>", ["Report"]),
        ("fr", "<p>Voir le Global Report on Trafficking, que publie l’ONUDC</p>", ["Global Report on Trafficking"]),
        ("fr", "<p>Un rapport sur le human trafficking et la traite</p>", ["human trafficking"]),
        ("es", "<p>El Global Report de la UNODC, on line</p>", ["Global Report"]),
    ],
)
def test_english_words_are_found_and_names_are_not(code: str, shown: str, expected: list[str]) -> None:
    english = "<html lang='en'><p>The Global Report on Trafficking is a report about human trafficking.</p></html>"
    assert left_over(f"<html lang='{code}'>{shown}</html>", english, code, {"WePROTECT"}) == expected


@cache
def page(publication: str, code: str) -> str:
    """A publication as a web page."""
    return pipeline.make("html", edition(publication, code), "pdf/ua-1").data.decode()


@cache
def names() -> frozenset[str]:
    """Names that stand in every language as they are: of persons, and acronyms that are no capitals alone."""
    library = project().library
    acronyms = (str(name.acronym) for own in library.organizations.values() for name in own.names)
    persons = (name for own in library.editions.values() for name in _persons(own))
    return frozenset((*KEPT["names"], *filter(None, (*persons, *(a for a in acronyms if not a.isupper())))))


def _persons(value: object, field: str = "") -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _persons(getattr(value, name), f"{type(value).__name__}.{name}")
    elif isinstance(value, tuple):
        for inner in value:
            yield from _persons(inner, field)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _persons(inner, field)
    elif field in {"Contact.name", "BibliographyItem.authors"}:
        yield str(value or "")
