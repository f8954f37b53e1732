"""In: the font files that come with the program and its pinned packages. Out: which face stands for which of Word's.

The Latin faces are metric twins: each glyph is as wide as that of the face that Word's users
have, so PDF and Word break lines at the same words. Arabic and Chinese have no free twin of
Word's faces; there the companions fit the Latin face in weight and style.

All fonts are under the SIL Open Font License 1.1, which allows bundling and embedding
(conditions 1 and 2); `fonts/README.md` tells where each file is from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Literal

from msgspec import Struct

OURS = "icat_reports"
"""Package that holds the vendored files, in its folder `fonts`."""

CHINESE = "pylopdf_fonts_zh_cn"
"""Package that holds the regular Chinese files, at its top."""


class Face(Struct, frozen=True):
    """One font file: a family in one weight and style."""

    file: str
    weight: Literal[400, 700] = 400
    style: Literal["normal", "italic"] = "normal"
    package: str = OURS

    @property
    def path(self) -> Path:
        """Where the file should be; `missing_fonts` tells whether it is."""
        return _folder(self.package) / self.file


class Family(Struct, frozen=True):
    """A free family and the face of Word's that it stands for."""

    name: str
    """Name inside the font files, as CSS and fontconfig know it."""
    word: str
    """Name that a Word file gives, which every Word has."""
    faces: tuple[Face, ...]


class FontSet(Struct, frozen=True):
    """What a theme chooses: one look across the scripts. Word has a slot for each (ECMA-376 part 1, 17.3.2.26)."""

    id: str
    latin: Family
    """Slots `ascii` and `hAnsi`: Latin and Cyrillic."""
    complex_script: Family
    """Slot `cs`: Arabic."""
    east_asian: Family
    """Slot `eastAsia`: Chinese."""
    generic: Literal["sans-serif", "serif"]

    @property
    def families(self) -> tuple[Family, Family, Family]:
        """All three, the order in which a glyph is looked for."""
        return (self.latin, self.complex_script, self.east_asian)

    @property
    def css(self) -> str:
        """Value of `font-family`: with the families in this order no glyph comes from elsewhere."""
        return ", ".join((*(f'"{family.name}"' for family in self.families), self.generic))


def _four(stem: str) -> tuple[Face, ...]:
    """Regular, bold and both italics."""
    return (
        Face(f"{stem}-Regular.ttf"),
        Face(f"{stem}-Bold.ttf", weight=700),
        Face(f"{stem}-Italic.ttf", style="italic"),
        Face(f"{stem}-BoldItalic.ttf", weight=700, style="italic"),
    )


def _two(stem: str) -> tuple[Face, ...]:
    """Regular and bold: Arabic and Chinese have no italics."""
    return (Face(f"{stem}-Regular.ttf"), Face(f"{stem}-Bold.ttf", weight=700))


def _chinese(stem: str) -> tuple[Face, ...]:
    """Regular from its package, bold from ours."""
    return (Face(f"{stem}-Regular.otf", package=CHINESE), Face(f"{stem}-Bold.otf", weight=700))


CARLITO = Family("Carlito", "Calibri", _four("Carlito"))
LIBERATION_SANS = Family("Liberation Sans", "Arial", _four("LiberationSans"))
LIBERATION_SERIF = Family("Liberation Serif", "Times New Roman", _four("LiberationSerif"))
SANS_ARABIC = Family("IBM Plex Sans Arabic", "Arial", _two("IBMPlexSansArabic"))
SERIF_ARABIC = Family("Amiri", "Times New Roman", _two("Amiri"))
SANS_CHINESE = Family("Noto Sans SC", "Microsoft YaHei", _chinese("NotoSansSC"))
SERIF_CHINESE = Family("Noto Serif SC", "SimSun", _chinese("NotoSerifSC"))

FONT_SETS: dict[str, FontSet] = {
    fonts.id: fonts
    for fonts in (
        FontSet("sans", CARLITO, SANS_ARABIC, SANS_CHINESE, "sans-serif"),
        FontSet("arial", LIBERATION_SANS, SANS_ARABIC, SANS_CHINESE, "sans-serif"),
        FontSet("serif", LIBERATION_SERIF, SERIF_ARABIC, SERIF_CHINESE, "serif"),
    )
}
"""The looks that a theme can name, by id."""

FAMILIES: tuple[Family, ...] = tuple(dict.fromkeys(family for fonts in FONT_SETS.values() for family in fonts.families))
"""Every family, once."""


def font_files() -> tuple[Path, ...]:
    """Every font file, whether it is there or not."""
    return tuple(face.path for family in FAMILIES for face in family.faces)


def missing_fonts() -> tuple[Path, ...]:
    """The font files that are not there: none, unless the installation is damaged."""
    return tuple(path for path in font_files() if not path.is_file())


def write_fontconfig(directory: Path) -> Path:
    """Write `fonts.conf` into `directory` and give its path, for the variable FONTCONFIG_FILE.

    With it WeasyPrint and LibreOffice see our fonts alone, and Word's names lead to their
    twins. It must be set before a process loads fontconfig. The file is written only when it
    changes, and at once, so that builds at the same time can share it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "fonts.conf"
    text = fontconfig(directory / "cache")
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        draft = path.with_name("fonts.conf.new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    return path


def fontconfig(cache: Path) -> str:
    """The text of a fontconfig file (fonts-conf(5)) that knows our fonts alone and caches in `cache`."""
    folders = dict.fromkeys(path.parent for path in font_files())
    lines = [
        '<?xml version="1.0"?>',
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
        "<fontconfig>",
        "  <reset-dirs/>",
        *(f"  <dir>{escape(str(folder))}</dir>" for folder in folders),
        f"  <cachedir>{escape(str(cache))}</cachedir>",
        *(f"  {line}" for line in _aliases()),
        "  <config><rescan><int>0</int></rescan></config>",
        "</fontconfig>",
    ]
    return "\n".join(lines) + "\n"


def _aliases() -> Iterator[str]:
    """Each name leads on to its companions in the other scripts, Word's names by way of their twins."""
    sets = tuple(FONT_SETS.values())
    ours: dict[str, tuple[str, ...]] = {}
    others: dict[str, tuple[str, ...]] = {}
    for fonts in sets:
        for family in fonts.families:
            ours.setdefault(family.name, tuple(other.name for other in fonts.families if other != family))
        names = tuple(family.name for family in fonts.families)
        others.setdefault(fonts.generic, names)
        others.setdefault(fonts.latin.word, names)
    for fonts in sets:  # after all Latin ones: Arial is Latin first, though it also holds Arabic
        names = tuple(family.name for family in fonts.families)
        for family in (fonts.complex_script, fonts.east_asian):
            others.setdefault(family.word, (family.name, *(name for name in names if name != family.name)))
    # A rule sees what earlier rules made, so those for our own names must come first.
    for name, companions in ours.items():
        yield from _alias(name, "append", companions)
    for name, stand_ins in others.items():
        yield from _alias(name, "assign", stand_ins)
    yield '<match target="pattern">'
    yield f'  <edit name="family" mode="append_last" binding="weak">{_strings(family.name for family in sets[0].families)}</edit>'
    yield "</match>"


def _alias(name: str, mode: Literal["append", "assign"], families: Iterable[str]) -> Iterator[str]:
    """After `name` (append), or in its place (assign), ask for these families."""
    yield '<match target="pattern">'
    yield f'  <test name="family" compare="eq"><string>{escape(name)}</string></test>'
    yield f'  <edit name="family" mode="{mode}" binding="same">{_strings(families)}</edit>'
    yield "</match>"


def _strings(families: Iterable[str]) -> str:
    return "".join(f"<string>{escape(name)}</string>" for name in families)


def _folder(package: str) -> Path:
    """Folder of a package's fonts; packages are unpacked folders wherever pip installs them."""
    top = Path(str(files(package)))
    return top / "fonts" if package == OURS else top
