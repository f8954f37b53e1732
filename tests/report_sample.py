"""In: a language code. Out: a document with a symbol, in small: headings I., A., 1., numbered paragraphs, references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml
from msgspec.structs import replace
from tests import sample

from icat_reports.diagnostics import Sink
from icat_reports.document.nodes import (
    Aside,
    Block,
    Contents,
    Division,
    Document,
    Heading,
    Image,
    Item,
    List,
    Masthead,
    Metadata,
    Note,
    NoteMark,
    Origin,
    Paragraph,
    ParagraphRole,
    Reference,
    Section,
    Text,
)
from icat_reports.document.resolved import Counter, ResolvedDocument
from icat_reports.language import LANGUAGES
from icat_reports.resolve import resolve
from icat_reports.theme import Theme
from icat_reports.write_html.job import Medium

LAYOUTS = sample.ROOT / "layouts"
MARK = "assets/mark.svg"

COUNTERS: dict[str, Counter] = {
    "roman": Counter(
        *("roman", "upperRoman", "{n}.", " ", "section {n}", 1),
        restarts=False,
        languages={
            "ar": {"format": "ordinalAdverb", "pattern": "{n} –"},
            "zh": {"format": "chineseCountingThousand", "pattern": "{n}、", "separator": ""},
        },
    ),
    "letter": Counter(
        *("letter", "upperLetter", "{n}.", " ", "section {up}.{n}", 2),
        languages={"ar": {"format": "letterName", "pattern": "{n} –"}},
    ),
    "arabic": Counter(
        *("arabic", "decimal", "{n}.", " ", "section {up}.{n}", 3), languages={"ar": {"pattern": "{n}-"}}
    ),
}


@dataclass(frozen=True)
class Words:
    """The document's words in one language."""

    title: str
    contents: str
    headings: tuple[str, str, str, str, str, str]
    sentence: str
    item: str
    see: str
    note: str
    masthead: Mapping[ParagraphRole, tuple[str, ...]]
    star: str
    summary: str
    shared: Mapping[str, str]


TEXTS: dict[str, Words] = {
    "en": Words(
        "Improving the coordination of efforts",
        "Contents",
        ("Introduction", "Measures taken", "By States", "Legislation", "Prevention", "By entities"),
        "Member States reported that they had taken measures in all fields of the Plan of Action.",
        "To ratify the Protocol",
        "See",
        "The Protocol entered into force in 2003.",
        {
            "organization": ("United Nations",),
            "organ": ("General Assembly",),
            "particular": ("Distr.: General", "18 June 2019", "Original: English"),
            "session": ("Seventy-fourth session",),
            "agenda": ("Item 108 of the list",),
            "agenda-title": ("Crime prevention",),
        },
        "A list of 2019.",
        "Summary",
        {},
    ),
    "ar": Words(
        "تحسين تنسيق الجهود",
        "المحتويات",
        ("مقدمة", "التدابير المتخذة", "الدول", "التشريعات", "المنع", "الكيانات"),
        "أفادت الدول الأعضاء بأنها اتخذت تدابير في جميع مجالات خطة العمل.",
        "التصديق على البروتوكول",
        "انظر",
        "دخل البروتوكول حيز النفاذ في عام 2003.",
        {
            "organization": ("الأمم المتحدة",),
            "organ": ("الجمعية العامة",),
            "particular": ("Distr.: General", "18 June 2019", "Arabic", "Original: English"),
            "session": ("الدورة الرابعة والسبعون",),
            "agenda": ("البند 108 من القائمة",),
            "agenda-title": ("منع الجريمة",),
        },
        "قائمة 2019.",
        "موجز",
        {"paragraph-reference": "الفقرة {n}", "contents": "المحتويات", "page": "الصفحة", "paragraphs": "الفقرات"},
    ),
    "zh": Words(
        "加强协调努力",
        "目录",
        ("导言", "采取的措施", "会员国", "立法", "预防", "各实体"),
        "会员国报告已在行动计划所有领域采取措施。",
        "批准《议定书》",
        "见",
        "《议定书》于2003年生效。",
        {
            "organization": ("联合国",),
            "organ": ("大会",),
            "particular": ("Distr.: General", "18 June 2019", "Chinese", "Original: English"),
            "session": ("第七十四届会议",),
            "agenda": ("项目表项目108",),
            "agenda-title": ("预防犯罪",),
        },
        "2019年的项目表。",
        "摘要",
        {"paragraph-reference": "第{n}段", "contents": "目录", "page": "页次", "paragraphs": "段次"},
    ),
}


def theme() -> Theme:
    """Looks of the layout."""
    return Theme.model_validate(yaml.safe_load((LAYOUTS / "sg-report/theme.yaml").read_text("utf-8")))


def css(medium: Medium) -> str:
    """Its style sheets for a medium, after the shared ones."""
    return "".join((LAYOUTS / part / f"{medium}.css").read_text("utf-8") for part in ("shared", "sg-report"))


def assets() -> dict[str, bytes]:
    """Its pictures."""
    return {f"assets/{p.name}": p.read_bytes() for p in (LAYOUTS / "sg-report/assets").iterdir()}


def report(code: str = "en") -> ResolvedDocument:
    """The document in one language, resolved."""
    return resolved(document(code))


def resolved(made: Document) -> ResolvedDocument:
    """A document of this kind, resolved; any finding is a fault of the test."""
    code = made.metadata.language
    sink = Sink()
    words = {**sample.shared_words(code), **TEXTS[code].shared}
    counters = {name: counter.in_language(code, {}) for name, counter in COUNTERS.items()}
    found = resolve(made, LANGUAGES[code], counters, words, sink)
    assert not sink.sorted(), "\n".join(map(str, sink.sorted()))
    return found


def document(code: str = "en", job: str = "19-10104 (E)") -> Document:
    """The document in one language."""
    words = TEXTS[code]
    return Document(
        Metadata(words.title, "report", code, running_title=words.title),
        (
            Division("cover", tuple(_cover(words, job))),
            Division("front", (_contents(words),)),
            Division("body", tuple(_body(words))),
        ),
        (Note("list", "asterisk", (Text(words.star),)), Note("force", "number", (Text(words.note),))),
        pages="through",
        chapters="run-on",
    )


def _cover(words: Words, job: str) -> list[Block]:
    head = [Paragraph((Text(text),), role) for role, texts in words.masthead.items() for text in texts]
    inside = ("organization", "organ", "particular")
    masthead = Masthead(tuple(p for p in head if p.role in inside), Image(MARK, decorative=True), job=job)
    below = [replace(p, children=(*p.children, NoteMark("list"))) if p.role == "agenda" else p
             for p in head if p.role not in inside]  # fmt: skip
    summary = Aside("summary", (Paragraph((Text(words.summary),), "label"), Paragraph((Text(words.sentence),))))
    return [masthead, *below, Paragraph((Text(words.title),), "title"), summary]


def _contents(words: Words) -> Section:
    rows = Contents(depth=2, columns=("paragraphs", "page"))
    return Section("contents", Heading((Text(words.contents),)), (rows,), in_contents=False)


def _body(words: Words) -> list[Section]:
    introduction, measures, states, law, prevention, entities = words.headings
    return [
        _section("introduction", introduction, "roman", *(said(words, f"p{at}") for at in range(1, 9))),
        _section(
            "measures", measures, "roman",
            _section(
                "states", states, "letter",
                said(words, "p9"),
                _section("law", law, "arabic", said(words, "p10"), _subparagraphs(words), said(words, "p11")),
                _section("prevention", prevention, "arabic", said(words, "p12", NoteMark("force"))),
            ),
            _section("entities", entities, "letter", _referring(words)),
        ),
    ]  # fmt: skip


def _section(id_: str, title: str, numbering: str, *children: Block) -> Section:
    return Section(id_, Heading((Text(title),)), children, numbering)


def said(words: Words, id_: str, *marks: NoteMark) -> Paragraph:
    """A numbered paragraph of some words."""
    origin = Origin(f"report/text:{id_}", "content")
    return Paragraph((Text(words.sentence), *marks), number=True, id=id_, origin=origin)


def _subparagraphs(words: Words) -> List:
    roman = List("roman", tuple(Item((Paragraph((Text(words.item),)),)) for _ in range(2)))
    items = (Item((Paragraph((Text(words.item),)),)), Item((Paragraph((Text(words.item),)), roman)))
    return List("letter", items)


def _referring(words: Words) -> Paragraph:
    targets = ("p10", "measures", "states", "law")
    parts = [part for target in targets for part in (Text(f"{words.see} "), Reference(target), Text("; "))]
    return Paragraph((*parts, Text(words.sentence)), number=True, id="p13")
