"""In: the table of styles, a theme and a language. Out: `styles.xml` (ECMA-376 part 1, 17.7).

Each style has its own looks only; the rest comes from the style that it is based on. Properties of complex scripts
stand beside those of Latin ones, so that Arabic words are as large and as bold as others.
"""

from __future__ import annotations

from collections.abc import Mapping

from icat_reports.colours import readable_on
from icat_reports.ooxml.markup import Inner, attributes, properties
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION
from icat_reports.ooxml.styles import STYLES, CharacterLook, Style
from icat_reports.ooxml.units import eighths, half_points, twips
from icat_reports.theme import TypeStyle, WordLooks
from icat_reports.write_docx.build import Build, language_attributes
from icat_reports.write_docx.looks import PARTICULAR, Properties, faces, spacing
from icat_reports.write_docx.table_looks import TABLES

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
    return f"{DECLARATION}<w:styles{declare('w', 'mc', 'w15')}>{_defaults(build)}{_LATENT}{''.join(rows)}</w:styles>"


# ---------------------------------------------------------------- defaults


def _defaults(build: Build) -> str:
    """What holds where no style says otherwise (17.7.5.1): faces for each script, languages, size."""
    size = half_points(build.type("body").size)
    run = properties("rPr", {
        "rFonts": faces(build, heading=False),
        "color": build.theme.colour("text"),
        "sz": size,
        "szCs": size,
        "lang": {"val": "en-GB", "eastAsia": "zh-CN", "bidi": "ar-SA", **language_attributes(build.language.code)},
    })  # fmt: skip
    return f"<w:docDefaults><w:rPrDefault>{run}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"


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
    inner = _inner("style", values) + (TABLES[style.id](build) if style.type == "table" else "")
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
    if style.id in PARTICULAR:
        more_paragraph, more_run = PARTICULAR[style.id](build)
        paragraph |= more_paragraph
        run |= more_run
    if style.id in build.theme.word:
        _adjust(build, build.theme.word[style.id], paragraph, run)
    return paragraph, run


def _adjust(build: Build, looks: WordLooks, paragraph: Properties, run: Properties) -> None:
    """What the layout has beyond the roles of type: space, a rule beside the paragraph, a ground behind it."""
    known = paragraph.get("spacing")
    changed = {side: twips(length) for side in ("before", "after") if (length := getattr(looks, side)) is not None}
    paragraph["spacing"] = {**(known if isinstance(known, Mapping) else {}), **changed}
    if looks.new_page:
        paragraph["pageBreakBefore"] = True
    if looks.free:
        paragraph["ind"] = {"right": twips(looks.free)}
    borders = dict.fromkeys(_SIDES, ' w:val="nil"') if "pBdr" in paragraph else {}
    if looks.ground:
        fill = build.theme.colour(looks.ground)
        paragraph["shd"] = {"val": "clear", "color": "auto", "fill": fill}
        run["color"] = readable_on(fill, build.theme)
        borders |= dict.fromkeys(("left", "right"), _border(_GROUND_RULE, _GROUND_SPACE, fill))
    if looks.rule:
        borders[looks.rule] = _border(looks.rule_width, looks.rule_space, build.theme.colour("accent"))
    if borders:
        paragraph["pBdr"] = Inner("".join(f"<w:{side}{borders[side]}/>" for side in _SIDES if side in borders))


_SIDES = ("top", "left", "bottom", "right")
"""In the schema's order (17.3.1.24)."""
_GROUND_RULE, _GROUND_SPACE = 0.5, 6
"""Points by which the ground of a paragraph stands out beside its words: rules of its own colour (17.3.1.7)."""


def _border(width: float, space: float, colour: str) -> str:
    return attributes({"val": "single", "sz": eighths(width), "space": round(space), "color": colour})


_LEVELLED = frozenset({"h", "contents-"})


def _paragraph_looks(role: TypeStyle) -> Properties:
    looks: Properties = {"spacing": spacing(role.before, role.after, role.line)}
    if role.indent or role.hanging or role.end:
        places = {"left": twips(role.indent + role.hanging), "right": twips(role.end), "hanging": twips(role.hanging)}
        looks["ind"] = {side: length for side, length in places.items() if length or side != "right"}
    return looks


def _run_looks(build: Build, role: TypeStyle) -> Properties:
    bold = role.weight == "bold"
    size = half_points(role.size)
    return {"b": bold, "bCs": bold, "color": build.theme.colour(role.color), "sz": size, "szCs": size}


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
