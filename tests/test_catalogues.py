"""Catalogues: what is extracted, how it is merged, what a build makes of it; and the laws that merging keeps."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.pseudo import Overlay, pseudo_world
from tests.tiny import ROOT, change, write_tiny

from icat_reports import content, i18n, pipeline
from icat_reports.catalogue.extract import Place, Unit, places
from icat_reports.catalogue.header import forms, header
from icat_reports.catalogue.merge import merge
from icat_reports.catalogue.po import Catalogue, Entry, as_read, catalogue_path, read_po, write_po
from icat_reports.catalogue.review import is_unreviewed
from icat_reports.catalogue.survive import faults
from icat_reports.catalogue.texts import KEPT, KINDS, Setting
from icat_reports.catalogue.units import joined, pieces
from icat_reports.cli import main
from icat_reports.collation import sort_key
from icat_reports.diagnostics import Sink, Span
from icat_reports.document import walk
from icat_reports.document.dump import dump
from icat_reports.document.nodes import Chart, Figure, Paragraph, Phrase, Reference, Section, Text
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.language import LANGUAGES
from icat_reports.words import Prose
from icat_reports.world import DiskWorld, World

FRENCH = LANGUAGES["fr"]


def unit(text: str, line: int = 1) -> Unit:
    return Unit(text, (Place(Span("content/x.yaml", line), line, Setting("paragraph")),), prose=True)


def units(*texts: str) -> list[Unit]:
    return [unit(text, line) for line, text in enumerate(texts, 1)]


def translated(catalogue: Catalogue) -> Catalogue:
    """The catalogue with every text in capitals for its translation."""
    entries = (
        as_read(e, replace(e, translations=tuple(e.text.upper() for _ in e.translations))) for e in catalogue.entries
    )
    return replace(catalogue, entries=tuple(entries))


def new(*texts: str) -> Catalogue:
    """A French catalogue of these texts, all translated, written and read again."""
    return again(translated(merge(Catalogue("x.po", header(FRENCH)), units(*texts), 2)))


def again(catalogue: Catalogue) -> Catalogue:
    sink = Sink()
    found = read_po("x.po", write_po(catalogue), sink)
    assert [str(finding) for finding in sink] == []
    return found


def bytes_after(catalogue: Catalogue, *steps: list[Unit]) -> str:
    for step in steps:
        catalogue = again(merge(catalogue, step, 2))
    return write_po(catalogue)


MEMBERS = "Member States adopted the plan in 2010."
VICTIMS = "Victims have a right to assistance and protection."
DATA = "Data on trafficking are scarce."


# ---------------------------------------------------------------- units


def test_a_text_falls_into_paragraphs_and_items_on_one_line_each() -> None:
    text = Prose(
        "A paragraph\nof two lines.[^n]\n\n- First\n  item\n  - inner\n- (a) no mark\n\n(a) letter\n(b) other\n"
    )
    assert [piece.words for piece in pieces(text)] == [
        *("A paragraph of two lines.[^n]", "First item", "inner", "(a) no mark", "letter", "other"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "One.\n\nTwo,\nof two lines.\n",
        "- a\n- b\n\n  c\n\nd\n",
        "(a) a\n(b) b\n    (i) c\n    (ii) d\n",
        "> quoted\n> words\n\nafter",
        "1. a\n2. b\n\n   - c\n",
        "line\\\nbroken\n",
    ],
)
def test_a_text_joined_of_its_own_units_says_the_same(text: str) -> None:
    found = pieces(Prose(text))
    value, _ = joined(Prose(text), found, [piece.words for piece in found])
    assert [piece.words for piece in pieces(Prose(value))] == [piece.words for piece in found]
    assert [(p.head, p.in_list) for p in pieces(Prose(value))] == [(p.head, p.in_list) for p in found]


@given(st.lists(st.sampled_from(["- ", "(a) ", "(i) ", "1. ", "", "> "]), min_size=1, max_size=6))
def test_however_a_text_is_built_its_units_come_back(marks: list[str]) -> None:
    text = Prose("\n\n".join(f"{mark}words {place} with *emphasis*[^n]" for place, mark in enumerate(marks)))
    found = pieces(text)
    value, starts = joined(text, found, [piece.words.upper() for piece in found])
    assert [piece.words for piece in pieces(Prose(value))] == [piece.words.upper() for piece in found]
    assert len(starts) == len(found)


def test_every_field_of_words_is_either_translated_or_kept_for_a_reason() -> None:
    """Prose is always translated; of plain words somebody must have decided."""
    models = [m for m in vars(content).values() if isinstance(m, type) and issubclass(m, content.Model)]
    inner = {"Edition", "Library", "Model", "Glossary", "Term", "Equivalent"}
    for model in models:
        if model.__name__ in inner:
            continue
        for name in model.__annotations__:
            if _is_words(model.model_fields[name].annotation) and name not in KINDS.get(model, {}):
                assert f"{model.__name__}.{name}" in KEPT


def _is_words(annotation: object) -> bool:
    return (
        "words.Words'" in repr(annotation) or "words.Words," in repr(annotation) or "words.Words]" in repr(annotation)
    )


# ---------------------------------------------------------------- laws of merging


def test_merging_twice_is_merging_once() -> None:
    catalogue = new(MEMBERS, VICTIMS, DATA)
    once = bytes_after(catalogue, units(MEMBERS, "Something else.", DATA))
    assert bytes_after(read_po("x.po", once, Sink()), units(MEMBERS, "Something else.", DATA)) == once


def test_a_changed_unit_keeps_its_translation_as_one_of_the_text_before() -> None:
    merged = merge(new(MEMBERS, VICTIMS), units(MEMBERS.replace("2010", "2011"), VICTIMS), 2)
    first, second = merged.entries
    assert (first.flags, first.translations) == (("fuzzy",), (MEMBERS.upper(),))
    assert dict(first.previous) == {"msgid": MEMBERS}
    assert (second.flags, second.translations) == ((), (VICTIMS.upper(),))


def test_undoing_a_change_brings_the_bytes_back() -> None:
    catalogue = new(MEMBERS, VICTIMS, DATA)
    before = write_po(catalogue)
    changed = units(MEMBERS, VICTIMS.replace("a right", "the right"), DATA)
    assert bytes_after(catalogue, changed, units(MEMBERS, VICTIMS, DATA)) == before
    assert bytes_after(catalogue, units(DATA), units(MEMBERS, VICTIMS, DATA)) == before


def test_a_change_of_a_change_still_shows_what_the_translation_is_of() -> None:
    one, two = MEMBERS.replace("2010", "2011"), MEMBERS.replace("2010", "2012")
    merged = merge(merge(new(MEMBERS), units(one), 2), units(two), 2)
    assert dict(merged.entries[0].previous) == {"msgid": MEMBERS}
    assert write_po(merge(again(merged), units(MEMBERS), 2)) == write_po(new(MEMBERS))


def test_inserting_moving_and_deleting_units_leave_the_others_alone() -> None:
    merged = merge(new(MEMBERS, VICTIMS, DATA), units(DATA, "A new sentence that is like none.", MEMBERS), 2)
    assert [(e.text, e.translations[0], e.flags) for e in merged.entries] == [
        (DATA, DATA.upper(), ()),
        ("A new sentence that is like none.", "", ()),
        (MEMBERS, MEMBERS.upper(), ()),
    ]
    assert [(e.text, e.translations[0]) for e in merged.obsolete] == [(VICTIMS, VICTIMS.upper())]


def test_what_is_gone_is_kept_and_comes_back_with_its_remarks() -> None:
    catalogue = new(MEMBERS, VICTIMS)
    reviewed = replace(catalogue.entries[1], remarks=("not sure of the official form",), comments_read="")
    catalogue = again(replace(catalogue, entries=(catalogue.entries[0], reviewed)))
    gone = again(merge(catalogue, units(MEMBERS), 2))
    assert '#~ msgid "Victims' in write_po(gone)
    assert write_po(merge(gone, units(MEMBERS, VICTIMS), 2)) == write_po(catalogue)


def test_a_moved_and_changed_unit_is_found_by_its_likeness() -> None:
    merged = merge(new(MEMBERS, VICTIMS, DATA), units(VICTIMS, DATA, MEMBERS.replace("adopted", "endorsed")), 2)
    assert dict(merged.entries[2].previous) == {"msgid": MEMBERS}


FOCAL_POINTS = Unit("Focal point", units("Focal point")[0].places, "contacts", "Focal points")


def test_a_changed_plural_makes_the_translation_one_of_the_words_before() -> None:
    before = again(translated(merge(Catalogue("x.po", header(FRENCH)), [FOCAL_POINTS], 2)))
    changed = merge(before, [replace(FOCAL_POINTS, plural="Contact points")], 2)
    (entry,) = changed.entries
    assert (entry.flags, entry.translations) == (("fuzzy",), ("FOCAL POINT", "FOCAL POINT"))
    assert dict(entry.previous) == {"msgctxt": "contacts", "msgid": "Focal point", "msgid_plural": "Focal points"}
    assert write_po(merge(again(changed), [FOCAL_POINTS], 2)) == write_po(before)


def test_a_unit_that_is_given_plural_forms_keeps_its_translation_as_memory() -> None:
    single = replace(FOCAL_POINTS, plural=None)
    before = again(translated(merge(Catalogue("x.po", header(FRENCH)), [single], 2)))
    changed = again(merge(before, [FOCAL_POINTS], 2))
    assert [entry.translations for entry in changed.entries] == [("", "")]
    assert [entry.translations for entry in changed.obsolete] == [("FOCAL POINT",)]
    assert write_po(merge(changed, [FOCAL_POINTS], 2)) == write_po(changed)
    assert write_po(merge(changed, [single], 2)) == write_po(before)


def test_a_typo_that_no_translation_shows_leaves_the_translation_in_use() -> None:
    right = VICTIMS.replace("assistance", "help")
    merged = merge(new(MEMBERS, VICTIMS), units(MEMBERS, right), 2, typos=[(None, right)])
    assert (merged.entries[1].flags, merged.entries[1].translations) == ((), (VICTIMS.upper(),))


def test_a_reviewed_unit_wants_review_again_when_it_changes_and_not_when_the_change_is_undone() -> None:
    catalogue = new(MEMBERS)
    catalogue = again(replace(catalogue, entries=(replace(catalogue.entries[0], remarks=(), comments_read=""),)))
    assert not is_unreviewed(catalogue.entries[0])
    changed = merge(catalogue, units(MEMBERS.replace("2010", "2011")), 2)
    assert is_unreviewed(changed.entries[0])
    assert write_po(merge(again(changed), units(MEMBERS), 2)) == write_po(catalogue)


def test_what_another_catalogue_has_translated_is_taken_from_it_as_unreviewed() -> None:
    memory = {entry.key: replace(entry, remarks=()) for entry in new(MEMBERS).entries}
    merged = merge(new(VICTIMS), units(VICTIMS, MEMBERS), 2, memory)
    assert (merged.entries[1].translations, is_unreviewed(merged.entries[1])) == ((MEMBERS.upper(),), True)
    assert write_po(merge(again(merged), units(VICTIMS), 2, memory)) == write_po(new(VICTIMS))


TEXTS = st.sampled_from([MEMBERS, VICTIMS, DATA, MEMBERS[:-1], VICTIMS[:-1], "Data", "data", "Notes"])


def _made(text: str, context: str | None, plural: str | None) -> Unit:
    return replace(unit(text), context=context, plural=plural)


UNITS = st.lists(
    st.builds(_made, TEXTS, st.sampled_from([None, "head"]), st.sampled_from([None, None, "Many"])),
    unique_by=lambda own: own.key,
)
"""Units with and without context and plural, in any order."""


def started(own: list[Unit]) -> Catalogue:
    """A catalogue of these units, translated, as it stands after an update."""
    first = translated(merge(Catalogue("x.po", header(FRENCH)), own, 2))
    return again(merge(again(first), own, 2))


@given(UNITS, st.lists(UNITS, max_size=4))
def test_whatever_editors_do_merging_again_changes_nothing_and_nothing_is_lost(
    first: list[Unit], then: list[list[Unit]]
) -> None:
    catalogue = started(first)
    for own in then:
        merged = again(merge(catalogue, own, 2))
        assert [entry.key for entry in merged.entries] == [one.key for one in own]
        assert write_po(merge(merged, own, 2)) == write_po(merged)
        kept = {t for e in (*merged.entries, *merged.obsolete) for t in e.translations}
        assert {t for e in (*catalogue.entries, *catalogue.obsolete) for t in e.translations if t} <= kept
        catalogue = merged


@given(UNITS, UNITS)
def test_whatever_one_editor_does_and_undoes_the_bytes_come_back(first: list[Unit], then: list[Unit]) -> None:
    catalogue = started(first)
    assert bytes_after(catalogue, then, first) == write_po(catalogue)


@given(UNITS, st.data())
def test_inserting_taking_out_and_reordering_leave_every_other_unit_as_it_was(
    first: list[Unit], data: st.DataObject
) -> None:
    """Letter for letter, remarks and lines of the file included; what is new is like nothing that is gone."""
    catalogue = started(first)
    known = {one.key for one in first}
    new = [one for one in (unit("Zzz zzz"), unit("Qqq"), unit("1 2 3")) if one.key not in known]
    kept = [one for one in first if data.draw(st.booleans())]
    merged = merge(catalogue, data.draw(st.permutations([*kept, *new])), 2)
    for one in kept:
        before, after = catalogue.by_key[one.key], merged.by_key[one.key]
        assert after == before
        assert after.strings_read == before.strings_read
    assert {entry.key for entry in merged.obsolete} >= known - {one.key for one in kept}
    assert not any(entry.fuzzy for entry in merged.entries)


# ---------------------------------------------------------------- the file


WRAPPED = """\
# Translators' names.
msgid ""
msgstr ""
"Language: fr\\n"
"X-Generator: Poedit 3.6\\n"

#. paragraph
#: content/x.yaml:1
#, c-format
msgid ""
"Member States adopted the plan in "
"2010."
msgstr ""
"Les États Membres ont adopté le plan en "
"2010."

#~ msgid "old"
#~ msgstr "vieux"

# a remark at the end
"""


def test_a_file_that_another_program_wrapped_stays_as_it_is() -> None:
    catalogue = read_po("x.po", WRAPPED, Sink())
    assert catalogue.entries[0].text == MEMBERS
    assert write_po(merge(catalogue, [unit(MEMBERS)], 2)) == WRAPPED


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_every_text_comes_back_from_a_file_as_it_was(text: str) -> None:
    catalogue = Catalogue("x.po", header(FRENCH), (Entry(text, (text[::-1],), plural=None),))
    assert again(catalogue).entries[0].translations == (text[::-1],)


@given(st.text(max_size=200))
def test_nothing_that_stands_in_a_file_breaks_the_reader(text: str) -> None:
    read_po("x.po", 'msgid "' + text, Sink())
    read_po("x.po", text, Sink())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fr", (("one",), ("other",))),
        ("ru", (("one",), ("few",), ("many", "other"))),
        ("zh", (("other",),)),
        ("ar", (("zero",), ("one",), ("two",), ("few",), ("other",), ("many",))),
    ],
)
def test_the_forms_of_a_catalogue_are_plural_categories_of_the_language(
    code: str, expected: tuple[tuple[str, ...], ...]
) -> None:
    assert forms(LANGUAGES[code]) == expected


def test_ten_thousand_units_are_merged_in_seconds() -> None:
    """Not measured by the clock: the number of comparisons is what grows."""
    texts = [
        f"Sentence {n} of {n * 7919 % 10007} about matter {n * 31 % 997} and place {n * 17 % 991}."
        for n in range(10_000)
    ]
    catalogue = translated(merge(Catalogue("x.po", header(FRENCH)), units(*texts), 2))
    changed = [text.replace("about", "on") if place % 10 == 0 else text for place, text in enumerate(texts)]
    merged = merge(catalogue, units(*changed), 2)
    assert sum(entry.fuzzy for entry in merged.entries) == 1_000
    assert all(dict(e.previous)["msgid"] == texts[p] for p, e in enumerate(merged.entries) if e.fuzzy)


# ---------------------------------------------------------------- a project


TRANSLATIONS = {
    "A tiny publication": "Une petite publication",
    "The Group was established by [@A/RES/61/180].[^established] {Count:respondents} entities answered: {orgs:respondents}. "
    "More is in {ref:mandates} and {ref:table-frameworks}.": "Le Groupe a été créé par la [@A/RES/61/180][^established]. "
    "{Count:respondents|f} entités ont répondu : {orgs:respondents}. Voir {ref:mandates} et {ref:table-frameworks}.",
    "First item": "Premier élément",
    "It first met in 2006; UNODC has {fact:unodc/staff} staff.": "Il s’est réuni en 2006 ; l’ONUDC compte {fact:unodc/staff} agents.",
    "UNODC": "ONUDC",
    "ILO": "OIT",
    "International Labour Organization": "Organisation internationale du Travail",
    "United Nations Office on Drugs and Crime": "Office des Nations Unies contre la drogue et le crime",
    "General Assembly resolution 61/180": "résolution 61/180 de l’Assemblée générale",
    "over": "plus de",
    "table {n}": "tableau {n}",
    "Contents": "Sommaire",
    "This translation is unofficial and has not been reviewed. Where it differs from the original, the original prevails.":
    "La présente traduction est non officielle et n’a pas été relue.",
}  # fmt: skip


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    root = write_tiny(tmp_path)
    assert main(["--root", str(root), "i18n", "update", "fr"]) == 0
    return root


def translate_tiny(root: Path, translations: dict[str, str]) -> None:
    for file in sorted((root / "i18n/fr/LC_MESSAGES").glob("*.po")):
        catalogue = read_po(file.name, file.read_text(encoding="utf-8"), Sink())
        entries = (
            as_read(e, replace(e, translations=tuple(translations[e.text] for _ in e.translations)))
            if e.text in translations
            else e
            for e in catalogue.entries
        )
        file.write_text(write_po(replace(catalogue, entries=tuple(entries))), encoding="utf-8")


def laid(root: Path, sink: Sink | None = None, untranslated: str = "source", language: str = "fr") -> pipeline.Laid:
    project = pipeline.open_project(DiskWorld(root), Sink())
    found = pipeline.lay_out(project, "tiny", language, Sink() if sink is None else sink, untranslated)  # type: ignore[arg-type]
    assert found is not None
    return found


def po(root: Path, name: str = "tiny") -> Path:
    return root / f"i18n/fr/LC_MESSAGES/{name}.po"


def test_units_stand_in_the_order_of_the_document_and_notes_after_their_marks(tiny: Path) -> None:
    found = i18n.units(pipeline.open_project(DiskWorld(tiny), Sink()), Sink())
    texts = [unit.text for unit in found["tiny"]]
    assert (
        texts.index("It first met in 2006; UNODC has {fact:unodc/staff} staff.")
        == texts.index("Second item with [a link](https://example.org/page)") + 1
    )
    first = found["tiny"][texts.index("First item")]
    assert places(first) == ("content/publications/tiny/introduction.yaml:10",)
    assert first.places[0].setting.kind == "item of a list"
    assert {unit.text for unit in found["names"]} >= {"UNODC", "General Assembly resolution 61/180", "over"}
    assert ("contacts", "Focal point") in {unit.key for unit in found["layouts"]}


def test_a_translation_is_built_and_what_is_not_translated_is_tagged_as_english(tiny: Path) -> None:
    translate_tiny(tiny, TRANSLATIONS)
    text = dump(laid(tiny).resolved)
    assert "Le Groupe a été créé par la résolution 61/180 de l’Assemblée générale" in text.replace("⟨", "")
    assert "Deux entités ont répondu" in text
    assert "OIT et ONUDC" in text
    assert "plus de 1\u202f200 agents" in text
    assert "La présente traduction est non officielle" in text
    document = laid(tiny).resolved.document
    phrases = [
        c for b in walk.document_blocks(document) for c in walk.inlines(walk.own_inlines(b)) if isinstance(c, Phrase)
    ]
    assert "ILO sets labour standards." in {walk.plain(phrase.children) for phrase in phrases}
    assert {phrase.lang for phrase in phrases} == {"en"}


def test_words_of_another_language_in_a_name_are_marked_and_the_mark_is_not_printed(tiny: Path) -> None:
    name = "[Office on Drugs]{en} de l’ONU"
    translate_tiny(tiny, TRANSLATIONS | {"United Nations Office on Drugs and Crime": name})
    resolved = laid(tiny).resolved
    assert "{en}" not in dump(resolved)
    (section,) = [
        s for s in walk.document_blocks(resolved.document) if isinstance(s, Section) and s.id == "profile-unodc"
    ]
    first, *rest = section.heading.children
    assert first == Phrase("en", (Text("Office on Drugs"),))
    assert walk.plain(rest) == " de l’ONU (ONUDC)"


def test_what_the_program_fills_into_words_that_are_not_translated_is_in_the_language_of_the_version(
    tiny: Path,
) -> None:
    texts = (text for text in TRANSLATIONS if not text.startswith("The Group was"))
    translate_tiny(tiny, {text: TRANSLATIONS[text] for text in texts})
    resolved = laid(tiny).resolved
    (english,) = [
        phrase
        for block in walk.document_blocks(resolved.document)
        for phrase in walk.own_inlines(block)
        if isinstance(phrase, Phrase) and walk.plain(phrase.children).startswith("The Group was")
    ]
    inner = [phrase for phrase in walk.inlines(english.children) if isinstance(phrase, Phrase)]
    assert [phrase.lang for phrase in inner] == ["fr"] * 4
    shown = "résolution 61/180 de l’Assemblée générale"
    assert [walk.plain(phrase.children) for phrase in inner][:2] == [shown, "OIT et ONUDC"]
    assert [type(phrase.children[0]) for phrase in inner[2:]] == [Reference, Reference]
    assert "Two entities answered" in walk.plain(english.children)


def test_a_title_that_a_translator_left_as_it_is_says_that_it_is_english(tiny: Path) -> None:
    title = "General Assembly resolution 61/180"
    text = "The Group was established by [@A/RES/61/180]."
    change(tiny, "content/publications/tiny/profiles/ilo.yaml", "ILO sets labour standards.", text)
    assert main(["--root", str(tiny), "i18n", "update", "fr"]) == 0
    french = {text: "Le Groupe a été créé par la [@A/RES/61/180].", "ILO": "ILO"}
    translate_tiny(tiny, french)
    assert ("en", title) in phrases(laid(tiny).resolved)
    translate_tiny(tiny, {title: title})
    assert ("en", title) in phrases(laid(tiny).resolved)
    assert ("en", "ILO") not in phrases(laid(tiny).resolved)
    translate_tiny(tiny, {**french, text: f"Voir *[{title}](@A/RES/61/180)*."})
    assert ("en", title) in phrases(laid(tiny).resolved)
    translate_tiny(tiny, {**french, title: "résolution 61/180 de l’Assemblée générale"})
    assert title not in {words for _, words in phrases(laid(tiny).resolved)}


def phrases(resolved: ResolvedDocument) -> set[tuple[str, str]]:
    """Words that are in another language than their document, with that language."""
    blocks = walk.document_blocks(resolved.document)
    found = (child for block in blocks for child in walk.inlines(walk.own_inlines(block)) if isinstance(child, Phrase))
    return {(phrase.lang, walk.plain(phrase.children)) for phrase in found}


def test_documents_of_the_united_nations_are_linked_in_the_language(tiny: Path) -> None:
    found = dump(laid(tiny).resolved)
    assert "https://undocs.org/fr/A/RES/61/180" in found
    assert "https://undocs.org/A/RES/61/180" in dump(laid(tiny, language="en").resolved)


def test_every_language_has_the_same_skeleton(tiny: Path) -> None:
    translate_tiny(tiny, TRANSLATIONS)
    english, french = laid(tiny, language="en").resolved, laid(tiny).resolved
    assert list(english.headings) == list(french.headings)
    assert {key: note.mark for key, note in english.notes.items()} == {
        key: note.mark for key, note in french.notes.items()
    }
    assert list(english.captions) == list(french.captions)
    assert english.references.keys() == french.references.keys()


def test_a_finding_about_a_translation_names_the_line_of_the_catalogue(tiny: Path) -> None:
    translate_tiny(tiny, {"First item": "Premier <b>élément</b>"})
    line = po(tiny).read_text(encoding="utf-8").split("\n").index('msgid "First item"') + 1
    sink = Sink()
    assert "First item" in dump(laid(tiny, sink).resolved)
    assert [str(f.span) for f in sink if f.code == "prose-plain"] == [f"i18n/fr/LC_MESSAGES/tiny.po:{line}"]


def test_words_without_a_translation_are_marked_or_refused_as_one_asks(tiny: Path) -> None:
    translate_tiny(tiny, TRANSLATIONS)
    assert "[en] ILO sets labour standards." in dump(laid(tiny, untranslated="mark").resolved)
    sink = Sink()
    laid(tiny, sink, "fail")
    errors = [f for f in sink if f.code == "unit-translated"]
    assert sink.failed
    assert any("ILO sets labour standards." in f.message for f in errors)
    assert not any("First item" in f.message for f in errors)


def test_one_edited_paragraph_makes_one_unit_fuzzy_and_undoing_it_restores_the_bytes(tiny: Path) -> None:
    translate_tiny(tiny, TRANSLATIONS)
    assert main(["--root", str(tiny), "i18n", "update", "fr"]) == 0
    before = {file.name: file.read_bytes() for file in (tiny / "i18n/fr/LC_MESSAGES").iterdir()}
    change(tiny, "content/publications/tiny/introduction.yaml", "First item", "First thing")
    assert main(["--root", str(tiny), "i18n", "update"]) == 0
    assert [
        file.read_text(encoding="utf-8").count("fuzzy") for file in (po(tiny), po(tiny, "names"), po(tiny, "layouts"))
    ] == [1, 0, 0]
    sink = Sink()
    i18n.check(pipeline.open_project(DiskWorld(tiny), Sink()), ["fr"], sink)
    assert [(f.code, str(f.severity)) for f in sink if "current" in f.code] == [("translation-current", "warning")]
    change(tiny, "content/publications/tiny/introduction.yaml", "First thing", "First item")
    assert main(["--root", str(tiny), "i18n", "update"]) == 0
    assert {file.name: file.read_bytes() for file in (tiny / "i18n/fr/LC_MESSAGES").iterdir()} == before


def test_texts_that_are_inserted_moved_and_reordered_in_the_content_leave_all_translations_alone(tiny: Path) -> None:
    translate_tiny(tiny, TRANSLATIONS)
    assert main(["--root", str(tiny), "i18n", "update", "fr"]) == 0
    before = read_po("", po(tiny).read_text(encoding="utf-8"), Sink())
    file = "content/publications/tiny/introduction.yaml"
    first, second = "- First item\n", "- Second item with [a link](https://example.org/page)\n"
    change(tiny, file, f"        {first}        {second}", f"        Zebras.\n\n        {second}        {first}")
    change(
        tiny, "content/publications/tiny/profiles/unodc.yaml", "text: |\n", "text: |\n  ILO sets labour standards.\n\n"
    )
    (tiny / "content/publications/tiny/profiles/ilo.yaml").unlink()
    assert main(["--root", str(tiny), "i18n", "update", "fr"]) == 0
    after = read_po("", po(tiny).read_text(encoding="utf-8"), Sink())
    assert after.by_key.keys() - before.by_key.keys() == {(None, "Zebras.")}
    assert before.by_key.keys() <= after.by_key.keys()
    assert {key: (e.translations, e.flags, e.remarks) for key, e in after.by_key.items() if key[1] != "Zebras."} == {
        key: (e.translations, e.flags, e.remarks) for key, e in before.by_key.items()
    }


def test_a_correction_without_effect_on_the_translation_is_told_by_its_line(tiny: Path) -> None:
    translate_tiny(tiny, TRANSLATIONS)
    file = "content/publications/tiny/introduction.yaml"
    change(tiny, file, "First item", "First itém")
    assert main(["--root", str(tiny), "i18n", "update", "fr", "--typo", f"{file}:10"]) == 0
    assert 'msgid "First itém"\nmsgstr "Premier élément"' in po(tiny).read_text(encoding="utf-8")
    assert "fuzzy" not in po(tiny).read_text(encoding="utf-8")
    sink = Sink()
    assert i18n.updated(pipeline.open_project(DiskWorld(tiny), Sink()), ["fr"], [Span(file, 1)], sink) == {}
    assert [finding.code for finding in sink] == ["typo-in-unit"]


def test_a_catalogue_whose_content_cannot_be_read_is_left_alone(tiny: Path) -> None:
    change(tiny, "content/organizations/ilo.yaml", "acronym: ILO", "acronym: OIT")
    (tiny / "content/publications/tiny/introduction.yaml").write_text("type: [", encoding="utf-8")
    sink = Sink()
    files = i18n.updated(pipeline.open_project(DiskWorld(tiny), Sink()), ["fr"], [], sink)
    assert list(files) == ["i18n/fr/LC_MESSAGES/names.po"]
    assert [finding.code for finding in sink] == ["catalogue-known"]


HEAD = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)
UNIT = 'msgid "First item"\nmsgstr "Élément"\n\n'


@pytest.mark.parametrize(
    ("spoilt", "place"),
    [
        (b"\xff\xfe\x00", "tiny.po:1:1: error"),
        ('msgid "Élément"'.encode("latin-1"), "tiny.po:1:8: error"),
        ((HEAD + UNIT).encode("utf-16"), "tiny.po:1:1: error"),
        ((HEAD + UNIT).replace("\n", "\r").encode(), "tiny.po:1: error"),
        (b"", "tiny.po:1: error"),
        (b"<<<<<<< HEAD\n", "tiny.po:1: error"),
        (f"{HEAD}<<<<<<< a\n{UNIT}||||||| b\n{UNIT}=======\n>>>>>>> c\n".encode(), "tiny.po:7: error"),
        (b'msgid "x" "y\nmsgstr', "tiny.po:1:7: error"),
        (b"\0" * 64, "tiny.po:1:1: error"),
        ((HEAD + UNIT + UNIT).encode(), "tiny.po:10: error"),
        ((HEAD + HEAD + UNIT).encode(), "tiny.po:7: error"),
        (HEAD.replace("nplurals=2", "nplurals=6").encode(), "tiny.po:1: error"),
        (HEAD.replace("Language: fr", "Language: es").encode(), "tiny.po:1: error"),
        (f'{HEAD}msgid "{"x" * 1_000_000}\n'.encode(), "tiny.po:7:7: error"),
        (HEAD.encode() + b"#" * 20_000_000, "tiny.po: error"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[-20:]),
)
def test_a_spoilt_file_is_named_and_left_alone_and_other_languages_still_build(
    tiny: Path, spoilt: bytes, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(tiny), "i18n", "update", "es"]) == 0
    po(tiny).write_bytes(spoilt)
    others = {file: file.read_bytes() for file in (tiny / "i18n").rglob("*.po") if file != po(tiny)}
    assert main(["--root", str(tiny), "i18n", "update", "fr"]) == 1
    assert po(tiny).read_bytes() == spoilt
    assert {file: file.read_bytes() for file in others} == others
    capsys.readouterr()
    out = tiny / "out"
    assert main(["--root", str(tiny), "build", "--lang", "fr,es", "--format", "html", "--out", str(out)]) == 1
    assert sorted(file.name for file in out.rglob("*.html")) == ["tiny.es.html"]
    assert f"i18n/fr/LC_MESSAGES/{place}: " in capsys.readouterr().err


HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](file:///etc/passwd)",
    "{{ 7 * 7 }}{% raw %}",
    "Premier \u202eélément",
    "Premier \x00 élément",
    "{fact:unodc/staff}",
    "x[^established]",
    "[@A/RES/61/180]",
    "# Titre",
    "x" * 1_000_000,
    "a\n\n- b",
)


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: text[:24])
def test_a_hostile_translation_is_told_at_its_line_and_never_printed(
    tiny: Path, hostile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    translate_tiny(tiny, TRANSLATIONS | {"First item": hostile})
    line = po(tiny).read_text(encoding="utf-8").split("\n").index('msgid "First item"') + 1
    before = po(tiny).read_bytes()
    assert main(["--root", str(tiny), "i18n", "check", "fr"]) == 1
    assert f"i18n/fr/LC_MESSAGES/tiny.po:{line}: error: " in capsys.readouterr().err
    shown = dump(laid(tiny).resolved)
    assert re.search(r"- bullet 1\n +First item\n", shown)
    assert "Le Groupe a été créé" in shown
    assert main(["--root", str(tiny), "i18n", "update", "fr"]) == 0
    assert po(tiny).read_bytes() == before


def test_markup_in_words_that_hold_none_is_words(tiny: Path) -> None:
    words = "</title><script>alert(1)</script> {0.__class__} %s ]]>"
    translate_tiny(tiny, TRANSLATIONS | {"A tiny publication": words, "ILO": words, "table {n}": f"{words} {{n}}"})
    made = pipeline.make("html", laid(tiny), "pdf/ua-1").data.decode()
    assert "<script>" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {0.__class__} %s ]]&gt;" in made


def test_what_is_stale_is_told_and_kept(tiny: Path) -> None:
    old = "".join(f'msgid "An old text {n}."\nmsgstr "Un vieux texte {n}."\n\n' for n in range(30))
    po(tiny).write_text(HEAD + old, encoding="utf-8")
    sink = Sink()
    i18n.check(pipeline.open_project(DiskWorld(tiny), Sink()), ["fr"], sink)
    assert [(d.code, d.span.file) for d in sink] == [("catalogue-current", "i18n/fr/LC_MESSAGES/tiny.po")]
    assert main(["--root", str(tiny), "i18n", "update", "fr"]) == 0
    text = po(tiny).read_text(encoding="utf-8")
    assert [n for n in range(30) if f'msgstr "Un vieux texte {n}."\n' not in text] == []
    assert text.count("#~ msgstr") == 30 - text.count("#, fuzzy")


def test_a_catalogue_that_no_build_reads_is_told(tiny: Path) -> None:
    for file in ("fr/LC_MESSAGES/tinny.po", "de/LC_MESSAGES/tiny.po", "fr/tiny.po"):
        (tiny / "i18n" / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(po(tiny), tiny / "i18n" / file)
    sink = Sink()
    i18n.check(pipeline.open_project(DiskWorld(tiny), Sink()), i18n.targets(), sink)
    assert [(d.span.file, d.code) for d in sink] == [
        ("i18n/de/LC_MESSAGES/tiny.po", "catalogue-of-content"),
        ("i18n/fr/LC_MESSAGES/tinny.po", "catalogue-of-content"),
        ("i18n/fr/tiny.po", "catalogue-of-content"),
    ]


def test_each_language_with_a_catalogue_is_built_where_none_is_named(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tiny / "out"
    assert main(["--root", str(tiny), "build", "--format", "html", "--out", str(out)]) == 0
    assert sorted(file.name for file in out.rglob("*.html")) == ["tiny.en.html", "tiny.fr.html"]
    capsys.readouterr()
    assert main(["--root", str(tiny), "build", "--format", "html", "--out", str(out)]) == 0
    assert ["unchanged" in line for line in capsys.readouterr().out.splitlines() if "tiny." in line] == [True] * 2
    assert main(["--root", str(tiny), "i18n", "update", "es"]) == 0
    assert main(["--root", str(tiny), "list"]) == 0
    assert "languages: en, fr, es" in capsys.readouterr().out
    assert main(["--root", str(tiny), "check"]) == 0
    assert "translations are checked by ./icat i18n check" in capsys.readouterr().out
    assert main(["--root", str(tiny), "build", "--format", "html", "--out", str(out)]) == 0
    assert len([*out.rglob("*.html")]) == 3
    assert main(["--root", str(tiny), "build", "--lang", "en", "--format", "html", "--out", str(tiny / "one")]) == 0
    assert [file.name for file in (tiny / "one").rglob("*.html")] == ["tiny.en.html"]


def test_status_counts_and_fails_under_a_percentage(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translate_tiny(tiny, TRANSLATIONS)
    project = pipeline.open_project(DiskWorld(tiny), Sink())
    rows = {
        (row.catalogue, row.organization): row.count
        for row in i18n.status(project, ["fr"], Sink(), by_organization=True)
    }
    count = rows["tiny", ""]
    assert (count.units, count.translated, count.missing, count.fuzzy, count.unreviewed) == (24, 4, 20, 0, 4)
    assert rows["tiny", "ilo"].units == 1
    assert main(["--root", str(tiny), "i18n", "status", "fr", "--fail-under", "16"]) == 1
    assert "below 16 per cent" in capsys.readouterr().err
    translate_tiny(tiny, {entry.text: entry.text for name in ("tiny", "names", "layouts")
                          for entry in read_po("", po(tiny, name).read_text(encoding="utf-8"), Sink()).entries})  # fmt: skip
    assert main(["--root", str(tiny), "i18n", "status", "fr", "--fail-under", "100"]) == 0


def test_a_version_that_was_reviewed_does_not_say_that_it_was_not(tiny: Path) -> None:
    translate_tiny(tiny, TRANSLATIONS)
    for file in (tiny / "i18n/fr/LC_MESSAGES").glob("*.po"):
        file.write_text(file.read_text(encoding="utf-8").replace("# unreviewed\n", ""), encoding="utf-8")
    assert "La présente traduction" not in dump(laid(tiny).resolved)


def test_templates_hold_all_units_and_no_translations(tiny: Path) -> None:
    assert main(["--root", str(tiny), "i18n", "extract"]) == 0
    text = (tiny / "i18n/templates/tiny.pot").read_text(encoding="utf-8")
    assert 'msgid "First item"\nmsgstr ""' in text


def test_our_own_catalogues_have_lost_nothing_and_are_all_read() -> None:
    """Warnings, that a unit waits for its translator, are no fault of a build."""
    sink = Sink()
    i18n.check(pipeline.open_project(DiskWorld(ROOT), Sink()), i18n.targets(), sink)
    assert [str(finding) for finding in sink if finding.severity == "error"] == []
    assert [str(finding) for finding in sink if finding.code == "catalogue-of-content"] == []


# ---------------------------------------------------------------- order


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("es", ["nube", "Núñez", "ñandú", "ozono"]),
        ("fr", ["Égypte", "Espagne", "États-Unis", "Éthiopie"]),
        ("ru", ["Единство", "Ёмкость", "Италия", "Йемен", "IOM"]),
        ("ar", ["الأردن", "إسبانيا", "ألمانيا", "تونس"]),
        ("zh", ["阿尔巴尼亚", "阿富汗", "重庆", "中国"]),
        ("en", ["International Labour Organization", "the Organization of American States", "UNICEF"]),
    ],
)
def test_names_are_sorted_as_the_language_sorts_them(code: str, names: list[str]) -> None:
    assert sorted(set(names), key=lambda name: sort_key(name, LANGUAGES[code])) == names


def test_sections_of_organizations_stand_in_the_order_of_the_original_and_lists_in_that_of_the_language(
    tiny: Path,
) -> None:
    translate_tiny(tiny, TRANSLATIONS | {"International Labour Organization": "Z", "ILO": "Z"})
    resolved = laid(tiny).resolved
    assert "ONUDC et Z" in dump(resolved)
    assert [name for name in resolved.headings if name.startswith("profile-")] == ["profile-ilo", "profile-unodc"]


# ---------------------------------------------------------------- pseudo-languages

_ENGLISH = re.compile(
    r"(?<![\w/.-])(?:the|and|of|for|with|from|which|by|this|to|their|entities|Figure|Table|Note)(?![\w/.-])"
)


def shown(resolved: ResolvedDocument) -> Iterator[str]:
    """Everything that a reader of a document reads, but for what stands on envelopes."""
    document = resolved.document
    for block in walk.document_blocks(document):
        if isinstance(block, Paragraph) and block.role == "contact":
            continue
        yield walk.plain(walk.own_inlines(block))
        if isinstance(block, Figure):
            yield block.alt
        if isinstance(block, Figure) and isinstance(block.body, Chart):
            yield from (*block.body.categories, block.body.unit)
    yield from (walk.plain(note.children) for note in document.notes)
    yield from (label.label for label in resolved.captions.values())
    yield from resolved.words.values()
    about = document.metadata
    yield from (about.title, about.author, about.subject, about.running_title, *about.keywords)


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_every_publication_in_a_pseudo_language_has_no_english_left_over(code: str) -> None:
    project = pipeline.open_project(pseudo_world(DiskWorld(ROOT), code), Sink())
    for name in project.library.editions:
        sink = Sink()
        found = pipeline.lay_out(project, name, code, sink, "fail")
        assert [str(finding) for finding in sink if finding.severity == "error"] == []
        assert found is not None
        assert [text for text in shown(found.resolved) if _ENGLISH.search(text)] == []


def test_a_seventh_language_is_a_row_and_its_catalogues(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    german = replace(LANGUAGES["fr"], code="de", name="Deutsch", english="German", word_tag="de-DE")
    monkeypatch.setitem(LANGUAGES, "de", german)
    assert main(["--root", str(tiny), "i18n", "update", "de"]) == 0
    file = tiny / "i18n/de/LC_MESSAGES/tiny.po"
    file.write_text(file.read_text(encoding="utf-8").replace('msgid "First item"\nmsgstr ""', 'msgid "First item"\nmsgstr "Erstens"'),
                    encoding="utf-8")  # fmt: skip
    assert "Erstens" in dump(laid(tiny, language="de").resolved)
    assert "nplurals=2" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("See [@S/RES/2388(2017)].", "Voir [cette résolution](@S/RES/2388(2017))."),
        ("The decision PC.DEC/637 holds.", "第PC.DEC/637号决定有效。"),
        ("It was made.[^n] {Count:x} entities answered.", "成立。[^n]{Count:x}个实体作出了答复。"),
        ("The report On Demand says so.", "C’est ce que dit le rapport [On Demand]{en}."),
        ("Only {count:x} body did.", "Seule {count:x|f} entité l’a fait."),
        ("The project [Projet d’appui]{fr} ends.", "Le projet Projet d’appui prend fin."),
    ],
)
def test_what_survives_in_another_form_is_no_fault(source: str, translation: str) -> None:
    assert [fault.message for fault in faults(source, translation, FRENCH, prose=True)] == []


@pytest.mark.parametrize(
    ("code", "translation", "told"),
    [
        ("ar", "7,000 شخص", ["7,000"]),
        ("ar", "7\u00a0000 شخص، 2,4 في المائة", []),
        ("es", "7,000 personas", ["7,000"]),
        ("es", "7.000 personas, 7\u00a0000, 2,4", []),
        ("zh", "7,000人", []),
        ("fr", "7.000 personnes", ["7.000"]),
    ],
)
def test_figures_in_groups_of_another_language_are_told(code: str, translation: str, told: list[str]) -> None:
    found = [f for f in faults("7,000 people, 2.4", translation, LANGUAGES[code], prose=True) if "groups" in f.code]
    assert [fault.message.split()[2] for fault in found] == told
    assert not any(fault.grave for fault in found)


def test_words_of_a_third_language_keep_their_mark() -> None:
    found = faults("The project [Projekt]{de} ends.", "Le projet Projekt prend fin.", FRENCH, prose=True)
    assert [fault.code for fault in found] == ["translation-keeps-marks"]


def test_quotation_marks_before_a_name_do_not_count_in_its_order() -> None:
    names = ["ЮНИСЕФ", "«ООН-женщины»", "МОТ"]
    assert sorted(names, key=lambda n: sort_key(n, LANGUAGES["ru"])) == ["МОТ", "«ООН-женщины»", "ЮНИСЕФ"]


# ---------------------------------------------------------------- our own catalogues


def test_one_edited_paragraph_of_ours_makes_one_unit_fuzzy_in_each_language_and_undoing_it_restores_the_bytes() -> None:
    world = Overlay(DiskWorld(ROOT), {})
    world = Overlay(world, _updated(world))
    assert _updated(world) == {}
    name, old, new = "mapping-2021", "trafficking in persons", "the trafficking of persons"
    found = next(
        own
        for own in i18n.units(pipeline.open_project(world, Sink()), Sink())[name]
        if own.places[0].setting.kind == "paragraph"
        and len(own.places) == 1
        and len(own.text) > 200
        and old in own.text
    )
    edited = Overlay(world, _edited(world, found, old, new))
    changed = _updated(edited)
    assert sorted(changed) == sorted(catalogue_path(code, name) for code in i18n.targets())
    for file, data in changed.items():
        before, after = (read_po(file, text.decode(), Sink()) for text in (world.read(file), data))
        (fuzzy,) = (entry for entry in after.entries if entry.fuzzy and entry.key not in before.by_key)
        assert dict(fuzzy.previous) == {"msgid": found.text}
        assert fuzzy.translations == before.by_key[found.key].translations
        others = [entry for entry in after.entries if entry is not fuzzy]
        assert [(e, e.strings_read) for e in others] == [
            (e, e.strings_read) for e in before.entries if e.key != found.key
        ]
    undone = _updated(Overlay(world, changed))
    assert undone == {file: world.read(file) for file in changed}


def _updated(world: World) -> dict[str, bytes]:
    """What an update of all languages changes."""
    sink = Sink()
    found = i18n.updated(pipeline.open_project(world, Sink()), i18n.targets(), [], sink)
    assert [str(finding) for finding in sink] == []
    return found


def _edited(world: World, own: Unit, old: str, new: str) -> dict[str, bytes]:
    """The file of a unit, with words changed that stand in it once."""
    (place,) = own.places
    lines = world.read(place.span.file).decode().split("\n")
    text = "\n".join(lines[place.span.line - 1 : place.last])
    assert old in text
    lines[place.span.line - 1 : place.last] = text.replace(old, new, 1).split("\n")
    return {place.span.file: "\n".join(lines).encode()}
