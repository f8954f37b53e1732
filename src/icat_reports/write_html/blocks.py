"""In: block nodes. Out: their HTML; headings, lists, contents and boxes here, tables and figures in their own modules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from icat_reports.document.nodes import (
    Aside,
    Block,
    Column,
    Contents,
    Figure,
    List,
    Masthead,
    Paragraph,
    Section,
    Table,
)
from icat_reports.document.resolved import ContentsRow
from icat_reports.document.walk import plain
from icat_reports.write_html.figures import figure, image
from icat_reports.write_html.inline import display, inline
from icat_reports.write_html.job import Job
from icat_reports.write_html.markup import element, text
from icat_reports.write_html.tables import table


def blocks(job: Job, children: Iterable[Block], level: int = 1) -> str:
    """HTML of blocks in order; `level` is that of the next section, 1 for the outermost."""
    return "\n".join(block(job, child, level) for child in children)


def block(job: Job, node: Block, level: int = 1) -> str:
    """HTML of one block."""
    return _RENDER[type(node)](job, node, level)


# ---------------------------------------------------------------- paragraphs and boxes


def _paragraph(job: Job, node: Paragraph, _level: int) -> str:
    number = job.resolved.paragraph_label(node.id) if node.number else ""
    classes = " ".join(
        name for name in (node.role if node.role != "body" else "", "numbered" if number else "") if name
    )
    shown = element("span", {"class": "number"}, text(number)) + " " if number else ""
    if node.role == "title" and job.medium == "web":
        return element("h1", {"class": "title", "id": node.id or None}, inline(job, node.children))
    words = (display if node.role in _DISPLAYED else inline)(job, node.children)
    return element("p", {"class": classes or None, "id": node.id or None}, shown, words)


_DISPLAYED = frozenset({"title", "subtitle", "lead"})
"""Roles of paragraphs in type as large as that of headings."""


def _masthead(job: Job, node: Masthead, level: int) -> str:
    """A line with organization and symbol; below it mark, organ, and the particulars, each part where there is one.

    In print the job number stands at the foot of the page (CSS Generated Content 3, 1.1); a web page has no such place.
    """

    def part(name: str, *roles: str) -> str:
        shown = blocks(job, (child for child in node.children if child.role in roles), level)
        return element("div", {"class": name}, shown) if shown else ""

    mark = element("div", {"class": "emblem"}, image(job, node.mark)) if node.mark else ""
    return element(
        "div",
        {"class": "masthead", "data-job": node.job if job.medium == "print" else None},
        element("div", {"class": "first-line"}, part("start", "organization"), part("end", "symbol")),
        element("div", {"class": "second-line"}, mark, part("start", "organ"), part("end", "particular")),
    )


def _aside(job: Job, node: Aside, level: int) -> str:
    name = "blockquote" if node.role == "quotation" else "aside"
    return element(name, {"class": node.role}, blocks(job, node.children, level))


# ---------------------------------------------------------------- sections


def _section(job: Job, node: Section, level: int) -> str:
    classes = " ".join(name for name in ("section", f"level-{level}", node.kind) if name)
    return element(
        "section",
        {"class": classes, "aria-labelledby": node.id},
        _heading(job, node, level),
        "\n",
        blocks(job, node.children, level + 1),
    )


def _heading(job: Job, node: Section, level: int) -> str:
    """A heading; `data-label` holds its words without marks, for bookmarks and running heads."""
    number = job.resolved.headings[node.id]
    before = f"{number.label}{number.separator}"
    label = f"{before}{plain(node.heading.children)}"
    shown = ""
    if number.label:
        separator = element("span", {"class": "separator"}, text(number.separator))
        shown = element("span", {"class": "number"}, text(number.label)) + separator
    name = f"h{min(level + (job.medium == 'web'), 6)}"
    values: dict[str, str | int | None] = {"id": node.id, "data-level": level, "data-label": label}
    if level == 1 and job.medium == "print":
        values["data-head"] = f"{before}{node.short}" if node.short else label
    return element(name, values, shown, display(job, node.heading.children))


# ---------------------------------------------------------------- lists

_LISTS: Mapping[str, str] = {"bullet": "ul", "plain": "ul", "decimal": "ol", "letter": "ol", "roman": "ol"}


def _list(job: Job, node: List, level: int) -> str:
    items = (element("li", {}, _flow(job, item.children, level)) for item in node.items)
    # A list without bullets is none to some readers, unless it says so.
    role = "list" if node.kind == "plain" and job.medium == "web" else None
    return element(_LISTS[node.kind], {"class": node.kind, "role": role}, *items)


def _flow(job: Job, children: tuple[Block, ...], level: int) -> str:
    """Blocks of an item or cell: a lone plain paragraph needs no element of its own."""
    first = children[0] if children else None
    if isinstance(first, Paragraph) and first.role == "body" and not first.id and not first.number:
        rest = blocks(job, children[1:], level)
        lists_only = all(isinstance(child, List) for child in children[1:])
        words = inline(job, first.children)
        return words + rest if lists_only else element("p", {}, words) + rest
    return blocks(job, children, level)


# ---------------------------------------------------------------- contents


def _contents(job: Job, node: Contents, _level: int) -> str:
    if node.of == "sections":
        return contents(job, node.depth, node.columns)
    rows = job.resolved.figures if node.of == "figures" else job.resolved.tables
    items = "".join(element("li", {}, _row(job, row, node.columns)) for row in rows)
    return element("nav", {"class": f"contents {node.of}", "aria-label": job.words[node.of]}, element("ol", {}, items))


def contents(job: Job, depth: int, columns: tuple[Column, ...] = ()) -> str:
    """The contents as nested lists, with links to the headings; a web page has no column of pages."""
    rows = tuple(row for row in job.resolved.contents if row.level <= depth)
    shown = tuple(column for column in columns if column != "page" or job.medium == "print")
    return element(
        "nav",
        {"class": " ".join(("contents sections", *(f"has-{c}" for c in shown))), "aria-label": job.words["contents"]},
        _column_heads(job, shown),
        _nested(job, rows, shown),
    )


def _column_heads(job: Job, columns: tuple[Column, ...]) -> str:
    heads = (element("span", {"class": f"{column}-head"}, text(job.words[column])) for column in columns)
    return element("p", {"class": "columns"}, " ".join(heads)) if columns else ""


def _nested(job: Job, rows: tuple[ContentsRow, ...], columns: tuple[Column, ...]) -> str:
    """Rows as a list, the rows below each row inside its item."""
    starts = [i for i, row in enumerate(rows) if row.level <= rows[0].level]
    parts = [rows[a:b] for a, b in zip(starts, (*starts[1:], len(rows)), strict=True)]
    items = (
        element("li", {}, _row(job, part[0], columns), _nested(job, part[1:], columns) if part[1:] else "")
        for part in parts
    )
    return element("ol", {}, *items)


def _row(job: Job, row: ContentsRow, columns: tuple[Column, ...]) -> str:
    """A row's link; print adds the number of the target's page (CSS Generated Content 3, 4.1)."""
    words = text(row.label + row.separator if row.label else "") + display(job, row.children)
    target = f"#{row.target}"
    range_ = job.resolved.paragraphs_of(row) if "paragraphs" in columns else ""
    more = [element("span", {"class": "paragraphs"}, range_)] if range_ else []
    if job.medium == "print":
        page = "page roman" if row.target in job.front else "page"
        more.append(element("span", {"class": page, "data-href": target}))
    first = element("span", {"class": "words"}, words) if more else words
    return element("a", {"href": target}, " ".join((first, *more)))


_RENDER: Mapping[type, Callable[..., str]] = {
    Paragraph: _paragraph,
    Section: _section,
    List: _list,
    Masthead: _masthead,
    Aside: _aside,
    Contents: _contents,
    Table: lambda job, node, level: table(job, node, lambda children: _flow(job, children, level)),
    Figure: lambda job, node, level: figure(job, node, lambda child: block(job, child, level)),
}
