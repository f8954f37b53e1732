"""In: the options of `./icat i18n`. Out: catalogues written, checked, counted or exchanged, and an exit code."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from icat_reports import i18n
from icat_reports.cli.saying import INPUT, WELL, chosen, counted, print_findings, say, show, totals, write
from icat_reports.diagnostics import Sink
from icat_reports.language import LANGUAGES
from icat_reports.pipeline import Project, open_project
from icat_reports.report import Lacking
from icat_reports.world import DiskWorld


def run(options: argparse.Namespace) -> int:
    """Do what `options.action` names."""
    of_content = Sink()  # is for `./icat check` to say
    project = open_project(DiskWorld(options.root), of_content)
    languages = chosen(getattr(options, "language", ()), i18n.targets(), "language")
    return _ACTIONS[options.action](project, languages, options, Sink())


def _extract(project: Project, _: Sequence[str], options: argparse.Namespace, sink: Sink) -> int:
    return _written(i18n.templates(project, sink), options.root, sink)


def _update(project: Project, languages: Sequence[str], options: argparse.Namespace, sink: Sink) -> int:
    return _written(i18n.updated(project, languages, options.typo, sink), options.root, sink)


def _export(project: Project, languages: Sequence[str], options: argparse.Namespace, sink: Sink) -> int:
    names = chosen(options.catalogue, sorted(i18n.units(project, Sink())), "catalogue")
    files: dict[str, bytes] = {}
    for code in languages:
        files |= i18n.exported(project, code, names, options.format, sink)
    return _written(files, options.out, sink)


def _import(project: Project, _: Sequence[str], options: argparse.Namespace, sink: Sink) -> int:
    try:
        files = {str(file): file.read_bytes() for file in options.file}
    except OSError as error:
        message = f"cannot read {error.filename}: {error.strerror}"
        raise Lacking(message) from None
    return _written(i18n.imported(project, files, sink), options.root, sink)


def _written(files: Mapping[str, bytes], root: Path, sink: Sink) -> int:
    """Write catalogues, all of them or none, and say which."""
    write({root / name: data for name, data in files.items()})
    print_findings(sink.sorted())
    for name in files:
        show(name)
    show(f"{counted(len(files), 'file')} written" if files else "nothing to write")
    return INPUT if sink.failed else WELL


def _check(project: Project, languages: Sequence[str], options: argparse.Namespace, sink: Sink) -> int:
    i18n.check(project, languages, sink)
    found = sink.sorted()
    print_findings(found)
    show(f"catalogues of {', '.join(languages)} checked: {totals(found)}")
    return INPUT if sink.failed or (options.strict and found) else WELL


def _status(project: Project, languages: Sequence[str], options: argparse.Namespace, sink: Sink) -> int:
    rows = i18n.status(project, languages, sink, by_organization=options.organizations)
    print_findings(sink.sorted())
    show(f"{'':2}  {'catalogue':<28} {'units':>6} {'done':>6} {'fuzzy':>6} {'missing':>7} {'unreviewed':>10}")
    for row in rows:
        name = f"  {row.organization}" if row.organization else row.catalogue
        c = row.count
        show(f"{row.language:2}  {name:<28} {c.units:>6} {c.percentage:>5}% {c.fuzzy:>6} {c.missing:>7} {c.unreviewed:>10}")  # fmt: skip
    below = [row for row in rows if not row.organization and row.count.percentage < (options.fail_under or 0)]
    if below:
        names = ", ".join(f"{row.catalogue} in {LANGUAGES[row.language].english}" for row in below)
        say(f"below {options.fail_under} per cent: {names}")
    return INPUT if sink.failed or below else WELL


_ACTIONS: Mapping[str, Callable[[Project, Sequence[str], argparse.Namespace, Sink], int]] = {
    "extract": _extract,
    "update": _update,
    "check": _check,
    "status": _status,
    "export": _export,
    "import": _import,
}
