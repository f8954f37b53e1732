"""What a reader and a reader's programs find in the web page, and what the page layout is given."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as lxml_html
from tests import making, sample

from icat_reports.document import nodes as n
from icat_reports.document import walk
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.language import LANGUAGES
from icat_reports.write_html.style import flatten, theme_css

CODES = ("en", "ar", "zh")
MEDIA: tuple[making.Medium, ...] = ("web", "print")
Page = Any
"""lxml.html.HtmlElement, whose queries have no types."""


def parsed(text: str) -> Page:
    """HTML as a tree."""
    return lxml_html.document_fromstring(text)


def page(code: str, medium: making.Medium = "web") -> Page:
    """The small sample, parsed."""
    return parsed(making.small_html(code, medium))


def tiny(*children: n.Block, notes: tuple[n.Note, ...] = (), code: str = "en") -> ResolvedDocument:
    """A document of one section."""
    section = n.Section("only", n.Heading((n.Text("Only"),)), children)
    document = n.Document(n.Metadata("Tiny", "tiny", code), (n.Division("body", (section,)),), notes)
    return making.resolved(document, code)


def shown(*children: n.Block, medium: making.Medium = "web", notes: tuple[n.Note, ...] = (), code: str = "en") -> Page:
    """A document of one section, parsed."""
    return parsed(making.html(tiny(*children, notes=notes), code, medium))


def squeezed(text: str) -> str:
    """Words with single spaces, without signs of no width."""
    return " ".join(re.sub("[\u200b\u2060]", "", text).split())


# ---------------------------------------------------------------- both media


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("code", CODES)
def test_no_word_is_lost(code: str, medium: making.Medium) -> None:
    """Every paragraph, heading, caption and note is in the file."""
    found = squeezed(page(code, medium).text_content())
    # Marks and references stand between the words of a block: look for each stretch without them.
    document = making.small(code).document
    stretches = [t.value for b in _inline_texts(document) for t in b]
    assert len(stretches) > 100
    assert [s for s in stretches if squeezed(s) not in found] == []


def _inline_texts(document: n.Document) -> list[list[n.Text]]:
    blocks = [walk.own_inlines(b) for b in walk.document_blocks(document)]
    notes = [note.children for note in document.notes]
    return [[i for i in walk.inlines(c) if isinstance(i, n.Text)] for c in (*blocks, *notes)]


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("code", CODES)
def test_every_id_is_one_and_every_link_inside_leads_to_one(code: str, medium: making.Medium) -> None:
    """No anchor dangles, no label names nothing."""
    root = page(code, medium)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {href[1:] for href in root.xpath("//@href | //@data-href") if href.startswith("#")}
    named = {word for value in root.xpath("//@headers | //@aria-labelledby") for word in value.split()}
    assert links
    assert (links | named) - set(ids) == set()


@pytest.mark.parametrize("medium", MEDIA)
def test_equal_input_gives_equal_text(medium: making.Medium) -> None:
    """Nothing depends on what was written before."""
    assert making.html(sample.sample("en"), "en", medium) == making.small_html("en", medium)


@pytest.mark.parametrize("medium", MEDIA)
def test_nothing_is_loaded_from_elsewhere(medium: making.Medium) -> None:
    """Addresses stand in links alone."""
    root = page("en", medium)
    assert root.xpath("//script | //link | //iframe | //object") == []
    assert [s for s in root.xpath("//@src") if not s.startswith("data:")] == []
    style = "".join(root.xpath("//style/text()"))
    assert re.findall(r"url\(\"?(?!\"?data:)", style) == []
    assert "@import" not in style


@pytest.mark.parametrize("medium", MEDIA)
def test_what_looks_like_markup_is_text(medium: making.Medium) -> None:
    """Angle brackets, ampersands and quotation marks of content stay characters."""
    words = '<script>alert("1")</script> & "R&D" <b>'
    link = n.Link('https://example.org/?a=1&b="2"', (n.Text(words),))
    root = shown(n.Paragraph((n.Text(words), link)), medium=medium)
    assert root.xpath("//script") == []
    paragraph = root.xpath("//section/p")[0]
    assert paragraph.text_content() == words * 2
    assert paragraph.xpath("a/@href") == ['https://example.org/?a=1&b="2"']


def test_a_mark_inside_a_link_comes_out_of_it() -> None:
    """Links cannot hold links (HTML 4.5.1): the parser would tear them apart."""
    note = n.Note("one", "number", (n.Text("Remark."),))
    link = n.Link("https://example.org/", (n.Text("words"), n.NoteMark("one")))
    paragraph = shown(n.Paragraph((link,)), notes=(note,)).xpath("//section/p")[0]
    assert [a.text_content() for a in paragraph] == ["words", "1"]


def test_words_in_another_language_say_so_and_their_direction() -> None:
    """WCAG 2.2, 3.1.2; a phrase that runs the same way needs no direction."""
    (arabic,) = shown(n.Paragraph((n.Phrase("ar", (n.Text("حقوق"),)),))).xpath("//section/p/span")
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    (french,) = shown(n.Paragraph((n.Phrase("fr", (n.Text("droits"),)),))).xpath("//section/p/span")
    assert (french.get("lang"), french.get("dir")) == ("fr", None)


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ar", "rtl"), ("zh", "ltr")])
def test_the_page_says_its_language_and_direction(code: str, direction: str) -> None:
    """WCAG 2.2, 3.1.1."""
    root = page(code)
    assert (root.get("lang"), root.get("dir")) == (code, direction)
    assert root.findtext("head/title") == sample.TEXTS[code].title


def test_addresses_run_left_to_right_and_keep_their_host_whole() -> None:
    """An address breaks after its host; its words are unchanged."""
    address = "https://www.example.org/a/long/path.pdf"
    (link,) = shown(n.Paragraph((n.Link(address, (n.Text(address),)),))).xpath("//section/p/a")
    assert link.get("dir") == "ltr"
    assert link.text_content() == address
    assert link.xpath("span")[0].text_content() == "https://www.example.org/"


@pytest.mark.parametrize(("code", "directions"), [("ar", ["ltr", "ltr"]), ("en", [])])
def test_figures_and_names_from_the_left_stand_by_themselves_in_a_text_from_the_right(
    code: str, directions: list[str]
) -> None:
    """A telephone number would be turned round, and a figure after a symbol would stand before it (UAX 9, W2 and W7)."""
    words = (
        n.Text("الهاتف: (+43-1) 26060-0، "),
        n.Link("https://undocs.org/A/1", (n.Text("A/1"),)),
        n.Text("، 7 أيار"),
    )
    (paragraph,) = shown(n.Paragraph(words), code=code).xpath("//section/p")
    kept = paragraph.xpath(".//*[@dir]")
    assert [part.get("dir") for part in kept] == directions
    assert [part.text_content() for part in kept] == ["(+43-1) 26060-0", "A/1"][: len(directions)]
    assert paragraph.text_content() == "الهاتف: (+43-1) 26060-0، A/1، 7 أيار"


def test_an_address_of_mail_is_not_announced_as_a_website() -> None:
    texts = {"https://example.org": "https://example.org (website)", "mailto:li@example.org": None}
    for address, announced in texts.items():
        words = n.Text(address.removeprefix("mailto:"))
        (link,) = shown(n.Paragraph((n.Link(address, (words,)),))).xpath("//section/p/a")
        assert link.get("aria-label") == announced


# ---------------------------------------------------------------- tables


def two_row_head() -> n.Table:
    """A head in two rows, the group spanning two columns, heads of rows."""

    def cell(words: str, header: str = "", **spans: int) -> n.Cell:
        children = (n.Paragraph((n.Text(words),)),) if words else ()
        return n.Cell(children, header, **spans)  # type: ignore[arg-type]

    head = (
        n.Row((cell("Name", "col", rowspan=2), cell("Scope", "colgroup", colspan=2), cell("Year", "col", rowspan=2))),
        n.Row((cell("Global", "col"), cell("Local", "col"))),
    )
    body = (
        n.Row((cell("A", "row"), cell("•"), cell(""), cell("2007"))),
        n.Row((cell("B", "row"), cell(""), cell("•"), cell("1,250"))),
    )
    return n.Table("t", (n.Text("Things"),), (40, 20, 20, 20), head, body)


def test_cells_under_spanning_heads_name_their_heads() -> None:
    """Each cell of data names the heads above it and the head of its row, and no other (WCAG 2.2, 1.3.1)."""
    root = shown(two_row_head())
    words = {th.get("id"): th.text_content() for th in root.xpath("//th[@id]")}
    rows = [
        [[words[id_] for id_ in td.get("headers").split()] for td in tr.xpath("td")] for tr in root.xpath("//tbody/tr")
    ]
    assert rows == [
        [["Scope", "Global", "A"], ["Scope", "Local", "A"], ["Year", "A"]],
        [["Scope", "Global", "B"], ["Scope", "Local", "B"], ["Year", "B"]],
    ]
    assert [th.get("scope") for th in root.xpath("//th")] == [
        *("col", "colgroup", "col", "col", "col"), "row", "row",
    ]  # fmt: skip


def test_a_plain_table_needs_scopes_alone() -> None:
    """Nothing is named where scope tells all."""
    cells = tuple(n.Cell((n.Paragraph((n.Text(w),)),), "col") for w in "AB")
    table = n.Table(
        "t", (n.Text("Plain"),), (50, 50), (n.Row(cells),), (n.Row(tuple(n.Cell(c.children) for c in cells)),)
    )
    root = shown(table)
    assert root.xpath("//@headers") == []
    assert root.xpath("//th/@scope") == ["col", "col"]


def test_columns_of_figures_and_of_marks_are_set_as_such() -> None:
    """Figures stand flush right, marks in the middle, their heads with them."""
    root = shown(two_row_head())
    kinds = [[cell.get("class") for cell in row.xpath("th | td")] for row in root.xpath("//tr")]
    assert kinds == [
        [None, None, "figures"],
        ["marks", "marks"],
        [None, "marks", "marks", "figures"],
        [None, "marks", "marks", "figures"],
    ]


@pytest.mark.parametrize("code", CODES)
def test_a_table_has_its_caption_and_its_notes_under_it(code: str) -> None:
    """Caption first in the table, notes in the order of their marks directly after it."""
    table = page(code).xpath("//div[@id='members']")[0]
    resolved = making.small(code)
    assert table.xpath(".//table/caption")[0].text_content().startswith(resolved.captions["members"].label)
    notes = [p.xpath("a")[0].text_content() for p in table.xpath("div[@class='table-notes']/p")]
    assert notes == [resolved.notes[i].mark for i in ("letter-a", "letter-b", "table-star")]


# ---------------------------------------------------------------- web


def test_the_first_stop_of_the_keyboard_skips_to_the_text() -> None:
    """WCAG 2.2, 2.4.1."""
    root = page("en")
    first = root.xpath("//a")[0]
    assert first.get("href") == "#text"
    assert root.xpath("//main/@id") == ["text"]


@pytest.mark.parametrize("code", CODES)
def test_headings_go_down_one_level_at_a_time_from_one_title(code: str) -> None:
    """One h1, the title; no level is left out (WCAG 2.2, 1.3.1)."""
    levels = [int(h.tag[1]) for h in page(code).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("code", CODES)
def test_the_contents_are_navigation_and_hold_what_the_document_lists(code: str) -> None:
    """Rows in order, nested by level, each with a link to its heading."""
    nav = page(code).xpath("//nav[contains(@class, 'sections')]")[0]
    rows = making.small(code).contents
    assert [a.get("href") for a in nav.xpath(".//a")] == [f"#{row.target}" for row in rows]
    assert [len(a.xpath("ancestor::ol")) for a in nav.xpath(".//a")] == [row.level for row in rows]
    assert nav.get("aria-label") == making.small(code).words["contents"]


@pytest.mark.parametrize("code", CODES)
def test_mark_and_note_lead_to_each_other(code: str) -> None:
    """DPUB-ARIA 1.1: doc-noteref, doc-endnotes, doc-backlink."""
    root = page(code)
    marks = root.xpath("//a[@role='doc-noteref']")
    assert marks
    for mark in marks:
        note = root.xpath(f"//*[@id='{mark.get('href')[1:]}']")[0]
        back = note.xpath(".//a[@role='doc-backlink']")[0]
        assert back.text_content() == mark.text_content()
        first = root.xpath(f"//*[@id='{back.get('href')[1:]}']")[0]
        assert first.get("href") == mark.get("href")
    endnotes = root.xpath("//section[@role='doc-endnotes']//li")
    assert len(endnotes) == len(making.small(code).document.notes)


@pytest.mark.parametrize("code", CODES)
def test_each_chart_has_title_description_and_a_table_of_its_data(code: str) -> None:
    """WCAG 2.2, 1.1.1: what the drawing shows can be read."""
    resolved = making.small(code)
    figures = page(code).xpath("//figure")
    assert len(figures) == len(resolved.figures)
    for figure in figures:
        svg = figure.xpath("*[local-name()='svg']")[0]
        assert svg.get("role") == "img"
        assert all(svg.xpath(f"string(*[local-name()='{name}'])") for name in ("title", "desc"))
        assert figure.xpath("details/summary")[0].text_content()
    bars = page(code).xpath("//figure[@id='by-form']/details//tr")
    values = [row.xpath("td")[0].text_content() for row in bars[1:]]
    assert values == ["12", "7", "9", resolved.words["no-value"], "4"]


def test_a_missing_file_leaves_a_neutral_mark_and_a_given_one_is_carried_inside() -> None:
    """No emblem comes with the project."""
    figure = n.Figure("mark", (), n.Image("assets/emblem.svg", decorative=True), "")
    assert shown(figure).xpath("//figure/div/@class") == ["neutral-mark"]
    text = making.html(tiny(figure), "en", "web", {"assets/emblem.svg": b"<svg/>"})
    (image,) = parsed(text).xpath("//figure/img")
    assert (image.get("src"), image.get("alt")) == ("data:image/svg+xml;base64,PHN2Zy8+", "")


# ---------------------------------------------------------------- print


@pytest.mark.parametrize("code", CODES)
def test_in_print_each_note_follows_its_first_mark(code: str) -> None:
    """The page layout moves it to the foot of that page."""
    root = page(code, "print")
    notes = root.xpath("//span[@role='doc-footnote']")
    assert len(notes) == len(making.small(code).document.notes)
    assert all(note.getprevious().get("href") == f"#{note.get('id')}" for note in notes)


def test_an_asterisk_marked_twice_has_one_note() -> None:
    """Later marks lead to the note of the first."""
    note = n.Note("star", "asterisk", (n.Text("Remark."),))
    words = (n.Text("a"), n.NoteMark("star"), n.Text("b"), n.NoteMark("star"))
    root = shown(n.Paragraph(words), medium="print", notes=(note,))
    assert root.xpath("//a[@role='doc-noteref']/@id") == ["mark-star", "mark-star-2"]
    assert len(root.xpath("//span[@role='doc-footnote']")) == 1


def test_heads_and_bookmarks_have_no_marks_of_notes() -> None:
    """House style: a mark in a heading goes neither into the contents nor the bookmarks nor the running head."""
    root = page("en", "print")
    heading = root.xpath("//h1[@id='mandates']")[0]
    words = sample.TEXTS["en"].sections[0]
    assert heading.get("data-label") == heading.get("data-head") == f"Section One | {words}"
    assert heading.xpath("a[@role='doc-noteref']")
    row = root.xpath("//nav//a[@href='#mandates']/span[@class='words']")[0]
    assert row.text_content() == f"Section One | {words}"


def test_a_short_head_stands_in_for_a_long_heading() -> None:
    """The running head has its own words where the content gives them."""
    section = n.Section("s", n.Heading((n.Text("A very long heading indeed"),)), (), short="Long")
    document = n.Document(n.Metadata("Tiny", "tiny", "en"), (n.Division("body", (section,)),))
    resolved = making.resolved(document, "en")
    heading = parsed(making.html(resolved, "en", "print")).xpath("//h1")[0]
    assert (heading.get("data-head"), heading.get("data-label")) == ("Long", "A very long heading indeed")


def test_a_short_head_bears_the_number_that_the_others_bear() -> None:
    """Running heads of one book are of one form: that of each numbered section begins with its number."""
    words = (n.Text("A very long heading indeed"),)
    sections = tuple(
        n.Section(f"s{i}", n.Heading(words), (), numbering="section", short=short)
        for i, short in enumerate(("", "Long"))
    )
    document = n.Document(n.Metadata("Tiny", "tiny", "en"), (n.Division("body", sections),))
    resolved = making.resolved(document, "en")
    heads = [h.get("data-head") for h in parsed(making.html(resolved, "en", "print")).xpath("//h1")]
    assert heads == ["Section One | A very long heading indeed", "Section Two | Long"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Efforts at the regional and country levels", ["country levels"]),
        ("Two words", []),
        ("On internationalization of intergovernmental responsibilities", []),
        ("被贩运者的识别", []),
    ],
)
def test_no_word_stands_alone_on_the_last_line_of_a_heading(words: str, kept: list[str]) -> None:
    """Two short words stay together in print; the words are the same, so that they can be searched."""
    section = n.Section("s", n.Heading((n.Text(words),)), ())
    document = n.Document(n.Metadata("Tiny", "tiny", "en"), (n.Division("body", (section,)),))
    heading = parsed(making.html(making.resolved(document, "en"), "en", "print")).xpath("//h1")[0]
    assert heading.text_content() == words
    assert heading.xpath("span[@class='ending']/text()") == kept


@pytest.mark.parametrize(
    ("words", "set_"),
    [
        ("贩运人口的任务授权、活动和研究概要", "贩~运|人~口|的|任~务|授~权|、|活~动|和|研~究~概~要"),
        ("秘书长特别代表办公室", "秘~书|长|特~别代~表~办~公~室"),
        ("联合国毒品和犯罪问题办公室（毒罪办）", "联~合|国|毒~品|和|犯~罪|问~题|办~公|室|（~毒~罪~办~）"),
    ],
)
def test_no_chinese_word_is_divided_in_a_heading(words: str, set_: str) -> None:
    """Joiners of no width (~) stand in words; a short name in brackets, or the last two words, are one."""
    section = n.Section("s", n.Heading((n.Text(words),)), ())
    document = n.Document(n.Metadata("Tiny", "tiny", "zh"), (n.Division("body", (section,)),))
    resolved = making.resolved(document, "zh")
    for_print, for_web = (parsed(making.html(resolved, "zh", medium)) for medium in ("print", "web"))
    assert for_print.xpath("//h1")[0].text_content() == set_.replace("|", "").replace("~", "\u2060")
    assert for_print.xpath("//h1")[0].get("data-label") == words
    assert for_web.xpath("//h2")[0].text_content() == words


@pytest.mark.parametrize(
    ("words", "set_"),
    [
        ("自2019年5月起的106个国家，第72/195号决议", "自2019~年5~月起的106~个国家，第~72/195~号决~议"),
        ("作为“全球行动”（全球）的“活动”，“人口”", "作为|“全球行动”|（全球）的|“活动”，|“人口”"),
        ("（“公约”）、《“公约”》", "（“公约”）、《“公约”》"),
        ("寻求庇护者——难民。", "寻求庇护者~——难~民。"),
        ("Chairs’ “Annual Report” 2020", "Chairs’ “Annual Report” 2020"),
    ],
)
def test_chinese_lines_break_beside_quotation_marks_and_not_within_a_date(words: str, set_: str) -> None:
    """Spaces (|) and joiners (~) of no width say so to the engine of print; a browser has newer rules."""
    resolved = tiny(n.Paragraph((n.Text(words),)), code="zh")
    for_print, for_web = (
        parsed(making.html(resolved, "zh", medium)).xpath("//section/p")[0].text_content()
        for medium in ("print", "web")
    )
    assert for_print == set_.replace("|", "\u200b").replace("~", "\u2060")
    assert for_web == words


# ---------------------------------------------------------------- style sheet


def test_the_theme_gives_points_in_print_and_multiples_of_the_readers_size_on_the_web() -> None:
    """Each length stands once, in the theme."""
    theme = sample.theme()
    heading = theme.type["h1"]
    in_print = theme_css(theme, LANGUAGES["en"], "print")
    on_the_web = theme_css(theme, LANGUAGES["en"], "web")
    assert f"h1 {{ font-size: {heading.size:g}pt; line-height: {heading.line:g}pt" in in_print
    assert f"h2 {{ font-size: {heading.size / theme.type['body'].size:.4g}rem" in on_the_web
    assert "@page" not in on_the_web


def test_print_has_no_variable_left() -> None:
    """The engine would work each out again for every element."""
    style = "".join(page("en", "print").xpath("//style/text()"))
    assert "var(" not in style
    assert flatten(":root { --a: 1pt; } p { margin: var(--a) var(--b) }").endswith("p { margin: 1pt var(--b) }")


@pytest.mark.parametrize(("code", "mark"), [("en", ("'('", "') '")), ("fr", ("''", "') '"))])
def test_items_are_marked_as_the_language_does(code: str, mark: tuple[str, str]) -> None:
    """(a) in English, a) in French (Editorial Manual)."""
    prefix, suffix = mark
    style = theme_css(sample.theme(), LANGUAGES[code], "web")
    assert f"@counter-style item-letter {{ system: extends lower-alpha; prefix: {prefix}; suffix: {suffix} }}" in style


def test_facing_pages_change_sides_where_text_runs_from_right_to_left() -> None:
    """The title stands on the verso: the left page in English, the right page in Arabic."""
    english, arabic = (theme_css(sample.theme(), LANGUAGES[c], "print") for c in ("en", "ar"))
    title = r"@page :{} {{[^@]*@top-{} {{[^}}]*content: string\(title\)"
    assert re.search(title.format("left", "left"), english)
    assert re.search(title.format("right", "right"), arabic)


@pytest.mark.parametrize("medium", MEDIA)
def test_the_mark_of_a_note_stays_on_the_line_of_the_sign_before_it(medium: making.Medium) -> None:
    """A line may break between a full stop and a figure (Unicode UAX 14, LB 25)."""
    kept = page("en", medium).xpath("//span[@class='kept']")
    assert kept
    assert all((span.text or "") in {".", ",", ""} for span in kept)
    assert all(span.xpath("a[@role='doc-noteref']") for span in kept)


def test_long_addresses_break_before_signs_in_print_alone() -> None:
    """Spaces of no width show the places; the link itself has none."""
    address = "https://un.org/a/one_two%20three.pdf"
    paragraph = n.Paragraph((n.Link(address, (n.Text(address),)),))
    (web,), (print_,) = (shown(paragraph, medium=medium).xpath("//a[@class='address']") for medium in MEDIA)
    assert "".join(web.itertext()) == address
    assert "".join(print_.itertext()) == "https://un.org/a/one\u200b_two\u200b%20three.pdf"
    assert web.get("href") == print_.get("href") == address


@pytest.mark.parametrize(
    ("address", "end"),
    [
        ("https://un.org/a?inLanguage=eng-GB", "eng-GB"),
        ("https://un.org/guide-to-it/", ""),
        ("https://un.org/a-1.pdf", "a-1.pdf"),
    ],
)
def test_an_address_does_not_break_at_a_hyphen_near_its_end(address: str, end: str) -> None:
    """A line of two letters is none."""
    (link,) = shown(n.Paragraph((n.Link(address, (n.Text(address),)),)), medium="print").xpath("//a[@class='address']")
    assert "".join(link.xpath("span[@class='ending']//text()")) == end
    assert "".join(link.itertext()).replace("\u200b", "") == address
