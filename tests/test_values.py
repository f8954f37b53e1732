"""In: values that were read in different places. Out: whether they count as the same."""

import pytest
from msgspec.structs import replace

from icat_reports.catalogue.po import Entry
from icat_reports.diagnostics import Span
from icat_reports.document.nodes import Heading, Origin, Paragraph, Text

HERE = Origin("here:body.0", "content", Span("content/a.yaml", 3))
THERE = Origin("there:body.7", "content", Span("content/b.yaml", 70))


def test_what_says_the_same_is_equal_wherever_it_was_read() -> None:
    first, second = (Paragraph((Text("Words"),), origin=origin) for origin in (HERE, THERE))
    assert first == second
    assert hash(first) == hash(second)
    assert len({first, second}) == 1


@pytest.mark.parametrize(
    "other",
    [
        Paragraph((Text("Others"),), origin=HERE),
        Paragraph((Text("Words"),), "lead", origin=HERE),
        Heading((Text("Words"),), origin=HERE),
    ],
)
def test_what_says_something_else_or_is_something_else_is_not(other: object) -> None:
    assert other != Paragraph((Text("Words"),), origin=HERE)


def test_a_unit_is_the_same_on_another_line_and_another_with_another_translation() -> None:
    unit = Entry("Words", ("Mots",), line=4)
    assert unit == replace(unit, line=40, comments_read="# of a file\n")
    assert unit != replace(unit, translations=("Paroles",))
