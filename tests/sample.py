"""In: a language code. Out: a small publication that holds every kind of node, resolved, for the writers' tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from icat_reports.diagnostics import Sink
from icat_reports.document.nodes import (
    Aside,
    Block,
    Cell,
    Chart,
    Citation,
    Contents,
    Division,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Item,
    LineBreak,
    Link,
    List,
    Metadata,
    Note,
    NoteMark,
    Origin,
    Paragraph,
    ParagraphRole,
    Phrase,
    Reference,
    Region,
    RegionMap,
    Row,
    Section,
    Series,
    Strong,
    Table,
    Text,
)
from icat_reports.document.resolved import Counter, ResolvedDocument
from icat_reports.language import LANGUAGES
from icat_reports.resolve import resolve
from icat_reports.theme import Theme

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Words:
    """The sample's words in one language."""

    title: str
    subtitle: str
    series: str
    date: str
    status: str
    introduction: str
    sections: tuple[str, str, str]
    subsections: tuple[str, str]
    entities: tuple[str, str]
    conclusions: str
    annex: str
    sentences: tuple[str, ...]
    work: str
    citation: str
    note: str
    letter_note: str
    star_note: str
    yes: str
    regions: tuple[str, str, str, str, str]
    shared: Mapping[str, str]


TEXTS: dict[str, Words] = {
    "en": Words(
        "Mapping the work of the Group",
        "Who does what against trafficking in persons",
        "Inter-Agency Coordination Group",
        "July 2021",
        "This text is unofficial: it was written from the published resource.",
        "Introduction",
        ("Mandates and expertise of the members", "Areas of work", "Partnerships"),
        ("Forms of trafficking covered", "Key actors"),
        ("Office of Refuge", "Agency for Labour"),
        "Conclusions",
        "Publications of the members",
        (
            "The members of the Group bring different mandates to one aim, and most of them work in several regions.",
            "Victims are identified by the authorities, by civil society and by international organizations.",
            "A common plan avoids duplication, and each member reports on what it has done in its own field.",
            "In 2021 the survey was answered by 20 of 29 organizations, which is 69 per cent.",
        ),
        "Global Report on Trafficking in Persons",
        "General Assembly resolution 61/180",
        "The survey was open from March to May 2021.",
        "Includes observers.",
        "Did not answer the survey.",
        "yes",
        ("Africa", "Americas", "Asia and the Pacific", "Europe and Central Asia", "Middle East"),
        {},
    ),
    "ar": Words(
        "خريطة عمل فريق التنسيق",
        "من يفعل ماذا لمكافحة الاتجار بالأشخاص",
        "فريق التنسيق المشترك بين الوكالات",
        "تموز/يوليه 2021",
        "هذا النص غير رسمي: كُتب استنادا إلى الدليل المنشور.",
        "مقدمة",
        ("ولايات الأعضاء وخبراتهم", "مجالات العمل", "الشراكات"),
        ("أشكال الاتجار المشمولة", "الجهات الفاعلة الرئيسية"),
        ("مكتب اللجوء", "وكالة العمل"),
        "استنتاجات",
        "منشورات الأعضاء",
        (
            "يجلب أعضاء الفريق ولايات مختلفة لتحقيق هدف واحد، ويعمل معظمهم في عدة مناطق من العالم.",
            "تحدد السلطات والمجتمع المدني والمنظمات الدولية مثل UNODC وILO هوية الضحايا.",
            "تتفادى الخطة المشتركة الازدواجية، ويقدم كل عضو تقريرا عما أنجزه في مجاله.",
            "في عام 2021 أجابت 20 منظمة من أصل 29 عن الاستقصاء، أي ما نسبته 69 في المائة.",
        ),
        "التقرير العالمي عن الاتجار بالأشخاص",
        "قرار الجمعية العامة 61/180",
        "أُجري الاستقصاء في الفترة من آذار/مارس إلى أيار/مايو 2021.",
        "يشمل المراقبين.",
        "لم يجب عن الاستقصاء.",
        "نعم",
        ("أفريقيا", "الأمريكتان", "آسيا والمحيط الهادئ", "أوروبا وآسيا الوسطى", "الشرق الأوسط"),
        {
            "contents": "المحتويات", "figures": "الأشكال", "tables": "الجداول", "page": "الصفحة",
            "figure": "الشكل {n}", "table": "الجدول {n}", "figure-reference": "الشكل {n}",
            "table-reference": "الجدول {n}", "notes": "الحواشي", "note": "الحاشية {n}", "no-value": "لا توجد بيانات",
            "section": "القسم {n}", "annex": "المرفق {n}", "category": "الفئة", "value": "القيمة",
        },
    ),
    "zh": Words(
        "协调小组工作概览",
        "各机构打击人口贩运的工作",
        "机构间协调小组",
        "2021年7月",
        "本文为非正式文本，根据已出版的资料编写。",
        "导言",
        ("成员的任务和专长", "工作领域", "伙伴关系"),
        ("所涉贩运形式", "主要行为体"),
        ("难民事务处", "劳工署"),
        "结论",
        "成员的出版物",
        (
            "小组成员以不同的任务服务于同一个目标，其中多数在若干区域开展工作。",
            "受害者由主管当局、民间社会和国际组织（如UNODC和ILO）加以识别。",
            "共同计划可避免重复，每个成员就其领域的工作提出报告。",
            "2021年，29个组织中有20个答复了调查，占69%。",
        ),
        "《全球人口贩运报告》",
        "大会第61/180号决议",
        "调查于2021年3月至5月进行。",
        "包括观察员。",
        "未答复调查。",
        "是",
        ("非洲", "美洲", "亚洲及太平洋", "欧洲和中亚", "中东"),
        {
            "contents": "目录", "figures": "图", "tables": "表", "page": "页次", "figure": "图{n}", "table": "表{n}",
            "figure-reference": "图{n}", "table-reference": "表{n}", "notes": "注", "note": "注{n}",
            "caption-separator": "　", "no-value": "无数据", "section": "第{n}节", "annex": "附件{n}",
            "category": "类别", "value": "数值",
        },
    ),
}  # fmt: skip


def shared_words(code: str) -> dict[str, str]:
    """The layouts' own words, in the language as far as the sample has them."""
    english: dict[str, str] = yaml.safe_load((ROOT / "layouts/shared/words.yaml").read_text("utf-8"))["words"]
    return {**english, **TEXTS[code].shared}


def counters(code: str) -> dict[str, Counter]:
    """The layouts' counters, in the language as far as the sample has their words."""
    raw = yaml.safe_load((ROOT / "layouts/shared/numbering.yaml").read_text("utf-8"))["counters"]
    translated = {key: TEXTS[code].shared[key] for key in raw if key in TEXTS[code].shared}
    return {
        key: Counter(name=key, **{**row, **({"pattern": translated[key]} if key in translated else {})})
        for key, row in raw.items()
    }


def theme() -> Theme:
    """Looks of the mapping resource."""
    return Theme.model_validate(yaml.safe_load((ROOT / "layouts/mapping/theme.yaml").read_text("utf-8")))


def sample(code: str = "en", *, times: int = 1) -> ResolvedDocument:
    """The sample in one language, resolved; `times` makes its sections longer."""
    sink = Sink()
    resolved = resolve(document(code, times=times), LANGUAGES[code], counters(code), shared_words(code), sink)
    assert not sink.failed, "\n".join(map(str, sink))
    return resolved


def document(code: str = "en", *, times: int = 1) -> Document:
    """The sample in one language."""
    words = TEXTS[code]
    return Document(
        Metadata(
            words.title, "sample", code, edition="2021", author=words.series, subject=words.subtitle,
            keywords=("trafficking in persons", "mapping"), revision="0123456789abcdef", running_title=words.title,
        ),
        (
            Division("cover", tuple(_cover(words))),
            Division("front", tuple(_front(words, code))),
            Division("body", tuple(_body(words, times))),
            Division("back", (_annex(words),)),
        ),
        notes=(
            Note("survey", "number", (Text(words.note),), origin=_origin("survey", "note")),
            Note("star", "asterisk", (Text(words.star_note),), origin=_origin("star", "note")),
            Note(
                "report", "number",
                (Emphasis((Text(words.work),)), Text(" ("), Link("https://example.org/report", (Text("example.org/report"),)), Text(").")),
                origin=_origin("report", "note"),
            ),
        ),
    )  # fmt: skip


def _origin(part: str, place: object) -> Origin:
    return Origin(f"sample/{part}:{place}", "content")


def _words(*children: Inline | str) -> tuple[Inline, ...]:
    return tuple(Text(child) if isinstance(child, str) else child for child in children)


def _p(part: str, place: object, *children: Inline | str, role: ParagraphRole = "body") -> Paragraph:
    return Paragraph(_words(*children), role, origin=_origin(part, place))


def _cover(words: Words) -> Iterator[Block]:
    rows: tuple[tuple[str, ParagraphRole], ...] = (
        (words.series, "series"),
        (words.title, "title"),
        (words.subtitle, "subtitle"),
        (words.date, "date"),
    )
    for place, (text, role) in enumerate(rows):
        yield _p("cover", place, text, role=role)


def _front(words: Words, code: str) -> Iterator[Block]:
    shared = shared_words(code)
    yield _p("front", "status", words.status, role="status")
    yield _p("front", "imprint", words.series, LineBreak(), words.date, role="imprint")
    yield _plain_section("contents", shared["contents"], Contents("sections"))
    yield _plain_section("figures", shared["figures"], Contents("figures"))
    yield _plain_section("tables", shared["tables"], Contents("tables"))


def _plain_section(id_: str, title: str, *children: Block) -> Section:
    return Section(id_, Heading((Text(title),)), children, in_contents=False)


def _body(words: Words, times: int) -> Iterator[Block]:
    yield Section(
        "introduction",
        Heading(_words(words.introduction), origin=_origin("introduction", "title")),
        (
            _p("introduction", "lead", words.sentences[0], role="lead"),
            _p(
                "introduction", 1, words.sentences[1], NoteMark("survey"), " ", Strong(_words(words.sentences[2])), " ",
                Citation("A/RES/61/180", "https://undocs.org/en/A/RES/61/180", _words(words.citation)), ". ",
                Phrase("fr", _words("Ordre du jour")), " ", Emphasis(_words(words.work)), NoteMark("star"), ".",
            ),
            Paragraph(_words(words.sentences[3]), number=True, id="para-1", origin=_origin("introduction", 2)),
            Paragraph(
                _words(words.sentences[2], " (", Reference("areas"), "; ", Reference("actors"), "; ", Reference("annex-one"),
                       "; ", Reference("members"), "; ", Reference("by-region"), "; ", Reference("areas", "title"), ", ",
                       words.shared.get("page", "page"), " ", Reference("areas", "page"), ")."),
                number=True, id="para-2", origin=_origin("introduction", 3),
            ),
            _lists(words),
        ),
        origin=_origin("introduction", "section"),
    )  # fmt: skip
    for place, (id_, title) in enumerate(zip(("mandates", "areas", "partnerships"), words.sections, strict=True)):
        yield Section(
            id_,
            Heading(_words(title, *([NoteMark("report")] if place == 0 else [])), origin=_origin(id_, "title")),
            (_p(id_, "lead", words.sentences[place], role="lead"), *_inside(words, place, times)),
            numbering="section",
            kind="opener",
        )
    yield Section("conclusions", Heading(_words(words.conclusions), origin=_origin("conclusions", "title")),
                  (_p("conclusions", 1, *words.sentences), Aside("quotation", (_p("conclusions", 2, words.sentences[1]),))))  # fmt: skip


def _inside(words: Words, place: int, times: int) -> Iterator[Block]:
    names = {0: ("forms", "entities"), 1: ("geography", "actors"), 2: ("matrix", "frameworks")}[place]
    for sub, (name, title) in enumerate(zip(names, words.subsections, strict=True)):
        children: list[Block] = [
            _p(name, f"{turn}.{i}", " ".join(words.sentences)) for turn in range(times) for i in range(3)
        ]
        yield Section(
            name,
            Heading(_words(title), origin=_origin(name, "title")),
            (*children, *_shown(words, place, sub)),
            numbering="sub",
        )


def _shown(words: Words, place: int, sub: int) -> Iterator[Block]:
    shown: dict[tuple[int, int], tuple[Block, ...]] = {
        (0, 0): (_bar(words),),
        (0, 1): tuple(_entity(words, i) for i in range(2)),
        (1, 0): (_map(words), _stacked(words)),
        (1, 1): (_members(words),),
        (2, 0): (_wide(words),),
        (2, 1): (
            _grid(words),
            Aside("box", (_p("box", 0, words.title, role="label"), _p("box", 1, words.sentences[2]))),
        ),
    }
    yield from shown[place, sub]


def _entity(words: Words, place: int) -> Section:
    part = f"entity-{place}"
    return Section(
        part,
        Heading(_words(words.entities[place]), origin=_origin(part, "title")),
        (
            _p(part, 0, Link("https://example.org/", _words("example.org")), role="website"),
            _p(part, 1, *words.sentences[:2]),
        ),
        kind="entity",
    )


def _item(place: str, text: str, *children: Block) -> Item:
    return Item((_p("list", place, text), *children), origin=_origin("list", f"item-{place}"))


def _lists(words: Words) -> List:
    one, two, three = words.sentences[:3]
    roman = List("roman", (_item("r1", one), _item("r2", two)))
    letter = List("letter", (_item("l1", one, roman), _item("l2", two, _p("list", "second", three))))
    decimal = List("decimal", (_item("d1", one, letter), _item("d2", two)))
    again = List("decimal", (_item("e1", one), _item("e2", two)))
    plain = List("plain", (_item("p1", one),))
    inner = List("bullet", (_item("b3", words.yes), _item("b4", two)))
    return List("bullet", (_item("b1", one, inner), _item("b2", two, decimal, again, plain)))


def _cell(*children: Inline | str, head: str = "", colspan: int = 1, rowspan: int = 1, origin: str = "") -> Cell:
    content = (Paragraph(_words(*children)),) if children else ()
    return Cell(content, head, colspan, rowspan, origin=_origin("cell", origin) if origin else Origin("", "computed"))  # type: ignore[arg-type]


def _members(words: Words) -> Table:
    africa, americas, asia = words.regions[:3]
    head = (
        Row((_cell(words.series, head="col", rowspan=2), _cell(words.shared.get("value", "Value"), head="colgroup", colspan=2),
             _cell(words.citation, head="col", rowspan=2))),
        Row((_cell(africa, head="col"), _cell(americas, NoteMark("letter-a"), head="col"))),
    )  # fmt: skip
    body = tuple(
        Row((
            _cell(f"{words.entities[i % 2]} {i + 1}", *([NoteMark("table-star")] if i in {1, 4} else []), head="row", origin=f"r{i}"),
            _cell(str(i * 7 % 5)), _cell(str(i)), _cell(words.sentences[i % 4], *([NoteMark("letter-b")] if i == 2 else [])),
        ))
        for i in range(14)
    )  # fmt: skip
    return Table(
        "members",
        _words(words.sections[2], ", ", asia),
        (28, 14, 14, 44),
        head,
        body,
        notes=(
            Note("letter-a", "letter", _words(words.letter_note), origin=_origin("members", "a")),
            Note("letter-b", "letter", _words(words.note), origin=_origin("members", "b")),
            Note("table-star", "asterisk", _words(words.star_note), origin=_origin("members", "star")),
        ),
        origin=_origin("members", "table"),
    )


def _wide(words: Words) -> Table:
    names = [f"{name} {i}" for i in range(1, 8) for name in words.entities]
    head = (Row((_cell(head="col"), *(_cell(name, head="col") for name in names))),)
    body = tuple(
        Row((_cell(name, head="row"), *(_cell("●" if (i * j) % 3 == 1 else "") for j in range(len(names)))))
        for i, name in enumerate(names)
    )
    width = 79 / len(names)
    return Table("matrix-table", _words(words.sections[1]), (21, *(width for _ in names)), head, body, landscape=True)


def _figure(words: Words, id_: str, title: str, body: Chart | RegionMap) -> Figure:
    under = (_p(id_, "source", words.note, role="source"),)
    return Figure(id_, _words(title), body, f"{title}: {words.sentences[3]}", under, origin=_origin(id_, "figure"))


def _bar(words: Words) -> Figure:
    chart = Chart(
        "bar", words.regions, (Series(words.shared.get("value", "Entities"), (12, 7, 9, None, 4)),), words.yes
    )
    return _figure(words, "by-form", words.subsections[0], chart)


def _stacked(words: Words) -> Figure:
    series = tuple(
        Series(name, tuple(float((i + 2) * (j + 1) % 7) for i in range(5))) for j, name in enumerate(words.entities)
    )
    return _figure(words, "by-actor", words.subsections[1], Chart("stacked", words.regions, series, words.yes))


def _grid(words: Words) -> Figure:
    series = tuple(
        Series(f"{words.entities[i % 2]} {i}", tuple(1.0 if (i + j) % 3 else None for j in range(5))) for i in range(6)
    )
    return _figure(words, "by-field", words.sections[1], Chart("matrix", words.regions, series))


def _map(words: Words) -> Figure:
    ids = ("africa", "americas", "asia-pacific", "europe-central-asia", "middle-east")
    values = (12, 7, 9, None, 4)
    regions = tuple(Region(i, label, value) for i, label, value in zip(ids, words.regions, values, strict=True))  # type: ignore[arg-type]
    figure = _figure(words, "by-region", words.sections[1], RegionMap(regions, words.yes))
    disclaimer = _p("by-region", "disclaimer", words.status, role="disclaimer")
    return Figure(figure.id, figure.caption, figure.body, figure.alt, (*figure.under, disclaimer), origin=figure.origin)


def _annex(words: Words) -> Section:
    entries: list[Block] = []
    for place, name in enumerate(words.entities):
        entries.append(_p("annex", f"label-{place}", name, role="label"))
        entries += [
            _p("annex", f"{place}.{i}", Emphasis(_words(words.work)), f", {2015 + i}. ",
               Link(f"https://example.org/{place}/{i}", _words(f"https://example.org/{place}/{i}")), role="entry")
            for i in range(4)
        ]  # fmt: skip
    return Section(
        "annex-one",
        Heading(_words(words.annex), origin=_origin("annex", "title")),
        tuple(entries),
        numbering="annex",
        kind="annex",
    )
