"""Laws of the names of documents: another name for all that a reader can tell apart, the same for what she cannot."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from icat_reports.diagnostics import Span
from icat_reports.document.digest import digest
from icat_reports.document.nodes import Emphasis, Origin, Paragraph, Strong, Text
from icat_reports.words import Words

PARAGRAPH = Paragraph((Text("Words"), Emphasis((Text("more"),))), origin=Origin("a:1", "content", Span("a.yaml", 3, 4)))


@pytest.mark.parametrize(
    "other",
    [
        replace(PARAGRAPH, children=PARAGRAPH.children[:1]),
        replace(PARAGRAPH, children=(Text("Words"), Strong((Text("more"),)))),
        replace(PARAGRAPH, children=(Text("Word"), Text("s"), Emphasis((Text("more"),)))),
        replace(PARAGRAPH, role="lead"),
        replace(PARAGRAPH, number=True),
        replace(PARAGRAPH, origin=Origin("a:2", "content")),
        replace(PARAGRAPH, children=((Text("Words"), Emphasis((Text("more"),))),)),
    ],
)
def test_what_differs_has_another_name(other: Paragraph) -> None:
    """Words, kinds, places of words in the tree, settings, ids of origins."""
    assert digest(other) != digest(PARAGRAPH)


VALUES = [("", "ab"), ("a", "b"), ("ab", ""), ("ab",), (("a",), "b"), (("a", "b"),), (b"a", "b"), "", (), None, 1, True]


def test_no_two_values_share_a_name() -> None:
    """However their parts are cut."""
    assert len({digest(value) for value in VALUES}) == len(VALUES)


def test_where_it_was_written_does_not_count() -> None:
    """Lines and columns move with every edit."""
    moved = replace(PARAGRAPH, origin=Origin("a:1", "content", Span("b.yaml", 99)))
    assert digest(moved) == digest(PARAGRAPH)
    assert digest({"k": Words("a", Span("x", 1), "'a'")}) == digest({"k": "a"})


def test_what_it_does_not_know_is_refused() -> None:
    """A name by address would differ from run to run."""
    with pytest.raises(TypeError, match="object is no frozen type"):
        digest(object())
