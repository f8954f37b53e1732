"""In: a theme, a language, a medium. Out: the half of the style sheet that follows from them.

Each length and colour of the theme stands here as a CSS custom property and as one rule for each role of text, so
that the layouts' own style sheets hold only what is particular. Points stay points in print; on the web they become
multiples of the reader's own text size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from icat_reports.faces import font_family
from icat_reports.fonts import FONT_SETS
from icat_reports.language import Language
from icat_reports.numerals import abjad
from icat_reports.theme import Theme, TypeStyle
from icat_reports.write_html.job import Medium

_PRINT_ROLES: Mapping[str, str] = {
    "body": "body",
    **{f"h{level}": f"h{level}" for level in range(1, 5)},
    "note": "span.note",
}
_WEB_ROLES: Mapping[str, str] = {
    "body": "body",
    **{f"h{level}": f"h{level + 1}" for level in range(1, 5)},
    "note": ".endnotes .note",
}
_ROLES: Mapping[str, str] = {
    **{
        role: f".{role}"
        for role in (
            *("lead", "title", "subtitle", "series", "date", "status", "imprint", "website"),
            *("entry", "label", "source", "disclaimer", "contact"),
            *("organization", "symbol", "organ", "particular", "session", "agenda", "agenda-title"),
        )
    },
    "caption": "caption, figcaption",
    "table": "table",
    "table-head": "thead th, thead td",
    "table-note": ".table-notes .note",
    "contents-1": "nav.sections > ol > li > a",
    "contents-2": "nav.sections > ol > li > ol > li > a",
    "contents-3": "nav.sections > ol > li > ol > li > ol > li > a",
    "contents-caption": "nav.figures a, nav.tables a",
    "contents-head": "nav .columns",
}
"""Selectors of each role of text that a theme can set; `header` and `footer` are margins of the page."""

_COMPANIONS: Mapping[str, Mapping[str, str]] = {
    "serif": {"han": "SimSun, 'Songti SC', 'Noto Serif SC'", "arabic": "'Times New Roman', Amiri"},
    "sans-serif": {
        "han": "'Microsoft YaHei', 'PingFang SC', 'Noto Sans SC'",
        "arabic": "Arial, 'IBM Plex Sans Arabic'",
    },
}


def theme_css(theme: Theme, language: Language, medium: Medium, *, through: bool = False) -> str:
    """Custom properties, a rule for each role of text, marks of lists, and in print the page.

    `through`: whether pages are numbered through from the cover, and all bear the title at their head.
    """
    unit = _Unit(medium, theme.type["body"].size)
    rules = [
        _properties(theme, language, unit),
        "html { font-family: var(--text-font); color: var(--text) }",
        "h1, h2, h3, h4, h5, h6 { font-family: var(--heading-font) }",
        *_types(theme, unit),
        *_counters(language),
    ]
    if medium == "print":
        rules += [_bullets(theme), *_page(theme, language, through=through)]
    return "\n".join(rules) + "\n"


def flatten(css: str) -> str:
    """Put the value of each custom property of `:root` in the place of its `var()`.

    In print nothing changes them later, and the engine would work each out again for each element.
    """
    values = dict(re.findall(r"(--[\w-]+): ([^;]+);", css.partition("}")[0]))
    return re.sub(r"var\((--[\w-]+)\)", lambda found: values.get(found[1], found[0]), css)


class _Unit(Struct, frozen=True):
    """How lengths of the theme are written."""

    medium: Medium
    body: float
    """Size of running text in points, which is 1rem on the web."""

    def __call__(self, points: float) -> str:
        return f"{points:g}pt" if self.medium == "print" else f"{points / self.body:.4g}rem"

    def line(self, style: TypeStyle) -> str:
        """Line height: fixed in print, a factor on the web so that enlarged text keeps its air."""
        return self(style.line) if self.medium == "print" else f"{style.line / style.size:.4g}"


def _properties(theme: Theme, language: Language, unit: _Unit) -> str:
    rows = {
        "text-font": _family(theme.fonts.text, language, unit.medium),
        "heading-font": _family(theme.fonts.heading, language, unit.medium),
        **{name: f"#{theme.colour(name)}" for name in theme.colors},
        "measure": f"{theme.page.width - theme.page.margin.inside - theme.page.margin.outside:g}mm",
        "list-indent": unit(theme.list.indent),
        "list-after": unit(theme.list.after),
        "cell-padding": unit(theme.table.padding),
        "rule-width": f"{theme.table.rule:g}pt",
        "rule-strong": f"{theme.table.rule_strong:g}pt",
        "after": unit(theme.type["body"].after),
        "line": unit(theme.type["body"].line),
        "label-size": unit(theme.type["label"].size),
    }
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in rows.items()) + " }"


def _family(fonts: str, language: Language, medium: Medium) -> str:
    """Our own faces in print; on the web Word's, which readers have, then our free ones."""
    chosen = FONT_SETS[fonts]
    if medium == "print":
        return font_family(chosen, language)
    companions = _COMPANIONS[chosen.generic].get(language.script)
    latin = f"'{chosen.latin.word}', '{chosen.latin.name}'"
    return ", ".join((*([companions] if companions else []), latin, chosen.generic))


# ---------------------------------------------------------------- roles of text


def _types(theme: Theme, unit: _Unit) -> Iterator[str]:
    roles = {**_ROLES, **(_PRINT_ROLES if unit.medium == "print" else _WEB_ROLES)}
    for role, style in theme.type.items():
        if role in roles:
            yield f"{roles[role]} {{ {'; '.join(_declarations(role, style, unit))} }}"
    body = theme.type["body"]
    yield f"p, ul, ol, blockquote, aside {{ margin-block: {unit(body.before)} {unit(body.after)} }}"
    if theme.list.start:
        yield f"ul, ol {{ margin-inline-start: {unit(theme.list.start)} }} :is(li, td, th, nav) :is(ul, ol) {{ margin-inline-start: 0 }}"


def _declarations(role: str, style: TypeStyle, unit: _Unit) -> Iterator[str]:
    yield f"font-size: {unit(style.size)}"
    yield f"line-height: {unit.line(style)}"
    if role != "body":
        yield f"margin-block: {unit(style.before)} {unit(style.after)}"
        yield f"font-weight: {'bold' if style.weight == 'bold' else 'normal'}"
    start, end = (length if unit.medium == "print" else max(length, 0) for length in (style.indent, style.end))
    if start or style.hanging:
        yield _edge("start", start + style.hanging, unit)
        yield f"text-indent: {unit(-style.hanging)}"
    if end:
        yield _edge("end", end, unit)
    if style.color != "text":
        yield f"color: var(--{style.color})"


def _edge(side: str, length: float, unit: _Unit) -> str:
    """What sets words in, or lets them reach out into the margin of a sheet; a web page has none."""
    return f"{'padding' if length >= 0 else 'margin'}-inline-{side}: {unit(length)}"


def _bullets(theme: Theme) -> str:
    """Bullets in the Latin face.

    The Chinese one draws them with the glyph of its middle dot, and a PDF keeps one character for a glyph, so that the
    dot in a name would be read as a bullet.
    """
    return f"ul > li::marker {{ font-family: '{FONT_SETS[theme.fonts.text].latin.name}' }}"


_SYSTEMS: Mapping[str, str] = {
    "lowerLetter": "extends lower-alpha",
    "lowerRoman": "extends lower-roman",
    "decimal": "extends decimal",
    "arabicAbjad": f"alphabetic; symbols: {' '.join(map(abjad, range(1, 29)))}",
}
"""Systems of CSS by Word's names of formats; items beyond the letters of abjad do not occur."""


def _counters(language: Language) -> Iterator[str]:
    """Marks of lettered and roman items (CSS Counter Styles 3)."""
    shape, mark = language.roman_item
    for name, format_, around in (("letter", language.letters, language.item_mark), ("roman", shape, mark)):
        before, after = (around or language.item_mark).split("{n}")
        system = _SYSTEMS[format_]
        yield f"@counter-style item-{name} {{ system: {system}; prefix: '{before}'; suffix: '{after} ' }}"
        yield f"ol.{name} {{ list-style-type: item-{name} }}"


# ---------------------------------------------------------------- the page


def _page(theme: Theme, language: Language, *, through: bool) -> Iterator[str]:
    """The sheet, its running heads and page numbers (CSS Paged Media 3).

    Margin boxes are not mirrored by direction: the left-hand page is the verso of a book that reads from left to
    right, and the recto of one that reads from right to left. The verso bears the title, the recto the section.
    """
    page, title, section = theme.page, "string(title)", "string(title)" if through else "string(section)"
    on_left, on_right = (title, section) if language.direction == "ltr" else (section, title)
    yield (
        f"@page {{ size: {page.width:g}mm {page.height:g}mm;"
        f" margin-top: {page.margin.top:g}mm; margin-bottom: {page.margin.bottom:g}mm }}"
    )
    yield from _side(theme, "left", "right", on_left)
    yield from _side(theme, "right", "left", on_right)
    yield f"@page landscape {{ size: {page.height:g}mm {page.width:g}mm }}"
    if through:
        start, end = ("left", "right") if language.direction == "ltr" else ("right", "left")
        none = " ".join(
            f"@{place}-{end} {{ content: none }} @{place}-{start} {{ content: none }}" for place in ("top", "bottom")
        )
        yield f"@page :first {{ {none} @bottom-{start} {{ {_margin_box(theme, 'footer')}; content: string(job) }} }}"
        return
    for outer in ("left", "right"):
        yield from _divisions(outer)
    yield "@page :nth(1 of front), :nth(1 of first) { counter-reset: page 1 }"


def _divisions(outer: str) -> Iterator[str]:
    """Pages of parts on one side: neither head nor number on the cover, no head where a section opens."""
    no_head, no_number = f"@top-{outer} {{ content: none }}", f"@bottom-{outer} {{ content: none }}"
    yield f"@page front:{outer} {{ {no_head} @bottom-{outer} {{ content: counter(page, lower-roman) }} }}"
    yield f"@page :nth(1 of opener):{outer}, :nth(1 of first):{outer} {{ {no_head} }}"
    yield f"@page cover:{outer}, :blank:{outer} {{ {no_head} {no_number} }}"


def _side(theme: Theme, outer: str, inner: str, head: str) -> Iterator[str]:
    """Pages on one side: head and number stand outside."""
    margin = theme.page.margin
    yield (
        f"@page :{outer} {{ margin-{inner}: {margin.inside:g}mm; margin-{outer}: {margin.outside:g}mm;"
        f" @top-{outer} {{ {_margin_box(theme, 'header')}; content: {head} }}"
        f" @bottom-{outer} {{ {_margin_box(theme, 'footer')}; content: counter(page) }} }}"
    )


def _margin_box(theme: Theme, name: str) -> str:
    """Looks of a running head or a page number: from the edge of the sheet as far as the theme says."""
    style = theme.type[name]
    side, distance = ("top", theme.page.header) if name == "header" else ("bottom", theme.page.footer)
    return (
        f"font-size: {style.size:g}pt; line-height: {style.line:g}pt; color: #{theme.colour(style.color)};"
        f" vertical-align: {side}; padding-{side}: {distance:g}mm; width: 100%"
    )
