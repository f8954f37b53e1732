"""Marks of notes and no-break spaces: each language sets them by its own rule, wherever a translator put them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icat_reports.compose.setting import set_in
from icat_reports.document import nodes as n
from icat_reports.document import walk
from icat_reports.language import LANGUAGES

NOTES = (n.Note("1", "number", (n.Text("note"),)), n.Note("2", "number", (n.Text("note"),)))


def arranged(children: tuple[n.Inline, ...], code: str, *, spaces: bool = True) -> tuple[n.Inline, ...]:
    """The words of a paragraph as they are set in a language."""
    document = n.Document(n.Metadata("t", "t", code), (n.Division("body", (n.Paragraph(children),)),), NOTES)
    made = set_in(document, LANGUAGES[code], marks=True, spaces=spaces)
    (paragraph,) = made.divisions[0].children
    assert isinstance(paragraph, n.Paragraph)
    return paragraph.children


def inlines(text: str) -> tuple[n.Inline, ...]:
    """`¹` and `²` for marks of notes, `_words_` for emphasis."""
    found: list[n.Inline] = []
    for place, part in enumerate(text.split("_")):
        if place % 2:
            found.append(n.Emphasis((n.Text(part),)))
            continue
        words = ""
        for character in part:
            if character in "¹²":
                found += [n.Text(words)] if words else []
                found.append(n.NoteMark("1" if character == "¹" else "2"))
                words = ""
            else:
                words += character
        found += [n.Text(words)] if words else []
    return tuple(found)


def shown(children: tuple[n.Inline, ...]) -> str:
    """The same signs, with `~` for a no-break space."""
    parts = (
        {"1": "¹", "2": "²"}[child.note]
        if isinstance(child, n.NoteMark)
        else f"_{walk.plain(child.children)}_"
        if isinstance(child, n.Emphasis)
        else walk.plain((child,))
        for child in children
    )
    return "".join(parts).replace("\u00a0", "~")


def said(text: str, code: str, *, spaces: bool = True) -> str:
    return shown(arranged(inlines(text), code, spaces=spaces))


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", "des faits.¹ Ensuite", "des faits¹. Ensuite"),
        ("fr", "des faits¹. Ensuite", "des faits¹. Ensuite"),
        ("fr", "les faits :¹ un", "les faits¹~: un"),
        ("fr", "« les faits »¹.", "«~les faits~»¹."),
        ("es", "los hechos,¹² y", "los hechos¹², y"),
        ("es", "EE. UU.¹ y otros", "EE. UU.¹ y otros"),
        ("ru", "_Доклад_.¹", "_Доклад_¹."),
        ("ar", "الأشخاص،¹ ومنها", "الأشخاص¹، ومنها"),
        ("zh", "贩运人口。¹各国", "贩运人口¹。各国"),
        ("en", "the facts¹. Then", "the facts.¹ Then"),
        ("en", "the facts¹², then", "the facts,¹² then"),
        ("en", "_Report_¹.", "_Report_.¹"),
        ("en", "¹", "¹"),
    ],
)
def test_a_mark_stands_on_its_side_of_the_punctuation(code: str, text: str, expected: str) -> None:
    assert said(text, code) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "fr",
            "Pourquoi? Voici: « un », 10:30; A/RES/61/180: fin!",
            "Pourquoi~? Voici~: «~un~», 10:30~; A/RES/61/180~: fin~!",
        ),
        ("fr", "https://un.org et (ICAT; 2010) :", "https://un.org et (ICAT~; 2010)~:"),
        ("fr", "_Rapport_: le 8 avril 2011, 25 %", "_Rapport_~: le 8~avril 2011, 25~%"),
        ("fr", "Quoi ?!", "Quoi~?!"),
        ("fr", ": seul", ": seul"),
        ("es", "el 8 de abril: 25 %, núm. 5", "el 8~de~abril: 25~%, núm.~5"),
        (
            "es",
            "desde el 13 a 15 de febrero, 1.000 millones, 1,90 dólares",
            "desde el 13~a 15~de~febrero, 1.000~millones, 1,90~dólares",
        ),
        ("es", "en 2018 de acuerdo, los 1.000 Estados", "en 2018 de acuerdo, los 1.000 Estados"),
        ("ru", "8 апреля 2011 года — 25 %, п. 5", "8~апреля 2011~года~— 25~%, п.~5"),
        ("ru", "60~000 человек, 2,5 млн долл. США, 140 долл. США", "60~000~человек, 2,5~млн~долл.~США, 140~долл.~США"),
        ("ru", "УНП ООН (УНП ООН) и МОТ, ООН", "УНП~ООН (УНП~ООН) и~МОТ, ООН"),
        (
            "ru",
            "Борьба с торговлей людьми: в Европе, к Азии и о детях",
            "Борьба с~торговлей людьми: в~Европе, к~Азии и~о~детях",
        ),
        ("ar", "في 8 نيسان", "في 8~نيسان"),
        ("zh", "于2003年8月28日：", "于2003年8月28日："),
        ("es", "unas 15~000 personas, 1~234~567, 2003~1234", "unas 15.000~personas, 1.234.567, 2003~1234"),
        ("en", "on 8 April: 25 %", "on 8~April: 25~%"),
        ("en", "Nos. 29 and 105, No. 7, Ms. Mullally. No one", "Nos.~29~and 105, No.~7, Ms.~Mullally. No one"),
        ("en", "13–15 February 2008, 187 million, rule 61/180 on", "13–15~February 2008, 187~million, rule 61/180 on"),
        (
            "en",
            "four actors – States among them – and _others_ – all",
            "four actors~– States among them~– and _others_~– all",
        ),
        ("fr", "les acteurs – dont les États – agissent", "les acteurs~– dont les États~– agissent"),
        ("fr", "187 millions, Mme X, 2018 et 2019", "187~millions, Mme~X, 2018 et 2019"),
        ("fr", "15~000", "15\u202f000"),
        ("ar", "15\u202f000", "15~000"),
        ("zh", "超过7~000名", "超过7,000名"),
    ],
)
def test_spaces_that_do_not_break_are_set_where_a_text_lacks_them(code: str, text: str, expected: str) -> None:
    text = text.replace("~", "\u00a0")
    assert said(text, code) == expected
    assert said(text, code, spaces=False) == text.replace("\u00a0", "~")


def test_words_of_another_language_and_signs_in_citations_are_left_alone() -> None:
    words = (n.Phrase("en", (n.Text("Why: 8 April"),)), n.Citation("x", "", (n.Text("S/2003: règle"),)))
    assert arranged(words, "fr") == words


@pytest.mark.parametrize(
    ("code", "words"), [("en", "recommendation No.~38"), ("fr", "règle n°~38"), ("ru", "правило №~38")]
)
def test_a_number_stands_with_its_word_in_a_citation_too(code: str, words: str) -> None:
    cited = n.Citation("x", "", (n.Text(words.replace("~", " ")),))
    assert arranged((cited,), code) == (n.Citation("x", "", (n.Text(words.replace("~", "\u00a0")),)),)


PIECES = st.lists(st.sampled_from(["mots", " ", ".", ", ", " :", "»", "¹", "²", "_Titre_", "12"]), max_size=8)


@given(PIECES, st.sampled_from(sorted(LANGUAGES)))
def test_no_letter_nor_mark_is_lost_and_twice_is_once(pieces: list[str], code: str) -> None:
    text = "".join(pieces)
    once = arranged(inlines(text), code)
    assert shown(arranged(once, code)) == shown(once)
    for sign in "¹²mt1_.,:»":
        assert shown(once).count(sign) == shown(inlines(text)).count(sign)
    assert [m.note for m in once if isinstance(m, n.NoteMark)] == [
        m.note for m in inlines(text) if isinstance(m, n.NoteMark)
    ]
