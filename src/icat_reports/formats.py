"""In: nothing. Out: the formats that can be built, and the standards that a PDF can meet."""

from __future__ import annotations

from typing import Literal, get_args

FORMATS = ("pdf", "docx", "html")
"""By the ending of their files."""

Variant = Literal["pdf/ua-1", "pdf/ua-2", "pdf/a-1a", "pdf/a-2a", "pdf/a-2b", "pdf/a-3a", "pdf/a-3b", "pdf/a-4f"]
"""PDF/UA (ISO 14289) for readers, PDF/A (ISO 19005) for archives; a file declares one."""

Untranslated = Literal["source", "mark", "fail"]
"""What is done about words without a translation: they stand in the original; are marked so; are errors."""
UNTRANSLATED: tuple[Untranslated, ...] = get_args(Untranslated)

VARIANTS: tuple[Variant, ...] = get_args(Variant)
