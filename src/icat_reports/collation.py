"""In: words and a language. Out: what to sort them by, as the language's dictionaries do (Unicode UTS 10, CLDR via ICU).

Chinese goes by the sound of its characters, Spanish has ñ after n, Russian sets Latin acronyms behind Cyrillic ones.
Spaces and punctuation do not count (UTS 10, 4.1, "shifted"): «ООН-женщины» stands under О.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from icat_reports.language import Language

_ARTICLE: Mapping[str, re.Pattern[str]] = {"en": re.compile(r"^the\s+", re.IGNORECASE), "ar": re.compile(r"^ال")}
"""Articles that names are sorted without, by language."""


def sort_key(words: str, language: Language) -> bytes:
    """What to compare `words` by; an article before them does not count."""
    article = _ARTICLE.get(language.code)
    return _key(article.sub("", words) if article else str(words), language.locale)


@lru_cache(maxsize=4096)
def _key(words: str, locale: str) -> bytes:
    """The same names are sorted wherever they stand."""
    key: bytes = _collator(locale).getSortKey(words)
    return key


@cache
def _collator(locale: str) -> Any:  # noqa: ANN401 - ICU gives no types
    import icu  # noqa: PLC0415 - a library of 40 MB, of which only what sorts names has need

    collator = icu.Collator.createInstance(icu.Locale(locale))
    collator.setAttribute(icu.UCollAttribute.ALTERNATE_HANDLING, icu.UCollAttributeValue.SHIFTED)
    return collator
