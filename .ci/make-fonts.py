"""Make again the font files of ours that are no one's release: the bold Chinese ones.

In: the folder of NotoSansCJK-Bold.ttc and NotoSerifCJK-Bold.ttc.
Out: two files in the folder named last, byte for byte those of src/icat_reports/fonts.

Where the sources come from, and which fontTools, stands in src/icat_reports/fonts/README.md.
Run by hand: .venv/bin/python .ci/make-fonts.py CJK OUT
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ENGLISH = 0x409
"""Windows language of a name record."""

BEYOND_GB2312 = {*range(0x20, 0x180), *range(0x2010, 0x2040), 0x20AC, 0x2122, 0x9555}
"""Latin letters, dashes and quotes, the euro and trade mark signs, and a name's 镕."""


def gb2312() -> Iterator[int]:
    """Give each character of GB 2312-80: the 6,763 of everyday Chinese, and its signs."""
    for code in range(0x20, 0x10000):
        try:
            chr(code).encode("gb2312")
        except UnicodeEncodeError:
            continue
        yield code


def make_chinese(source: Path, target: Path) -> None:
    """Cut the simplified face out of the collection, and down to GB 2312."""
    for family in ("Sans", "Serif"):
        options = subset.Options(
            font_number=2,  # the simplified Chinese face of the collection
            hinting=False,
            layout_features=["ccmp", "kern", "liga", "halt", "palt", "chws"],
            name_IDs=["*"],
            notdef_outline=True,
            recalc_timestamp=False,
        )
        font = subset.load_font(str(source / f"Noto{family}CJK-Bold.ttc"), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes={*gb2312(), *BEYOND_GB2312})
        subsetter.subset(font)
        name = f"Noto {family} SC"
        postscript = f"Noto{family}SC-Bold"
        rename(font, name, postscript)
        font.save(target / f"{postscript}.otf")


def rename(font: TTFont, name: str, postscript: str) -> None:
    """Give the face the family name of its regular companion; who made it and how it is licensed stays."""
    table = font["name"]
    kept = {0, 5, 7, 8, 9, 11, 13, 14}
    table.names = [record for record in table.names if record.langID == ENGLISH and record.nameID in kept]
    unique = f"{table.getDebugName(5)};GB 2312 subset;{postscript}"
    for number, words in {1: name, 2: "Bold", 3: unique, 4: f"{name} Bold", 6: postscript}.items():
        table.setName(words, number, 3, 1, ENGLISH)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = f"{name} Bold", name
    for part in top.FDArray:  # LibreOffice shows these in its PDF: NotoSansCJKjp-Bold-Proportional and the like
        part.FontName = f"{postscript}-{part.FontName.rsplit('-', 1)[1]}"


if __name__ == "__main__":
    cjk, out = map(Path, sys.argv[1:])
    make_chinese(cjk, out)
