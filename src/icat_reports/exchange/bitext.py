"""In: a catalogue and its language. Out: a Word file with the original beside the translation; and the pairs of one back.

For translators who have only Word. Each row is a unit: the original with what is said of it, the translation, its
state and remarks. Rows may be moved or deleted: a bookmark of its own, or else its text, tells what unit a row is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import get_args

from lxml import etree

from icat_reports.catalogue.po import Catalogue
from icat_reports.diagnostics import Sink, Span
from icat_reports.exchange.markup import split
from icat_reports.exchange.pairs import Pair, State, pairs
from icat_reports.language import LANGUAGES, ORIGINAL, Language
from icat_reports.ooxml.markup import Value, escape, paragraph, properties
from icat_reports.ooxml.namespaces import declare, qualified
from icat_reports.ooxml.package import DECLARATION, Part, Relationships, pack
from icat_reports.ooxml.reading import Element, Package

_WIDTHS = (5600, 5600, 1500, 1900)
"""Of the columns, in twentieths of a point: an A4 page on its side."""
_HEADS = ("Original", "Translation", "State", "Remarks")
_STATES = ", ".join(get_args(State))
_NOTE: dict[str, Value] = {"color": "595959", "sz": 16, "szCs": 16}
"""Looks of what is said of a unit: the reader takes a paragraph of that colour for none of its text."""


# ---------------------------------------------------------------- out


def write_bitext(catalogue: Catalogue, language: Language) -> bytes:
    """The catalogue as a Word file."""
    rows = [_row(number, pair, language) for number, pair in enumerate(pairs(catalogue), 1)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{_head()}{"".join(rows)}</w:tbl>'
    )
    about = (
        f"Write in the second column. State: {_STATES}; change it, or leave it: what you changed becomes unreviewed."
    )
    body = (
        paragraph("", _text(catalogue.file, ORIGINAL))
        + paragraph("", _text(about, ORIGINAL, note=True))
        + table
        + paragraph("")
        + '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" '
        'w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    links, root = Relationships(), Relationships()
    root.to("document", "word/document.xml")
    parts = tuple(Part(f"word/{path}", kind, f"{DECLARATION}{xml}".encode()) for kind, path, xml in _parts(language))
    for part in parts:
        links.to(part.type, part.path.removeprefix("word/"))
    xml = f"{DECLARATION}<w:document{declare('w')}><w:body>{body}</w:body></w:document>"
    return pack((Part("word/document.xml", "document", xml.encode(), links), *parts), root)


def _parts(language: Language) -> Iterator[tuple[str, str, str]]:
    """What Word wants beside the text (part 1, 11.3): kind, path and markup of each part, with as little as it may hold."""
    font = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial" w:eastAsia="SimSun"/>'
    tags = f'<w:lang w:val="{LANGUAGES[ORIGINAL].word_tag}" w:bidi="{language.word_tag}" w:eastAsia="zh-CN"/>'
    looks = f'{font}<w:sz w:val="20"/><w:szCs w:val="20"/>{tags}'
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{looks}</w:rPr></w:rPrDefault></w:docDefaults>"
    yield "styles", "styles.xml", f"<w:styles{declare('w')}>{defaults}</w:styles>"
    yield "settings", "settings.xml", f"<w:settings{declare('w')}/>"
    yield "fontTable", "fontTable.xml", f"<w:fonts{declare('w')}/>"
    yield "theme", "theme/theme1.xml", _THEME


_COLOURS = "".join(
    f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
    for name, value in (
        *(("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "44546A"), ("lt2", "E7E6E6"), ("accent1", "4472C4")),
        *(("accent2", "ED7D31"), ("accent3", "A5A5A5"), ("accent4", "FFC000"), ("accent5", "5B9BD5")),
        *(("accent6", "70AD47"), ("hlink", "0563C1"), ("folHlink", "954F72")),
    )
)
_FONTS = "".join(
    f'<a:{name}><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/></a:{name}>'
    for name in ("majorFont", "minorFont")
)
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_THEME = (
    f'<a:theme{declare("a")} name="Plain"><a:themeElements><a:clrScheme name="Plain">{_COLOURS}</a:clrScheme>'
    f'<a:fontScheme name="Plain">{_FONTS}</a:fontScheme><a:fmtScheme name="Plain"><a:fillStyleLst>{_FILL * 3}'
    f"</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
"""The colours and fonts that a theme must name (part 1, 20.1.6.9)."""


def _head() -> str:
    cells = "".join(
        _cell(width, paragraph("", _text(head, ORIGINAL))) for width, head in zip(_WIDTHS, _HEADS, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(number: int, pair: Pair, language: Language) -> str:
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{_name(pair)}"/><w:bookmarkEnd w:id="{number}"/>'
    said = (*((f"before: {pair.previous}",) if pair.previous else ()), *pair.about)
    source = paragraph("", mark, _text(pair.source, ORIGINAL)) + "".join(
        paragraph("", _text(line, ORIGINAL, note=True)) for line in said
    )
    direction = properties("pPr", {"bidi": True}) if language.direction == "rtl" else ""
    remarks = "".join(paragraph("", _text(remark, ORIGINAL)) for remark in pair.remarks) or paragraph("")
    cells = (
        source,
        paragraph(direction, _text(pair.target, language.code)),
        paragraph("", _text(pair.state, ORIGINAL)),
        remarks,
    )
    shown = "".join(_cell(width, cell) for width, cell in zip(_WIDTHS, cells, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{shown}</w:tr>"


def _name(pair: Pair) -> str:
    """Name of a row's bookmark: at most forty characters, letters and figures (part 1, 17.13.6.2)."""
    return f"unit_{pair.key}_{pair.form}"


_MARK = re.compile(r"unit_([0-9a-f]+)_(\d+)")


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _text(text: str, code: str, *, note: bool = False) -> str:
    language = LANGUAGES[code]
    rtl = language.direction == "rtl"
    key = {"rtl": "bidi", "han": "eastAsia"}.get(language.direction if rtl else language.script, "val")
    look = properties("rPr", {**(_NOTE if note else {}), "rtl": rtl or None, "lang": {key: language.word_tag}})
    if rtl:  # a mark keeps its own direction
        return "".join(_run(own, look if place % 2 == 0 else "") for place, own in enumerate(split(text)))
    return _run(text, look)


def _run(text: str, look: str) -> str:
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")]
    return f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>" if text else ""


# ---------------------------------------------------------------- in


def read_bitext(file: str, data: bytes, sink: Sink) -> tuple[str, tuple[Pair, ...]] | None:
    """The catalogue's path that a file was made from, its first paragraph, and its pairs; None after a finding."""
    root = _document(file, data, sink)
    if root is None:
        return None
    columns = _columns(root)
    lost = next((head for head in _HEADS[:2] if head not in columns), "")
    if lost:
        sink.error("exchange-parses", f"the table has no column “{lost}”", Span(file), "put it back, with its head")
        return None
    first = root.find(f"{qualified('w:body')}/{qualified('w:p')}")
    return "" if first is None else _words(first).strip(), tuple(_pairs(root, columns))


def _columns(root: Element) -> dict[str, int]:
    """Places of the columns by their heads; as we wrote them, where the row of heads is gone."""
    head = next(filter(_heading, root.iter(qualified("w:tr"))), None)
    names = _HEADS if head is None else [_plain(cell).strip() for cell in head.findall(qualified("w:tc"))]
    return {name: place for place, name in enumerate(names)}


def _document(file: str, data: bytes, sink: Sink) -> Element | None:
    try:
        root = Package(data).trees.get("word/document.xml")
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, RuntimeError, NotImplementedError):
        root = None
    if root is None:
        sink.error("exchange-parses", "this is no Word file", Span(file), "save it as .docx")
    return root


def _pairs(root: Element, columns: Mapping[str, int]) -> Iterator[Pair]:
    states: dict[str, State] = {state: state for state in get_args(State)}
    for number, row in enumerate(root.iter(qualified("w:tr")), 1):
        own = dict(enumerate(row.findall(qualified("w:tc"))))
        cells = {head: own[place] for head, place in columns.items() if place in own}
        if not cells.keys() >= set(_HEADS[:2]) or _heading(row):
            continue
        source, target, state, remarks = (cells.get(head) for head in _HEADS)
        marks = (_MARK.fullmatch(mark.get(qualified("w:name"), "")) for mark in row.iter(qualified("w:bookmarkStart")))
        mark = next(filter(None, marks), None)
        words = _plain(target)
        yield Pair(
            _plain(source),
            words,
            states.get(_plain(state).strip().casefold(), "") if words else "new",
            None,
            int(mark[2]) if mark else 0,
            () if remarks is None else tuple(filter(None, map(_words, remarks.iter(qualified("w:p"))))),
            keeps_remarks=remarks is None,
            key=mark[1] if mark else "",
            line=number,
        )


def _heading(row: Element) -> bool:
    return row.find(f"{qualified('w:trPr')}/{qualified('w:tblHeader')}") is not None


def _plain(cell: Element | None) -> str:
    """The words of a cell without what is said of them; paragraphs that a translator began are one."""
    if cell is None:
        return ""
    found = [_words(own) for own in cell.iter(qualified("w:p")) if not _is_note(own)]
    return found[0] if len(found) == 1 else " ".join(filter(None, map(str.strip, found)))


def _is_note(own: Element) -> bool:
    colours = [c.get(qualified("w:val")) for c in own.iter(qualified("w:color"))]
    return bool(colours) and all(colour == _NOTE["color"] for colour in colours)


def _words(own: Element) -> str:
    tags = (qualified("w:t"), qualified("w:br"), qualified("w:tab"))
    return "".join(_SPACES.get(element.tag, element.text or "") for element in own.iter(*tags))


_SPACES = {qualified("w:br"): "\n", qualified("w:tab"): " "}
