"""In: a theme. Out: `theme1.xml`: its colours and faces, where Word's menus offer them (ECMA-376 part 1, 20.1.6)."""

from __future__ import annotations

from icat_reports.fonts import FontSet
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION
from icat_reports.write_docx.build import Build

_ACCENTS = 6
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_FORMATS = (
    f'<a:fmtScheme name="Publication"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>'
    f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)


def markup(build: Build) -> str:
    """`theme1.xml`."""
    return (
        f'{DECLARATION}<a:theme{declare("a")} name="Publication"><a:themeElements>'
        f'<a:clrScheme name="Publication">{_colours(build)}</a:clrScheme>'
        f'<a:fontScheme name="Publication"><a:majorFont>{_faces(build.heading_fonts)}</a:majorFont>'
        f"<a:minorFont>{_faces(build.fonts)}</a:minorFont></a:fontScheme>{_FORMATS}</a:themeElements></a:theme>"
    )


def _colours(build: Build) -> str:
    colour = build.theme.colour
    series = build.theme.colors["series"]
    accents = (series,) if isinstance(series, str) else series
    rows = {"dk1": colour("text"), "lt1": "FFFFFF", "dk2": colour("accent-dark"), "lt2": colour("accent-light")}
    rows |= {f"accent{place + 1}": accents[place % len(accents)] for place in range(_ACCENTS)}
    rows |= {"hlink": colour("link"), "folHlink": colour("link")}
    return "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in rows.items())


def _faces(fonts: FontSet) -> str:
    return (
        f'<a:latin typeface="{fonts.latin.word}"/><a:ea typeface="{fonts.east_asian.word}"/>'
        f'<a:cs typeface="{fonts.complex_script.word}"/>'
    )
