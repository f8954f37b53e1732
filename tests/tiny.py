"""In: a folder. Out: a small project in it that has one of everything, on the repository's own layouts."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent

FILES = {
    "content/sources.yaml": """\
sources:
  - {id: test-source, title: A published source, date: 2021-07, publisher: Test Group}
""",
    "content/organizations/unodc.yaml": """\
id: unodc
names: [{name: United Nations Office on Drugs and Crime, acronym: UNODC}]
kind: united-nations-entity
website: https://www.unodc.org/
membership: [{status: member}]
facts: [{id: staff, label: staff, values: [{value: 1200, qualifier: over}]}]
""",
    "content/organizations/ilo.yaml": """\
id: ilo
names: [{name: International Labour Organization, acronym: ILO}]
kind: specialized-agency
membership: [{status: member}]
""",
    "content/references/general-assembly.yaml": """\
references:
  - id: A/RES/61/180
    symbol: A/RES/61/180
    cite_as: General Assembly resolution 61/180
    url: https://undocs.org/A/RES/61/180
""",
    "content/publications/tiny/publication.yaml": """\
id: tiny
title: A tiny publication
short_title: A tiny publication
date: 2021-07
as_of: 2021-07-31
layout: mapping
status: {kind: unofficial, source: test-source}
author: Test Group
parts:
  - file: introduction.yaml
  - id: section-one
    title: What entities do
    numbering: section
    kind: opener
    lead: |
      This section shows one of everything.
    parts:
      - id: mandates
        title: Mandates
        numbering: sub
        body: [{show: profiles}]
      - id: survey
        title: The survey
        numbering: sub
        body:
          - {show: chart, select: expertise}
          - {show: frameworks}
""",
    "content/publications/tiny/introduction.yaml": """\
type: part
part:
  id: introduction
  title: Introduction
  body:
    - text: |
        The Group was established by [@A/RES/61/180].[^established] {Count:respondents} entities answered:
        {orgs:respondents}. More is in {ref:mandates} and {ref:table-frameworks}.

        - First item
        - Second item with [a link](https://example.org/page)
notes:
  established: |
    It first met in 2006; UNODC has {fact:unodc/staff} staff.
""",
    "content/publications/tiny/profiles/unodc.yaml": """\
type: profile
organization: unodc
text: |
  UNODC assists Member States. Its *Global Report* appears every two years.
""",
    "content/publications/tiny/profiles/ilo.yaml": """\
type: profile
organization: ilo
text: |
  ILO sets labour standards.
""",
    "content/publications/tiny/survey.yaml": """\
type: survey
date: 2021-03
respondents: [unodc, ilo]
questions:
  - id: expertise
    title: Expertise
    options: [{id: law, label: Legislation}, {id: data, label: Data and research}]
    answers:
      - {organization: unodc, options: [law, data]}
      - {organization: ilo, options: [law]}
""",
    "content/publications/tiny/charts.yaml": """\
type: charts
charts:
  - id: expertise
    title: Areas of expertise
    kind: bar
    source: survey
    unit: entities
    alt: |
      Bar chart. {top:1} has the most entities, {top-value:1}.
""",
    "content/publications/tiny/frameworks.yaml": """\
type: frameworks
caption: Memorandums between entities
columns: [Entity, Memorandum with, Other frameworks]
silent_note: |
  Stated by the other entity only.
memorandums:
  - {organization: unodc, partners: [ilo]}
  - {organization: ilo, partners: [unodc], silent: [unodc]}
arrangements:
  - id: letter
    parties: [unodc, ilo]
    text: |
      Joint letter (2020)
    stated_by: [unodc]
""",
}


def write_tiny(root: Path) -> Path:
    """Write the project into `root`, with the repository's layouts; returns `root`."""
    shutil.copytree(ROOT / "layouts", root / "layouts", dirs_exist_ok=True)
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def change(root: Path, file: str, old: str, new: str) -> None:
    """Replace a text in one of the project's files; the text must be there."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
