"""In: the publications as built, and the sources' texts where there are any. Out: what the sources say is in them.

The sources are not in the repository. `ICAT_SOURCES` names the folder that has them, as `<publication>.txt`.
"""

import os
from pathlib import Path

import pytest
import yaml
from tests.shipped import PUBLICATIONS, ROOT, Shipped
from tests.tools.carried import Built, Source, report

from icat_reports.diagnostics import Sink
from icat_reports.pipeline import open_project
from icat_reports.world import DiskWorld

pytestmark = pytest.mark.needs_libreoffice

WITH_SOURCE = [name for name in PUBLICATIONS if name != "synopsis-2021"]
"""Those that were written from a source of their own."""


@pytest.mark.parametrize("publication", WITH_SOURCE)
def test_every_fact_of_the_source_is_carried_or_left_out_with_a_reason(shipped: Shipped, publication: str) -> None:
    source = Path(os.environ.get("ICAT_SOURCES", ""), f"{publication}.txt")
    if not source.is_file():
        pytest.skip(f"needs the source {publication}.txt, which ICAT_SOURCES does not name the folder of")
    left_out = yaml.safe_load((ROOT / f"tests/data/left-out-{publication}.yaml").read_text("utf-8"))["left_out"]
    corrections = open_project(DiskWorld(ROOT), Sink()).library.corrections
    lines, unexplained = report(source, Built.read([shipped.path(publication, "html")]), corrections, left_out)
    assert unexplained == 0, "\n".join(lines)


def test_a_fact_is_found_in_its_surroundings_alone() -> None:
    text = "In 2017 the Office trained twelve judges and 34 prosecutors of Ruritania, see www.example.org/courses."
    carried = "The Office trained 34 prosecutors and 12 judges of Ruritania in 2017; see https://example.org/courses"
    lost = carried.replace("34 ", "many ").replace("/courses", "")
    facts = list(Source(text).facts())
    assert {fact.words for fact in facts} >= {"2017", "twelve", "34", "www.example.org/courses"}
    assert [fact.words for fact in facts if Built(carried).lacks(fact)] == []
    assert [fact.words for fact in facts if Built(lost).lacks(fact)] == ["www.example.org/courses", "34"]
