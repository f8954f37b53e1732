"""What is known of Word's files: markup, names, styles, packages; and that each check finds its fault."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests import sample

from icat_reports.language import LANGUAGES
from icat_reports.ooxml.checks import check
from icat_reports.ooxml.markup import Inner, escape, properties
from icat_reports.ooxml.names import LONGEST, bookmark, origin_bookmark
from icat_reports.ooxml.order import ORDER
from icat_reports.ooxml.package import Part, Relationships, pack, pack_raw
from icat_reports.ooxml.page_numbers import PAGE_NUMBERS, printed
from icat_reports.ooxml.styles import LIST_ITEMS, PARAGRAPHS, STYLES, CharacterLook, character_look
from icat_reports.write_docx import write_docx

# ---------------------------------------------------------------- markup and names


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_escaped_text_comes_back_from_xml(text: str) -> None:
    root = etree.fromstring(f'<a b="{escape(text)}">{escape(text)}</a>')
    assert (root.text or "") == text
    assert root.get("b") == text


@pytest.mark.parametrize("control", ["\x00", "\x1f", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused(control: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        escape(f"a{control}b")


def test_properties_stand_in_the_order_of_the_schema_whatever_order_they_come_in() -> None:
    made = properties(
        "pPr", {"jc": "center", "pStyle": "Title", "keepNext": True, "numPr": Inner("<w:x/>"), "bidi": False}
    )
    names = re.findall(r"<w:(\w+)", made)
    assert names == ["pPr", "pStyle", "keepNext", "numPr", "x", "bidi", "jc"]
    assert '<w:bidi w:val="0"/>' in made


def test_a_property_that_the_schema_lacks_is_refused() -> None:
    with pytest.raises(KeyError):
        properties("pPr", {"colour": "red"})


def test_no_order_names_a_child_twice() -> None:
    for names in ORDER.values():
        assert len(names) == len(set(names))


@given(st.text(min_size=1), st.text(min_size=1))
def test_names_of_bookmarks_are_fit_for_word_and_differ_when_their_targets_do(a: str, b: str) -> None:
    first, second = bookmark("Toc", a), bookmark("Toc", b)
    assert re.fullmatch(r"[A-Za-z0-9_]{1,40}", first)
    assert (first == second) == (a == b)


@given(st.text(min_size=1), st.integers(1, 99_999))
def test_names_of_origins_are_short_enough(origin: str, occurrence: int) -> None:
    assert len(origin_bookmark(origin, occurrence)) <= LONGEST


@pytest.mark.parametrize(
    ("division", "page", "shown"),
    [("front", 1, "i"), ("front", 4, "iv"), ("front", 49, "xlix"), ("body", 4, "4"), ("back", 112, "112")],
)
def test_pages_are_numbered_in_roman_figures_before_the_body(division: str, page: int, shown: str) -> None:
    assert printed(PAGE_NUMBERS[division], page) == shown


# ---------------------------------------------------------------- styles


def test_each_style_names_styles_that_are_there() -> None:
    named = [s.based_on for s in STYLES.values()] + [s.next for s in STYLES.values()]
    assert set(named) - {""} <= set(STYLES)
    assert set(PARAGRAPHS.values()) | LIST_ITEMS <= set(STYLES)


def test_names_of_styles_are_unique_as_word_tells_them_apart() -> None:
    names = [style.name.casefold() for style in STYLES.values()]
    assert len(names) == len(set(names))


@given(
    st.builds(CharacterLook, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["", "fr", "ar", "zh-Hans"]))
)
def test_a_character_style_tells_what_it_stands_for(look: CharacterLook) -> None:
    assert character_look(look.name) == look


# ---------------------------------------------------------------- packages


def test_the_same_parts_give_the_same_bytes_and_no_date() -> None:
    def make() -> bytes:
        root = Relationships()
        root.to("document", "word/document.xml")
        return pack([Part("word/document.xml", "document", b"<a/>")], root)

    assert make() == make()
    dates = {info.date_time for info in zipfile.ZipFile(io.BytesIO(make())).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_one_target_has_one_relationship() -> None:
    links = Relationships()
    first = links.to("hyperlink", "https://example.org/?a=1&b=2", external=True)
    assert links.to("hyperlink", "https://example.org/?a=1&b=2", external=True) == first
    assert links.to("image", "media/image1.png") != first
    assert "a=1&amp;b=2" in links.markup()


# ---------------------------------------------------------------- checks


@pytest.fixture(scope="module")
def sound() -> bytes:
    """The sample in English, without page numbers."""
    return write_docx(sample.sample(), sample.theme(), LANGUAGES["en"])


def edited(docx: bytes, part: str, old: str, new: str, count: int = 1) -> bytes:
    """The file with one part changed."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    text = bytes(files[part]).decode()  # type: ignore[arg-type]
    changed = re.sub(old, new, text, count=count)
    assert changed != text, f"{old} is not in {part}"
    files[part] = changed
    return pack_raw(files)


def test_the_checks_find_nothing_in_a_sound_file(sound: bytes) -> None:
    assert check(sound) == ()


DOCUMENT = "word/document.xml"


@pytest.mark.parametrize(
    ("code", "part", "old", "new"),
    [
        ("bookmark-named-once", DOCUMENT, 'w:name="_Toc_areas"', 'w:name="_Toc_forms"'),
        ("bookmark-paired", DOCUMENT, r"<w:bookmarkEnd [^>]*/>", ""),
        ("bookmark-paired", DOCUMENT, r"<w:bookmarkStart [^>]*/>", ""),
        ("bookmark-short", DOCUMENT, 'w:name="_Toc_areas"', f'w:name="_Toc_{"a" * 40}"'),
        ("anchor-known", DOCUMENT, 'w:anchor="_Toc_areas"', 'w:anchor="_Toc_nowhere"'),
        ("field-target-known", DOCUMENT, "PAGEREF _Toc_areas", "PAGEREF _Toc_nowhere"),
        ("field-target-known", DOCUMENT, "REF _Ref_members", "REF _Ref_nowhere"),
        ("field-whole", DOCUMENT, r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
        ("field-whole", DOCUMENT, r'<w:r><w:fldChar w:fldCharType="begin"/></w:r>', ""),
        ("field-whole", DOCUMENT, r'(<w:r><w:fldChar w:fldCharType="separate"/></w:r>)', r"\1\1"),
        ("fields-stored", "word/settings.xml", "<w:compat>", "<w:updateFields/><w:compat>"),
        ("fields-stored", DOCUMENT, 'w:fldCharType="begin"', 'w:dirty="true" w:fldCharType="begin"'),
        ("drawing-id-once", DOCUMENT, r'<wp:docPr id="(?!1")\d+"', '<wp:docPr id="1"'),
        ("relationship-known", DOCUMENT, '<c:chart r:id="[^"]*"', '<c:chart r:id="rId999"'),
        ("part-known", "word/_rels/document.xml.rels", "charts/chart1.xml", "charts/chart9.xml"),
        ("style-known", DOCUMENT, '<w:pStyle w:val="Lead"/>', '<w:pStyle w:val="Lede"/>'),
        ("footnote-marked", DOCUMENT, r'<w:r>(?:(?!</w:r>).)*<w:footnoteReference w:id="1"/></w:r>', ""),
        ("children-in-order", DOCUMENT, r"(<w:pStyle [^>]*/>)(<w:numPr>.*?</w:numPr>)", r"\2\1"),
        ("children-in-order", "word/settings.xml", r"(<w:zoom [^>]*/>)(<w:defaultTabStop [^>]*/>)", r"\2\1"),
    ],
)
def test_each_check_finds_its_fault(sound: bytes, code: str, part: str, old: str, new: str) -> None:
    found = check(edited(sound, part, old, new))
    assert code in {finding.code for finding in found}
