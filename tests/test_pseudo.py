"""Our publications in pseudo-languages, longer or from right to left: every text is translated, and has room."""

from pathlib import Path

import pytest
from tests.left_over import left_over
from tests.poppler import misplaced
from tests.pseudo import PSEUDO, pseudo
from tests.shipped import FORMATS, PUBLICATIONS, Shipped
from tests.test_languages import names, page

from icat_reports import pipeline
from icat_reports.write_pdf import write_pdf

pytestmark = pytest.mark.needs_libreoffice

EDITIONS = tuple((publication, code) for publication in PUBLICATIONS for code in PSEUDO)
each = pytest.mark.parametrize(("publication", "code"), EDITIONS, ids=map(".".join, EDITIONS))


def test_all_is_translated_and_the_three_formats_say_the_same(pseudo_built: Shipped) -> None:
    """A unit without a translation is an error here; the engine has nothing to say."""
    assert pseudo_built.said.count(": error: ") + pseudo_built.said.count(": warning: ") == 0
    assert pseudo_built.exit_code == 0
    for publication, code in EDITIONS:
        assert set(pseudo_built.files(publication, code)) == set(FORMATS)


@each
def test_no_english_is_left_over(pseudo_built: Shipped, publication: str, code: str) -> None:
    shown = pseudo_built.files(publication, code)["html"].decode()
    assert left_over(shown, page(publication, "en"), code, names()) == []


@each
@pytest.mark.needs_poppler
def test_each_word_has_room_on_its_page(pseudo_built: Shipped, publication: str, code: str) -> None:
    assert misplaced(pseudo_built.path(publication, "pdf", code)) == []


@pytest.mark.needs_poppler
@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("left: 3cm; top: 1cm", []),
        ("left: 0.2cm; top: 0", ["page 1: “words” and “others” stand over each other"]),
        ("left: 18cm; top: 0", ["page 1: “others” stands at or beyond the edge"]),
        ("left: 1.2cm; top: -0.2em; font-size: 60%", []),
    ],
)
def test_a_word_over_another_or_beyond_the_page_is_found(second: str, expected: list[str], tmp_path: Path) -> None:
    style = (
        "@page { size: A4; margin: 2cm } p, b { position: absolute; left: 0; top: 0; margin: 0; font: 12pt Carlito }"
    )
    page = f"<html lang='en'><title>t</title><style>{style}</style><p>words</p><b style='{second}'>others</b></html>"
    (tmp_path / "a.pdf").write_bytes(write_pdf(page, fontconfig=pipeline.fontconfig()).pdf)
    assert misplaced(tmp_path / "a.pdf") == expected


def test_the_pseudo_language_is_longer_by_40_per_cent() -> None:
    text = "The Inter-Agency Coordination Group against Trafficking in Persons met twice in 2021."
    assert 1.3 < len(pseudo(text, "fr")) / len(text) < 1.5
    assert not {*"aeiou"} & {*pseudo(text, "fr")}
