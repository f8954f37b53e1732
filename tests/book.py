"""In: a layout, and what to change. Out: publications that have what chapters, boxes, contacts and data can be, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from msgspec.structs import replace
from tests.casefile import tiny

from icat_reports import i18n, pipeline
from icat_reports.catalogue.po import Entry, read_po, write_po
from icat_reports.diagnostics import Sink
from icat_reports.world import MemoryWorld

T = "content/publications/tiny"
BOOK = "content/publications/book"
LAYOUTS = ("synopsis", "overview", "study")
CONTACTS = """
contacts:
  - {honorific: Ms., name: Ana Silva, post: [Adviser, Second line], unit: [A Branch], address: [P.O. Box 1, Vienna],
     emails: [ana@example.org], telephones: [(+43-1) 26060-1], faxes: [(+43-1) 26060-2]}"""
SECOND = "\n  - {name: Li Wei, emails: [li@example.org, wei@example.org]}"


def book(layout: str, contacts: str = "full", persons: str = CONTACTS + SECOND, more: str = "") -> dict[str, str]:
    """A publication with front matter, chapters of organizations, boxes, contacts and a back page."""
    people = persons.replace("\n", "\n    ")
    return {
        f"{BOOK}/publication.yaml": f"""\
id: book
title: A book of chapters
short_title: A book
series: Office of Books
place: Vienna
occasion: First Meeting of Readers
date: 2021-07-02
as_of: 2021-07-31
layout: {layout}
status: {{kind: unofficial, source: test-source}}
author: Test Group
contacts: {contacts}
headings: {{mandate: Mandate and main activities, research: Research}}
front:
  contents_depth: 1
  disclaimers: [This document has not been formally edited.]
back_page: |
  Office of Books

  1 Book Street, Vienna
parts:
  - id: thanks
    title: Acknowledgements
    kind: front
    in_contents: false
    body: [{{text: Many thanks.}}]
  - id: opening
    title: Introduction
    body: [{{text: "It all began.[^first]"}}, {{show: members}}]
  - id: unodc
    organization: unodc{people}
    parts:
      - id: unodc-mandate
        heading: mandate
        body:
          - text: UNODC helps.
          - box:
              title: Our vision
              text: "Words of a box:\\n\\n1. One\\n2. Two\\n"
              source: The *Book of Boxes*
      - id: unodc-research
        heading: research
        body:
          - box: {{kind: quotation, text: "“Words of a person.”"}}
  - {{id: ilo, organization: ilo, body: [{{text: ILO works.}}]}}{more}
notes:
  first: "A note."
"""
    }


EXAMPLES = """\
type: examples
groups: [{id: law, title: Legislation}, {id: data, title: Evidence}]
notes: {here: A note of an example.}
examples:
  - {id: one, group: law, organizations: [unodc], text: "UNODC drafts laws.[^here]"}
  - {id: two, group: law, organizations: [ilo, unodc], text: ILO and UNODC train.}
  - {id: three, group: data, organizations: [branch, ilo], text: The Branch counts.}
"""
MADE = {
    f"{BOOK}/publication.yaml": """\
id: book
title: A book made of data
short_title: A book
date: 2021-07
as_of: 2021-07-31
layout: synopsis
status: {kind: unofficial, source: test-source}
author: Test Group
uses: [tiny]
headings: {mandate: Mandate, activities: Activities, research: Research, contact: Point of contact}
front: {contents_depth: 1}
parts:
  - id: entity
    each: entities
    parts:
      - {id: mandate, heading: mandate, body: [{show: mandate}]}
      - id: activities
        heading: activities
        body: [{show: areas}, {show: examples, select: law}, {show: initiatives}, {show: frameworks}]
      - {id: research, heading: research, body: [{show: examples, select: data}, {show: bibliography}]}
      - {id: contact, heading: contact, body: [{show: website}]}
""",
    f"{T}/examples.yaml": EXAMPLES,
    f"{T}/areas.yaml": """\
type: areas
groups: [{id: global, title: Global}]
areas:
  - id: training
    title: Training
    group: global
    text: Words that no chapter shows.
    activities:
      - {id: judges, label: Judges, organizations: [unodc, ilo]}
      - {id: police, label: Police, organizations: [unodc]}
""",
    f"{T}/initiatives.yaml": """\
type: initiatives
caption: Initiatives
columns: [Initiative, Description, Scope, Composition]
scopes: [{id: global, title: Global}]
initiatives:
  - {id: alliance, title: Alliance, acronym: ALL, description: An alliance., scope: global, composition: States.,
     leads: [ilo], participants: [unodc], url: "https://example.org/alliance"}
  - {id: nobody, title: Of nobody known, description: Words., scope: global, composition: States.}
""",
    f"{T}/bibliography.yaml": """\
type: bibliography
groups: [{id: unodc, title: UNODC, organizations: [unodc]}, {id: both, title: Both, organizations: [ilo, unodc]}]
items:
  - {id: report, group: unodc, title: A report, year: 2020}
  - {id: branch-report, group: unodc, title: A report of the branch, publishers: [branch]}
  - {id: guide, group: both, title: A guide, year: 2019}
""",
    "content/organizations/branch.yaml": "id: branch\nnames: [{name: Branch of the Office, acronym: BRANCH}]\n"
    "kind: other\nparent: unodc\n",
}


TEXTS: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "A book of chapters": "كتاب من فصول",
        "A book": "كتاب",
        "Office of Books": "مكتب الكتب",
        "Vienna": "فيينا",
        "First Meeting of Readers": "الاجتماع الأول للقراء",
        "Mandate and main activities": "الولاية والأنشطة الرئيسية",
        "This document has not been formally edited.": "لم تحرر هذه الوثيقة رسمياً.",
        "1 Book Street": "1 شارع الكتاب",
        "Acknowledgements": "شكر وتقدير",
        "Many thanks.": "شكراً جزيلاً.",
        "Introduction": "مقدمة",
        "It all began.": "هكذا بدأ كل شيء.",
        "UNODC helps.": "يساعد المكتب الدول الأعضاء.",
        "Our vision": "رؤيتنا",
        "Words of a box:": "كلمات في إطار:",
        "One": "واحد",
        "Two": "اثنان",
        "The *Book of Boxes*": "كتاب *الأطر*",
        "“Words of a person.”": "”كلمات شخص.“",
        "ILO works.": "تعمل المنظمة.",
        "A note.": "حاشية.",
        "Research": "البحث",
        "Adviser": "مستشارة",
        "Second line": "السطر الثاني",
        "A Branch": "فرع",
        "P.O. Box 1": "ص. ب. 1",
        "Ana Silva": "آنا سيلفا",
        "Li Wei": "لي وي",
        "Ms.": "السيدة",
        "Test Group": "فريق الاختبار",
        "United Nations Office on Drugs and Crime": "مكتب الأمم المتحدة المعني بالمخدرات والجريمة",
        "International Labour Organization": "منظمة العمل الدولية",
        "A published source": "مصدر منشور",
    },
    "zh": {
        "A book of chapters": "分章之书",
        "A book": "书",
        "Office of Books": "图书办公室",
        "Vienna": "维也纳",
        "First Meeting of Readers": "读者第一次会议",
        "Mandate and main activities": "任务和主要活动",
        "This document has not been formally edited.": "本文件未经正式编辑。",
        "1 Book Street": "书街1号",
        "Acknowledgements": "致谢",
        "Many thanks.": "非常感谢。",
        "Introduction": "导言",
        "It all began.": "一切由此开始。",
        "UNODC helps.": "禁毒办协助会员国。",
        "Our vision": "我们的愿景",
        "Words of a box:": "框中的文字：",
        "One": "一",
        "Two": "二",
        "The *Book of Boxes*": "《*框之书*》",
        "“Words of a person.”": "“一个人的话。”",
        "ILO works.": "劳工组织开展工作。",
        "A note.": "一条脚注。",
        "Research": "研究",
        "Adviser": "顾问",
        "Second line": "第二行",
        "A Branch": "处",
        "P.O. Box 1": "邮政信箱1",
        "Ana Silva": "安娜",
        "Li Wei": "李伟",
        "Ms.": "女士",
        "Test Group": "测试组",
        "United Nations Office on Drugs and Crime": "联合国毒品和犯罪问题办公室",
        "International Labour Organization": "国际劳工组织",
        "A published source": "已发表的来源",
    },
}
"""The words of the book, longest first where one begins another."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "contents": "المحتويات",
        "page": "الصفحة",
        "about": "عن هذا النص",
        "status-unofficial": "كُتب هذا النص من جديد استناداً إلى ”{source}“ ({publisher}، {date}). وهو ليس نصاً رسمياً.",
        "status-unofficial-short": "نص غير رسمي",
        "occasion": "بمناسبة {occasion}",
        "box-source": "المصدر: {source}",
        "contacts": "جهات التنسيق",
        "email": "البريد الإلكتروني: {address}",
        "telephone": "الهاتف: {number}",
        "fax": "الفاكس: {number}",
    },
    "zh": {
        "contents": "目录",
        "page": "页次",
        "about": "关于本文",
        "status-unofficial": "本文根据“{source}”（{publisher}，{date}）重新撰写。本文不是正式文本。",
        "status-unofficial-short": "非正式文本",
        "occasion": "值此{occasion}之际",
        "box-source": "资料来源：{source}",
        "contacts": "协调人",
        "email": "电子邮件：{address}",
        "telephone": "电话：{number}",
        "fax": "传真：{number}",
    },
}
"""The layouts' words that the book needs."""


def translated(files: Mapping[str, str], language: str) -> dict[str, str]:
    """The book with its catalogues in a language, and those of the layouts as far as it needs them."""
    if language not in TEXTS:
        return dict(files)
    world = MemoryWorld(tiny() | {name: text.encode() for name, text in files.items()})
    empty = i18n.updated(pipeline.open_project(world, Sink()), [language], (), Sink())
    catalogues = {name: read_po(name, data.decode(), Sink()) for name, data in empty.items()}
    filled = {
        name: replace(found, entries=tuple(_filled(e, language) for e in found.entries))
        for name, found in catalogues.items()
    }
    return dict(files) | {name: write_po(found) for name, found in filled.items()}


def _filled(entry: Entry, language: str) -> Entry:
    """An entry of a catalogue with its translation where the book has one."""
    words = WORDS[language].get(str(entry.context), "")
    if not entry.context:
        words = reduce(lambda text, pair: text.replace(*pair), TEXTS[language].items(), entry.text)
        words = "" if words == entry.text else words
    return replace(entry, translations=(words,) * len(entry.translations), strings_read="")
