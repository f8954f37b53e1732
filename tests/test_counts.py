"""In: the publications as built. Out: they hold as many of each thing as their sources were counted to hold."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise

import pytest
from tests.shipped import FORMATS, PUBLICATIONS, Shipped

from icat_reports.verify.reading import Reading

pytestmark = pytest.mark.needs_libreoffice

OURS = {"About this text"}
"""Headings that no source has."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a publication holds."""

    contents: int
    """Entries of the contents page."""
    headings: tuple[int, ...]
    """By level."""
    notes: Mapping[str, int]
    """How often each note is marked."""
    documents: int
    """Addresses to which links lead, each counted once."""
    links: int
    lists: Mapping[str, str] = field(default_factory=dict)
    """Lists by the part in which they stand: `5 •`, `(a)–(c)`; the part is named by the end of its heading."""
    tables: tuple[int, ...] = ()
    """Rows of each, its head included."""
    charts: int = 0


def through(last: int) -> dict[str, int]:
    """Notes from 1, each marked once."""
    return {str(number): 1 for number in range(1, last + 1)}


HELD = {
    "mapping-2021": Held(
        contents=70,
        headings=(8, 25, 37, 13),
        notes=through(10) | {"*": 8},  # printed at seven cells, one put right
        documents=285,
        links=309,
        tables=(1 + 20, 1 + 22),
        charts=10,
    ),
    "overview-2018": Held(
        contents=22,
        # 42 of level 2, three that were bullets (World Bank), and three that go with one that stood alone;
        # six bullets of level 3 (OHCHR, UNICEF), and one that goes with one that stood alone
        headings=(22, 42 + 3 + 3, 6 + 1),
        notes=through(10),
        documents=43,
        links=63,
        lists={
            "Introduction": "23 •",
            "(CoE)": "4 •, 3 •",
            "(DPA)": "5 •",
            "(ICMPD)": "4 •, 2 •, 4 •, 8 •",  # of seven publications, one joined two
            "(INTERPOL)": "4 •, 4 •",
            "(IOM)": "3 •, 3 •",
            "(OGPRtoP)": "2 •, (a)–(b), 2 •",
            "(OHCHR)": "3 •, 3 •",  # the third are subheadings
            "(UNHCR)": "3 •",
            "(OSCE)": "3 •",  # the fourth explained a word of the text
            "(UN Women)": "(a)–(d), (a)–(c), 8 •",  # set out; they ran in the text
            "(UNFPA)": "5 •",
            "World Bank": "(a)–(b), 7 •, (a)–(c)",  # likewise
        },
    ),
    "sg-report-2019": Held(
        contents=9 + 3,
        headings=(9, 3, 14 + 1),
        notes={"*": 1},
        documents=18,
        links=46 + 2,  # two symbols that had no link
        lists={
            "Global Plan of Action": "(a)–(c), (a)–(d), (a)–(g), (a)–(b)",
            "Activities of the Inter-Agency Coordination Group against Trafficking in Persons": "(a)–(e)",
            "Recommendations": "(a)–(d), (i)–(viii), (e)–(i)",
        },
    ),
    "study-2012": Held(
        contents=9 + 12,
        headings=(1 + 9, 12),  # with the note that says where the title comes from
        notes=through(2),
        documents=6,
        links=9,
        lists={
            "(UNODC)": "4 •",
            "(IOM)": "15 •",
            "(UNHCR)": "3 •, 4 •",
            "(ICAT)": "16 •",
            "(GMG)": "16 •",
        },
    ),
    "synopsis-2008": Held(
        contents=1 + 15,
        # of ten of level 3, one is the title of a box; three go with ones that stood alone
        headings=(1 + 1 + 15, 3 * 15, 10 - 1 + 3),
        notes=through(19),
        documents=62,
        links=77,
        lists={  # the others than those that the inventory counts ran in the text
            "Introduction": "3 •",  # the three subheadings run in the text
            "(UNODC)": "5 •, 10 •, 3 •",
            "(IOM)": "3 •, 4 •, 2 •",
            "(ILO)": "4 •, 6 •",
            "(UNIFEM)": "4 •, 7 •",
            "(UNDAW)": "5 •",
            "(UNHCR)": "5 •",
            "(UNICEF)": "7 •",
            "(UNITAR)": "3 •, 3 •",
            "(UNICRI)": "5 •, 3 •",
            "(UNESCO)": "4 •",
            "(INTERPOL)": "(a)–(d)",
            "(UNFPA)": "6 •, 4 •",
            "(WHO)": "6 •, 1.–10.",
        },
    ),
    "synopsis-2021": Held(
        contents=29,
        headings=(29, 4 * 29),
        notes=through(7),
        documents=247,
        links=275,
    ),
}
"""Counts of the inventories of the sources; where ours differ, why."""

each = pytest.mark.parametrize("publication", PUBLICATIONS)
in_each_format = pytest.mark.parametrize("kind", FORMATS)


def test_every_publication_has_its_counts() -> None:
    assert set(HELD) == set(PUBLICATIONS)


@each
@in_each_format
def test_headings_and_entries_of_the_contents(shipped: Shipped, publication: str, kind: str) -> None:
    reading, held = shipped.reading(publication, kind), HELD[publication]
    assert sum(row.of == "sections" and row.level > 0 for row in reading.rows) == held.contents
    levels = Counter(heading.level for heading in reading.outline if heading.words not in OURS)
    assert tuple(levels[level] for level in range(1, max(levels) + 1)) == held.headings


@each
@in_each_format
def test_notes_and_their_marks(shipped: Shipped, publication: str, kind: str) -> None:
    notes = shipped.reading(publication, kind).notes
    assert {note.mark: len(note.marks) for note in notes} == HELD[publication].notes
    assert all(note.words for note in notes)


@each
@in_each_format
def test_links_and_the_documents_that_they_lead_to(shipped: Shipped, publication: str, kind: str) -> None:
    links = [link for link in shipped.reading(publication, kind).links if not link.inside]
    assert (len({link.target for link in links}), len(links)) == (
        HELD[publication].documents,
        HELD[publication].links,
    )


@each
@in_each_format
def test_tables_and_charts(shipped: Shipped, publication: str, kind: str) -> None:
    reading, held = shipped.reading(publication, kind), HELD[publication]
    assert tuple(len(table.rows) for table in reading.tables) == held.tables
    assert sum(bool(figure.caption) for figure in reading.figures) == held.charts


@pytest.mark.parametrize("publication", [name for name, held in HELD.items() if held.lists])
@in_each_format
def test_lists(shipped: Shipped, publication: str, kind: str) -> None:
    found = dict(lists(shipped.reading(publication, kind)))
    expected = HELD[publication].lists
    assert {next((end for end in expected if part.endswith(end)), part): items for part, items in found.items()} == (
        expected
    )


def lists(reading: Reading) -> Iterator[tuple[str, str]]:
    """The lists of each part of the first level that has any: `5 •, (a)–(c)`."""
    headings = iter(reading.outline)
    part, runs = "", [""]
    for block in reading.text:
        if block.kind == "heading" and (heading := next(headings)).level == 1:
            yield from [(part, told(runs))] if any(runs) else []
            part, runs = on_one_line(heading.shown), [""]
        if block.kind == "item":
            runs.append(block.label)
        elif runs[-1]:
            runs.append("")
    yield from [(part, told(runs))] if any(runs) else []


def told(labels: list[str]) -> str:
    """Labels of items in few words; an empty one ends a list, and so does another manner of numbering."""
    found = []
    for manner, run in groupby(pairwise(["", *labels]), lambda pair: manner_of(*pair)):
        items = [label for _, label in run]
        if manner:
            found.append(f"{len(items)} •" if manner == "•" else f"{items[0]}–{items[-1]}")
    return ", ".join(found)


def manner_of(before: str, label: str) -> str:
    """How an item is numbered that follows another."""
    if re.fullmatch(r"\([a-hj-u]\)", label) or (before, label) == ("(h)", "(i)"):
        return "(a)"
    if label.startswith("("):
        return "(i)"
    return "1." if label[:1].isdigit() else label


def on_one_line(words: str) -> str:
    """Words without the ends of lines of a PDF."""
    return " ".join(words.split())


# ---------------------------------------------------------------- synopsis-2008


@in_each_format
def test_the_synopsis_has_23_focal_points(shipped: Shipped, kind: str) -> None:
    """By chapter; each is a block of its own, with an address of mail."""
    reading = shipped.reading("synopsis-2008", kind)
    headings = iter(reading.outline)
    found: list[int] = []
    counting = plural = False
    for block in reading.text:
        if block.kind == "heading":
            words = next(headings).words
            counting = bool(re.fullmatch(r"Focal points? on anti-trafficking research and activities", words))
            found += [0] if counting else []
            plural = words.startswith("Focal points ")
        elif counting and "@" in block.words:
            found[-1] += 1
            assert plural or found[-1] == 1
    assert found == [2, 4, 2, 1, 1, 1, 1, 1, 2, 2, 1, 2, 1, 1, 1]


def test_the_synopsis_has_eight_boxes(shipped: Shipped) -> None:
    """Six had a line with their source; of a seventh the text before it told the source."""
    web = shipped.files("synopsis-2008")["html"].decode()
    boxes = re.findall(r'<aside class="(?:box|quotation)">.*?</aside>', web, re.DOTALL)
    assert (len(boxes), sum('class="source"' in box for box in boxes)) == (8, 7)


# ---------------------------------------------------------------- sg-report-2019


@in_each_format
def test_the_report_has_139_paragraphs_numbered_through(shipped: Shipped, kind: str) -> None:
    numbers = [
        int(found[1])
        for block in shipped.reading("sg-report-2019", kind).text
        if block.kind == "paragraph" and (found := re.match(r"(\d+)\.\s", block.shown))
    ]
    assert numbers == list(range(1, 139 + 1))


@in_each_format
def test_the_report_has_30_lettered_and_8_roman_subparagraphs(shipped: Shipped, kind: str) -> None:
    labels = [block.label for block in shipped.reading("sg-report-2019", kind).text if block.kind == "item"]
    roman = [label for label in labels if re.fullmatch(r"\([ivx]+\)", label)][:-1]  # the last is a letter
    assert (len(labels) - len(roman), len(roman)) == (30, 8)
    assert labels[-1] == "(i)"


@in_each_format
def test_the_report_names_45_states_that_replied(shipped: Shipped, kind: str) -> None:
    paragraphs = [on_one_line(block.words) for block in shipped.reading("sg-report-2019", kind).text]
    said, names = re.findall(r" (\d+) Member States had replied: (.*)\.", "\n".join(paragraphs))[0]
    states = re.split(r", | and (?=Uruguay)", names)
    assert (int(said), len(states)) == (45, 45)
    assert states == sorted(states)


@in_each_format
def test_the_masthead_of_the_report(shipped: Shipped, kind: str) -> None:
    """In the order of the printed one, with no symbol, which the source has not."""
    shown = [on_one_line(block.words) for block in shipped.reading("sg-report-2019", kind).text][:11]
    masthead = [
        "General Assembly",
        "Distr.: General",
        "18 June 2019",
        "Original: English",
        "Seventy-fourth session",
        "Item 108 of the preliminary list",
        "Crime prevention and criminal justice",
        "Improving the coordination of efforts against trafficking in persons",
        "Report of the Secretary-General",
        "Summary",
    ]
    assert [line.removesuffix("*").strip() for line in shown] == ["United Nations", *masthead]


@in_each_format
def test_the_contents_of_the_report_tell_paragraphs(shipped: Shipped, kind: str) -> None:
    rows = [row.paragraphs for row in shipped.reading("sg-report-2019", kind).rows if row.level]
    assert rows == (
        "1–2 3–5 6–102 6–34 35–94 95–102 103–113 114–121 122–124 125–132 133–138 139".split()  # noqa: SIM905
    )


# ---------------------------------------------------------------- overview-2018, study-2012


@in_each_format
def test_three_notes_of_the_overview_stand_in_one_sentence(shipped: Shipped, kind: str) -> None:
    reading = shipped.reading("overview-2018", kind)
    words = [on_one_line(block.words) for block in reading.text]
    sentence = next(text for text in words if "Security Council" in text and "Economic and Social Council" in text)
    ends = [mark.before[-12:].strip() for note in reading.notes[1:4] for mark in note.marks]
    assert all("".join(end.split()) in "".join(sentence.split()) for end in ends)
    others = on_one_line(reading.notes[5].words)
    assert "(UNESCO)" in others
    assert "(UNAIDS)" in others


@in_each_format
def test_each_extract_of_the_study_says_where_it_was_published(shipped: Shipped, kind: str) -> None:
    links = [link.target for link in shipped.reading("study-2012", kind).links]
    assert sum(target.endswith("Coordination%20Anti-Trafficking%20Report.pdf") for target in links) == 4


@in_each_format
def test_the_six_chapters_of_organizations_in_the_study_have_a_shared_subheading(shipped: Shipped, kind: str) -> None:
    headings = [heading.words for heading in shipped.reading("study-2012", kind).outline if heading.level == 2]
    assert Counter(headings)["Mandates and activities of organizations"] == 6
    assert len(set(headings)) == 1 + 6
