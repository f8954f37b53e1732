"""In: the facts of our content. Out: those on which the sources disagree stand with every value, and texts cite them."""

from pathlib import Path

import pytest

from icat_reports.content import DocumentReference, Library, Organization
from icat_reports.diagnostics import Sink
from icat_reports.disagreements import disagreements
from icat_reports.load import load
from icat_reports.world import DiskWorld

ROOT = Path(__file__).parent.parent

DISAGREE = {
    ("interpol", "member-countries"): ["186", "192", "190", "194"],
    ("iom", "active-since"): ["1997", "1994", "the mid-1990s"],
    ("unicri", "established"): ["1965", "1968"],
    ("unodc", "blue-heart-launch"): ["2009", "2010"],
    ("unodc", "fifth-global-report"): ["2018", "2020"],
    ("A/RES/61/180", "group-began"): ["2007", "2006", "2006", "2007"],
}
"""Values, the oldest first."""
NOT_CITED = {("unodc", "fifth-global-report")}
"""Put right where it was printed: the report of 2020 is the sixth."""


@pytest.fixture(scope="module")
def library() -> Library:
    return load(DiskWorld(ROOT), Sink())


def test_the_facts_on_which_sources_disagree_are_listed_with_every_value(library: Library) -> None:
    abouts: dict[str, Organization | DocumentReference] = {**library.organizations, **library.references}
    labels = {key: str(fact.label) for key in DISAGREE for fact in abouts[key[0]].facts if fact.id == key[1]}
    found = {
        (one.about, one.label): [value.partition(" (")[0] for value in one.values] for one in disagreements(library)
    }
    assert found == {(about, labels[about, fact]): values for (about, fact), values in DISAGREE.items()}


@pytest.mark.parametrize(("about", "fact"), sorted(set(DISAGREE) - NOT_CITED))
def test_each_publication_that_states_such_a_fact_cites_it(about: str, fact: str) -> None:
    citing = [
        file.relative_to(ROOT / "content/publications").parts[0]
        for file in sorted((ROOT / "content/publications").rglob("*.yaml"))
        if f"{{fact:{about}/{fact}}}" in file.read_text("utf-8")
    ]
    assert len(citing) == len(set(citing)) == len(DISAGREE[about, fact])
