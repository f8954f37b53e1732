"""In: a font set and a language. Out: its families, that of the language's own script first.

Lines then keep one height and baseline, and signs that several scripts share (quotation marks, digits) have the
shape that belongs to the text around them.
"""

from __future__ import annotations

from icat_reports.fonts import Family, FontSet
from icat_reports.language import Language


def families(fonts: FontSet, language: Language) -> tuple[Family, ...]:
    """All three families of a set, in the order in which a glyph is looked for."""
    own = {"arabic": fonts.complex_script, "han": fonts.east_asian}.get(language.script, fonts.latin)
    return (own, *(family for family in fonts.families if family != own))


def font_family(fonts: FontSet, language: Language) -> str:
    """Value of `font-family` for our own faces."""
    return ", ".join((*(f"'{family.name}'" for family in families(fonts, language)), fonts.generic))
