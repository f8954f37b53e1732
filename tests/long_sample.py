"""In: the code of a language. Out: a publication of some length, resolved, for tests of pages: breaks, notes, numbers.

The words are plain filler in Arabic, Chinese and English; the structure is the same in all three.
`sample.py` is the small one that holds every kind of node.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from icat_reports.diagnostics import Sink
from icat_reports.document import nodes as n
from icat_reports.document.resolved import Counter, ResolvedDocument
from icat_reports.language import LANGUAGES
from icat_reports.resolve import resolve
from icat_reports.theme import Theme

LAYOUTS = Path(__file__).parent.parent / "layouts"


@dataclass(frozen=True)
class Filler:
    """Words of one language."""

    title: str
    subtitle: str
    body: str
    """Name of the issuing body."""
    date: str
    status: str
    lead: str
    sentences: tuple[str, ...]
    """Whole sentences, the stuff of paragraphs."""
    headings: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    """Full names and acronyms of entities."""
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    regions: tuple[str, ...]
    note: str
    long_labels: tuple[str, ...]
    unit: str
    foreign: str
    """A phrase of another language."""
    foreign_lang: str
    counters: dict[str, tuple[str, str, str]]
    """Pattern, separator and reference of each counter."""
    words: dict[str, str]
    """The layout's words; what is absent is English."""


ENGLISH = Filler(
    title="Mapping the work of the group against trafficking in persons",
    subtitle="A resource for practitioners",
    body="Inter-Agency Coordination Group against Trafficking in Persons",
    date="Sample of 22 November 2026",
    status="This is a sample. Its words carry no meaning and no authority; they are here to be set and looked at.",
    lead="An opening sentence stands apart from the text that follows it and tells in a few calm lines what the reader will find here.",
    sentences=(
        "The members of the group met for the first time in the spring and agreed to describe their work in one common form.",
        "Each of them named the countries in which it works, the partners it works with and the people it works for.",
        "What follows is a summary of those answers, put in the same order for every member so that they can be compared.",
        "No ranking is meant, and the length of an entry says nothing about the weight of the work behind it.",
        "Where two members work side by side the fact is told once, under the name of the one that leads.",
        "Figures are those of the year in which the answers were given; later changes are told in the notes.",
        "Training for judges, labour inspectors and border officials is the most common kind of support on offer.",
        "Shelter, legal aid and help with finding work are given by partners on the ground, often with modest funds.",
    ),
    headings=(
        "Purpose and scope",
        "What the members do",
        "Mandates",
        "Areas of expertise",
        "Where the members work",
        "How the members work together",
        "Formal agreements",
        "Joint programmes",
        "Publications",
        "Contents",
    ),
    names=(
        ("United Nations Office on Drugs and Crime", "UNODC"),
        ("International Organization for Migration", "IOM"),
        ("International Labour Organization", "ILO"),
        ("United Nations Children’s Fund", "UNICEF"),
        ("Office of the United Nations High Commissioner for Refugees", "UNHCR"),
        ("Organization for Security and Co-operation in Europe", "OSCE"),
    ),
    columns=("Member", "Agreement with", "Global", "Regional", "Since"),
    rows=("Prevention", "Protection and assistance", "Prosecution", "Partnership", "Research and data"),
    regions=("Africa", "Americas", "Asia and the Pacific", "Europe and Central Asia", "Middle East"),
    note="See the report of the Secretary-General on the matter, and the documents that it cites.",
    long_labels=(
        "Identification and protection of victims and other vulnerable persons",
        "Criminal justice",
        "Labour inspection and decent recruitment",
        "Data",
        "Children",
    ),
    unit="members",
    foreign="une approche fondée sur les droits humains",
    foreign_lang="fr",
    counters={},
    words={},
)

ARABIC = Filler(
    title="خريطة أعمال الفريق في مجال مكافحة الاتجار بالأشخاص",
    subtitle="مورد للممارسين",
    body="فريق التنسيق المشترك بين الوكالات لمكافحة الاتجار بالأشخاص",
    date="عيّنة مؤرخة 22 تشرين الثاني/نوفمبر 2026",
    status="هذه عيّنة لا معنى لكلماتها ولا حجية لها، وقد وضعت هنا لكي تُنضَّد ويُنظر إليها.",
    lead="جملة افتتاحية تقف وحدها قبل النص الذي يليها وتقول في أسطر قليلة ما سيجده القارئ في هذا الباب.",
    sentences=(
        "اجتمع أعضاء الفريق لأول مرة في الربيع واتفقوا على وصف أعمالهم في شكل واحد مشترك.",
        "وذكر كل منهم البلدان التي يعمل فيها والشركاء الذين يعمل معهم والأشخاص الذين يعمل من أجلهم.",
        "وفيما يلي ملخص لتلك الإجابات مرتبة على النحو ذاته لكل عضو كي تمكن المقارنة بينها.",
        "ولا يُقصد بذلك أي ترتيب من حيث الأهمية، ولا يدل طول المدخل على وزن العمل الذي يقف وراءه.",
        "وحيثما عمل عضوان جنبا إلى جنب ذُكر الأمر مرة واحدة تحت اسم العضو الذي يقود العمل.",
        "والأرقام هي أرقام السنة التي قُدمت فيها الإجابات، أما التغييرات اللاحقة فمذكورة في الحواشي.",
        "وتدريب القضاة ومفتشي العمل وموظفي الحدود هو أكثر أنواع الدعم المقدمة شيوعا.",
        "ويقدم الشركاء في الميدان المأوى والمعونة القانونية والمساعدة على إيجاد العمل بأموال متواضعة في الغالب.",
    ),
    headings=(
        "الغرض والنطاق",
        "ما يقوم به الأعضاء",
        "الولايات",
        "مجالات الخبرة",
        "أماكن عمل الأعضاء",
        "كيف يعمل الأعضاء معا",
        "الاتفاقات الرسمية",
        "البرامج المشتركة",
        "المنشورات",
        "المحتويات",
    ),
    names=(
        ("مكتب الأمم المتحدة المعني بالمخدرات والجريمة", "المكتب"),
        ("المنظمة الدولية للهجرة", "IOM"),
        ("منظمة العمل الدولية", "ILO"),
        ("منظمة الأمم المتحدة للطفولة", "اليونيسيف"),
        ("مفوضية الأمم المتحدة لشؤون اللاجئين", "المفوضية"),
        ("منظمة الأمن والتعاون في أوروبا", "OSCE"),
    ),
    columns=("العضو", "الاتفاق مع", "عالمي", "إقليمي", "منذ"),
    rows=("الوقاية", "الحماية والمساعدة", "الملاحقة القضائية", "الشراكة", "البحوث والبيانات"),
    regions=("أفريقيا", "الأمريكتان", "آسيا والمحيط الهادئ", "أوروبا وآسيا الوسطى", "الشرق الأوسط"),
    note="انظر تقرير الأمين العام عن هذه المسألة والوثائق التي يستشهد بها.",
    long_labels=(
        "تحديد هوية الضحايا وغيرهم من الأشخاص المستضعفين وحمايتهم",
        "العدالة الجنائية",
        "تفتيش العمل والتوظيف اللائق",
        "البيانات",
        "الأطفال",
    ),
    unit="عدد الأعضاء",
    foreign="a human-rights-based approach",
    foreign_lang="en",
    counters={
        "section": ("الباب {n}", " | ", "الباب {n}"),
        "sub": ("{n}-", " ", "الباب {up}-{n}"),
        "annex": ("المرفق {n}", " - ", "المرفق {n}"),
    },
    words={
        "contents": "المحتويات",
        "figures": "الأشكال",
        "tables": "الجداول",
        "figure": "الشكل {n}",
        "table": "الجدول {n}",
        "figure-reference": "الشكل {n}",
        "table-reference": "الجدول {n}",
        "caption-separator": ": ",
        "notes": "الحواشي",
        "note": "الحاشية {n}",
        "back-to-text": "العودة إلى النص عند الحاشية {n}",
        "skip-to-content": "انتقل إلى النص",
        "data-of-figure": "بيانات الشكل {n}",
        "category": "الفئة",
        "value": "القيمة",
        "no-value": "لا توجد بيانات",
    },
)

CHINESE = Filler(
    title="打击人口贩运机构间协调小组工作概览",
    subtitle="供从业人员使用的参考资料",
    body="打击人口贩运机构间协调小组",
    date="2026年11月22日样本",
    status="这是一份样本。其中的文字没有含义，也没有任何效力，仅供排版和查看之用。",
    lead="开头的一句话与后面的正文分开，用几行平实的文字告诉读者在这一部分会看到什么。",
    sentences=(
        "小组成员于春季首次开会，商定用一种共同的格式说明各自的工作。",
        "每个成员列出了开展工作的国家、合作伙伴以及服务对象。",
        "以下是这些答复的摘要，各成员的内容按同样的顺序排列，以便比较。",
        "这里没有排名的意思，条目的长短也不表示其背后工作的分量。",
        "如果两个成员并肩工作，则只在牵头成员的名下说明一次。",
        "数字是提交答复当年的数字；后来的变化在脚注中说明。",
        "对法官、劳动监察员和边境官员的培训是最常见的支助形式。",
        "庇护所、法律援助和就业帮助由当地的伙伴提供，资金往往不多。",
    ),
    headings=(
        "目的和范围",
        "成员的工作",
        "任务授权",
        "专长领域",
        "成员在哪里工作",
        "成员如何合作",
        "正式协定",
        "联合方案",
        "出版物",
        "目录",
    ),
    names=(
        ("联合国毒品和犯罪问题办公室", "毒品和犯罪问题办公室"),
        ("国际移民组织", "移民组织"),
        ("国际劳工组织", "劳工组织"),
        ("联合国儿童基金会", "儿基会"),
        ("联合国难民事务高级专员公署", "难民署"),
        ("欧洲安全与合作组织", "欧安组织"),
    ),
    columns=("成员", "协定对方", "全球", "区域", "起始年份"),
    rows=("预防", "保护和援助", "起诉", "伙伴关系", "研究和数据"),
    regions=("非洲", "美洲", "亚洲及太平洋", "欧洲和中亚", "中东"),
    note="见秘书长关于这一事项的报告及其中引用的文件。",
    long_labels=(
        "识别和保护受害人及其他弱势人员并提供持续援助和赔偿的各项措施",
        "刑事司法",
        "劳动监察和体面招聘",
        "数据",
        "儿童",
    ),
    unit="成员数目",
    foreign="a human-rights-based approach",
    foreign_lang="en",
    counters={
        "section": ("第{n}部分", " | ", "第{n}部分"),
        "sub": ("{n}.", " ", "第{up}.{n}节"),
        "annex": ("附件{n}", " ", "附件{n}"),
    },
    words={
        "contents": "目录",
        "figures": "图",
        "tables": "表",
        "figure": "图{n}",
        "table": "表{n}",
        "figure-reference": "图{n}",
        "table-reference": "表{n}",
        "caption-separator": " ",
        "notes": "注",
        "note": "注{n}",
        "back-to-text": "返回正文注{n}处",
        "skip-to-content": "跳到正文",
        "data-of-figure": "图{n}的数据",
        "category": "类别",
        "value": "数值",
        "no-value": "无数据",
    },
)

FILLERS = {"ar": ARABIC, "en": ENGLISH, "zh": CHINESE}


def text(*children: str | n.Inline) -> tuple[n.Inline, ...]:
    """Inline nodes; a bare string is text."""
    return tuple(n.Text(child) if isinstance(child, str) else child for child in children)


def para(*children: str | n.Inline, role: n.ParagraphRole = "body", number: bool = False, id_: str = "") -> n.Paragraph:
    """A paragraph."""
    return n.Paragraph(text(*children), role, number, id_)


def section(
    id_: str,
    heading: str | tuple[n.Inline, ...],
    *children: n.Block,
    numbering: str = "",
    kind: str = "",
    listed: bool = True,
) -> n.Section:
    """A section with its heading."""
    words = text(heading) if isinstance(heading, str) else heading
    return n.Section(id_, n.Heading(words), children, numbering, kind, in_contents=listed)  # type: ignore[arg-type]


def cell(words: str | tuple[n.Inline, ...], header: str = "", across: int = 1, down: int = 1) -> n.Cell:
    """A cell of one paragraph."""
    shown = (words,) if isinstance(words, str) else words
    return n.Cell((para(*shown),), header, across, down)  # type: ignore[arg-type]


class Sample:
    """The parts of the sample in one language."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.filler = FILLERS[code]
        self._sentence = 0

    def words(self, sentences: int = 3) -> str:
        """The next sentences, in turn."""
        stock = self.filler.sentences
        taken = [stock[(self._sentence + i) % len(stock)] for i in range(sentences)]
        self._sentence += sentences
        return ("" if self.code == "zh" else " ").join(taken)

    def mark(self, note: str) -> n.NoteMark:
        """A mark."""
        return n.NoteMark(note)

    def cover(self) -> n.Division:
        """Mark, title and what goes with it."""
        filler = self.filler
        return n.Division(
            "cover",
            (
                para(filler.body, role="series"),
                para(filler.title, self.mark("title"), role="title"),
                para(filler.subtitle, role="subtitle"),
                para(filler.date, role="date"),
            ),
        )

    def front(self) -> n.Division:
        """Status, contents and lists."""
        words = layout_words(self.code)
        return n.Division(
            "front",
            (
                para(self.filler.status, role="status"),
                para(self.words(2), role="imprint"),
                section("contents", words["contents"], n.Contents("sections", 3), listed=False),
                section("figures", words["figures"], n.Contents("figures"), listed=False),
                section("tables", words["tables"], n.Contents("tables"), listed=False),
            ),
        )

    def lists(self) -> tuple[n.Block, ...]:
        """Every kind, two of them nested."""

        def item(*blocks: n.Block) -> n.Item:
            return n.Item(blocks)

        inner = n.List(
            "letter",
            (
                item(para(self.words(1))),
                item(para(self.words(2)), n.List("roman", (item(para(self.words(1))), item(para(self.words(1)))))),
            ),
        )
        return (
            n.List(
                "bullet",
                (
                    item(para(self.words(1))),
                    item(para(self.words(1)), n.List("bullet", (item(para(self.words(1))),))),
                    item(para(self.words(1))),
                ),
            ),
            n.List("decimal", (item(para(self.words(1))), item(para(self.words(1)), inner))),
            n.List("plain", (item(para(self.filler.rows[0])), item(para(self.filler.rows[1])))),
        )

    def table(self) -> n.Table:
        """A portrait table with a two-row head, row heads and both kinds of notes."""
        columns, rows = self.filler.columns, self.filler.rows
        head = (
            n.Row(
                (
                    cell(columns[0], "col", down=2),
                    cell(columns[1], "colgroup", across=2),
                    cell(text(columns[4], self.mark("t.a")), "col", down=2),
                )
            ),
            n.Row((cell(columns[2], "col"), cell(columns[3], "col"))),
        )
        body = tuple(
            n.Row(
                (
                    cell(row, "row"),
                    cell(self.words(1)),
                    cell(text(str(3 * i), *([self.mark("t.star")] if i == 2 else []))),
                    cell(str(2001 + i)),
                )
            )
            for i, row in enumerate(rows * 3)
        )
        notes = (
            n.Note("t.a", "letter", text(self.filler.note)),
            n.Note("t.star", "asterisk", text(self.filler.sentences[3])),
        )
        return n.Table("table-agreements", text(self.filler.headings[6]), (22, 44, 18, 16), head, body, notes)

    def matrix(self) -> n.Table:
        """A landscape table with a mark in some cells."""
        names = [acronym for _, acronym in self.filler.names] * 2
        head = (n.Row((cell(self.filler.columns[0], "col"), *(cell(name, "col") for name in names))),)
        body = tuple(
            n.Row((cell(full, "row"), *(cell("•" if (i * 7 + j * 3) % 4 == 0 else "") for j in range(len(names)))))
            for i, (full, _) in enumerate(self.filler.names * 2)
        )
        return n.Table(
            "table-matrix", text(self.filler.headings[7]), (28, *([6.0] * len(names))), head, body, landscape=True
        )

    def figures(self) -> tuple[n.Figure, ...]:
        """One of each kind."""
        filler = self.filler
        source = (para(self.words(1), role="source"),)
        bars = n.Chart("bar", filler.long_labels, (n.Series(filler.unit, (17, 14, 9, None, 21)),), filler.unit)
        stacked = n.Chart(
            "stacked",
            filler.rows,
            (
                n.Series(filler.columns[2], (4, 7, 2, 9, 1)),
                n.Series(filler.columns[3], (3, 1, 6, 2, 0)),
            ),
            filler.unit,
        )
        grid = n.Chart(
            "matrix",
            tuple(a for _, a in filler.names),
            tuple(
                n.Series(label, tuple(1.0 if (i + 2 * j) % 3 == 0 else None for j in range(len(filler.names))))
                for i, label in enumerate(filler.long_labels)
            ),
        )
        ids = ("africa", "americas", "asia-pacific", "europe-central-asia", "middle-east")
        values = (12, 7, 18, 15, None)
        regions = n.RegionMap(
            tuple(
                n.Region(id_, label, value)  # type: ignore[arg-type]
                for id_, label, value in zip(ids, filler.regions, values, strict=True)
            ),
            filler.unit,
        )
        return (
            n.Figure("figure-areas", text(filler.headings[3]), bars, filler.sentences[0], source),
            n.Figure(
                "figure-kinds",
                text(filler.headings[6], self.mark("f.a")),
                stacked,
                filler.sentences[1],
                source,
                (n.Note("f.a", "letter", text(filler.note)),),
            ),
            n.Figure("figure-grid", text(filler.headings[7]), grid, filler.sentences[2], source),
            n.Figure(
                "figure-regions",
                text(filler.headings[4]),
                regions,
                filler.sentences[3],
                (*source, para(self.words(2), role="disclaimer")),
            ),
        )

    def body(self) -> n.Division:
        """Three numbered sections."""
        filler = self.filler
        bars, stacked, grid, regions = self.figures()
        cited = n.Citation("A/RES/61/180", "https://undocs.org/A/RES/61/180", text("A/RES/61/180"))
        one = section(
            "introduction",
            filler.headings[0],
            para(filler.lead, role="lead"),
            para(self.words(2), self.mark("one"), " ", n.Emphasis(text(filler.headings[8])), " ", self.words(1)),
            para(
                self.words(1),
                " ",
                cited,
                self.mark("two"),
                " ",
                n.Reference("table-agreements"),
                " ",
                n.Reference("figure-areas"),
                " ",
                n.Reference("together"),
                " ",
                n.Reference("together", "page"),
                ".",
            ),
            para(
                n.Strong(text(filler.rows[0])),
                " ",
                n.Phrase(filler.foreign_lang, text(filler.foreign)),
                " ",
                n.Link(
                    "https://www.example.org/a/long/path/that-goes-on/and-on/2019/document_with_a_long_name.pdf",
                    text("https://www.example.org/a/long/path/that-goes-on/and-on/2019/document_with_a_long_name.pdf"),
                ),
            ),
            *self.lists(),
            n.Aside("quotation", (para(self.words(2)),)),
            n.Aside("box", (para(filler.headings[0], role="label"), para(self.words(2)))),
            numbering="section",
            kind="opener",
        )
        entities = tuple(
            section(
                f"entity-{i}",
                f"{full} ({acronym})",
                para(n.Link("https://www.example.org/", text("www.example.org")), role="website"),
                para(self.words(4), *([self.mark("three")] if i == 1 else [])),
                para(self.words(3)),
                kind="entity",
            )
            for i, (full, acronym) in enumerate(filler.names)
        )
        two = section(
            "members",
            text(filler.headings[1], self.mark("heading")),
            para(filler.lead, role="lead"),
            para(self.words(5)),
            section("mandates", filler.headings[2], para(self.words(3)), *entities, numbering="sub"),
            section(
                "expertise",
                filler.headings[3],
                para(self.words(3)),
                bars,
                para(self.words(4)),
                stacked,
                grid,
                numbering="sub",
            ),
            section("where", filler.headings[4], para(self.words(3)), regions, numbering="sub"),
            numbering="section",
            kind="opener",
        )
        three = section(
            "together",
            filler.headings[5],
            para(filler.lead, role="lead"),
            section(
                "agreements",
                filler.headings[6],
                para(self.words(3)),
                self.table(),
                para(self.words(3)),
                numbering="sub",
            ),
            section(
                "programmes",
                filler.headings[7],
                para(self.words(3)),
                self.matrix(),
                para(self.words(6)),
                numbering="sub",
            ),
            numbering="section",
            kind="opener",
        )
        return n.Division("body", (one, two, three))

    def back(self) -> n.Division:
        """An annex with a bibliography."""
        filler = self.filler
        entries = tuple(
            section(
                f"by-{i}",
                full,
                *(
                    para(
                        f"{filler.headings[(i + j) % 9]}. ",
                        n.Emphasis(text(filler.title)),
                        f", {2010 + j}. ",
                        n.Link(
                            f"https://www.example.org/publications/{j}/a-report-with-a-long-address/volume-{j}/index.html?lang=en",
                            text(
                                f"https://www.example.org/publications/{j}/a-report-with-a-long-address/volume-{j}/index.html?lang=en"
                            ),
                        ),
                        role="entry",
                    )
                    for j in range(4)
                ),
            )
            for i, (full, _) in enumerate(filler.names)
        )
        return n.Division(
            "back", (section("annex-publications", filler.headings[8], *entries, numbering="annex", kind="annex"),)
        )

    def document(self) -> n.Document:
        """All of it."""
        filler = self.filler
        notes = (
            n.Note("title", "asterisk", text(filler.status)),
            n.Note("one", "number", text(filler.note)),
            n.Note(
                "two",
                "number",
                text(
                    filler.note, " ", n.Link("https://undocs.org/A/RES/61/180", text("https://undocs.org/A/RES/61/180"))
                ),
            ),
            n.Note("heading", "number", text(filler.note)),
            n.Note("three", "number", text(filler.note, " ", filler.sentences[0])),
        )
        metadata = n.Metadata(
            filler.title,
            "sample",
            self.code,
            author=filler.body,
            subject=filler.subtitle,
            keywords=filler.rows[:3],
            running_title=filler.title,
        )
        return n.Document(metadata, (self.cover(), self.front(), self.body(), self.back()), notes)


def sample(code: str) -> n.Document:
    """The sample document in a language: ar, en or zh."""
    return Sample(code).document()


def counters(code: str) -> dict[str, Counter]:
    """The shared counters with the language's own patterns."""
    rows = yaml.safe_load((LAYOUTS / "shared/numbering.yaml").read_text(encoding="utf-8"))["counters"]
    made = {}
    for name, row in rows.items():
        pattern, separator, reference = FILLERS[code].counters.get(
            name, (row["pattern"], row["separator"], row["reference"])
        )
        made[name] = Counter(
            name, row["format"], pattern, separator, reference, row["level"], row.get("restarts", True)
        )
    return made


def layout_words(code: str) -> dict[str, str]:
    """The shared words with the language's own where the sample has them."""
    words = yaml.safe_load((LAYOUTS / "shared/words.yaml").read_text(encoding="utf-8"))["words"]
    return {**words, **FILLERS[code].words}


def resolved(document: n.Document, code: str) -> ResolvedDocument:
    """The document with its numbers; any finding is a fault of the test."""
    sink = Sink()
    result = resolve(document, LANGUAGES[code], counters(code), layout_words(code), sink)
    assert not sink.sorted(), "\n".join(map(str, sink.sorted()))
    return result


def resolved_sample(code: str) -> ResolvedDocument:
    """The sample with its numbers."""
    return resolved(sample(code), code)


def theme() -> Theme:
    """The looks of the mapping layout."""
    return Theme.model_validate(yaml.safe_load((LAYOUTS / "mapping/theme.yaml").read_text(encoding="utf-8")))
