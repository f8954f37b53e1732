"""In: the options of a command. Out: its work done, and its exit code.

What a command needs is imported when it runs: one that only says how it is used, or that nothing has changed, is quick.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from icat_reports.cli.saying import (
    INPUT,
    USAGE,
    WELL,
    chosen,
    counted,
    one_line,
    print_findings,
    say,
    show,
    split,
    totals,
    write,
)
from icat_reports.diagnostics import Severity, Sink
from icat_reports.formats import FORMATS
from icat_reports.language import LANGUAGES
from icat_reports.report import Progress, table
from icat_reports.state import Request, standing
from icat_reports.versions import versions
from icat_reports.world import DiskWorld

if TYPE_CHECKING:
    from icat_reports.content import Correction, Library


def build(options: argparse.Namespace) -> int:
    """Build publications."""
    world = DiskWorld(options.root)
    request = Request(
        publications=tuple(chosen(options.publication, _publications(world), "publication")),
        languages=tuple(chosen(split(options.lang), LANGUAGES, "language")) if split(options.lang) else (),
        formats=tuple(chosen(split(options.format), FORMATS, "format")),
        out=(options.out or options.root / "build").absolute(),
        jobs=options.jobs,
        variant=options.pdf_variant,
        force=options.force,
        untranslated=options.untranslated,
        parts=tuple(dict.fromkeys(split(options.parts))),
        first_paragraph=options.paragraphs,
    )
    if (request.parts or request.first_paragraph) and (len(options.publication) != 1 or not request.parts):
        say("--parts and --paragraphs are for one publication: ./icat build PUBLICATION --parts id,…")
        return USAGE
    sink = Sink()
    built = None if request.force else standing(world, request)
    if built is None:
        from icat_reports.build import build  # noqa: PLC0415 - what has not changed needs none of it
        from icat_reports.pipeline import open_project  # noqa: PLC0415

        with Progress(sys.stderr) as progress:
            built = build(open_project(world, sink), request, sink, progress)
    print_findings(sink.sorted(), quiet=options.quiet)
    if built:
        show(table(built, Path.cwd()))
    return INPUT if sink.failed else WELL


def check(options: argparse.Namespace) -> int:
    """Say what is wrong in the content, what was put right, or on what sources disagree."""
    from icat_reports.pipeline import open_project, review  # noqa: PLC0415

    sink = Sink()
    world = DiskWorld(options.root)
    names = chosen(options.publication, _publications(world), "publication")
    project = open_project(world, sink)
    if options.corrections:
        return _corrections(project.library.corrections)
    if options.disagreements:
        return _disagreements(project.library)
    review(project, names, sink)
    found = sink.sorted()
    print_findings(found)
    show(f"{counted(len(names), 'publication')} checked: {totals(found)}")
    if any(len(versions(world, name)) > 1 for name in names):
        show("translations are checked by ./icat i18n check")
    failed = sink.failed or (options.strict and any(d.severity is Severity.WARNING for d in found))
    return INPUT if failed else WELL


def _corrections(corrections: Sequence[Correction]) -> int:
    for number, correction in enumerate(corrections, 1):
        show(f"{number}. {correction.place}  ({correction.place.span})")
        show(f"   the source has: {one_line(correction.has)}")
        show(f"   we publish:     {one_line(correction.publish)}")
        show(f"   because:        {one_line(correction.why)}")
    show(f"{counted(len(corrections), 'correction')}")
    return WELL


def _disagreements(library: Library) -> int:
    from icat_reports.disagreements import disagreements  # noqa: PLC0415 - only this command needs it

    found = tuple(disagreements(library))
    for number, fact in enumerate(found, 1):
        show(f"{number}. {fact.about}: {one_line(fact.label)}  ({fact.place})")
        show(f"   {fact.why}")
        for value in fact.values:
            show(f"   {value}")
    show(f"{counted(len(found), 'fact')} on which sources disagree")
    return WELL


def list_(options: argparse.Namespace) -> int:
    """List publications, their layouts, states and languages."""
    from icat_reports.pipeline import open_project  # noqa: PLC0415

    sink = Sink()
    project = open_project(DiskWorld(options.root), sink)
    for name, edition in sorted(project.library.editions.items()):
        publication = edition.publication
        show(f"{name}  {publication.title} ({publication.date})")
        there = ", ".join(versions(project.world, name))
        show(f"    layout {publication.layout}; {publication.status.kind}; languages: {there}")
    print_findings(sink.sorted())
    return INPUT if sink.failed else WELL


def outline(options: argparse.Namespace) -> int:
    """Show the headings, tables and figures of a publication with their numbers."""
    from icat_reports.document import dump  # noqa: PLC0415
    from icat_reports.pipeline import lay_out, open_project  # noqa: PLC0415

    sink = Sink()
    world = DiskWorld(options.root)
    (name,) = chosen([options.publication], _publications(world), "publication")
    project = open_project(world, sink)
    edition = project.library.editions.get(name)
    laid = lay_out(project, name, str(edition.publication.language), sink) if edition else None
    if laid is not None:
        show("\n".join(dump.outline(laid.resolved, ids=options.ids)))
    print_findings(d for d in sink.sorted() if d.severity is Severity.ERROR)
    return INPUT if sink.failed else WELL


def schema(options: argparse.Namespace) -> int:
    """Write the JSON Schema of the content files."""
    from icat_reports.schema import json_schemas  # noqa: PLC0415 - only this command needs it

    files = {options.root / "schemas" / f"{name}.json": text.encode() for name, text in json_schemas().items()}
    write(files)
    for file in files:
        show(file.relative_to(options.root))
    return WELL


def _publications(world: DiskWorld) -> list[str]:
    """Ids of the publications: the folders that hold a `publication.yaml`."""
    files = world.files("content/publications", "publication.yaml")
    return sorted(file.split("/")[2] for file in files)


def i18n(options: argparse.Namespace) -> int:
    """Extract, merge, check, count or exchange catalogues."""
    from icat_reports.cli.catalogues import run  # noqa: PLC0415

    return run(options)
