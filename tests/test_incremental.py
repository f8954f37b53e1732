"""What is made again after a change: what shows it, and nothing else; and it is what a build from nothing makes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.tiny import change, write_tiny

from icat_reports.cli import main

PUBLICATION = """\
id: {id}
title: A publication called {id}
short_title: Called {id}
date: 2021-07
as_of: 2021-07-31
layout: {layout}
status: {{kind: unofficial, source: test-source}}
author: Test Group
{uses}parts:
  - id: {id}-text
    title: Text of {id}
    body: [{body}]
"""
OTHERS = {
    "alone": PUBLICATION.format(id="alone", layout="study", uses="", body="{text: It names nobody.}"),
    "borrowing": PUBLICATION.format(id="borrowing", layout="mapping", uses="uses: [tiny]\n", body="{show: frameworks}"),
}
EVERY = {f"{name}.{code}.html" for name in ("tiny", "alone", "borrowing") for code in ("en", "fr")}
INTRODUCTION = "content/publications/tiny/introduction.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three publications in two languages, built."""
    root = write_tiny(tmp_path / "project")
    for name, text in OTHERS.items():
        file = root / f"content/publications/{name}/publication.yaml"
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
    assert main(["--root", str(root), "i18n", "update", "fr"]) == 0
    build(root, "build")
    return root


def build(root: Path, out: str) -> None:
    """Build web pages, which are made at once."""
    assert main(["--root", str(root), "build", "--format", "html", "--jobs", "1", "--out", str(root / out)]) == 0


def files(root: Path, out: str = "build") -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (root / out).rglob("*.html")}


class Again:
    """A second build after a change."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        build(root, "build")
        said = capsys.readouterr()
        rows = [line for line in said.out.splitlines() if ".html" in line]
        self.made = {Path(row.split()[0]).name for row in rows if "unchanged" not in row}
        self.laid_out = {line.split(" ", 1)[1].removesuffix(" laid out")
                         for line in said.err.splitlines() if line.endswith("laid out")}  # fmt: skip
        assert len(rows) == len(EVERY)
        build(root, "anew")
        assert files(root) == files(root, "anew")
        capsys.readouterr()
        build(root, "build")
        said = capsys.readouterr()
        assert said.out.count("unchanged") == len(EVERY)
        assert "laid out" not in said.err


def test_a_change_of_an_organization_is_made_where_it_is_shown(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its website stands in one of the publications."""
    change(project, "content/organizations/unodc.yaml", "https://www.unodc.org/", "https://www.unodc.example/")
    assert Again(project, capsys).made == {"tiny.en.html", "tiny.fr.html"}


def test_a_name_is_made_anew_wherever_it_stands(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where a publication shows the data of another."""
    change(project, "content/organizations/ilo.yaml", "acronym: ILO", "acronym: ILOX")
    assert Again(project, capsys).made == EVERY - {"alone.en.html", "alone.fr.html"}


def test_a_paragraph_of_a_publication_is_made_in_its_versions(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What shows its data is looked at, and what has nothing to do with it is not."""
    change(project, INTRODUCTION, "First item", "The first item")
    again = Again(project, capsys)
    assert again.made == {"tiny.en.html", "tiny.fr.html"}
    assert again.laid_out == {f"{name} in {language}" for name in ("tiny", "borrowing")
                              for language in ("English", "French")}  # fmt: skip


def test_a_translation_is_made_in_its_language(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A catalogue concerns one language."""
    file = project / "i18n/fr/LC_MESSAGES/tiny.po"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('msgid "First item"\nmsgstr ""', 'msgid "First item"\nmsgstr "Premier élément"'), "utf-8"
    )
    again = Again(project, capsys)
    assert again.made == {"tiny.fr.html"}
    assert {name.split()[-1] for name in again.laid_out} == {"French"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/organizations/unodc.yaml", "id: unodc", "# a remark\nid: unodc"),
        ("content/organizations/ilo.yaml", "kind: specialized-agency", "kind: specialized-agency\naliases: [Bureau]"),
        (INTRODUCTION, "type: part", "# a remark\ntype: part"),
        ("layouts/study/web.css", "", "\n/* a remark */\n"),
    ],
    ids=["moved", "not shown", "moved in a text", "looks"],
)
def test_what_no_reader_can_see_makes_nothing_anew(
    file: str, old: str, new: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Places in files, and data that nothing shows; a style sheet is a part of what it makes."""
    path = project / file
    path.write_text(
        path.read_text(encoding="utf-8").replace(old, new, 1) if old else path.read_text("utf-8") + new, "utf-8"
    )
    made = Again(project, capsys).made
    assert made == ({"alone.en.html", "alone.fr.html"} if file.startswith("layouts") else set())


def test_the_shared_memory_of_two_languages_keeps_both(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One version that is built by itself does not make the other forgotten."""
    change(project, INTRODUCTION, "First item", "The first item")
    words = [
        "--root",
        str(project),
        "build",
        "tiny",
        "--format",
        "html",
        "--lang",
        "fr",
        "--out",
        str(project / "build"),
    ]
    assert main(words) == 0
    assert Again(project, capsys).made == {"tiny.en.html"}


def test_after_an_upgrade_of_a_library_everything_is_made_anew(project: Path, tmp_path: Path) -> None:
    """What it makes of the same content may differ."""
    (tmp_path / "newer/weasyprint-99.0.dist-info").mkdir(parents=True)
    build = [
        sys.executable,
        "-m",
        "icat_reports",
        "--root",
        str(project),
        "build",
        "--format",
        "html",
        "--out",
        str(tmp_path / "out"),
    ]
    for path, unchanged in (("", 0), ("", len(EVERY)), (str(tmp_path / "newer"), 0)):
        paths = os.pathsep.join(filter(None, (path, *sys.path)))
        done = subprocess.run(
            build, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=True
        )
        assert done.stdout.count("unchanged") == unchanged
