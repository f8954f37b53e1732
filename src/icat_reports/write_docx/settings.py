"""In: a language and what the file holds. Out: `settings.xml`, `webSettings.xml` and `fontTable.xml` (17.15, 17.8).

Word is not asked to update fields when it opens the file: what is stored is right, and the question would frighten.
"""

from __future__ import annotations

from icat_reports.fonts import FontSet
from icat_reports.ooxml.markup import Inner, Value, escape, properties
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION
from icat_reports.write_docx.build import Build, language_attributes

_COMPATIBLE = (
    ("compatibilityMode", 15),
    ("overrideTableStyleFontSizeAndJustification", 1),
    ("enableOpenTypeFeatures", 1),
    ("doNotFlipMirrorIndents", 1),
    ("differentiateMultirowTableHeaders", 1),
)
"""Word 2013 and later; heads of several rows are told apart ([MS-DOCX] 2.3.2)."""
_SCHEMES = {
    "bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2", "accent1": "accent1", "accent2": "accent2",
    "accent3": "accent3", "accent4": "accent4", "accent5": "accent5", "accent6": "accent6", "hyperlink": "hyperlink",
    "followedHyperlink": "followedHyperlink",
}  # fmt: skip


def settings(build: Build) -> str:
    """`settings.xml`."""
    margin = build.theme.page.margin
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in _COMPATIBLE
    )
    values: dict[str, Value] = {
        "zoom": {"percent": 100},
        "defaultTabStop": 720,
        "evenAndOddHeaders": True,
        "characterSpacingControl": "compressPunctuation" if build.language.script == "han" else "doNotCompress",
        "footnotePr": Inner('<w:footnote w:id="-1"/><w:footnote w:id="0"/>'),
        "compat": Inner(compatible),
        "themeFontLang": language_attributes(build.language.code),
        "clrSchemeMapping": _SCHEMES,
        "decimalSymbol": ".",
        "listSeparator": ",",
    }
    if margin.inside != margin.outside:
        values["mirrorMargins"] = True
    return DECLARATION + properties("settings", values).replace("<w:settings>", f"<w:settings{declare('w')}>", 1)


def web_settings() -> str:
    """`webSettings.xml`: nothing but that it is there."""
    return f"{DECLARATION}<w:webSettings{declare('w')}/>"


_PITCH = '<w:pitch w:val="variable"/>'


def font_table(fonts: tuple[FontSet, ...]) -> str:
    """`fontTable.xml`: what to take where a face is missing (17.8.3)."""
    rows = []
    for family in dict.fromkeys(family for chosen in fonts for family in chosen.families):
        generic = (
            "swiss"
            if any(family in chosen.families and chosen.generic == "sans-serif" for chosen in fonts)
            else "roman"
        )
        rows.append(
            f'<w:font w:name="{escape(family.word)}"><w:altName w:val="{escape(family.name)}"/>'
            f'<w:family w:val="{generic}"/>{_PITCH}</w:font>'
        )
    names = dict.fromkeys(rows)
    return f"{DECLARATION}<w:fonts{declare('w')}>{''.join(names)}</w:fonts>"
