"""In: the computed rows of a contents page. Out: a contents field with its rows stored (ECMA-376 part 1, 17.16.68).

The rows are those that Word would make: each in the style of its level, a link to the bookmark of its heading, and
the number of the page as a field in it. So the page is right when the file is first opened, and stays right when
Word makes it anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from icat_reports.document.nodes import Column, Contents
from icat_reports.document.resolved import ContentsRow
from icat_reports.ooxml.markup import field, field_end, field_start, for_word, paragraph, run, style_of
from icat_reports.ooxml.names import bookmark
from icat_reports.ooxml.styles import contents_style
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.captions import SEQUENCES
from icat_reports.write_docx.inline import anchor, shows_count, text, unlinked, words
from icat_reports.write_docx.row_lines import in_lines, with_breaks

_TOGETHER = 5
"""Rows at the end of a contents page that a page does not part."""


def contents(build: Build, node: Contents) -> Iterator[str]:
    """The contents page, in the content control by which Word offers to update it, or the rows of a list of captions."""
    if node.of == "sections":
        rows: Sequence[ContentsRow] = [row for row in build.resolved.contents if row.level <= node.depth]
        styles = [contents_style(row.level) for row in rows]
        instruction = rf'TOC \o "1-{node.depth}" \h \z'
    else:
        rows = build.resolved.figures if node.of == "figures" else build.resolved.tables
        styles = ["TableofFigures"] * len(rows)
        instruction = rf'TOC \h \z \c "{SEQUENCES[node.of.removesuffix("s")]}"'
    if not rows:
        return
    if node.columns:
        heads = "".join(run("<w:tab/>") + text(build, build.resolved.words[column]) for column in node.columns)
        yield paragraph(style_of("ContentsHead"), heads)
    inner = [_row(build, row, row.level if node.of == "sections" else 0, node.columns) for row in rows]
    inner[0] = field_start(instruction) + inner[0]
    inner[-1] += field_end()
    body = [paragraph(style_of(style), row) for style, row in zip(_kept(styles), inner, strict=True)]
    yield from [_control(body)] if node.of == "sections" else body


def _kept(styles: Sequence[str]) -> list[str]:
    """Styles of the rows: the last stand together, so that none is alone on a page."""
    last = range(max(len(styles) - _TOGETHER, 0), len(styles) - 1)
    return [f"{style}Kept" if at in last else style for at, style in enumerate(styles)]


def _control(body: Sequence[str]) -> str:
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{''.join(body)}</w:sdtContent></w:sdt>"
    )


def _row(build: Build, row: ContentsRow, level: int, columns: Sequence[Column]) -> str:
    """A row set as those of a `level` are; 0 is that of captions."""
    target = bookmark("Toc", row.target)
    label = text(build, row.label + row.separator) if row.label else ""
    page = field(rf"PAGEREF {target} \h", text(build, build.page(row.target)))
    children = unlinked(build, row.children)
    before, paragraphs = f"{row.label}{row.separator}" if row.label else "", "paragraphs" in columns
    children = in_lines(build, level, before, children, paragraphs=paragraphs)
    title = with_breaks(words(build, build.main, children))
    counted = run("<w:tab/>") + _paragraphs(build, row) if paragraphs else ""
    return anchor(target, label + title + counted + run("<w:tab/>") + page)


def _paragraphs(build: Build, row: ContentsRow) -> str:
    """The numbers of the first and the last paragraph below a heading, each a field that follows it, where Word can."""
    if not shows_count(build.resolved.paragraph_mark):
        return text(build, build.resolved.paragraphs_of(row))
    return text(build, "–").join(_number(build, id_) for id_ in row.paragraphs)


def _number(build: Build, paragraph_: str) -> str:
    """A field for Word (since 2013, whose namespace it knows); LibreOffice shows nothing for one inside another field."""
    shown = f"<w:t>{build.resolved.paragraphs[paragraph_]}</w:t>"
    begin, separate, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    instruction = rf'<w:instrText xml:space="preserve"> REF {bookmark("Ref", paragraph_)} \n </w:instrText>'
    return run(for_word(f"{begin}{instruction}{separate}{shown}{end}", shown))
