"""In: ids of the document's parts. Out: the names of the bookmarks that stand for them in a Word file.

Word allows 40 characters, letters, digits and underscores, and hides names that begin with an underscore from its
dialogue (17.13.6.2 and Word's own limit). A name follows from its id alone, so whoever knows the document finds it.
"""

from __future__ import annotations

import hashlib
import re
from typing import Literal

LONGEST = 40
ORIGIN = "_Origin_"
"""How the names of bookmarks begin that lead an edit back to the content."""

Kind = Literal["Toc", "Ref", "Note", "Mark", "Division"]
"""`Toc`: what a contents row leads to; `Ref`: the number in a caption, or a numbered paragraph; `Note` and `Mark`: both
ends of a table note."""

_FIT = re.compile(r"[A-Za-z0-9-]+")
_UNFIT = re.compile(r"[^A-Za-z0-9]+")
_DIGEST = 8


def bookmark(kind: Kind, target: str) -> str:
    """Name of the bookmark of a section, caption or note: `_Toc_section_one` for `section-one`."""
    plain = _UNFIT.sub("_", target)
    name = f"_{kind}_{plain}"
    if _FIT.fullmatch(target) and len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - _DIGEST - 1]}_{_digest(target, _DIGEST)}"


def origin_bookmark(origin: str, occurrence: int = 1) -> str:
    """Name of the bookmark round the words that come from `origin`; a later occurrence bears its number."""
    name = f"{ORIGIN}{_digest(origin, 16)}"
    return name if occurrence == 1 else f"{name}_{occurrence}"


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
