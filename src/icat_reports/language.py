"""In: nothing. Out: the six languages of the United Nations as a closed table; a seventh is a row.

Everything that differs by language and is not a word stands here: script, direction, where a note's mark
stands, how lists of names are joined. Words stand in the catalogues; dates and numbers in the
locale data of Babel (CLDR). House style [M]: United Nations Editorial Manual; [S] seen in issued documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from unicodedata import bidirectional

from msgspec import Struct, field

ORIGINAL = "en"
"""The language that the content is written in; a work may bear a title in another."""

TELEPHONE = r"(?:\(\+\d[\d -]*\)|\+\d+)(?:[- \u00a0]\d+)+"
"""Pattern of a telephone number with the sign of its country, `(+43-1) 26060-0`: figures from the left in every script,
whose groups would else stand from right to left among Arabic letters (UAX 9, W2 and N1)."""


def runs_from_left(words: str) -> bool:
    """Whether words have letters from the left and none from the right.

    In a text from the right such stand by themselves, or a figure after them would go on in their direction (UAX 9, W7).
    """
    kinds = {bidirectional(letter) for letter in words}
    return "L" in kinds and kinds.isdisjoint({"R", "AL"})


class Language(Struct, frozen=True, eq=False):
    """A language version."""

    code: str
    """BCP 47 primary subtag."""
    name: str
    """The language's name of itself."""
    english: str
    direction: Literal["ltr", "rtl"]
    script: Literal["latin", "cyrillic", "arabic", "han"]
    word_tag: str
    """Tag for Word's `w:lang` (ECMA-376 part 1, 17.18.51)."""
    mark_after_punctuation: bool
    """[M] English sets a note's mark after punctuation, French and Spanish before it."""
    brackets: tuple[str, str] = ("(", ")")
    word_space: str = " "
    """Between words, and before brackets."""
    comma: str = ", "
    """Between the parts of an entry."""
    full_stop: str = ". "
    """Between the sentences of an entry."""
    colon: str = ": "
    """Between a label and what it labels."""
    list_comma: str = ", "
    """Between the names of a list without a last “and”, as a cell of a table has it."""
    cardinals: tuple[str, ...] = ()
    """Words for 0, 1, 2 …: [M] numbers under 10 are written in words. Figures are used where there is no word; Word's
    own words go further (`cardinalText`, ECMA-376 part 1, 17.18.59), but no document of ours counts so far."""
    small_numbers: tuple[str, ...] = ()
    """Words for 0, 1, 2 … as running text has numbers below ten. [M] English. Figures stand in Russian and Arabic, where
    the words have genders and cases, and in Chinese, where they stand beside figures in one sentence."""
    ones: Mapping[str, str] = field(default_factory=dict)
    """Words for 1 by the gender of what is counted, `m` or `f`, where it has one; who translates says which it is, and a
    figure stands where nobody does."""
    separators: tuple[str, str] | None = None
    """[S] Between groups of figures, and before decimals, where they are not those of the locale data: Arabic documents
    have 12 345,6. A group is never divided at the end of a line."""
    quotes: tuple[str, str] = ("“", "”")
    months: tuple[str, ...] = ()
    """[S] Names of months where they are not those of the locale data: Arabic has two for each, شباط/فبراير."""
    date_patterns: Mapping[str, str] = field(default_factory=dict)
    """[S] Patterns (UTS 35) of dates where they are not those of the locale data, by what is known of the date: `day`,
    `month`. Russian documents write the word for “year” out."""
    language_names: Mapping[str, str] = field(default_factory=dict)
    """[S] Names of languages by their codes where they are not those of the locale data: a Chinese document names the
    written language, 英文, and not the spoken one, 英语."""
    english_particulars: bool = False
    """[S] Whether a masthead has its particulars in English: Distr.: General, the date, Arabic, Original: English."""
    spaced_signs: bool = False
    """[?] Whether a no-break space stands before : ; ! ? and within guillemets."""
    unbroken: str = ""
    """Pattern of words whose spaces do not break: a figure and its unit or month, an abbreviation and its figure."""
    number_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words for 1, 2, 3 … by formats of numbers that Word cannot count in this language. They are written out in each
    heading of a Word file; where there is no word, figures are used."""
    letters: Literal["lowerLetter", "arabicAbjad"] = "lowerLetter"
    """Format of Word's in which lettered items and notes under tables are counted."""
    item_mark: str = "({n})"
    """Mark of a lettered item: [M] (a); French and Spanish a)."""
    roman_item: tuple[Literal["lowerRoman", "decimal"], str] = ("lowerRoman", "")
    """How roman items are counted, [M] (i), and their mark where it is not that of lettered ones."""
    paragraph_mark: str = "{n}."
    """Number of a paragraph: [S] Arabic sets a dash after it."""

    def bracketed(self, words: str) -> str:
        """Words in brackets, with the space before them."""
        return f"{self.word_space}{self.brackets[0]}{words}{self.brackets[1]}"

    @property
    def locale(self) -> str:
        """Name of its locale data in CLDR, such as `en_GB`."""
        return self.word_tag.replace("-", "_")


_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH = (*_ONES, *(ten + one for ten in _TENS for one in ("", *(f"-{one}" for one in _ONES[1:10]))))
"""Words for 0 to 99."""

_FRENCH_ONES, _SPANISH_ONES = {"m": "un", "f": "une"}, {"m": "un", "f": "una"}
_FRENCH = ("zéro", "", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_SPANISH = ("cero", "", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")

_CHINESE_LANGUAGES = {
    "ar": "阿拉伯文",
    "bn": "孟加拉文",
    "en": "英文",
    "es": "西班牙文",
    "fr": "法文",
    "pl": "波兰文",
    "pt": "葡萄牙文",
    "ru": "俄文",
    "zh": "中文",
}

_ARABIC_NTH = (
    *("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"),
    *("الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر", "السادس عشر", "السابع عشر", "الثامن عشر"),
    *("التاسع عشر", "العشرون"),
)
"""“The first” …, of a masculine noun: القسم الأول, المرفق الأول."""
_ARABIC_NTHLY = (
    *("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"),
    *("حادي عشر", "ثاني عشر", "ثالث عشر", "رابع عشر", "خامس عشر", "سادس عشر", "سابع عشر", "ثامن عشر", "تاسع عشر"),
    "عشرون",
)
"""“Firstly” …, before headings [S]: أولا –."""
_ARABIC_LETTERS = (
    *("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام", "ميم", "نون", "سين", "عين"),
    *("فاء", "صاد", "قاف", "راء", "شين", "تاء", "ثاء", "خاء", "ذال", "ضاد", "ظاء", "غين"),
)
"""Names of the letters in the order of abjad, before headings of the second level [S]: ألف –."""

_ARABIC_MONTHS = (
    *("كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه", "تموز/يوليه"),
    *("آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"),
)

_FIGURE = r"(?<![\w/.,-])\d{1,2} (?=[^\W\d_])|\d (?=[%‰])"
"""A day and its month, a small number and what it counts."""
_RUSSIAN_TIES = (
    r"\d (?=гг?\.|год|млн|млрд|тыс\.|долл|евро|процент|человек)"
    r"|(?<!\w)(?:млн|млрд|тыс\.) (?=долл|евро|человек)"
    r"|(?<!\w)(?:№|пп?\.|ст\.|стр\.|с\.|долл\.|г-жа|г-н) (?=\w)"
    r"|(?<!\w)[А-ЯЁ]{2,} (?=[А-ЯЁ]{2,}(?!\w))"
    r"|(?<!\w)[АВИКОСУавикосу] (?=\w)"
    r"| (?=— )"
)
"""Also a short form of two words, such as УНП ООН, and a preposition or an “and” of one letter with the next word."""
_SPANISH_TIES = (
    r"\d (?=mill(?:ón|ones)|dólares|euros|personas)"
    r"|(?<=\d[ \u00a0])de (?=ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)"
    r"|(?<!\w)(?:núm\.|art\.|párr\.|párrs\.|pág\.|Sra?\.) (?=\w)"
)
_DASH = r" (?=– )"
"""No line begins with a dash."""
_ENGLISH_TIES = r"\d (?=[mb]illion|per cent|dollars|euros)|(?<!\w)(?:Nos?\. (?=\d)|M[rs]\. (?=\w))"
_FRENCH_TIES = (
    r"\d (?=millions?|milliards?|dollars|euros|pour cent)"
    r"|(?<!\w)(?:n°|art\.|par\.|p\.|M\.|MM\.|Mmes?) (?=\w)"
)

LANGUAGES: dict[str, Language] = {
    row.code: row
    for row in (
        Language(
            "ar",
            "العربية",
            "Arabic",
            "rtl",
            "arabic",
            "ar-SA",
            mark_after_punctuation=False,
            paragraph_mark="{n}-",
            months=_ARABIC_MONTHS,
            separators=("\u00a0", ","),
            english_particulars=True,
            unbroken=_FIGURE,
            number_words={"ordinalText": _ARABIC_NTH, "ordinalAdverb": _ARABIC_NTHLY, "letterName": _ARABIC_LETTERS},
            letters="arabicAbjad",
            roman_item=("decimal", "’{n}‘"),
            comma="، ",
            list_comma="، ",
        ),
        Language(
            "zh",
            "中文",
            "Chinese",
            "ltr",
            "han",
            "zh-CN",
            mark_after_punctuation=False,
            brackets=("（", "）"),
            english_particulars=True,
            word_space="",
            comma="，",
            full_stop="。",
            language_names=_CHINESE_LANGUAGES,
            colon="：",
            list_comma="、",
        ),
        Language(
            "en",
            "English",
            "English",
            "ltr",
            "latin",
            "en-GB",
            mark_after_punctuation=True,
            cardinals=_ENGLISH,
            small_numbers=_ENGLISH[:10],
            unbroken=rf"{_FIGURE}|{_ENGLISH_TIES}|{_DASH}",
        ),
        Language(
            "fr",
            "français",
            "French",
            "ltr",
            "latin",
            "fr-FR",
            mark_after_punctuation=False,
            quotes=("«\u00a0", "\u00a0»"),
            small_numbers=_FRENCH,
            ones=_FRENCH_ONES,
            spaced_signs=True,
            unbroken=rf"{_FIGURE}|{_FRENCH_TIES}|{_DASH}",
            colon="\u00a0: ",
            item_mark="{n})",
        ),
        Language(
            "ru",
            "русский",
            "Russian",
            "ltr",
            "cyrillic",
            "ru-RU",
            mark_after_punctuation=False,
            english_particulars=True,
            date_patterns={"day": "d MMMM y 'года'", "month": "LLLL y 'года'"},
            quotes=("«", "»"),
            item_mark="{n})",
            unbroken=rf"{_FIGURE}|{_RUSSIAN_TIES}",
        ),
        Language(
            "es",
            "español",
            "Spanish",
            "ltr",
            "latin",
            "es-ES",
            mark_after_punctuation=False,
            quotes=("«", "»"),
            small_numbers=_SPANISH,
            ones=_SPANISH_ONES,
            item_mark="{n})",
            unbroken=rf"{_FIGURE}|{_SPANISH_TIES}",
        ),
    )
}
"""In the order of the United Nations: Arabic, Chinese, English, French, Russian, Spanish."""
