"""Composing: what data and templates become, as text that a reader of the publication would see."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.casefile import tiny

from icat_reports import pipeline
from icat_reports.compose.names import joined, unknown
from icat_reports.compose.tallies import TALLIES, Source
from icat_reports.compose.template import render
from icat_reports.content import Area, Areas, ChartDefinition, Group
from icat_reports.diagnostics import Sink
from icat_reports.document import walk
from icat_reports.document.dump import dump
from icat_reports.document.nodes import Chart, Figure, Paragraph, Section, Table
from icat_reports.language import LANGUAGES
from icat_reports.layout import Layout
from icat_reports.pipeline import Laid
from icat_reports.prose import parse_words
from icat_reports.words import Id, Words
from icat_reports.world import MemoryWorld

T = "content/publications/tiny"


def lay(changes: Mapping[str, str] | None = None, language: str = "en") -> Laid:
    """The tiny publication with some files changed, laid out without a finding of weight."""
    sink = Sink()
    files = tiny() | {name: text.encode() for name, text in (changes or {}).items()}
    project = pipeline.open_project(MemoryWorld(files), sink)
    laid = pipeline.lay_out(project, "tiny", language, sink)
    assert [str(f) for f in sink if f.code != "chart-has-data"] == []
    assert laid is not None
    return laid


def said(text: str, notes: str = "", **changes: str) -> str:
    """What the introduction says when this is its text."""
    body = "\n".join(f"        {line}" if line else "" for line in text.split("\n"))
    tail = f"notes:\n{notes}" if notes else ""
    part = f"type: part\npart:\n  id: introduction\n  title: Introduction\n  body:\n    - text: |\n{body}\n{tail}"
    shown = dump(lay({f"{T}/introduction.yaml": part, **changes}).resolved)
    return shown.split("h1 Introduction\n", 1)[1].split("\n  h1", 1)[0].strip()


def organization(name: str, acronym: str, more: str = "") -> str:
    return f"id: {acronym.lower()}\nnames: [{{name: {name}, acronym: {acronym}}}]\nkind: other\n{more}"


def test_what_an_entity_is_asked_to_look_at_goes_with_the_first_paragraph_of_its_text() -> None:
    listed = "type: profile\norganization: unodc\nattention: Please confirm.\ntext: |\n  - One\n  - Two\n\n  Three.\n"
    document = lay({f"{T}/profiles/unodc.yaml": listed}).resolved.document
    asked = [b for b in walk.document_blocks(document) if isinstance(b, Paragraph) and b.attention]
    assert [(walk.plain(b.children), b.attention) for b in asked] == [("One", "Please confirm.")]


# ---------------------------------------------------------------- tokens


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{count:respondents} entities", "two entities"),
        ("{Count:respondents} entities", "Two entities"),
        ("{orgs:respondents}", "ILO and UNODC"),
        ("{orgs:entities}", "ILO and UNODC"),
        ("{orgs:unodc-memorandums}", "ILO"),
        ("{fact:unodc/staff} staff", "over 1,200 staff"),
        ("[@A/RES/61/180]", "General Assembly resolution 61/180<https://undocs.org/A/RES/61/180>"),
        ("[it](@A/RES/61/180)", "it<https://undocs.org/A/RES/61/180>"),
        ("see {ref:mandates}", "see section 1.1"),
        ("see {ref:section-one}", "see section 1"),
        ("see {ref:introduction}", "see “Introduction”"),
        ("see {ref:table-frameworks} and {ref:chart-expertise}", "see table 1 and figure 1"),
    ],
)
def test_a_token_is_what_the_data_says(text: str, shown: str) -> None:
    assert said(text) == shown


def test_ten_and_more_are_written_in_figures() -> None:
    publication = (
        tiny()[f"{T}/publication.yaml"].decode() + "counts: {nine: {value: 9}, ten: {value: 10}, many: {value: 1234}}\n"
    )
    text = "{count:nine}, {count:ten}, {Count:nine}, {count:many}"
    assert said(text, **{f"{T}/publication.yaml": publication}) == "nine, 10, Nine, 1,234"


def test_names_are_those_of_the_publications_day() -> None:
    file = (
        "id: ilo\nkind: other\nmembership: [{status: member}]\nnames:\n"
        "  - {name: Old Office, acronym: OLD, to: 2020}\n  - {name: Office, acronym: NEW, from: 2021, to: 2021-07}\n"
        "  - {name: Later Office, acronym: LATER, from: 2021-08}\n"
    )
    text = "type: profile\norganization: ilo\ntext: |\n  It sets labour standards.\n"
    changed = {"content/organizations/ilo.yaml": file, f"{T}/profiles/ilo.yaml": text}
    assert said("{orgs:respondents}", **changed) == "NEW and UNODC"


def test_a_fact_is_the_latest_one_known_on_the_publications_day() -> None:
    file = tiny()["content/organizations/unodc.yaml"].decode().replace(
        "values: [{value: 1200, qualifier: over}]",
        "values: [{value: 3, as_of: 2022}, {value: 1, as_of: 2019}, {value: 2, as_of: 2020-05}]",
    )  # fmt: skip
    assert said("{fact:unodc/staff}", **{"content/organizations/unodc.yaml": file}) == "2"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", "A, B and C"),
        ("fr", "A, B et C"),
        ("es", "A, B y C"),
        ("ru", "A, B и C"),
        ("ar", "A وB وC"),
        ("zh", "A、B和C"),
    ],
)
def test_names_are_joined_as_the_language_joins_them(code: str, shown: str) -> None:
    assert joined(["A", "B", "C"], LANGUAGES[code]) == shown


# ---------------------------------------------------------------- what layouts show


def outline(laid: Laid) -> list[str]:
    return list(dump(laid.resolved).splitlines())


def test_profiles_stand_in_the_alphabetical_order_of_names() -> None:
    laid = lay()
    headings = [
        walk.plain(b.heading.children) for b in walk.document_blocks(laid.resolved.document) if isinstance(b, Section)
    ]
    assert [h for h in headings if "(" in h] == ["International Labour Organization (ILO)",
                                                "United Nations Office on Drugs and Crime (UNODC)"]  # fmt: skip


def test_a_chart_shows_the_answers() -> None:
    (figure,) = [
        b for b in walk.document_blocks(lay().resolved.document) if isinstance(b, Figure) and b.id == "chart-expertise"
    ]
    assert isinstance(figure.body, Chart)
    assert dict(zip(figure.body.categories, figure.body.series[0].values, strict=True)) == {
        "Legislation": 2,
        "Data and research": 1,
    }
    assert figure.alt == "Bar chart. Legislation has the most entities, 2."


def test_a_chart_without_answers_is_left_out_and_told() -> None:
    survey = tiny()[f"{T}/survey.yaml"].decode().split("    answers:")[0]
    laid = lay(
        {f"{T}/survey.yaml": survey, f"{T}/introduction.yaml": "type: part\npart: {id: introduction, title: I}\n"}
    )
    assert laid.resolved.figures == ()


def test_the_matrix_of_frameworks_marks_what_one_side_did_not_state() -> None:
    laid = lay()
    (table,) = [b for b in walk.document_blocks(laid.resolved.document) if isinstance(b, Table)]
    rows = [line.strip() for line in dump(laid.resolved).splitlines() if line.strip().startswith("|")]
    assert rows[1:] == [
        "| International Labour Organization (ILO) <row> | UNODC[^*] |  |",
        "| United Nations Office on Drugs and Crime (UNODC) <row> | ILO | - bullet 1 / Joint letter (2020) |",
    ]
    assert [laid.resolved.notes[note.id].mark for note in table.notes] == ["*"]


def test_a_matrix_without_such_a_mark_has_no_note() -> None:
    frameworks = tiny()[f"{T}/frameworks.yaml"].decode().replace(", silent: [unodc]", "")
    (table,) = [b for b in walk.document_blocks(lay({f"{T}/frameworks.yaml": frameworks}).resolved.document)
                if isinstance(b, Table)]  # fmt: skip
    assert table.notes == ()


def test_notes_of_another_publication_come_only_with_the_texts_that_mark_them() -> None:
    other = tiny()[f"{T}/publication.yaml"].decode().replace("id: tiny", "id: other").split("parts:")[0]
    areas = (
        "type: areas\ngroups: [{id: g, title: Global}, {id: h, title: Local}]\nnotes:\n  shown: |\n    A note of the areas.\n"
        "areas:\n  - {id: a, title: Training, group: g, text: 'Words.[^shown]'}\n  - {id: b, title: Law, group: g, text: Words.}\n"
    )
    files = {
        "content/publications/other/publication.yaml": other + "uses: [tiny]\nparts:\n"
        "  - {id: one, title: One, body: [{show: areas}]}\n",
        f"{T}/areas.yaml": areas,
        f"{T}/publication.yaml": tiny()[f"{T}/publication.yaml"].decode().replace("- {show: frameworks}",
                                                                                "- {show: frameworks}\n          - {show: areas}"),
    }  # fmt: skip
    sink = Sink()
    project = pipeline.open_project(MemoryWorld(tiny() | {name: text.encode() for name, text in files.items()}), sink)
    laid = pipeline.lay_out(project, "other", "en", sink)
    assert [str(f) for f in sink] == []
    assert laid is not None
    assert [note.id for note in laid.resolved.document.notes] == ["publications/tiny/areas.shown"]


def test_every_word_of_a_text_knows_its_place() -> None:
    files = {name for name, _ in tiny().items()}
    laid = lay()
    for block in walk.document_blocks(laid.resolved.document):
        span = getattr(getattr(block, "origin", None), "span", None)
        assert span is None or span.file in files


def test_the_same_content_gives_the_same_document() -> None:
    assert lay().resolved == lay().resolved


# ---------------------------------------------------------------- templates


def rendered(
    source: str, context: Mapping[str, object], filters: Mapping[str, object] | None = None
) -> tuple[str | None, list[str]]:
    """What a template makes, and the codes of findings."""
    layout = replace(lay().layout, templates={"x/layout.xml.j2": source}, id="x")
    sink = Sink()
    return render(layout, context, filters or {}, sink), [f.code for f in sink]


def test_a_template_writes_its_line_into_every_element() -> None:
    assert rendered("<a>\n<b/>\n</a>", {})[0] == '<a at="x/layout.xml.j2:1">\n<b at="x/layout.xml.j2:2"/>\n</a>'


def test_what_a_template_shows_is_escaped() -> None:
    assert rendered("{{ x }}", {"x": "<script>&"})[0] == "&lt;script&gt;&amp;"


@pytest.mark.parametrize(
    "source",
    [
        "{{ x.__class__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ x.parse_file('/etc/passwd') }}",
        "{{ x.parse_raw('{}', proto='pickle', allow_pickle=True) }}",
        "{{ x.model_construct(templates=1) }}",
        "{{ f.__globals__ }}",
        "{{ f.__code__.co_consts }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{{ ''|attr('__class__') }}",
        "{{ 'a' * 100000000000 }}",
        "{{ [0] * 100000000000 }}",
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{{ range(999999999) | list }}",
        "{% include '/etc/passwd' %}",
        "{% include 'x/../../../etc/passwd' %}",
        "{% import 'os' as os %}{{ os.environ }}",
        "{{ self.__init__ }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{{ 'aaaaaaaaaaaaaaaaaaaaaaaa' }}{% endfor %}{% endfor %}",
    ],
)
def test_a_template_reaches_nothing_but_what_it_is_given(source: str) -> None:
    project = pipeline.open_project(MemoryWorld(tiny()), Sink())
    made, codes = rendered(source, {"x": project.library.editions["tiny"].publication, "f": outline})
    assert made is None or made.strip() in ("", "{0.__class__}"), made
    assert made is not None or (len(codes) == 1 and codes[0].startswith("template-"))


def test_what_is_kept_of_a_template_is_its_own_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    sources = ("<a>{{ x }}</a>", "<b>{{ x }}</b>", "<b>{{ x + 1 }}</b>")
    fresh = [rendered(source, {"x": 1})[0] for source in sources]
    assert fresh == [
        f'<{name} at="x/layout.xml.j2:1">{number}</{name}>' for name, number in (("a", 1), ("b", 1), ("b", 2))
    ]
    assert [rendered(source, {"x": 1})[0] for source in sources] == fresh
    whole = {file: file.read_bytes() for file in (tmp_path / "icat-reports" / "templates").iterdir()}
    for spoilt in (slice(0), slice(40), slice(-1), slice(None, None, -1)):
        for file, data in whole.items():
            file.write_bytes(data[spoilt])
        assert rendered(sources[-1], {"x": 1})[0] == fresh[-1]
        assert [file for file, data in whole.items() if file.read_bytes() == data[spoilt]] == []


def test_a_template_that_cannot_be_kept_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "icat-reports").mkdir()
    (tmp_path / "icat-reports" / "templates").write_text("no folder")
    assert rendered("{{ x }}", {"x": 1}) == ("1", [])


def test_filters_are_applied_to_constants_anew_in_each_document() -> None:
    numbers = iter(range(9))
    source, filters = "{{ 'a' | number }} {{ 'a' | number }}", {"number": lambda _: next(numbers)}
    assert [rendered(source, {}, filters)[0] for _ in range(2)] == ["0 1", "2 3"]


def test_layouts_are_frozen_values() -> None:
    layout: Layout = lay().layout
    with pytest.raises(AttributeError):
        layout.id = "x"  # type: ignore[misc]


def test_a_year_that_is_a_fact_is_not_grouped_as_a_number() -> None:
    facts = "facts: [{id: founded, label: Founded, kind: year, values: [{value: 1951}]}]\n"
    changed = {"content/organizations/who.yaml": organization("World Health Organization", "WHO", facts)}
    assert said("It was founded in {fact:who/founded}.", **changed) == "It was founded in 1951."


def test_a_fact_of_a_document_is_cited_as_one_of_an_organization() -> None:
    facts = "    facts: [{id: parties, label: Parties, values: [{value: 1173, qualifier: over}]}]\n"
    references = "references:\n  - id: protocol\n    cite_as: the Protocol\n" + facts
    changed = {"content/references/treaties.yaml": references}
    assert said("It has {fact:protocol/parties} parties.", **changed) == "It has over 1,173 parties."


def test_a_list_of_names_is_sorted_and_counted() -> None:
    changed = {f"{T}/replies.yaml": "type: names\nnames: [Togo, Algeria, Malta]\n"}
    text = "{Count:replies} States replied: {names:replies}."
    assert said(text, **changed) == "Three States replied: Algeria, Malta and Togo."


def test_a_fact_in_thousands_is_grouped_by_the_language_however_it_is_written() -> None:
    facts = 'facts: [{id: staff, label: Staff, values: [{value: "7,400"}]}, {id: rate, label: Rate, values: [{value: "24.9 million"}]}]\n'
    changed = {"content/organizations/who.yaml": organization("World Health Organization", "WHO", facts)}
    assert said("{fact:who/staff} and {fact:who/rate}", **changed) == "7,400 and 24.9\u00a0million"


def test_areas_of_one_name_are_told_apart_in_the_brackets_of_the_language() -> None:
    groups = tuple(
        Group.model_construct(id=Id(name), title=Words(title)) for name, title in (("g", "全球努力"), ("h", "国家"))
    )
    areas = tuple(Area.model_construct(id=Id(g.id * 2), group=g.id, title=Words("Data"), activities=()) for g in groups)
    dataset = Areas.model_construct(groups=groups, areas=areas)
    chart = ChartDefinition.model_construct()
    for code, label in (("zh", "Data（全球努力）"), ("fr", "Data (全球努力)")):
        tally = TALLIES["areas"][1](
            Source(dataset, {}, lambda name: unknown(name, LANGUAGES["zh"]), sorted, LANGUAGES[code].bracketed), chart
        )
        assert tally is not None
        assert tally.bars[0].label == label


def test_a_no_break_space_in_a_title_stays() -> None:
    title = Words("Sensibilisation\u00a0:\n  journée")
    assert walk.plain(parse_words(title)) == "Sensibilisation\u00a0: journée"


@pytest.mark.parametrize(
    ("code", "day", "shown"),
    [
        ("ar", "2021-07-15", "15 تموز/يوليه 2021"),
        ("ar", "2021-02", "شباط/فبراير 2021"),
        ("ar", "2021", "2021"),
        ("ru", "2021-07-15", "15 июля 2021 года"),
        ("ru", "2021-02", "Февраль 2021 года"),
        ("fr", "2021-07-15", "15 juillet 2021"),
        ("zh", "2021-02", "2021年2月"),
    ],
)
def test_dates_are_written_as_documents_of_the_language_write_them(code: str, day: str, shown: str) -> None:
    file = f"{T}/publication.yaml"
    changed = tiny()[file].replace(b"\ndate: 2021-07\n", f"\ndate: {day}\n".encode())
    assert f"\ndate: {day}\n".encode() in changed
    project = pipeline.open_project(MemoryWorld(tiny() | {file: changed}), Sink())
    laid = pipeline.lay_out(project, "tiny", code, Sink())
    assert laid is not None
    assert f"date: {shown}" in dump(laid.resolved).replace("\u00a0", " ")
