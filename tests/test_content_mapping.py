"""In: the content of the 2021 mapping resource. Out: it holds as many of each thing as its source was counted to hold."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from icat_reports.compose.names import named
from icat_reports.content import (
    Areas,
    Bibliography,
    Edition,
    Examples,
    Frameworks,
    Initiatives,
    Library,
    Model,
    Profile,
    Survey,
    Toolbox,
)
from icat_reports.diagnostics import Sink
from icat_reports.language import LANGUAGES
from icat_reports.load import load
from icat_reports.words import Prose, Words
from icat_reports.world import DiskWorld

ROOT = Path(__file__).parent.parent
AS_OF = "2021-07-31"


@pytest.fixture(scope="module")
def library() -> Library:
    return load(DiskWorld(ROOT), Sink())


@pytest.fixture(scope="module")
def edition(library: Library) -> Edition:
    return library.editions["mapping-2021"]


Kind = TypeVar("Kind")


def of(edition: Edition, name: str, kind: type[Kind]) -> Kind:
    """A dataset of the edition by its id."""
    dataset = edition.datasets[name]
    assert isinstance(dataset, kind)
    return dataset


def profiles(edition: Edition) -> list[str]:
    return [str(data.organization) for data in edition.datasets.values() if isinstance(data, Profile)]


def members(library: Library, date: str) -> set[str]:
    return {str(id_) for id_, organization in library.organizations.items() if organization.membership_at(date)}


@pytest.mark.parametrize(
    ("date", "count"),
    [("2012-12-31", 16), ("2018-05-02", 23), ("2019-06-18", 23), (AS_OF, 29)],
    ids=["study-2012", "overview-2018", "sg-report-2019", "mapping-2021"],
)
def test_as_many_entities_belong_to_icat_as_each_source_says(library: Library, date: str, count: int) -> None:
    assert len(members(library, date)) == count


def test_each_entity_of_the_day_has_one_profile(library: Library, edition: Edition) -> None:
    assert sorted(profiles(edition)) == sorted(members(library, AS_OF))
    assert {str(id_): count.value for id_, count in edition.publication.counts.items()} == {
        "members": 26,
        "partners": 3,
    }
    assert len(profiles(edition)) == 26 + 3


def test_profiles_stand_in_the_order_of_the_names_displayed(library: Library, edition: Edition) -> None:
    shown = sorted(
        (named(library.organizations[id_], AS_OF, LANGUAGES["en"]) for id_ in profiles(edition)),
        key=lambda n: n.sort_key,
    )
    names = [str(name.name) for name in shown]
    assert names == sorted(names, key=str.casefold)
    assert names[:2] == ["Council of Europe", "Council of the Baltic Sea States"]
    assert names[-2:] == ["United Nations Population Fund", "World Bank"]


def test_areas_and_their_activities(edition: Edition) -> None:
    areas = of(edition, "areas", Areas)
    assert Counter(str(area.group) for area in areas.areas) == {"global": 7, "regional-country": 6}
    assert sum(len(area.activities) for area in areas.areas) == 55


def test_memorandums_and_arrangements(library: Library, edition: Edition) -> None:
    frameworks = of(edition, "frameworks", Frameworks)
    stated = [(str(row.organization), str(partner)) for row in frameworks.memorandums for partner in row.partners]
    assert len(frameworks.memorandums) == 20
    assert len(stated) == len(set(stated)) == 57
    whole = {id_: str(organization.parent or id_) for id_, organization in library.organizations.items()}
    assert len({frozenset(whole[id_] for id_ in pair) for pair in stated}) == 30
    assert sum(len(row.silent) for row in frameworks.memorandums) == 5
    assert len(frameworks.arrangements) == 10
    starred = {str(arrangement.id) for arrangement in frameworks.arrangements if arrangement.silent}
    assert starred == {"unhcr-world-bank-letter", "star-initiative", "unhcr-unaids-agreement"}


def test_examples_by_priority_and_of_partnerships(edition: Edition) -> None:
    examples = of(edition, "examples", Examples)
    by_priority = Counter(str(example.group) for example in examples.examples)
    assert [by_priority[str(group.id)] for group in examples.groups] == [10, 7, 13, 11, 3, 5]
    assert len(of(edition, "partnerships", Examples).examples) == 12


def test_initiatives_by_scope(edition: Edition) -> None:
    initiatives = of(edition, "initiatives", Initiatives).initiatives
    assert len(initiatives) == 22
    assert sum(initiative.scope == "global" for initiative in initiatives) == 17


def test_toolbox(edition: Edition) -> None:
    items = of(edition, "toolbox", Toolbox).items
    assert Counter(item.status for item in items) == {"published": 23, "upcoming": 2}
    published = [version for item in items for version in item.versions if version.status == "published"]
    assert len(published) == 35


def test_survey(edition: Edition) -> None:
    survey = of(edition, "survey", Survey)
    silent = set(profiles(edition)) - set(survey.respondents) - set(survey.joined_after)
    assert (len(survey.respondents), len(survey.joined_after), len(silent)) == (20, 2, 7)
    assert len(survey.no_field_presence) == 8


def test_bibliography_by_group(edition: Edition) -> None:
    bibliography = of(edition, "bibliography", Bibliography)
    by_group = Counter(str(item.group) for item in bibliography.items)
    assert [by_group[str(group.id)] for group in bibliography.groups] == [11, 4, 20, 3, 3, 10, 6, 21, 4, 2, 9, 51, 27]
    assert len(bibliography.items) == 171


def test_notes(edition: Edition) -> None:
    assert sum(len(notes) for notes in edition.notes.values()) == 10


SHOWN = frozenset({"title", "short_title", "subtitle", "series", "caption", "columns", "label", "name", "cite_as"})
"""Fields that readers see beside the texts."""


def shown(value: object, field: str = "") -> Iterator[Words]:
    """Every string of the content that readers see."""
    if isinstance(value, Prose) or (isinstance(value, Words) and field in SHOWN):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from shown(item, field)
    elif isinstance(value, dict):
        for item in value.values():
            yield from shown(item, field)
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from shown(getattr(value, name), name)


def test_what_readers_see_has_typographic_marks_and_single_spaces(library: Library) -> None:
    words = list(shown(library))
    assert len(words) > 800
    wrong = [
        f"{word.span}: {found.group()!r}"
        for word in words
        if (
            found := re.search(
                r"['\"]|(?<=\S)  +(?=\S)|\b\d{4}-\d{4}\b", re.sub(r"\(https?:[^)]*\)|\]\(@\S+\)|@[^\]]+\]", "", word)
            )
        )
    ]
    assert wrong == []
