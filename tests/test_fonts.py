"""The fonts that come with the program are whole, free, and all that a layout sees."""

import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont

from icat_reports import fonts

LETTERS = {
    "latin": "Aa Éé Ññ Œœ Жж Щщ – “” « » † …",
    "complex_script": "العربية ١٢٣ ، ؟ لا",
    "east_asian": "打击贩运人口 联合国 朱镕基 ，。《》",
}
"""What each slot's family must hold, in each of its faces."""

SAMPLE = "".join(
    f"<div style='font-family: {font_set.css.replace(chr(34), '&quot;')}'>"
    f"<p>{' '.join(LETTERS.values())}</p><p><b>{' '.join(LETTERS.values())}</b></p>"
    f"<p><i>{LETTERS['latin']} <b>{LETTERS['latin']}</b></i></p></div>"
    for font_set in fonts.FONT_SETS.values()
)
RENDER = "import sys, weasyprint; weasyprint.HTML(string=sys.argv[1]).write_pdf(sys.argv[2])"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment of a process that sees our fonts alone."""
    path = fonts.write_fontconfig(tmp_path_factory.mktemp("fontconfig"))
    return {**os.environ, "FONTCONFIG_FILE": str(path)}


def embedded(pdf: Path) -> set[str]:
    """Names of the fonts in a PDF, each of which must be embedded as a subset."""
    rows = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert rows
    assert all(re.search(r" yes yes yes +\d+ +\d+$", row) for row in rows), rows
    return {re.sub(r"^[A-Z]{6}\+", "", row.split()[0]) for row in rows}


class TestFiles:
    def test_none_is_missing(self) -> None:
        assert fonts.missing_fonts() == ()

    def test_a_missing_one_is_named(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(fonts, "_folder", lambda _package: tmp_path)
        assert fonts.missing_fonts() == fonts.font_files()

    def test_each_vendored_file_is_in_the_table(self) -> None:
        folder = Path(fonts.__file__).parent / "fonts"
        assert set(folder.glob("*.?tf")) == {path for path in fonts.font_files() if path.parent == folder}

    @pytest.mark.parametrize("family", fonts.FAMILIES, ids=lambda family: family.name)
    def test_each_is_what_the_table_says_and_free(self, family: fonts.Family) -> None:
        for face in family.faces:
            font = TTFont(face.path)
            assert font["name"].getBestFamilyName() == family.name
            assert font["OS/2"].usWeightClass == face.weight
            assert bool(font["OS/2"].fsSelection & 1) == (face.style == "italic")
            assert font["OS/2"].fsType == 0, "embedding is restricted"
            assert "fvar" not in font, "LibreOffice before 7.5 does not embed variable fonts"
            licence = " ".join(font["name"].getDebugName(number) or "" for number in (0, 13))
            assert "Open Font License" in licence or family.name.startswith("Liberation")

    @pytest.mark.parametrize("slot", LETTERS)
    @pytest.mark.parametrize("font_set", fonts.FONT_SETS.values(), ids=lambda font_set: font_set.id)
    def test_each_holds_its_script(self, font_set: fonts.FontSet, slot: str) -> None:
        family: fonts.Family = getattr(font_set, slot)
        for face in family.faces:
            missing = {letter for letter in LETTERS[slot] if ord(letter) not in TTFont(face.path).getBestCmap()}
            assert not missing, face.file


def test_a_set_names_its_families_in_order() -> None:
    assert fonts.FONT_SETS["serif"].css == '"Liberation Serif", "Amiri", "Noto Serif SC", serif'


class TestFontconfig:
    def test_it_is_written_once(self, tmp_path: Path) -> None:
        path = fonts.write_fontconfig(tmp_path / "new" / "folder & more")
        before = path.stat()
        assert fonts.write_fontconfig(path.parent) == path
        assert path.stat().st_mtime_ns == before.st_mtime_ns
        assert [entry.name for entry in path.parent.iterdir()] == ["fonts.conf"]

    @pytest.mark.needs_fontconfig
    @pytest.mark.parametrize(
        ("asked", "file"),
        [
            ("Calibri", "Carlito-Regular.ttf"),
            ("Calibri:bold:italic", "Carlito-BoldItalic.ttf"),
            ("Times New Roman", "LiberationSerif-Regular.ttf"),
            ("Arial:bold", "LiberationSans-Bold.ttf"),
            ("Microsoft YaHei:bold", "NotoSansSC-Bold.otf"),
            ("SimSun", "NotoSerifSC-Regular.otf"),
            ("SimSun:bold", "NotoSerifSC-Bold.otf"),
            ("Calibri:charset=4e2d", "NotoSansSC-Regular.otf"),
            ("Arial:charset=628", "IBMPlexSansArabic-Regular.ttf"),
            ("Times New Roman:charset=628", "Amiri-Regular.ttf"),
            ("Liberation Serif:bold:charset=4e2d", "NotoSerifSC-Bold.otf"),
            ("sans-serif", "Carlito-Regular.ttf"),
            ("serif", "LiberationSerif-Regular.ttf"),
            ("A Face That No One Has", "Carlito-Regular.ttf"),
        ],
    )
    def test_words_names_lead_to_our_files(self, alone: dict[str, str], asked: str, file: str) -> None:
        command = ["fc-match", "-f", "%{file|basename}", asked]
        assert subprocess.run(command, env=alone, capture_output=True, text=True, check=True).stdout == file

    @pytest.mark.needs_fontconfig
    def test_no_other_font_is_seen(self, alone: dict[str, str]) -> None:
        listed = subprocess.run(
            ["fc-list", "-f", "%{file}\n"], env=alone, capture_output=True, text=True, check=True
        ).stdout.split("\n")
        assert {Path(line) for line in listed if line} == set(fonts.font_files())


@pytest.mark.needs_poppler
class TestLayout:
    def test_the_pdf_engine_uses_our_fonts_alone(self, alone: dict[str, str], tmp_path: Path) -> None:
        target = tmp_path / "sample.pdf"
        command = [sys.executable, "-c", RENDER, f"<html lang=en>{SAMPLE}", str(target)]
        subprocess.run(command, env=alone, check=True, capture_output=True)
        ours = {f"{family.name} {_style(face)}".strip() for family in fonts.FAMILIES for face in family.faces}
        assert {name.replace("-", " ") for name in embedded(target)} == ours

    @pytest.mark.needs_libreoffice
    def test_libreoffice_uses_the_same_where_word_has_its_own(
        self, alone: dict[str, str], tmp_path: Path, soffice: str
    ) -> None:
        document = docx.Document()
        for font_set in fonts.FONT_SETS.values():
            for text in LETTERS.values():
                run = document.add_paragraph().add_run(text)
                run.font.rtl = text == LETTERS["complex_script"]
                properties = run._r.get_or_add_rPr().get_or_add_rFonts()
                properties.set(qn("w:ascii"), font_set.latin.word)
                properties.set(qn("w:hAnsi"), font_set.latin.word)
                properties.set(qn("w:cs"), font_set.complex_script.word)
                properties.set(qn("w:eastAsia"), font_set.east_asian.word)
        document.save(str(tmp_path / "sample.docx"))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        convert = [
            soffice,
            "--headless",
            profile,
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "sample.docx"),
        ]
        subprocess.run(
            [*convert, str(tmp_path / "sample.docx")], env=alone, check=True, capture_output=True, timeout=120
        )
        families = {name.split("-")[0] for name in embedded(tmp_path / "sample.pdf")}
        assert families == {family.name.replace(" ", "") for family in fonts.FAMILIES}


def _style(face: fonts.Face) -> str:
    """Name of a style as the PDF engine writes it: nothing for the regular one."""
    return " ".join(
        word for word, wanted in (("Bold", face.weight == 700), ("Italic", face.style == "italic")) if wanted
    )
