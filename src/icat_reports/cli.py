"""In: the words of a command line. Out: what a person reads, files, and an exit code. The only module that prints.

Exit codes: 0 all well; 1 problems in the user's input; 2 wrong usage; 3 the machine lacks something; 4 our own bug.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from icat_reports import __version__
from icat_reports.diagnostics import Diagnostic, Severity, Sink, Span, Stopped, nearest
from icat_reports.formats import FORMATS, UNTRANSLATED, VARIANTS
from icat_reports.language import LANGUAGES
from icat_reports.report import Lacking, Progress, Unsound, table
from icat_reports.state import Request, standing
from icat_reports.versions import versions
from icat_reports.world import DiskWorld, write_together

if TYPE_CHECKING:
    from icat_reports.content import Correction, Library

WELL, INPUT, USAGE, MACHINE, BUG = range(5)
STOPPED_BY_USER = 130
"""128 + SIGINT, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. No traceback reaches a user."""
    _print_anything()
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort
        explain = next(_EXPLAINED[kind] for kind in type(error).__mro__ if kind in _EXPLAINED)
        return explain(error)


def _print_anything() -> None:
    """A terminal that lacks a character shows a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _stopped(stopped: Stopped) -> int:
    _print_findings(stopped.diagnostics)
    return INPUT


def _lacking(lacking: Lacking) -> int:
    _say(str(lacking))
    return MACHINE


def _unsound(unsound: Unsound) -> int:
    _print_findings(unsound.findings)
    return _own_bug(unsound)


def _stopped_by_user(_: KeyboardInterrupt) -> int:
    _say("stopped; files that were not finished were not written")
    return STOPPED_BY_USER


def _reader_gone(_: BrokenPipeError) -> int:
    """Whoever read our output has seen enough (`./icat show … | head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return WELL


def _own_bug(error: BaseException) -> int:
    with tempfile.NamedTemporaryFile("w", prefix="icat-reports-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(f"icat-reports {__version__}, Python {sys.version}\n")
        log.writelines(traceback.format_exception(error))
    _say("this is a bug of icat-reports, not of your content; nothing half-written was left behind.")
    _say(f"Please report it to the maintainers of this repository, with this file: {log.name}")
    return BUG


_EXPLAINED: Mapping[type[BaseException], Callable[[Any], int]] = {
    Stopped: _stopped,
    Lacking: _lacking,
    Unsound: _unsound,
    KeyboardInterrupt: _stopped_by_user,
    BrokenPipeError: _reader_gone,
    Exception: _own_bug,
}
"""What is said of each way in which a command may end, and its exit code."""


# ---------------------------------------------------------------- commands


def _build(options: argparse.Namespace) -> int:
    world = DiskWorld(options.root)
    request = Request(
        publications=tuple(_chosen(options.publication, _publications(world), "publication")),
        languages=tuple(_chosen(_split(options.lang), LANGUAGES, "language")) if _split(options.lang) else (),
        formats=tuple(_chosen(_split(options.format), FORMATS, "format")),
        out=(options.out or options.root / "build").absolute(),
        jobs=options.jobs,
        variant=options.pdf_variant,
        force=options.force,
        untranslated=options.untranslated,
        parts=tuple(dict.fromkeys(_split(options.parts))),
        first_paragraph=options.paragraphs,
    )
    if (request.parts or request.first_paragraph) and (len(options.publication) != 1 or not request.parts):
        _say("--parts and --paragraphs are for one publication: ./icat build PUBLICATION --parts id,…")
        return USAGE
    sink = Sink()
    built = None if request.force else standing(world, request)
    if built is None:
        from icat_reports.build import build  # noqa: PLC0415 - what has not changed needs none of it
        from icat_reports.pipeline import open_project  # noqa: PLC0415

        with Progress(sys.stderr) as progress:
            built = build(open_project(world, sink), request, sink, progress)
    _print_findings(sink.sorted(), quiet=options.quiet)
    if built:
        print(table(built, Path.cwd()))
    return INPUT if sink.failed else WELL


def _check(options: argparse.Namespace) -> int:
    from icat_reports.pipeline import open_project, review  # noqa: PLC0415

    sink = Sink()
    world = DiskWorld(options.root)
    names = _chosen(options.publication, _publications(world), "publication")
    project = open_project(world, sink)
    if options.corrections:
        return _corrections(project.library.corrections)
    if options.disagreements:
        return _disagreements(project.library)
    review(project, names, sink)
    found = sink.sorted()
    _print_findings(found)
    print(_summary(found, len(names)))
    failed = sink.failed or (options.strict and any(d.severity is Severity.WARNING for d in found))
    return INPUT if failed else WELL


def _corrections(corrections: Sequence[Correction]) -> int:
    for number, correction in enumerate(corrections, 1):
        print(f"{number}. {correction.place}  ({correction.place.span})")
        print(f"   the source has: {_one_line(correction.has)}")
        print(f"   we publish:     {_one_line(correction.publish)}")
        print(f"   because:        {_one_line(correction.why)}")
    print(f"{len(corrections)} correction{'s' if len(corrections) != 1 else ''}")
    return WELL


def _disagreements(library: Library) -> int:
    from icat_reports.disagreements import disagreements  # noqa: PLC0415 - only this command needs it

    found = tuple(disagreements(library))
    for number, fact in enumerate(found, 1):
        print(f"{number}. {fact.about}: {_one_line(fact.label)}  ({fact.place})")
        print(f"   {fact.why}")
        for value in fact.values:
            print(f"   {value}")
    print(f"{len(found)} fact{'s' if len(found) != 1 else ''} on which sources disagree")
    return WELL


def _list(options: argparse.Namespace) -> int:
    from icat_reports.pipeline import open_project  # noqa: PLC0415

    sink = Sink()
    project = open_project(DiskWorld(options.root), sink)
    for name, edition in sorted(project.library.editions.items()):
        publication = edition.publication
        print(f"{name}  {publication.title} ({publication.date})")
        there = ", ".join(versions(project.world, name))
        print(f"    layout {publication.layout}; {publication.status.kind}; languages: {there}")
    _print_findings(sink.sorted())
    return INPUT if sink.failed else WELL


def _show(options: argparse.Namespace) -> int:
    from icat_reports.document.dump import outline  # noqa: PLC0415
    from icat_reports.pipeline import lay_out, open_project  # noqa: PLC0415

    sink = Sink()
    world = DiskWorld(options.root)
    (name,) = _chosen([options.publication], _publications(world), "publication")
    project = open_project(world, sink)
    edition = project.library.editions.get(name)
    laid = lay_out(project, name, str(edition.publication.language), sink) if edition else None
    if laid is not None:
        print("\n".join(outline(laid.resolved, ids=options.ids)))
    _print_findings(d for d in sink.sorted() if d.severity is Severity.ERROR)
    return INPUT if sink.failed else WELL


def _schema(options: argparse.Namespace) -> int:
    from icat_reports.schema import json_schemas  # noqa: PLC0415 - only this command needs it

    files = {options.root / "schemas" / f"{name}.json": text.encode() for name, text in json_schemas().items()}
    try:
        write_together(files)
    except OSError as error:
        message = f"cannot write {error.filename}: {error.strerror}"
        raise Lacking(message) from None
    for file in files:
        print(file.relative_to(options.root))
    return WELL


# ---------------------------------------------------------------- catalogues


def _i18n(options: argparse.Namespace) -> int:
    from icat_reports import i18n  # noqa: PLC0415 - only this command needs it
    from icat_reports.pipeline import open_project  # noqa: PLC0415

    sink = Sink()
    project = open_project(DiskWorld(options.root), sink)
    sink = Sink()  # what is wrong with the content is for `./icat check` to say
    languages = _chosen(getattr(options, "language", ()), i18n.targets(), "language")
    return int(options.do(i18n, project, languages, options, sink))


def _extract(i18n: Any, project: Any, _: Sequence[str], options: argparse.Namespace, sink: Sink) -> int:  # noqa: ANN401
    return _written(i18n.templates(project, sink), options.root, sink)


def _update(
    i18n: Any,  # noqa: ANN401
    project: Any,  # noqa: ANN401
    languages: Sequence[str],
    options: argparse.Namespace,
    sink: Sink,
) -> int:
    return _written(i18n.updated(project, languages, options.typo, sink), options.root, sink)


def _export(
    i18n: Any,  # noqa: ANN401
    project: Any,  # noqa: ANN401
    languages: Sequence[str],
    options: argparse.Namespace,
    sink: Sink,
) -> int:
    names = _chosen(options.catalogue, sorted(i18n.units(project, Sink())), "catalogue")
    files: dict[str, bytes] = {}
    for code in languages:
        files |= i18n.exported(project, code, names, options.format, sink)
    return _written(files, options.out, sink)


def _import(i18n: Any, project: Any, _: Sequence[str], options: argparse.Namespace, sink: Sink) -> int:  # noqa: ANN401
    try:
        files = {str(file): file.read_bytes() for file in options.file}
    except OSError as error:
        message = f"cannot read {error.filename}: {error.strerror}"
        raise Lacking(message) from None
    return _written(i18n.imported(project, files, sink), options.root, sink)


def _written(files: Mapping[str, bytes], root: Path, sink: Sink) -> int:
    """Write catalogues, all of them or none, and say which."""
    try:
        write_together({root / name: data for name, data in files.items()})
    except OSError as error:
        message = f"cannot write {error.filename}: {error.strerror}"
        raise Lacking(message) from None
    _print_findings(sink.sorted())
    for name in files:
        print(name)
    print(f"{len(files)} file{'s' if len(files) != 1 else ''} written" if files else "nothing to write")
    return INPUT if sink.failed else WELL


def _check_catalogues(
    i18n: Any,  # noqa: ANN401
    project: Any,  # noqa: ANN401
    languages: Sequence[str],
    options: argparse.Namespace,
    sink: Sink,
) -> int:
    i18n.check(project, languages, sink)
    found = sink.sorted()
    _print_findings(found)
    counts = [f"{n} {s}{'s' if n != 1 else ''}" for s in Severity if (n := sum(d.severity is s for d in found))]
    print(f"catalogues of {', '.join(languages)} checked: {', '.join(counts) or 'nothing wrong'}")
    return INPUT if sink.failed or (options.strict and found) else WELL


def _status(
    i18n: Any,  # noqa: ANN401
    project: Any,  # noqa: ANN401
    languages: Sequence[str],
    options: argparse.Namespace,
    sink: Sink,
) -> int:
    rows = i18n.status(project, languages, sink, by_organization=options.organizations)
    _print_findings(sink.sorted())
    print(f"{'':2}  {'catalogue':<28} {'units':>6} {'done':>6} {'fuzzy':>6} {'missing':>7} {'unreviewed':>10}")
    for row in rows:
        name = f"  {row.organization}" if row.organization else row.catalogue
        c = row.count
        print(f"{row.language:2}  {name:<28} {c.units:>6} {c.percentage:>5}% {c.fuzzy:>6} {c.missing:>7} {c.unreviewed:>10}")  # fmt: skip
    below = [row for row in rows if not row.organization and row.count.percentage < (options.fail_under or 0)]
    if below:
        names = ", ".join(f"{row.catalogue} in {LANGUAGES[row.language].english}" for row in below)
        _say(f"below {options.fail_under} per cent: {names}")
    return INPUT if sink.failed or below else WELL


# ---------------------------------------------------------------- options

_EXAMPLES: Mapping[str, str] = {
    "build": """examples:
  ./icat build                                 every publication, in each language that it has, in every format
  ./icat build mapping-2021 --lang en          one publication in English
  ./icat build mapping-2021 --format docx      its Word files alone
  ./icat build --lang en,fr --out /tmp/proofs  into another folder
  ./icat build sg-report-2019 --parts entities,group
                                               these sections as a document of their own, with the numbers of the whole;
                                               `./icat show sg-report-2019 --ids` lists the sections
  ./icat build sg-report-2019 --parts group --paragraphs 12
                                               the same, its paragraphs from 12 on""",
    "check": """examples:
  ./icat check                  everything that can be wrong in the content, with file, line and column;
                                ./icat i18n check does the same for translations
  ./icat check --corrections    where we publish something else than the source, and why
  ./icat check --disagreements  facts on which two sources disagree, with both values""",
    "list": """example:
  ./icat list                   publications, their layouts, states and languages""",
    "show": """example:
  ./icat show mapping-2021      its headings, tables and figures with their numbers""",
    "i18n": """examples:
  ./icat i18n update fr           bring the French catalogues up to date with the content
  ./icat i18n check fr            marks, figures, terms: what the French translation lost or changed
  ./icat i18n status              how far each publication is in each language""",
    "schema": """example:
  ./icat schema                 write schemas/*.json, which editors' programs complete from""",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./icat",
        description="Regenerate the publications of ICAT as PDF, Word and HTML from structured content.",
        epilog="Each command explains itself: ./icat build --help",
    )
    parser.add_argument("--version", action="version", version=f"icat-reports {__version__}")
    parser.add_argument("--root", type=Path, default=_root(), help=argparse.SUPPRESS)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = _command(commands, "build", _build, "build publications")
    one.add_argument("publication", nargs="*", metavar="PUBLICATION", help="which ones; all of them if none is named")
    one.add_argument(
        "--lang", metavar="en,…", default="", help="languages, joined by commas (default: each that a publication has)"
    )
    one.add_argument("--format", metavar="pdf,docx,html", default="", help="formats, joined by commas (default: all)")
    one.add_argument("--out", metavar="FOLDER", type=_folder, help="where the files go (default: build)")
    one.add_argument("--jobs", metavar="N", type=_positive, default=os.cpu_count() or 1, help="processes at once")
    one.add_argument("--pdf-variant", metavar="VARIANT", default="pdf/ua-1",
                     choices=VARIANTS,
        help="pdf/ua-1 (default) for readers; pdf/a-2a, pdf/a-3a and others for archives")  # fmt: skip
    one.add_argument("--parts", metavar="id,…", default="",
                     help="of one publication, these sections alone, at any level, joined by commas")  # fmt: skip
    one.add_argument("--paragraphs", metavar="keep|N", type=_first_paragraph, default=None,
                     help="with --parts: keep the paragraph numbers of the whole (default), or begin at N")  # fmt: skip
    one.add_argument("--force", action="store_true", help="build also what has not changed")
    one.add_argument("--quiet", action="store_true", help="say errors and warnings only")

    one.add_argument("--untranslated", choices=UNTRANSLATED, default="source",
                     help="words without a translation: in English (default), marked as such, or an error")  # fmt: skip

    two = _command(commands, "check", _check, "check the content without building")
    two.add_argument("publication", nargs="*", metavar="PUBLICATION", help="which ones; all of them if none is named")
    two.add_argument("--corrections", action="store_true", help="list where we put the source right, and why")
    two.add_argument("--disagreements", action="store_true", help="list facts on which the sources disagree")
    two.add_argument("--strict", action="store_true", help="take warnings for errors")

    _command(commands, "list", _list, "list publications, languages and states")
    three = _command(commands, "show", _show, "show a publication's outline as text")
    three.add_argument("publication", metavar="PUBLICATION")
    three.add_argument("--ids", action="store_true", help="the ids of sections, by which texts and --parts name them")
    _catalogue_commands(_command(commands, "i18n", _i18n, "extract, merge, check and count the catalogues"))
    _command(commands, "schema", _schema, "write the JSON Schema of the content files")
    return parser


def _catalogue_commands(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(required=True, metavar="ACTION")
    one = actions.add_parser("extract", help="write the templates i18n/templates/*.pot")
    one.set_defaults(do=_extract)
    two = actions.add_parser("update", help="bring catalogues up to date with the content")
    two.add_argument("language", nargs="*", metavar="LANG", help="which ones; all of them if none is named")
    two.add_argument("--typo", action="append", type=_place, default=[], metavar="FILE:LINE",
                     help="a line where you mended a slip that no translation shows: its translations stay")  # fmt: skip
    two.set_defaults(do=_update)
    three = actions.add_parser("check", help="find what translations lost, doubled or changed")
    three.add_argument("language", nargs="*", metavar="LANG", help="which ones; all of them if none is named")
    three.add_argument("--strict", action="store_true", help="take warnings for errors")
    three.set_defaults(do=_check_catalogues)
    four = actions.add_parser("status", help="count what is translated, fuzzy, missing, unreviewed")
    four.add_argument("language", nargs="*", metavar="LANG", help="which ones; all of them if none is named")
    four.add_argument("--fail-under", type=_percentage, metavar="N", help="fail when a catalogue is below N per cent")
    four.add_argument("--organizations", action="store_true", help="count also each organization's parts")
    four.set_defaults(do=_status)
    _exchange_commands(actions)


def _exchange_commands(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    five = actions.add_parser("export", help="write catalogues for translators' other programs")
    five.add_argument("language", nargs="*", metavar="LANG", help="which ones; all of them if none is named")
    five.add_argument(
        "--catalogue", action="append", default=[], metavar="NAME", help="which one; all if none is named"
    )
    five.add_argument("--format", choices=("xliff", "tmx", "docx"), default="xliff",
                      help="XLIFF 1.2 (default); TMX 1.4; a table in Word, the original beside the translation")  # fmt: skip
    five.add_argument("--out", metavar="FOLDER", type=_folder, required=True, help="where the files go")
    five.set_defaults(do=_export)
    six = actions.add_parser("import", help="take in such files when they come back")
    six.add_argument("file", nargs="+", type=Path, metavar="FILE")
    six.set_defaults(do=_import)


def _place(text: str) -> Span:
    file, _, line = text.rpartition(":")
    if not file or not line.isdecimal():
        message = "expected a file and a line, such as content/organizations/ilo.yaml:3"
        raise argparse.ArgumentTypeError(message)
    return Span(file, int(line))


def _percentage(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 100:  # noqa: PLR2004 - of a hundred
        message = "expected a number from 0 to 100"
        raise argparse.ArgumentTypeError(message)
    return number


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    purpose: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=purpose,
        description=purpose.capitalize() + ".",
        epilog=_EXAMPLES[name],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    return command


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = "expected a number from 1"
        raise argparse.ArgumentTypeError(message)
    return number


def _first_paragraph(text: str) -> int | None:
    return None if text == "keep" else _positive(text)


def _folder(text: str) -> Path:
    if not text.strip() or "\0" in text:
        message = "expected the name of a folder"
        raise argparse.ArgumentTypeError(message)
    return Path(text)


def _root() -> Path:
    """The project: the nearest folder above this file, or above the present one, that holds `content`."""
    for start in (Path(__file__).resolve(), Path.cwd()):
        for folder in start.parents if start.is_file() else (start, *start.parents):
            if (folder / "content").is_dir() and (folder / "layouts").is_dir():
                return folder
    return Path.cwd()


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _chosen(wanted: Sequence[str], known: Iterable[str], kind: str) -> list[str]:
    names = list(known)
    for name in wanted:
        if name not in names:
            _say(f"there is no {kind} `{name}`; {nearest(name, names) or 'there are: ' + ', '.join(names)}")
            raise SystemExit(USAGE)
    return list(dict.fromkeys(wanted)) or names


# ---------------------------------------------------------------- printing


def _publications(world: DiskWorld) -> list[str]:
    """Ids of the publications: the folders that hold a `publication.yaml`."""
    files = world.files("content/publications", "publication.yaml")
    return sorted(file.split("/")[2] for file in files)


def _say(text: str) -> None:
    print(f"icat: {text}", file=sys.stderr)


def _print_findings(findings: Iterable[Diagnostic], *, quiet: bool = False) -> None:
    for finding in findings:
        if not (quiet and finding.severity is Severity.ADVICE):
            print(finding, file=sys.stderr)


def _summary(found: Sequence[Diagnostic], publications: int) -> str:
    counts = {s: sum(d.severity is s for d in found) for s in Severity}
    said = [f"{number} {severity}{'s' if number != 1 and severity is not Severity.ADVICE else ''}"
            for severity, number in counts.items() if number]  # fmt: skip
    checked = f"{publications} publication{'s' if publications != 1 else ''} checked"
    return f"{checked}: {', '.join(said) if said else 'nothing wrong'}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
