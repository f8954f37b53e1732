"""In: the table of styles, a theme and a language. Out: `styles.xml` (ECMA-376 part 1, 17.7).

Each style has its own looks only; the rest comes from the style that it is based on. Properties of complex scripts
stand beside those of Latin ones, so that Arabic words are as large and as bold as others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from icat_reports.ooxml.markup import Inner, Value, properties
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION
from icat_reports.ooxml.styles import DEEPEST_HEADING, DEEPEST_LIST, STYLES, CharacterLook, Style, list_style
from icat_reports.ooxml.units import eighths, half_points, twips
from icat_reports.theme import TypeStyle, WordLooks
from icat_reports.write_docx.build import Build, language_attributes
from icat_reports.write_docx.numbering import (
    HEADINGS,
    KINDS,
    LISTS,
    PARAGRAPHS,
    UNNUMBERED,
    list_step,
    number_properties,
)
from icat_reports.write_docx.tables import BOX_PADDING

Properties = dict[str, Value]

_LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" '
    'w:defQFormat="0" w:count="376"/>'
)
_ALWAYS = (CharacterLook(emphasis=True), CharacterLook(strong=True), CharacterLook(link=True))
"""Character styles that a file has though no words bear them, as a user looks for them."""


def markup(build: Build) -> str:
    """`styles.xml`."""
    looks = {look.id: look for look in (*_ALWAYS, *build.looks.values())}
    rows = [_style(build, style, place) for place, style in enumerate(STYLES.values())]
    rows += [_character(build, look) for look in looks.values()]
    return f"{DECLARATION}<w:styles{declare('w')}>{_defaults(build)}{_LATENT}{''.join(rows)}</w:styles>"


# ---------------------------------------------------------------- defaults


def _defaults(build: Build) -> str:
    """What holds where no style says otherwise (17.7.5.1): faces for each script, languages, size."""
    size = half_points(build.type("body").size)
    run = properties("rPr", {
        "rFonts": _fonts(build, heading=False),
        "color": build.theme.colour("text"),
        "sz": size,
        "szCs": size,
        "lang": {"val": "en-GB", "eastAsia": "zh-CN", "bidi": "ar-SA", **language_attributes(build.language.code)},
    })  # fmt: skip
    return f"<w:docDefaults><w:rPrDefault>{run}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"


def _fonts(build: Build, *, heading: bool) -> Mapping[str, str]:
    """Word's own faces in its four slots (17.3.2.26); in Chinese, marks that both scripts have are Chinese."""
    fonts = build.heading_fonts if heading else build.fonts
    slots = {
        "ascii": fonts.latin.word,
        "eastAsia": fonts.east_asian.word,
        "hAnsi": fonts.latin.word,
        "cs": fonts.complex_script.word,
    }
    return {"hint": "eastAsia", **slots} if build.language.script == "han" else slots


# ---------------------------------------------------------------- one style


def _style(build: Build, style: Style, place: int) -> str:
    values: Properties = {"name": style.name}
    if style.based_on:
        values["basedOn"] = style.based_on
    if style.next:
        values["next"] = style.next
    values["uiPriority"] = min(place + 1, 99)
    values |= {"qFormat": True} if style.listed else {"semiHidden": True, "unhideWhenUsed": True}
    paragraph, run = _looks(build, style)
    if paragraph:
        values["pPr"] = Inner(_inner("pPr", paragraph))
    if run:
        values["rPr"] = Inner(_inner("rPr", run))
    inner = _inner("style", values) + (_TABLES[style.id](build) if style.type == "table" else "")
    kind = f'w:type="{style.type}"{_DEFAULT if style.id in _DEFAULTS else ""}{"" if style.builtin else _CUSTOM}'
    return f'<w:style {kind} w:styleId="{style.id}">{inner}</w:style>'


_DEFAULTS = frozenset({"Normal", "DefaultParagraphFont", "TableNormal"})
_DEFAULT = ' w:default="1"'
_CUSTOM = ' w:customStyle="1"'


def _inner(name: str, values: Properties) -> str:
    return properties(name, values).removeprefix(f"<w:{name}>").removesuffix(f"</w:{name}>")


def _looks(build: Build, style: Style) -> tuple[Properties, Properties]:
    """Properties of paragraph and run: those of the type role, of the table's row, and what is particular."""
    paragraph: Properties = {}
    run: Properties = {}
    if (style.role and style.role.rstrip("0123456789") in _LEVELLED) or style.role in build.theme.type:
        role = build.type(style.role)
        paragraph |= _paragraph_looks(role)
        run |= _run_looks(build, role)
    if style.keep_with_next:
        paragraph["keepNext"] = True
    if style.outline:
        paragraph["outlineLvl"] = style.outline - 1
    if style.align:
        paragraph["jc"] = style.align
    if style.id in _PARTICULAR:
        more_paragraph, more_run = _PARTICULAR[style.id](build)
        paragraph |= more_paragraph
        run |= more_run
    if style.id in build.theme.word:
        _adjust(build, build.theme.word[style.id], paragraph)
    return paragraph, run


def _adjust(build: Build, looks: WordLooks, paragraph: Properties) -> None:
    """What the layout has beyond the roles of type: space, and a rule beside the paragraph."""
    spacing = paragraph.get("spacing")
    changed = {side: twips(length) for side in ("before", "after") if (length := getattr(looks, side)) is not None}
    paragraph["spacing"] = {**(spacing if isinstance(spacing, Mapping) else {}), **changed}
    if looks.new_page:
        paragraph["pageBreakBefore"] = True
    if looks.rule:
        color = build.theme.colour("accent")
        side, width = looks.rule, eighths(looks.rule_width)
        line = f'<w:{side} w:val="single" w:sz="{width}" w:space="{round(looks.rule_space)}" w:color="{color}"/>'
        paragraph["pBdr"] = Inner(line)


_LEVELLED = frozenset({"h", "contents-"})


def _paragraph_looks(role: TypeStyle) -> Properties:
    looks: Properties = {"spacing": _spacing(role.before, role.after, role.line)}
    if role.indent or role.hanging:
        looks["ind"] = {"left": twips(role.indent + role.hanging), "hanging": twips(role.hanging)}
    return looks


def _spacing(before: float, after: float, line: float) -> Mapping[str, str | int]:
    """`w:spacing` (17.3.1.33); lines grow for scripts that stand taller."""
    return {"before": twips(before), "after": twips(after), "line": twips(line), "lineRule": "atLeast"}


def _run_looks(build: Build, role: TypeStyle) -> Properties:
    bold = role.weight == "bold"
    size = half_points(role.size)
    return {"b": bold, "bCs": bold, "color": build.theme.colour(role.color), "sz": size, "szCs": size}


# ---------------------------------------------------------------- what is particular to a style

Looks = tuple[Properties, Properties]


def _normal(build: Build) -> Looks:
    body = build.type("body")
    paragraph: Properties = {"spacing": _spacing(0, 0, body.line), "widowControl": True}
    if build.rtl:
        paragraph["bidi"] = True
    return paragraph, {}


def _heading(level: int) -> Callable[[Build], Looks]:
    def looks(build: Build) -> Looks:
        paragraph: Properties = {"keepLines": True}
        if level in build.numbering.main:
            paragraph["numPr"] = number_properties(level - 1, HEADINGS)
        return paragraph, {"rFonts": _fonts(build, heading=True)}

    return looks


def _unlisted(level: int) -> Callable[[Build], Looks]:
    """Out of the outline and so of the contents field, and without a number."""

    def looks(build: Build) -> Looks:
        role = build.type(f"h{level}")
        spacing = _spacing(max(role.before, build.type("h2").before), role.after, role.line)
        paragraph: Properties = {"outlineLvl": 9, "spacing": spacing}
        if level in build.numbering.main:
            paragraph["numPr"] = number_properties(level - 1, UNNUMBERED)
        return paragraph, {}

    return looks


def _listed(kind: str, depth: int, *, in_table: bool) -> Callable[[Build], Looks]:
    """Items stand closer than paragraphs; halfway between, so that what follows the list is not too close."""

    def looks(build: Build) -> Looks:
        paragraph: Properties = {}
        if not in_table:
            body = build.type("body")
            paragraph["spacing"] = _spacing(0, (build.theme.list.after + body.after) / 2, body.line)
        if kind in KINDS:
            paragraph["numPr"] = number_properties(depth - 1, LISTS[kind, in_table])
        else:
            paragraph["ind"] = {"left": twips(list_step(build.theme, in_table=in_table)[0] * depth)}
        return paragraph, {}

    return looks


def _contents_row(level: int) -> Callable[[Build], Looks]:
    """Dots, and the page number at the end of the measure; no right indent, which LibreOffice would hide it behind."""

    def looks(build: Build) -> Looks:
        role = build.type(f"contents-{level}" if level else "contents-caption")
        tab = f'<w:tab w:val="right" w:leader="dot" w:pos="{twips(build.text_width())}"/>'
        return {
            "tabs": Inner(tab),
            "ind": {"left": twips(role.indent + role.hanging), "hanging": twips(role.hanging)},
        }, {}

    return looks


def _quote(build: Build) -> Looks:
    indent = twips(build.theme.list.indent)
    return {"ind": {"left": indent, "right": indent}}, {}


def _numbered(_: Build) -> Looks:
    return {"numPr": number_properties(0, PARAGRAPHS)}, {}


def _flush_end(build: Build) -> Looks:
    """Figures flush with the end of their column, but not against the words of the next."""
    return {"ind": {"right": twips(2 * build.theme.table.padding)}}, {}


def _figure(_: Build) -> Looks:
    """A drawing is as tall as it is: lines of a fixed height would cut it.

    It is set from left to right in every language: LibreOffice misplaces words in shapes otherwise.
    """
    return {"spacing": {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}, "bidi": False}, {}


def _small(after: float) -> Looks:
    """A paragraph without words, a point high, and the space after it."""
    return {"spacing": {"before": 0, "after": twips(after), "line": 20, "lineRule": "exact"}}, {"sz": 2, "szCs": 2}


def _table_end(build: Build) -> Looks:
    return _small(build.type("body").after)


def _section_end(_: Build) -> Looks:
    return _small(0)


def _raised(_: Build) -> Looks:
    return {}, {"vertAlign": "superscript"}


def _comment_mark(_: Build) -> Looks:
    return {}, {"sz": 16, "szCs": 16}


def _followed(build: Build) -> Looks:
    return {}, {"color": build.theme.colour("link")}


_PARTICULAR: dict[str, Callable[[Build], Looks]] = {
    "Normal": _normal,
    **{f"Heading{level}": _heading(level) for level in range(1, DEEPEST_HEADING + 1)},
    "TOCHeading": _unlisted(1),
    **{f"Heading{level}Unlisted": _unlisted(level) for level in range(2, DEEPEST_HEADING + 1)},
    **{
        list_style(kind, depth, in_table=in_table): _listed(kind, depth, in_table=in_table)
        for kind in (*KINDS, "plain", "continue")
        for depth in range(1, DEEPEST_LIST + 1)
        for in_table in (False, True)
    },
    **{f"TOC{level}": _contents_row(level) for level in range(1, DEEPEST_HEADING + 1)},
    "TableofFigures": _contents_row(0),
    "Quote": _quote,
    "NumberedParagraph": _numbered,
    "Figure": _figure,
    "TableFigure": _flush_end,
    "TableHeadEnd": _flush_end,
    "TableEnd": _table_end,
    "SectionEnd": _section_end,
    "FootnoteReference": _raised,
    "TableNoteReference": _raised,
    "CommentReference": _comment_mark,
    "FollowedHyperlink": _followed,
}

# ---------------------------------------------------------------- characters


def _character(build: Build, look: CharacterLook) -> str:
    """A combination of emphasis, link and foreign phrase; neither Arabic nor Chinese has italics."""
    slanted = build.language.script in {"latin", "cyrillic"}
    run: Properties = {}
    if look.strong:
        run |= {"b": True, "bCs": True}
    if look.emphasis and slanted:
        run |= {"i": True, "iCs": True}
    if look.link:
        run["color"] = build.theme.colour("link")
    if look.lang:
        run["lang"] = language_attributes(look.lang)
    values: Properties = {"name": look.name, "basedOn": "DefaultParagraphFont", "uiPriority": 20, "qFormat": True}
    if run:
        values["rPr"] = Inner(_inner("rPr", run))
    custom = "" if look in _ALWAYS else _CUSTOM
    return f'<w:style w:type="character"{custom} w:styleId="{look.id}">{_inner("style", values)}</w:style>'


# ---------------------------------------------------------------- tables


def _edge(side: str, width: float, color: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths(width)}" w:space="0" w:color="{color}"/>'


def _padding(top: float, sides: float) -> str:
    lengths = {"top": top, "left": sides, "bottom": top, "right": sides}
    return "".join(f'<w:{side} w:w="{twips(length)}" w:type="dxa"/>' for side, length in lengths.items())


def _table_normal(_: Build) -> str:
    return properties("tblPr", {"tblInd": {"w": 0, "type": "dxa"}, "tblCellMar": Inner(_padding(0, 5.4))})


def _publication_table(build: Build) -> str:
    """[M] Rules stand at the top, at the bottom and under the column heads only."""
    looks, color = build.theme.table, build.theme.colour("text")
    rules = _edge("top", looks.rule_strong, color) + _edge("bottom", looks.rule_strong, color)
    table = {"tblBorders": Inner(rules), "tblCellMar": Inner(_padding(looks.padding, looks.padding))}
    under = properties("tcPr", {"tcBorders": Inner(_edge("bottom", looks.rule, color))})
    return f'{properties("tblPr", table)}<w:tblStylePr w:type="firstRow">{under}</w:tblStylePr>'


def _marks_table(build: Build) -> str:
    """A grid is read along its lines."""
    looks, color, line = build.theme.table, build.theme.colour("text"), build.theme.colour("rule")
    rules = (
        _edge("top", looks.rule_strong, color)
        + _edge("bottom", looks.rule_strong, color)
        + _edge("insideH", looks.rule, line)
        + _edge("insideV", looks.rule, line)
    )
    return properties(
        "tblPr", {"tblBorders": Inner(rules), "tblCellMar": Inner(_padding(looks.padding / 2, looks.padding))}
    )


def _box_table(build: Build) -> str:
    fill = {"val": "clear", "color": "auto", "fill": build.theme.colour("accent-light")}
    table = properties("tblPr", {"tblCellMar": Inner(_padding(BOX_PADDING, BOX_PADDING))})
    return f"{table}{properties('tcPr', {'shd': fill})}"


_TABLES: dict[str, Callable[[Build], str]] = {
    "TableNormal": _table_normal,
    "PublicationTable": _publication_table,
    "MarksTable": _marks_table,
    "BoxTable": _box_table,
}
