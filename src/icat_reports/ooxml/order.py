"""In: nothing. Out: the order in which Word's schema wants the children of its property elements.

Each tuple is the sequence of a complex type of ECMA-376 part 1, annex A.1 (wml.xsd, transitional: part 4), or of
[MS-DOCX] where it adds one. Word refuses a file in which they stand otherwise; a reviewer's merge inserts by them.
"""

from __future__ import annotations

ORDER: dict[str, tuple[str, ...]] = {
    # CT_PPr
    "pPr": (
        *(
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "framePr",
            "widowControl",
            "numPr",
            "suppressLineNumbers",
        ),
        *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
        *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing"),
        *("mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl"),
        *("divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    ),
    # EG_RPrBase
    "rPr": (
        *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
        *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
        *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs"),
        *("em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"),
    ),
    # CT_TblPr
    "tblPr": (
        *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc"),
        *("tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption"),
        *("tblDescription", "tblPrChange"),
    ),
    # CT_TrPr: a choice, so any order is valid; this is Word's own
    "trPr": (
        *("cnfStyle", "divId", "gridBefore", "gridAfter", "wBefore", "wAfter", "cantSplit", "trHeight", "tblHeader"),
        *("tblCellSpacing", "jc", "hidden", "ins", "del", "trPrChange"),
    ),
    # CT_TcPr
    "tcPr": (
        *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection"),
        *("tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange"),
    ),
    # CT_SectPr
    "sectPr": (
        *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc"),
        *("pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection"),
        *("bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange"),
    ),
    # CT_Style
    "style": (
        *("name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden"),
        *("unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid", "pPr", "rPr"),
        *("tblPr", "trPr", "tcPr", "tblStylePr"),
    ),
    # CT_Lvl
    "lvl": (
        *("start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlPicBulletId", "legacy", "lvlJc"),
        *("pPr", "rPr"),
    ),
    # CT_Settings, as far as we write it
    "settings": (
        *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "mirrorMargins"),
        *(
            "bordersDoNotSurroundHeader",
            "bordersDoNotSurroundFooter",
            "gutterAtTop",
            "attachedTemplate",
            "stylePaneFormatFilter",
        ),
        *("trackRevisions", "defaultTabStop", "autoHyphenation", "evenAndOddHeaders", "characterSpacingControl"),
        *("footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr", "themeFontLang", "clrSchemeMapping"),
        *("decimalSymbol", "listSeparator"),
    ),
}
"""Local names in order, by the local name of their parent."""

RANK: dict[str, dict[str, int]] = {
    parent: {name: place for place, name in enumerate(names)} for parent, names in ORDER.items()
}
"""Place of each child, by parent."""
