"""In: an entry of a catalogue. Out: whether it was read again, what its translator accepts, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from icat_reports.catalogue.po import Entry
from icat_reports.catalogue.survive import Fault, faults
from icat_reports.language import Language

UNREVIEWED = "unreviewed"
"""Remark on a unit whose translation nobody has read again. Who reviews it deletes the remark."""
UNREVIEWED_AGAIN = "unreviewed since the original changed"
"""The same on a unit that had been reviewed; it goes by itself when the original is as it was."""
REVIEW = frozenset((UNREVIEWED, UNREVIEWED_AGAIN))
_ACCEPT = re.compile(r"accept ([a-z-]+): \S")
ACCEPTABLE = frozenset(
    (
        "translation-keeps-figures",
        "translation-groups-figures",
        "translation-keeps-dates",
        "term-approved",
        "translation-within-limit",
    )
)
"""Findings that a translator may know better; all others are about what would break the document."""


def is_unreviewed(entry: Entry) -> bool:
    """Whether a translation still wants a second reader."""
    return bool(REVIEW & set(entry.remarks))


def accepted(entry: Entry) -> frozenset[str]:
    """Codes of findings that a remark `accept code: why` covers."""
    found = (_ACCEPT.match(remark) for remark in entry.remarks)
    return frozenset(match[1] for match in found if match) & ACCEPTABLE


def faults_of(entry: Entry, language: Language, *, prose: bool) -> Iterator[Fault]:
    """What is wrong with a translation, form by form, but for what its translator accepts."""
    allowed = accepted(entry)
    sources = [entry.text] if entry.plural is None else [entry.plural] * len(entry.translations)
    seen = set()
    for source, translation in zip(sources, entry.translations, strict=False):
        for fault in faults(source, translation, language, prose=prose):
            if fault.code not in allowed and fault not in seen:
                seen.add(fault)
                yield fault
