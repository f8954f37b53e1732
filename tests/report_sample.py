"""In: a language code. Out: a document with a symbol, in small: headings I., A., 1., numbered paragraphs, references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests import sample

from icat_reports.diagnostics import Sink
from icat_reports.document.nodes import (
    Block,
    Contents,
    Division,
    Document,
    Heading,
    Item,
    List,
    Metadata,
    Note,
    NoteMark,
    Origin,
    Paragraph,
    Reference,
    Section,
    Text,
)
from icat_reports.document.resolved import Counter, ResolvedDocument
from icat_reports.language import LANGUAGES
from icat_reports.resolve import resolve

COUNTERS: dict[str, Counter] = {
    "roman": Counter("roman", "upperRoman", "{n}.", " ", "section {n}", 1, restarts=False),
    "letter": Counter("letter", "upperLetter", "{n}.", " ", "section {up}.{n}", 2),
    "arabic": Counter("arabic", "decimal", "{n}.", " ", "section {up}.{n}", 3),
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
        {"paragraph-reference": "第{n}段", "contents": "目录", "page": "页次", "paragraphs": "段次"},
    ),
}


def report(code: str = "en") -> ResolvedDocument:
    """The document in one language, resolved."""
    return resolved(document(code))


def resolved(made: Document) -> ResolvedDocument:
    """A document of this kind, resolved; any finding is a fault of the test."""
    code = made.metadata.language
    sink = Sink()
    words = {**sample.shared_words(code), **TEXTS[code].shared}
    found = resolve(made, LANGUAGES[code], COUNTERS, words, sink)
    assert not sink.sorted(), "\n".join(map(str, sink.sorted()))
    return found


def document(code: str = "en") -> Document:
    """The document in one language."""
    words = TEXTS[code]
    return Document(
        Metadata(words.title, "report", code, running_title=words.title),
        (
            Division("cover", (Paragraph((Text(words.title),), "title"),)),
            Division("front", (_contents(words),)),
            Division("body", tuple(_body(words))),
        ),
        (Note("force", "number", (Text(words.note),)),),
    )


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
